using System.Text;
using System.Text.Json.Nodes;
using static ExecutionAdapters.Cli.Tests.Bridge.BridgeHarness;

namespace ExecutionAdapters.Cli.Tests.Bridge;

/// <summary>Bad input: answered as an error that names what is wrong, and nothing else happens.</summary>
public sealed class BridgeInputTests
{
    private const string Eth = "\"instrument_id\":\"ETH-PERP.LIGHTER\"";

    [Theory]
    [InlineData("not json secret-text")]
    [InlineData("{\"cmd\":\"connect\" secret-text")]
    [InlineData("[\"secret-text\"]")]
    [InlineData("\"secret-text\"")]
    [InlineData("{\"cmd\":\"connect\",\"id\":\"secret-text\",\"id\":\"2\"}")]
    [InlineData("{\"cmd\":\"connect\",\"id\":\"\\ud800secret-text\"}")]
    [InlineData("{\"cmd\":\"secret-text\"}")]
    [InlineData("{\"cmd\":7}")]
    [InlineData("{\"id\":null}")]
    [InlineData("{}")]
    public async Task Input_that_is_no_command_is_answered_without_being_repeated(string line)
    {
        await using var bridge = await StartAsync();
        await bridge.SendAsync(line);
        var error = await bridge.WaitAsync("reply", "error");
        Assert.Equal(["reply", "ok", "error"], error.Select(member => member.Key));
        Assert.False((bool)error["ok"]!);
        AssertOk(await bridge.CallAsync("orders"));
        Assert.DoesNotContain(bridge.Lines, text => text.Contains("secret-text", StringComparison.Ordinal));
        Assert.Equal(2, bridge.Lines.Count);
    }

    [Theory]
    [InlineData("fly", "", "cmd")]
    [InlineData("connect", "\"fast\":true", "fast")]
    [InlineData("stop", "\"now\":1", "now")]
    [InlineData("submit_order", "", "order: is missing")]
    [InlineData("submit_order", "\"order\":[]", "order")]
    [InlineData("cancel_order", "", "client_order_id: is missing")]
    [InlineData("cancel_order", "\"client_order_id\":7", "client_order_id")]
    [InlineData("cancel_order", "\"client_order_id\":\"\"", "client_order_id")]
    [InlineData("cancel_order", "\"client_order_id\":\"X\"", "instrument_id")]
    [InlineData("cancel_order", "\"client_order_id\":\"X\",\"venue_order_id\":1," + Eth, "venue_order_id")]
    [InlineData("modify_order", "\"client_order_id\":\"X\",\"quantity\":1," + Eth, "quantity")]
    [InlineData("modify_order", "\"client_order_id\":\"X\",\"price\":\"cheap\"," + Eth, "price")]
    [InlineData("modify_order", "\"client_order_id\":\"X\",\"prise\":\"1\"," + Eth, "prise")]
    [InlineData("cancel_all_orders", "", "instrument_id")]
    [InlineData("cancel_all_orders", Eth + ",\"order_side\":\"UP\"", "order_side")]
    [InlineData("batch_cancel_orders", Eth, "cancels")]
    [InlineData("batch_cancel_orders", Eth + ",\"cancels\":[]", "cancels")]
    [InlineData("batch_cancel_orders", Eth + ",\"cancels\":[7]", "cancels")]
    [InlineData("batch_cancel_orders", Eth + ",\"cancels\":[{\"client_order_id\":\"X\"},{}]", "cancels[1].client_order_id")]
    [InlineData("batch_cancel_orders", Eth + ",\"cancels\":[{\"client_order_id\":\"X\"},{\"client_order_id\":\"X\"}]", "cancels")]
    [InlineData("query_order", "", "client_order_id")]
    [InlineData("set_quote", Eth + ",\"bid_price\":\"1\"", "ask_price")]
    [InlineData("set_quote", Eth + ",\"bid_price\":\"1\",\"ask_price\":2", "ask_price")]
    [InlineData("set_quote", Eth + ",\"bid_price\":\"1\",\"ask_price\":\"2\",\"bid_size\":\"-1\"", "bid_size")]
    [InlineData("order_status_reports", "\"open_only\":\"yes\"", "open_only")]
    [InlineData("order_status_reports", "\"start\":\"2024-01-01\"", "start")]
    [InlineData("fill_reports", "\"end\":-1", "end")]
    [InlineData("position_status_reports", "\"instrument_id\":\"ETH\"", "instrument_id")]
    [InlineData("mass_status", "\"lookback_mins\":0", "lookback_mins")]
    [InlineData("mass_status", "\"lookback_mins\":1.5", "lookback_mins")]
    [InlineData("orders", "\"open\":true", "open")]
    [InlineData("submit_order_list", "\"orders\":[]", "order_list_id")]
    [InlineData("submit_order_list", "\"order_list_id\":\"L\",\"orders\":[]", "orders")]
    public async Task A_bad_field_is_named_with_the_id_of_the_line(string command, string fields, string named)
    {
        await using var bridge = await StartAsync();
        var answer = await bridge.CallAsync(command, fields);
        Assert.Equal("error", (string?)answer["reply"]);
        Assert.False((bool)answer["ok"]!);
        Assert.StartsWith(named.Split(':')[0], (string?)answer["error"], StringComparison.Ordinal);
        AssertOk(await bridge.CallAsync("orders"));
        Assert.Equal(2, bridge.Lines.Count);
        Assert.False(bridge.Running.IsCompleted);
    }

