using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class AccountStreamTests
{
    [Fact]
    public async Task A_partial_fill_and_a_cancel_agree_with_the_venues_books()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2300.00");
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.02m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        await harness.UntilAsync(() => order.Status == OrderStatus.PartiallyFilled, "the partial fill");
        Assert.Equal(Quantity.Parse("0.0200"), order.FilledQty);
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.IsClosed, "the cancel");
        var fill = Assert.Single(harness.Events<OrderFilled>());
        Assert.Equal(LiquiditySide.Maker, fill.LiquiditySide);
        Assert.Equal("0.001840 USDC", fill.Commission.ToString());
        var position = await harness.NextAsync<PositionStatusReport>(report => report.Quantity == Quantity.Parse("0.0200"));
        Assert.Equal(PositionSide.Long, position.PositionSide);
        Assert.Equal(0.02m, harness.Cache.Position(Orders.Eth)!.SignedQty);
    }

    [Fact]
    public async Task A_trade_told_again_after_a_reconnect_is_emitted_once()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2300.00");
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.02m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        await harness.UntilAsync(() => order.FilledQty.Value > 0, "the fill");
        harness.Venue.Faults.DropConnections();
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnected);
        await harness.SettleAsync();
        Assert.Single(harness.Events<OrderFilled>());
        Assert.Equal(0.02m, order.FilledQty.Value);
    }

    [Fact]
    public async Task After_a_loss_it_reconnects_and_orders_go_on_with_the_right_nonce()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var before = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Venue.Faults.DropConnections();
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnecting);
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnected);
        var after = await harness.RestAsync(OrderSide.Buy, "0.0100", "2001.00");
        Assert.Equal(["Submitted", "Accepted"], harness.Story(before));
        Assert.Equal(["Submitted", "Accepted"], harness.Story(after));
        Assert.All(harness.Received(), transaction => Assert.Equal(200, transaction.Code));
    }

    [Fact]
    public async Task An_order_whose_connection_is_lost_after_sending_is_not_rejected_and_is_found_after_the_reconnect()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.CloseAfterNextTransaction(execute: true);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        await harness.UntilAsync(() => order.IsOpen, "the order to be found");
        Assert.Equal(["Submitted", "Accepted"], harness.Story(order));
        Assert.Single(harness.Received());
    }

    [Fact]
    public async Task An_immediate_order_that_ended_while_the_connection_was_lost_is_told_after_the_reconnect()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.CloseAfterNextTransaction(execute: true);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2362.00") with { TimeInForce = TimeInForce.IOC });
        await harness.UntilAsync(() => order.IsClosed, "the end of the order");
        Assert.Equal(["Submitted", "Accepted", "Canceled"], harness.Story(order));
        Assert.Single(harness.Received());
    }

    [Fact]
    public async Task An_order_that_never_arrived_is_not_sent_again_and_is_rejected_once_it_can_no_longer_be_executed()
    {
        await using var harness = await ClientHarness.ConnectAsync(transactionLifetime: TimeSpan.FromSeconds(3));
        harness.Venue.Faults.CloseAfterNextTransaction(execute: false);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnected);
        Assert.Equal(["Submitted"], harness.Story(order));
        await harness.SettleAsync();
        await harness.UntilAsync(() => order.IsClosed, "the end of its validity");
        Assert.Equal(["Submitted", "Rejected"], harness.Story(order));
        Assert.StartsWith("NOT_SENT", Assert.Single(harness.Events<OrderRejected>()).Reason, StringComparison.Ordinal);
        Assert.Equal(0, (await harness.TruthAsync()).GetProperty("orders").EnumerateArray().Count(row => row.GetProperty("price").GetString() == "2000.00"));
    }

    [Fact]
    public async Task A_fill_while_the_connection_was_down_is_told_after_the_reconnect()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2300.00");
        harness.Venue.Faults.WithholdFirstFrame("account_all_trades");
        harness.Venue.Faults.DropConnections();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.02m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        harness.Venue.Faults.Release("account_all_trades");
        await harness.UntilAsync(() => order.FilledQty.Value == 0.02m, "the missed fill");
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnected);
        await harness.SettleAsync();
        Assert.Single(harness.Events<OrderFilled>());
    }

    [Fact]
    public async Task An_order_that_closed_while_the_client_was_away_is_told_when_it_is_back()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await using var other = await SecondClientAsync(harness);
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2300.00");
        await harness.Client.DisconnectAsync();
        other.CancelOrder(Orders.Cancel("OTHER", venueOrderId: order.VenueOrderId!.Value.Value));
        await harness.UntilAsync(() => harness.Received().Any(transaction => transaction is { Type: 15, Code: 200 }), "the cancel at the venue");
        await harness.ConnectClientAsync();
        await harness.UntilAsync(() => order.Status == OrderStatus.Canceled, "the cancel that was missed");
        Assert.Equal(["Submitted", "Accepted", "Canceled"], harness.Story(order));
    }

    [Fact]
    public async Task A_fill_between_disconnect_and_the_next_connect_is_told()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2300.00");
        await harness.Client.DisconnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.05m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        await harness.ConnectClientAsync();
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the missed fill");
        await harness.SettleAsync();
        Assert.Single(harness.Events<OrderFilled>());
    }

    [Fact]
    public async Task More_fills_than_a_snapshot_holds_are_all_told_after_an_absence()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "1.5000", "2300.00");
        await harness.Client.DisconnectAsync();
        for (var i = 0; i < 150; i++)
        {
            await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.01m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        }

        await harness.ConnectClientAsync();
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "150 missed fills");
        await harness.SettleAsync();
        Assert.Equal(150, harness.Events<OrderFilled>().Count);
    }

    [Fact]
    public async Task A_row_that_makes_trouble_does_not_keep_the_others_of_its_frame()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        const string Channel = "account_all_trades:12345";
        const string Good = """{"trade_id":902,"type":"trade","market_id":0,"size":"0.0100","price":"2300.001","usd_amount":"23.00001","ask_id":562947905000001,"bid_id":281474976720001,"ask_account_id":91,"bid_account_id":12345,"is_maker_ask":false,"timestamp":1790000000119}""";
        var bad = Good.Replace("902", "901", StringComparison.Ordinal).Replace("1790000000119", "9100000000000000000", StringComparison.Ordinal);
        await harness.Venue.Faults.PushFrameAsync(Channel, $$$"""{"type":"update/account_all_trades","channel":"{{{Channel}}}","trades":{"0":[{{{bad}}},{{{Good}}}]}}""");
        var fill = await harness.NextAsync<FillReport>();
        Assert.Equal(("902", 2300.001m), (fill.TradeId.Value, fill.LastPx.Value));
    }

    [Fact]
    public async Task Orders_of_others_that_closed_while_away_are_not_cancelled()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await using var other = await SecondClientAsync(harness);
        other.SubmitOrder(Orders.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00")));
        var report = await harness.NextAsync<OrderStatusReport>();
        await harness.Client.DisconnectAsync();
        other.CancelOrder(Orders.Cancel("OTHER", venueOrderId: report.VenueOrderId.Value));
        await harness.UntilAsync(() => harness.Received().Any(transaction => transaction is { Type: 15, Code: 200 }), "the cancel at the venue");
        await harness.ConnectClientAsync();
        var before = harness.Received().Count(transaction => transaction.Type == 15);
        harness.Client.CancelAllOrders(Orders.CancelAll());
        await harness.SettleAsync();
        Assert.Equal(before + 1, harness.Received().Count(transaction => transaction.Type == 15));
    }

    [Fact]
    public async Task An_order_that_fails_in_the_sequencer_around_a_disconnect_is_rejected_once_whoever_tells_first()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.WithholdBatchResponses();
        var lost = Orders.Limit(OrderSide.Buy, "50000.0000", "2000.00");
        var order = harness.Cache.AddOrder(lost);
        harness.Client.SubmitOrderList(Orders.SubmitList(lost));
        await harness.UntilAsync(() => harness.Received().Count == 1, "the order at the venue");
        await harness.Client.DisconnectAsync();
        harness.Venue.Faults.ReleaseBatchResponses();
        await harness.ConnectClientAsync();
        await harness.UntilAsync(() => order.IsClosed, "the order's fate");
        await harness.SettleAsync();
        Assert.Single(harness.Events<OrderRejected>());
    }

    [Fact]
    public async Task An_order_modified_and_filled_while_away_is_updated_before_its_fills()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await using var other = await SecondClientAsync(harness);
        var order = await harness.RestAsync(OrderSide.Buy, "0.1000", "2300.00");
        await harness.Client.DisconnectAsync();
        other.ModifyOrder(Orders.Modify("OTHER", "0.5000", "2301.00", venueOrderId: order.VenueOrderId!.Value.Value));
        await harness.UntilAsync(() => harness.Received().Any(transaction => transaction is { Type: 17, Code: 200 }), "the modify at the venue");
        for (var i = 0; i < 5; i++)
        {
            await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.1m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        }

        await harness.ConnectClientAsync();
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the missed fills");
        Assert.Equal(["Submitted", "Accepted", "Updated", "Filled", "Filled", "Filled", "Filled", "Filled"], harness.Story(order));
        Assert.Equal(0.5m, order.FilledQty.Value);
    }

    [Fact]
    public async Task A_trade_that_comes_before_its_order_row_is_accepted_first()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361.50m, LighterTimeInForce.GoodTillTime);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2362.00") with { TimeInForce = TimeInForce.IOC });
        await harness.UntilAsync(() => order.IsClosed, "the fill");
        Assert.Equal(["Submitted", "Accepted", "Filled"], harness.Story(order));
    }

    [Fact]
    public async Task An_immediate_order_without_a_counterparty_is_canceled_with_the_venues_reason()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2362.00") with { TimeInForce = TimeInForce.IOC });
        await harness.UntilAsync(() => order.IsClosed, "the cancel");
        Assert.StartsWith("canceled", Assert.Single(harness.Events<OrderCanceled>()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1790000000119", "1790000000119", new[] { "Submitted", "Rejected" })]
    [InlineData("1790000000000", "1790000000119", new[] { "Submitted", "Accepted", "Canceled" })]
    [InlineData("0", "1790000000119", new[] { "Submitted", "Accepted", "Canceled" })]
    [InlineData("1790000000", "1790000000", new[] { "Submitted", "Accepted", "Canceled" })]
    public async Task A_reduce_only_order_counts_as_refused_only_when_the_venue_says_that_it_ended_as_it_came(string created, string updated, string[] story)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_all_orders"}]}""");
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        await harness.UntilAsync(() => harness.Received().Count == 1, "the order at the venue");
        var index = Assert.Single(harness.Received()).Info.GetProperty("ClientOrderIndex").GetInt64();
        const string Channel = "account_all_orders:12345";
        await harness.Venue.Faults.PushFrameAsync(
            Channel,
            $$$"""{"type":"update/account_all_orders","channel":"{{{Channel}}}","orders":{"0":[{"order_index":281474976720009,"client_order_index":{{{index}}},"market_index":0,"initial_base_amount":"0.0100","price":"2000.00","is_ask":false,"status":"canceled-reduce-only","created_at":{{{created}}},"updated_at":{{{updated}}}}]}}""");
        await harness.UntilAsync(() => order.IsClosed, "the end of the order");
        Assert.Equal(story, harness.Story(order));
    }

    [Fact]
    public async Task A_triggered_stop_limit_is_told_as_triggered_once()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.New(OrderType.StopLimit, OrderSide.Buy, "0.0100", price: "2371.00", trigger: "2370.00"));
        await harness.UntilAsync(() => order.IsOpen, "the stop to rest");
        Assert.Equal(["Submitted", "Accepted"], harness.Story(order));
        await harness.Venue.SetMarkPriceAsync(0, 2370.50m);
        await harness.UntilAsync(() => order.IsTriggered, "the trigger");
        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Accepted", "Triggered"], harness.Story(order));
    }

    [Fact]
    public async Task An_order_of_somebody_else_on_the_account_is_a_report()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await using var other = await SecondClientAsync(harness);
        other.SubmitOrder(Orders.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00")));
        var report = await harness.NextAsync<OrderStatusReport>();
        Assert.Equal((OrderStatus.Accepted, 0.01m, 2000m), (report.OrderStatus, report.Quantity.Value, report.Price!.Value.Value));
        harness.Client.CancelAllOrders(Orders.CancelAll());
        await harness.NextAsync<OrderStatusReport>(closed => closed.OrderStatus == OrderStatus.Canceled);
        Assert.Empty(harness.Events<OrderEvent>());
    }

    [Fact]
    public async Task A_position_row_that_cannot_be_read_flattens_nothing_and_an_empty_snapshot_does()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        const string Channel = "account_all_positions:12345";
        await Push("""{"0":{"market_id":0,"sign":1,"position":"1.5000","avg_entry_price":"2300.00"}}""");
        var report = await harness.NextAsync<PositionStatusReport>();
        Assert.Equal((PositionSide.Long, 1.5m), (report.PositionSide, report.Quantity.Value));

        await Push("""{"0":{"market_id":0,"sign":1,"position":"-1.5000","avg_entry_price":"2300.00"}}""");
        await harness.SettleAsync();
        Assert.Single(harness.Events<PositionStatusReport>());

        await Push("{}");
        var flat = await harness.NextAsync<PositionStatusReport>(candidate => candidate.PositionSide == PositionSide.Flat);
        Assert.Equal(0m, flat.Quantity.Value);

        Task Push(string positions) => harness.Venue.Faults.PushFrameAsync(
            Channel, $$"""{"type":"update/account_all_positions","channel":"{{Channel}}","positions":{{positions}}}""");
    }

    [Fact]
    public async Task Frames_that_cannot_be_read_do_not_stop_the_client()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        foreach (var frame in new[] { "{", "[]", """{"type":"update/account_all_orders","orders":7}""", """{"type":"update/nonsense"}""" })
        {
            await harness.Venue.Faults.PushFrameAsync(null, frame);
        }

        await harness.SettleAsync();
        Assert.True(harness.Client.IsConnected);
    }

    [Fact]
    public async Task Quotes_come_once_subscribed()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        Assert.Null(harness.Client.LatestQuote(Orders.Eth));
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361.50m, LighterTimeInForce.GoodTillTime);
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: false, 1m, 2360.50m, LighterTimeInForce.GoodTillTime);
        harness.Client.SubscribeQuotes(Orders.Eth);
        await harness.UntilAsync(() => harness.Client.LatestQuote(Orders.Eth) is not null, "a quote");
        var quote = harness.Client.LatestQuote(Orders.Eth)!.Value;
        Assert.Equal((2360.50m, 2361.50m), (quote.BidPrice.Value, quote.AskPrice.Value));
    }

    private static async Task<LighterExecutionClient> SecondClientAsync(ClientHarness harness)
    {
        var client = harness.ClientWith();
        await client.ConnectAsync();
        return client;
    }

    [Fact]
    public async Task A_trade_with_oneself_is_two_fills_each_told_once()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var buy = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var sell = await harness.RestAsync(OrderSide.Sell, "0.0100", "2500.00");
        var frame = SelfTrade(harness, buy, sell);
        await harness.Venue.Faults.PushFrameAsync(null, frame);
        await harness.Venue.Faults.PushFrameAsync(null, frame);
        await harness.SettleAsync();
        Assert.Equal(["777-B", "777-S"], harness.Events<OrderFilled>().Select(fill => fill.TradeId.Value).Order(StringComparer.Ordinal));
        Assert.Equal([LiquiditySide.Maker, LiquiditySide.Taker], harness.Events<OrderFilled>().Select(fill => fill.LiquiditySide).Order());
        Assert.Equal(new Money(-0.0008m, Currency.USDC), harness.Events<OrderFilled>().Single(fill => fill.LiquiditySide == LiquiditySide.Maker).Commission);
        Assert.Equal(new Money(0.0058m, Currency.USDC), harness.Events<OrderFilled>().Single(fill => fill.LiquiditySide == LiquiditySide.Taker).Commission);
    }

    [Theory]
    [InlineData("trade", TradeKind.Normal)]
    [InlineData("liquidation", TradeKind.Liquidation)]
    [InlineData("deleverage", TradeKind.Deleverage)]
    [InlineData("market-settlement", TradeKind.Settlement)]
    public async Task Trades_that_the_venue_forced_are_marked(string type, TradeKind kind)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var buy = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var account = harness.Venue.TestAccount.AccountIndex;
        var own = SelfTrade(harness, buy, null, type);
        await harness.Venue.Faults.PushFrameAsync(null, own);
        Assert.Equal(kind, (await harness.NextAsync<OrderFilled>()).Kind);
        await harness.Venue.Faults.PushFrameAsync(null, own.Replace("777", "778", StringComparison.Ordinal).Replace(buy.VenueOrderId!.Value.Value, "99", StringComparison.Ordinal).Replace("\"bid_client_id\":" + ClientIndex(harness, buy), "\"bid_client_id\":0", StringComparison.Ordinal));
        Assert.Equal(kind, (await harness.NextAsync<FillReport>()).Kind);
        Assert.NotEqual(0, account);
    }

    [Fact]
    public async Task One_trade_id_in_two_markets_is_two_fills()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await PushAsync(0);
        await PushAsync(1);
        await harness.SettleAsync();
        Assert.Equal(2, harness.Events<FillReport>().Count);

        Task PushAsync(int market) => harness.Venue.Faults.PushFrameAsync(null, $$$"""
            {"type":"update/account_all_trades","channel":"account_all_trades:{{{harness.Venue.TestAccount.AccountIndex}}}","trades":{"{{{market}}}":[{
            "trade_id":19209,"trade_id_str":"19209","type":"trade","market_id":{{{market}}},"size":"0.0050","price":"2361.3","usd_amount":"11.806550",
            "ask_id":562947905000001,"bid_id":{{{281476929510110 + market}}},"ask_client_id":0,"bid_client_id":0,"ask_account_id":91,
            "bid_account_id":{{{harness.Venue.TestAccount.AccountIndex}}},"is_maker_ask":true,"taker_fee":280,"maker_fee":40,"timestamp":1790000000119}]}}
            """);
    }

    private static string SelfTrade(ClientHarness harness, Order buy, Order? sell, string type = "trade")
    {
        var account = harness.Venue.TestAccount.AccountIndex;
        return $$"""
            {"type":"update/account_all_trades","channel":"account_all_trades:{{account}}","trades":{"0":[{"trade_id":777,"trade_id_str":"777","type":"{{type}}","market_id":0,
            "size":"0.0100","price":"2000.00","usd_amount":"20.000000","ask_id":{{sell?.VenueOrderId?.Value ?? "98"}},"bid_id":{{buy.VenueOrderId!.Value.Value}},
            "ask_client_id":{{(sell is null ? "0" : ClientIndex(harness, sell))}},"bid_client_id":{{ClientIndex(harness, buy)}},
            "ask_account_id":{{(sell is null ? 1 : account)}},"bid_account_id":{{account}},"is_maker_ask":false,"timestamp":1790000000000,"taker_fee":280,"maker_fee":-40,"integrator_taker_fee":10}] } }
            """;
    }

    private static string ClientIndex(ClientHarness harness, Order order) => harness.Received()
        .Select(transaction => transaction.Info).First(info => info.TryGetProperty("Price", out var price) && price.GetInt64() == (long)(order.Price!.Value.Value * 100))
        .GetProperty("ClientOrderIndex").GetRawText();
}
