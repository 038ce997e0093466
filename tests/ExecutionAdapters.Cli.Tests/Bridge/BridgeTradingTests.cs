using System.Text.Json;
using System.Text.Json.Nodes;
using static ExecutionAdapters.Cli.Tests.Bridge.BridgeHarness;

namespace ExecutionAdapters.Cli.Tests.Bridge;

public sealed class BridgeTradingTests
{
    [Fact]
    public async Task An_order_is_answered_then_submitted_then_accepted_in_the_documented_shape()
    {
        await using var bridge = await ConnectAsync();
        var answer = await bridge.CallAsync("submit_order", Order("A"));
        Assert.Equal("""{"reply":"submit_order","id":"call-2","ok":true}""", answer.ToJsonString());
        var accepted = await bridge.WaitAsync("event", "order_accepted", "A");
        Assert.Equal(
            [
                "event", "trader_id", "strategy_id", "instrument_id", "client_order_id", "venue_order_id", "account_id", "event_id", "ts_event",
                "ts_init", "reconciliation",
            ],
            Names(accepted));
        Assert.Equal("TESTER-001", (string?)accepted["trader_id"]);
        Assert.Equal("S-001", (string?)accepted["strategy_id"]);
        Assert.Equal("ETH-PERP.LIGHTER", (string?)accepted["instrument_id"]);
        Assert.Equal("LIGHTER-001", (string?)accepted["account_id"]);
        Assert.True((ulong)accepted["ts_init"]! > 1_700_000_000_000_000_000);
        Assert.False((bool)accepted["reconciliation"]!);
        Assert.Equal(["order_submitted", "order_accepted"], bridge.Story("A"));
        var lines = bridge.Lines.ToList();
        Assert.True(lines.FindIndex(line => line.Contains("call-2", StringComparison.Ordinal)) < lines.FindIndex(line => line.Contains("order_submitted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fill_carries_exact_decimals_and_moves_the_position()
    {
        await using var bridge = await ConnectAsync();
        await bridge.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2500.25m);
        AssertOk(await bridge.CallAsync("submit_order", Order("F", price: "2500.25", more: ",\"time_in_force\":\"IOC\",\"strategy_id\":\"ARB-7\"", quantity: "0.0500")));
        var fill = await bridge.WaitAsync("event", "order_filled", "F");
        Assert.Equal(
            ["trade_id", "order_side", "order_type", "last_qty", "last_px", "currency", "commission", "liquidity_side"], Names(fill)[^8..]);
        Assert.Equal("ARB-7", (string?)fill["strategy_id"]);
        Assert.Equal("BUY", (string?)fill["order_side"]);
        Assert.Equal("LIMIT", (string?)fill["order_type"]);
        Assert.Equal("0.0500", (string?)fill["last_qty"]);
        Assert.Equal("2500.25", (string?)fill["last_px"]);
        Assert.Equal("TAKER", (string?)fill["liquidity_side"]);
        Assert.EndsWith(" USDC", (string?)fill["commission"], StringComparison.Ordinal);

        var positions = await bridge.CallAsync("positions");
        var position = Assert.Single(positions["positions"]!.AsArray())!.AsObject();
        Assert.Equal("""{"instrument_id":"ETH-PERP.LIGHTER","position_side":"LONG","quantity":"0.0500","avg_px_open":"2500.25"}""", position.ToJsonString());
        var orders = await bridge.CallAsync("orders");
        var order = Assert.Single(orders["orders"]!.AsArray())!;
        Assert.Equal("FILLED", (string?)order["order_status"]);
        Assert.Equal("0.0500", (string?)order["filled_qty"]);
        Assert.Equal("2500.25", (string?)order["avg_px"]);
        var report = await bridge.WaitAsync("report", "position_status");
        Assert.Equal("LONG", (string?)report["position_side"]);
    }

    [Fact]
    public async Task A_cancel_writes_pending_cancel_between_answer_and_canceled()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("C");
        var id = await bridge.PostAsync("cancel_order", "\"client_order_id\":\"C\"");
        await bridge.WaitAsync("event", "order_canceled", "C");
        Assert.Equal(["order_submitted", "order_accepted", "order_pending_cancel", "order_canceled"], bridge.Story("C"));
        var lines = bridge.Lines.ToList();
        var answered = lines.FindIndex(line => line.Contains($"\"{id}\"", StringComparison.Ordinal));
        Assert.Contains("order_pending_cancel", lines[answered + 1], StringComparison.Ordinal);
        Assert.Contains("\"venue_order_id\"", lines[answered + 1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_modification_writes_pending_update_and_then_updated_with_its_terms()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("M");
        AssertOk(await bridge.CallAsync("modify_order", "\"client_order_id\":\"M\",\"quantity\":\"0.0200\",\"price\":\"2001.00\""));
        var updated = await bridge.WaitAsync("event", "order_updated", "M");
        Assert.Equal("0.0200", (string?)updated["quantity"]);
        Assert.Equal("2001.00", (string?)updated["price"]);
        Assert.False(updated.ContainsKey("trigger_price"));
        Assert.Equal(["order_submitted", "order_accepted", "order_pending_update", "order_updated"], bridge.Story("M"));
    }

    [Fact]
    public async Task A_modification_of_an_order_that_is_pending_cancel_is_refused_here()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("P");
        bridge.Venue.Faults.CloseAfterNextTransaction(execute: false);
        AssertOk(await bridge.CallAsync("cancel_order", "\"client_order_id\":\"P\""));
        await bridge.WaitAsync("notice", "reconnected");
        var answer = await bridge.CallAsync("modify_order", "\"client_order_id\":\"P\",\"price\":\"2001.00\"");
        Assert.Equal("modify_order", (string?)answer["reply"]);
        Assert.False((bool)answer["ok"]!);
        Assert.Contains("OrderPendingUpdate", (string?)answer["error"], StringComparison.Ordinal);
        Assert.DoesNotContain("order_pending_update", bridge.Story("P"));
        Assert.DoesNotContain(bridge.Venue.Transactions, transaction => (int)transaction.TransactionType == 17);
    }

    [Fact]
    public async Task A_refused_cancel_of_a_pending_order_is_one_cancel_rejected()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("R");
        bridge.Venue.Faults.AnswerNextTransaction(21727, "invalid order index");
        AssertOk(await bridge.CallAsync("cancel_order", "\"client_order_id\":\"R\""));
        var rejected = await bridge.WaitAsync("event", "order_cancel_rejected", "R");
        Assert.Contains("code=21727", (string?)rejected["reason"], StringComparison.Ordinal);
        await bridge.SettleAsync();
        Assert.Equal(["order_submitted", "order_accepted", "order_pending_cancel", "order_cancel_rejected"], bridge.Story("R"));
        var orders = await bridge.CallAsync("orders");
        Assert.Equal("ACCEPTED", (string?)orders["orders"]!.AsArray().Single(order => (string?)order!["client_order_id"] == "R")!["order_status"]);
    }

    [Fact]
    public async Task A_refused_modification_is_one_modify_rejected()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("R");
        bridge.Venue.Faults.AnswerNextTransaction(21702, "no such order");
        AssertOk(await bridge.CallAsync("modify_order", "\"client_order_id\":\"R\",\"price\":\"2001.00\""));
        var rejected = await bridge.WaitAsync("event", "order_modify_rejected", "R");
        Assert.Contains("21702", (string?)rejected["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_venue_refusal_and_a_post_only_that_crosses_are_told_apart()
    {
        await using var bridge = await ConnectAsync();
        bridge.Venue.Faults.AnswerNextTransaction(21029, "insufficient margin");
        AssertOk(await bridge.CallAsync("submit_order", Order("N")));
        var rejected = await bridge.WaitAsync("event", "order_rejected", "N");
        Assert.Contains("21029", (string?)rejected["reason"], StringComparison.Ordinal);
        Assert.False((bool)rejected["due_post_only"]!);
        await bridge.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2500m);
        AssertOk(await bridge.CallAsync("submit_order", Order("PO", price: "2500.00", more: ",\"post_only\":true")));
        Assert.True((bool)(await bridge.WaitAsync("event", "order_rejected", "PO"))["due_post_only"]!);
    }

    [Fact]
    public async Task A_list_and_a_batch_of_cancels_go_as_one_batch_each()
    {
        await using var bridge = await ConnectAsync();
        var orders = string.Join(',', new[] { "L1", "L2" }.Select(id => Order(id)["\"order\":".Length..]));
        AssertOk(await bridge.CallAsync("submit_order_list", $"\"order_list_id\":\"OL-1\",\"orders\":[{orders}]"));
        await bridge.WaitAsync("event", "order_accepted", "L1");
        await bridge.WaitAsync("event", "order_accepted", "L2");
        Assert.Equal(2, bridge.Venue.Transactions.Count(transaction => transaction.Transport.ToString().Contains("Batch", StringComparison.Ordinal)));
        AssertOk(await bridge.CallAsync(
            "batch_cancel_orders", "\"instrument_id\":\"ETH-PERP.LIGHTER\",\"cancels\":[{\"client_order_id\":\"L1\"},{\"client_order_id\":\"L2\"}]"));
        await bridge.WaitAsync("event", "order_canceled", "L1");
        await bridge.WaitAsync("event", "order_canceled", "L2");
        Assert.Equal(4, bridge.Venue.Transactions.Count(transaction => transaction.Transport.ToString().Contains("Batch", StringComparison.Ordinal)));
        Assert.All(new[] { "L1", "L2" }, id => Assert.Contains("order_pending_cancel", bridge.Story(id)));
    }

    [Fact]
    public async Task Cancel_all_cancels_one_side_without_pending_events()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("B1");
        await bridge.RestAsync("B2", price: "1999.00");
        await bridge.RestAsync("S1", side: "SELL", price: "3000.00");
        AssertOk(await bridge.CallAsync("cancel_all_orders", "\"instrument_id\":\"ETH-PERP.LIGHTER\",\"order_side\":\"BUY\""));
        await bridge.WaitAsync("event", "order_canceled", "B1");
        await bridge.WaitAsync("event", "order_canceled", "B2");
        await bridge.SettleAsync();
        Assert.Equal(["order_submitted", "order_accepted", "order_canceled"], bridge.Story("B1"));
        Assert.Equal(["order_submitted", "order_accepted"], bridge.Story("S1"));
        AssertOk(await bridge.CallAsync("cancel_all_orders", "\"instrument_id\":\"ETH-PERP.LIGHTER\""));
        await bridge.WaitAsync("event", "order_canceled", "S1");
    }

    [Fact]
    public async Task A_market_order_takes_its_price_from_the_quote_that_was_set()
    {
        await using var bridge = await ConnectAsync();
        await bridge.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2500m);
        const string Market = """
            "order":{"client_order_id":"ID","instrument_id":"ETH-PERP.LIGHTER","order_side":"BUY","order_type":"MARKET","quantity":"0.0100"
            """;
        AssertOk(await bridge.CallAsync("submit_order", Market.Replace("ID", "Q0", StringComparison.Ordinal) + "}"));
        Assert.Contains("no cached quote", (string?)(await bridge.WaitAsync("event", "order_denied", "Q0"))["reason"], StringComparison.Ordinal);
        AssertOk(await bridge.CallAsync("set_quote", "\"instrument_id\":\"ETH-PERP.LIGHTER\",\"bid_price\":\"2499.00\",\"ask_price\":\"2500.00\""));
        AssertOk(await bridge.CallAsync("submit_order", Market.Replace("ID", "Q1", StringComparison.Ordinal) + ",\"params\":{\"market_order_slippage_bps\":100}}"));
        await bridge.WaitAsync("event", "order_filled", "Q1");
        var info = JsonNode.Parse(bridge.Venue.Transactions[^1].TransactionInfo)!;
        Assert.Equal(252500, (int)info["Price"]!);
    }

    [Theory]
    [InlineData(",\"time_in_force\":\"FOK\"", "fill-or-kill")]
    [InlineData(",\"quote_quantity\":true", "quote_quantity")]
    [InlineData(",\"display_qty\":\"0.0050\"", "display_qty")]
    public async Task Denials_that_need_no_instrument_work_before_connect(string more, string reason)
    {
        await using var bridge = await StartAsync();
        var answer = await bridge.CallAsync("submit_order", Order("D", more: more));
        AssertOk(answer);
        var denied = await bridge.WaitAsync("event", "order_denied", "D");
        Assert.Contains(reason, (string?)denied["reason"], StringComparison.Ordinal);
        Assert.False(denied.ContainsKey("account_id"));
        Assert.Empty(bridge.Venue.Transactions);
    }

    [Fact]
    public async Task A_conditional_market_order_with_immediate_or_cancel_is_denied_before_connect()
    {
        await using var bridge = await StartAsync();
        AssertOk(await bridge.CallAsync(
            "submit_order",
            """
            "order":{"client_order_id":"D","instrument_id":"ETH-PERP.LIGHTER","order_side":"BUY","order_type":"STOP_MARKET","quantity":"0.0100","trigger_price":"2400.00","time_in_force":"IOC"}
            """.Trim()));
        Assert.Contains("positive expiry", (string?)(await bridge.WaitAsync("event", "order_denied", "D"))["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_was_only_added_is_canceled_at_the_venue_by_its_id_without_a_pending_event()
    {
        await using var bridge = await ConnectAsync();
        AssertOk(await bridge.CallAsync("add_order", Order("ADDED")));
        AssertOk(await bridge.CallAsync("cancel_order", "\"client_order_id\":\"ADDED\",\"venue_order_id\":\"1\""));
        AssertOk(await bridge.CallAsync("modify_order", "\"client_order_id\":\"ADDED\",\"venue_order_id\":\"281476929510111\",\"price\":\"2400.00\",\"quantity\":\"0.0100\""));
        await bridge.SettleAsync();
        Assert.DoesNotContain(bridge.Story("ADDED"), name => name.Contains("pending", StringComparison.Ordinal));
        var infos = bridge.Venue.Transactions.Select(transaction => ((int)transaction.TransactionType, Info: JsonNode.Parse(transaction.TransactionInfo)!)).ToList();
        Assert.Contains(infos, sent => sent.Item1 == 15 && (long)sent.Info["Index"]! == 1);
        Assert.Contains(infos, sent => sent.Item1 == 17 && (long)sent.Info["Index"]! == 281476929510111 && (long)sent.Info["Price"]! == 240000);
        var orders = await bridge.CallAsync("orders");
        var added = orders["orders"]!.AsArray().Single(order => (string?)order!["client_order_id"] == "ADDED")!.AsObject();
        Assert.Equal("INITIALIZED", (string?)added["order_status"]);
        Assert.False(added.ContainsKey("venue_order_id"));
        Assert.False(added.ContainsKey("ts_accepted"));
    }

    [Fact]
    public async Task An_order_of_somebody_else_on_the_account_is_a_report()
    {
        await using var bridge = await ConnectAsync();
        await using var other = bridge.Attach();
        AssertOk(await other.CallAsync("connect"));
        await bridge.RestAsync("MINE");
        var report = await other.WaitAsync("report", "order_status");
        Assert.Equal(
            [
                "report", "client_order_id", "venue_order_id", "instrument_id", "order_side", "order_type", "time_in_force", "order_status", "quantity",
                "filled_qty", "price", "post_only", "reduce_only", "ts_accepted", "ts_last",
            ],
            Names(report));
        Assert.Equal("ACCEPTED", (string?)report["order_status"]);
        Assert.Equal("2000.00", (string?)report["price"]);
        await bridge.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2000m);
        var fill = await other.WaitAsync("report", "fill");
        Assert.Equal(
            [
                "report", "client_order_id", "venue_order_id", "trade_id", "instrument_id", "order_side", "last_qty", "last_px", "commission",
                "liquidity_side", "ts_event",
            ],
            Names(fill));
        Assert.Equal("MAKER", (string?)fill["liquidity_side"]);
        Assert.DoesNotContain(other.Parsed(), line => line["event"] is { } name && ((string)name!).StartsWith("order_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Query_order_and_query_account_answer_with_a_report_and_a_state()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("Q");
        AssertOk(await bridge.CallAsync("query_order", "\"client_order_id\":\"Q\""));
        var report = await bridge.WaitAsync("report", "order_status", "Q");
        Assert.Equal("ACCEPTED", (string?)report["order_status"]);
        var before = bridge.Lines.Count;
        AssertOk(await bridge.CallAsync("query_account"));
        var state = await bridge.WaitAsync(line => (string?)line["event"] == "account_state", "an account state", before);
        Assert.Equal(["event", "account_id", "account_type", "balances", "margins", "reported"], Names(state));
        Assert.Equal("MARGIN", (string?)state["account_type"]);
        var balance = state["balances"]![0]!.AsObject();
        Assert.Equal(["currency", "total", "locked", "free"], Names(balance));
        Assert.Equal(JsonValueKind.String, balance["total"]!.GetValueKind());
        var account = await bridge.CallAsync("account");
        Assert.Equal("LIGHTER-001", (string?)account["account"]!["account_id"]);
    }

    private static string[] Names(JsonObject line) => [.. line.Select(member => member.Key)];
}