    [Theory]
    [InlineData("client_order_id", null)]
    [InlineData("client_order_id", "\"é\"")]
    [InlineData("instrument_id", null)]
    [InlineData("instrument_id", "\"ETH\"")]
    [InlineData("order_side", null)]
    [InlineData("order_side", "\"NO_ORDER_SIDE\"")]
    [InlineData("order_side", "\"buy me\"")]
    [InlineData("order_type", null)]
    [InlineData("quantity", null)]
    [InlineData("quantity", "0.01")]
    [InlineData("quantity", "\"-1\"")]
    [InlineData("price", "2000")]
    [InlineData("price", "\"NaN\"")]
    [InlineData("trigger_price", "\"\"")]
    [InlineData("time_in_force", "\"FOREVER\"")]
    [InlineData("expire_time", "1.5")]
    [InlineData("post_only", "\"true\"")]
    [InlineData("reduce_only", "1")]
    [InlineData("strategy_id", "\"NOTAG\"")]
    [InlineData("params", "[]")]
    [InlineData("params", "{\"deep\":{}}")]
    [InlineData("qty", "\"1\"")]
    public async Task A_bad_field_of_an_order_is_named_and_the_order_is_not_taken(string field, string? value)
    {
        await using var bridge = await StartAsync();
        var order = JsonNode.Parse("{" + Order("A") + "}")!["order"]!.AsObject();
        order[field] = value is null ? null : JsonNode.Parse(value);
        foreach (var command in new[] { "add_order", "submit_order" })
        {
            var answer = await bridge.CallAsync(command, "\"order\":" + order.ToJsonString());
            Assert.Equal("error", (string?)answer["reply"]);
            Assert.StartsWith($"order.{field}: ", (string?)answer["error"], StringComparison.Ordinal);
        }

        var inList = await bridge.CallAsync("submit_order_list", $"\"order_list_id\":\"L\",\"orders\":[{Order("B")["\"order\":".Length..]},{order.ToJsonString()}]");
        Assert.StartsWith($"orders[1].{field}: ", (string?)inList["error"], StringComparison.Ordinal);
        Assert.Empty((await bridge.CallAsync("orders"))["orders"]!.AsArray());
        Assert.DoesNotContain(bridge.Parsed(), line => line.ContainsKey("event"));
    }

    [Theory]
    [InlineData("\"order_type\":\"LIMIT\"", "require a limit price")]
    [InlineData("\"order_type\":\"STOP_LIMIT\",\"price\":\"1\"", "trigger price")]
    [InlineData("\"order_type\":\"LIMIT\",\"price\":\"1\",\"time_in_force\":\"GTD\"", "expire time")]
    [InlineData("\"order_type\":\"MARKET\",\"post_only\":true", "post_only")]
    [InlineData("\"order_type\":\"MARKET\",\"time_in_force\":\"GTD\",\"expire_time\":1", "GTD")]
    [InlineData("\"order_type\":\"TRAILING_STOP_MARKET\"", "Unsupported order type")]
    [InlineData("\"order_type\":\"LIMIT\",\"price\":\"1\",\"time_in_force\":\"FOK\"", "fill-or-kill")]
    public async Task Terms_that_do_not_go_together_are_denied_with_the_reason(string terms, string reason)
    {
        await using var bridge = await StartAsync();
        AssertOk(await bridge.CallAsync(
            "submit_order", $$"""  "order":{"client_order_id":"A","instrument_id":"ETH-PERP.LIGHTER","order_side":"BUY","quantity":"1",{{terms}}}""".Trim()));
        Assert.Contains(reason, (string?)(await bridge.WaitAsync("event", "order_denied", "A"))["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_order_id_is_taken_once()
    {
        await using var bridge = await StartAsync();
        AssertOk(await bridge.CallAsync("add_order", Order("A")));
        await AssertDuplicateAsync("add_order");

        // An order that the bridge only knows of may be sent, once.
        AssertOk(await bridge.CallAsync("submit_order", Order("A")));
        await bridge.WaitAsync("event", "order_denied", "A");
        await AssertDuplicateAsync("submit_order");

        async Task AssertDuplicateAsync(string command)
        {
            var answer = await bridge.CallAsync(command, Order("A"));
            Assert.Equal("error", (string?)answer["reply"]);
            Assert.Contains("client_order_id: A is a duplicate", (string?)answer["error"], StringComparison.Ordinal);
        }

        var item = Order("B")["\"order\":".Length..];
        var list = await bridge.CallAsync("submit_order_list", $"\"order_list_id\":\"L\",\"orders\":[{item},{item}]");
        Assert.Contains("client_order_id stands twice", (string?)list["error"], StringComparison.Ordinal);
        Assert.Single((await bridge.CallAsync("orders"))["orders"]!.AsArray());
    }

    [Fact]
    public async Task A_burst_of_orders_of_one_id_is_one_order()
    {
        await using var bridge = await StartAsync();
        AssertOk(await bridge.CallAsync("connect"));
        var first = await bridge.PostAsync("submit_order", Order("A", price: "2000.00"));
        var second = await bridge.PostAsync("submit_order", Order("A", price: "2001.00"));
        AssertOk(await bridge.AnswerAsync(first));
        Assert.Contains("duplicate", (string?)(await bridge.AnswerAsync(second))["error"], StringComparison.Ordinal);
        await bridge.WaitAsync("event", "order_accepted", "A");
        Assert.Equal("2000.00", (string?)Assert.Single((await bridge.CallAsync("orders"))["orders"]!.AsArray())!["price"]);
    }

    [Theory]
    [InlineData("-2", "1")]
    [InlineData("0", "1")]
    [InlineData("2", "1")]
    public async Task A_quote_that_cannot_be_one_is_refused(string bid, string ask)
    {
        await using var bridge = await StartAsync();
        var answer = await bridge.CallAsync("set_quote", $$""" "instrument_id":"ETH-PERP.LIGHTER","bid_price":"{{bid}}","ask_price":"{{ask}}" """);
        Assert.Equal("error", (string?)answer["reply"]);
    }

    [Fact]
    public async Task Orders_of_a_list_with_different_params_are_refused()
    {
        await using var bridge = await StartAsync();
        var plain = Order("A")["\"order\":".Length..];
        var special = Order("B", more: ",\"params\":{\"market_order_slippage_bps\":\"10\"}")["\"order\":".Length..];
        var answer = await bridge.CallAsync("submit_order_list", $"\"order_list_id\":\"L\",\"orders\":[{plain},{special}]");
        Assert.StartsWith("orders[1].params: ", (string?)answer["error"], StringComparison.Ordinal);
        var empty = Order("C", more: ",\"params\":{}")["\"order\":".Length..];
        AssertOk(await bridge.CallAsync("submit_order_list", $"\"order_list_id\":\"L\",\"orders\":[{Order("D")["\"order\":".Length..]},{empty}]"));
        answer = await bridge.CallAsync("submit_order_list", $"\"order_list_id\":\"L\",\"orders\":[{special},{plain}]");
        Assert.StartsWith("orders[1].params: ", (string?)answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instrument_that_is_not_the_orders_is_refused()
    {
        await using var bridge = await StartAsync();
        AssertOk(await bridge.CallAsync("add_order", Order("A")));
        var answer = await bridge.CallAsync("cancel_order", "\"client_order_id\":\"A\",\"instrument_id\":\"BTC-PERP.LIGHTER\"");
        Assert.StartsWith("instrument_id: order A is of ETH-PERP.LIGHTER", (string?)answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_must_be_a_string_and_need_not_be_there()
    {
        await using var bridge = await StartAsync();
        await bridge.SendAsync("""{"cmd":"orders","id":5}""");
        var error = await bridge.WaitAsync("reply", "error");
        Assert.StartsWith("id: ", (string?)error["error"], StringComparison.Ordinal);
        await bridge.SendAsync("""{"cmd":"orders"}""");
        Assert.Equal("""{"reply":"orders","ok":true,"orders":[]}""", (await bridge.WaitAsync("reply", "orders")).ToJsonString());
        await bridge.SendAsync("""{"cmd":"orders","id":"Größe 價 \" \\"}""");
        await bridge.AnswerAsync("Größe 價 \" \\");
        Assert.Contains("Größe 價", bridge.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_above_the_limit_is_refused_and_passed_over_to_its_end()
    {
        await using var bridge = await StartAsync();
        await bridge.SendAsync($$"""{"cmd":"orders","id":"{{new string('x', 3_000_000)}}"}""");
        var error = await bridge.WaitAsync("reply", "error");
        Assert.Contains("1048576", (string?)error["error"], StringComparison.Ordinal);
        AssertOk(await bridge.CallAsync("orders"));
        Assert.Equal(2, bridge.Lines.Count);
    }

    [Fact]
    public async Task Line_ends_of_both_kinds_blank_lines_a_byte_order_mark_and_pieces_are_all_the_same()
    {
        await using var bridge = await StartAsync();
        await bridge.SendAsync((byte[])[0xEF, 0xBB, 0xBF, .. "{\"cmd\":\"orders\",\"id\":\"1\"}\r\n\r\n  \n{\"cmd\":\"ord"u8]);
        await bridge.AnswerAsync("1");
        await bridge.SendAsync("ers\",\"id\":\"2\"}\n{\"cmd\":\"account\",\"id\":\"3\"}\n"u8.ToArray());
        await bridge.AnswerAsync("3");
        Assert.Equal(["1", "2", "3"], bridge.Parsed().Select(line => (string?)line["id"]));
        Assert.Contains("\"account\":null", bridge.Lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(bridge.Lines, line => line.StartsWith('\uFEFF'));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        await using var bridge = await StartAsync();
        await bridge.SendAsync((byte[])[.. "{\"cmd\":\"orders\",\"id\":\""u8, 0xC3, 0x28, .. "\"}\n"u8]);
        Assert.Contains("UTF-8", (string?)(await bridge.WaitAsync("reply", "error"))["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_line_without_an_end_is_served_before_the_bridge_ends()
    {
        await using var bridge = await StartAsync();
        await bridge.SendAsync(Encoding.UTF8.GetBytes("""{"cmd":"orders","id":"last"}"""));
        await bridge.EndInputAsync();
        await bridge.AnswerAsync("last");
        await bridge.EndAsync();
    }
}
