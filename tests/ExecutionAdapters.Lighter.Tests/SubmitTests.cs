using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class SubmitTests
{
    [Fact]
    public async Task A_limit_order_is_submitted_signed_and_accepted()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        Assert.Equal(["Submitted", "Accepted"], harness.Story(order));
        var (transport, type, info, code) = Assert.Single(harness.Received());
        Assert.Equal(("WebSocket", 14, 200), (transport, type, code));
        Assert.Equal(0, info.GetProperty("MarketIndex").GetInt32());
        Assert.Equal(200000, info.GetProperty("Price").GetInt64());
        Assert.Equal(100, info.GetProperty("BaseAmount").GetInt64());
        Assert.Equal(0, info.GetProperty("IsAsk").GetInt32());
        Assert.Equal(1, info.GetProperty("TimeInForce").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, info.GetProperty("L2TxAttributes").ValueKind);
    }

    [Fact]
    public async Task A_stop_market_order_is_immediate_or_cancel_with_a_worst_price_beyond_its_trigger()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.New(OrderType.StopMarket, OrderSide.Buy, "0.0100", trigger: "2400.00"));
        await harness.UntilAsync(() => order.IsOpen, "the stop to rest");
        var info = Assert.Single(harness.Received()).Info;
        Assert.Equal(0, info.GetProperty("TimeInForce").GetInt32());
        Assert.Equal(2, info.GetProperty("Type").GetInt32());
        Assert.Equal(240000, info.GetProperty("TriggerPrice").GetInt64());
        Assert.Equal(241200, info.GetProperty("Price").GetInt64());
    }

    [Fact]
    public async Task A_market_order_without_a_quote_is_denied_and_with_one_it_trades()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var denied = harness.Submit(Orders.New(OrderType.Market, OrderSide.Buy, "0.0100"));
        await harness.UntilAsync(() => denied.IsClosed, "the denial");
        Assert.Equal(["Denied"], harness.Story(denied));
        Assert.Contains("no cached quote", harness.Events<OrderDenied>()[0].Reason, StringComparison.Ordinal);
        Assert.Empty(harness.Received());

        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361.50m, LighterTimeInForce.GoodTillTime);
        harness.Cache.SetQuote(new QuoteTick
        {
            InstrumentId = Orders.Eth,
            BidPrice = Price.Parse("2361.00"),
            AskPrice = Price.Parse("2361.50"),
            BidSize = Quantity.Parse("1"),
            AskSize = Quantity.Parse("1"),
        });
        var order = harness.Submit(Orders.New(OrderType.Market, OrderSide.Buy, "0.0100"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        Assert.Equal(["Submitted", "Accepted", "Filled"], harness.Story(order));
        var fill = Assert.Single(harness.Events<OrderFilled>());
        Assert.Equal((2361.50m, 0.01m, LiquiditySide.Taker), (fill.LastPx.Value, fill.LastQty.Value, fill.LiquiditySide));
        Assert.Equal("0.006612 USDC", fill.Commission.ToString());
    }

    [Fact]
    public async Task A_refusal_of_the_venue_is_one_rejection_with_code_and_message()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.AnswerNextTransaction(21029, "insufficient margin for this order");
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        await harness.UntilAsync(() => order.IsClosed, "the rejection");
        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Rejected"], harness.Story(order));
        var reason = Assert.Single(harness.Events<OrderRejected>()).Reason;
        Assert.Contains("code=21029", reason, StringComparison.Ordinal);
        Assert.Contains("insufficient margin", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_beyond_the_margin_is_rejected()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "50000.0000", "2000.00"));
        await harness.UntilAsync(() => order.IsClosed, "the rejection");
        Assert.Contains("code=21739", Assert.Single(harness.Events<OrderRejected>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_only_order_that_would_cross_is_rejected_for_that_reason()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361.50m, LighterTimeInForce.GoodTillTime);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2362.00") with { PostOnly = true });
        await harness.UntilAsync(() => order.IsClosed, "the rejection");
        Assert.True(Assert.Single(harness.Events<OrderRejected>()).DuePostOnly);
        Assert.Equal(OrderStatus.Rejected, order.Status);
    }

    [Fact]
    public async Task A_lost_acknowledgement_rejects_nothing_and_later_orders_go_on()
    {
        await using var harness = await ClientHarness.ConnectAsync(acknowledgementTimeout: TimeSpan.FromMilliseconds(100));
        harness.Venue.Faults.SwallowNextAcknowledgements(1);
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Accepted"], harness.Story(order));
    }

    [Fact]
    public async Task An_order_list_is_one_http_batch_of_consecutive_nonces()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var first = Orders.Limit(OrderSide.Buy, "0.0100", "2000.00");
        var second = Orders.Limit(OrderSide.Sell, "0.0100", "2500.00") with { PostOnly = true };
        var orders = new[] { harness.Cache.AddOrder(first), harness.Cache.AddOrder(second) };
        harness.Client.SubmitOrderList(Orders.SubmitList(first, second));
        await harness.UntilAsync(() => orders.All(order => order.IsOpen), "both orders to rest");
        var received = harness.Received();
        Assert.Equal(["HttpBatch", "HttpBatch"], received.Select(transaction => transaction.Transport));
        Assert.Equal([14, 14], received.Select(transaction => transaction.Type));
        Assert.Equal([0, 1], received.Select(transaction => transaction.Info.GetProperty("IsAsk").GetInt32()));
        Assert.Equal(2, received[1].Info.GetProperty("TimeInForce").GetInt32());
        Assert.Equal(received[0].Info.GetProperty("Nonce").GetInt64() + 1, received[1].Info.GetProperty("Nonce").GetInt64());
    }

    [Fact]
    public async Task A_refused_batch_of_which_nothing_was_taken_in_rejects_each_order_once()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.RefuseRest("sendTxBatch", 400, 21702, "invalid price", times: 1);
        var first = Orders.Limit(OrderSide.Buy, "0.0100", "2000.00");
        var second = Orders.Limit(OrderSide.Buy, "0.0100", "2001.00");
        var orders = new[] { harness.Cache.AddOrder(first), harness.Cache.AddOrder(second) };
        harness.Client.SubmitOrderList(Orders.SubmitList(first, second));
        await harness.UntilAsync(() => orders.All(order => order.Status == OrderStatus.Rejected), "both rejections");
        await harness.SettleAsync();
        Assert.Equal(2, harness.Events<OrderRejected>().Count);
    }

    [Fact]
    public async Task A_refused_order_in_a_burst_costs_its_neighbours_nothing()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var orders = Enumerable.Range(0, 12).Select(i => harness.Submit(Orders.Limit(OrderSide.Buy, "1.0000", i % 4 == 3 ? "2000.00" : "90.00"))).ToList();
        await harness.UntilAsync(() => orders.TrueForAll(order => order.Status is OrderStatus.Accepted or OrderStatus.Rejected), "every order's fate");
        Assert.Equal(3, orders.Count(order => order.Status == OrderStatus.Accepted));
        Assert.All(harness.Events<OrderRejected>(), rejected => Assert.DoesNotContain("21104", rejected.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_of_a_batch_that_fails_in_the_sequencer_before_the_response_is_rejected()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.WithholdBatchResponses();
        var first = Orders.Limit(OrderSide.Buy, "50000.0000", "2000.00");
        var order = harness.Cache.AddOrder(first);
        harness.Client.SubmitOrderList(Orders.SubmitList(first));
        await harness.UntilAsync(() => order.IsClosed, "the rejection");
        harness.Venue.Faults.ReleaseBatchResponses();
        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Rejected"], harness.Story(order));
    }

    [Fact]
    public async Task A_batch_that_ends_in_a_server_error_rejects_nothing()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.RefuseRest("sendTxBatch", 500, 29500, "internal server error", times: 1);
        var first = Orders.Limit(OrderSide.Buy, "0.0100", "2000.00");
        var order = harness.Cache.AddOrder(first);
        harness.Client.SubmitOrderList(Orders.SubmitList(first));
        await harness.UntilAsync(() => harness.Story(order).Contains("Submitted"), "the order to be submitted");
        await harness.SettleAsync();
        Assert.Equal(["Submitted"], harness.Story(order));
    }

    [Fact]
    public async Task An_order_list_over_the_limit_or_with_contingencies_is_denied_whole()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var many = Enumerable.Range(0, 16).Select(_ => Orders.Limit(OrderSide.Buy, "0.0100", "2000.00")).ToArray();
        harness.Client.SubmitOrderList(Orders.SubmitList(many));
        harness.Client.SubmitOrderList(Orders.SubmitList(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00") with { ContingencyType = ContingencyType.OCO }));
        await harness.UntilAsync(() => harness.Events<OrderDenied>().Count == 17, "the denials");
        Assert.Contains("supports at most 15 txs", harness.Events<OrderDenied>()[0].Reason, StringComparison.Ordinal);
        Assert.Contains("grouped contingency lists remain out of scope", harness.Events<OrderDenied>()[16].Reason, StringComparison.Ordinal);
        Assert.Empty(harness.Received());
    }

    [Fact]
    public async Task An_unknown_instrument_is_denied()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "1", "1.00") with { InstrumentId = InstrumentId.Parse("NOPE-PERP.LIGHTER") });
        await harness.UntilAsync(() => order.IsClosed, "the denial");
        Assert.Contains("INSTRUMENT_NOT_FOUND", Assert.Single(harness.Events<OrderDenied>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nonce_taken_by_somebody_else_costs_a_resync_and_no_order()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.AnswerNextTransaction(21104, "invalid nonce");
        var orders = Enumerable.Range(0, 5).Select(i => harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", $"200{i}.00"))).ToList();
        await harness.UntilAsync(() => orders.TrueForAll(order => order.IsOpen), "all orders to rest");
        Assert.All(orders, order => Assert.Equal(["Submitted", "Accepted"], harness.Story(order)));
        var truth = await harness.TruthAsync();
        Assert.Equal(5, truth.GetProperty("orders").GetArrayLength());
    }

    [Fact]
    public async Task Where_nonces_may_be_skipped_a_refused_order_holds_up_none_after_it()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { SkipNonce = true });
        harness.Venue.Faults.Load("""{"faults":[{"fault":"refuse_transaction","code":21739,"message":"not enough margin"}]}""");
        var orders = Enumerable.Range(0, 5).Select(_ => harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"))).ToList();
        await harness.UntilAsync(() => orders.All(order => order.IsOpen || order.IsClosed), "every order to rest or to be refused");
        Assert.Equal(OrderStatus.Rejected, orders[0].Status);
        Assert.All(orders.Skip(1), order => Assert.Equal(OrderStatus.Accepted, order.Status));
        Assert.Equal(5, harness.Received().Count);
        Assert.All(harness.Received(), sent => Assert.Equal(1, sent.Info.GetProperty("L2TxAttributes").GetProperty("4").GetInt64()));
    }

    [Fact]
    public async Task Orders_signed_with_nonces_made_ahead_are_taken()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { PreparedNonces = 16 });
        var orders = Enumerable.Range(0, 40).Select(_ => harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"))).ToList();
        await harness.UntilAsync(() => orders.All(order => order.IsOpen), "every order to rest");
        Assert.All(harness.Received(), sent => Assert.Equal(200, sent.Code));
        Assert.Throws<ArgumentException>(() => new LighterOptions { PreparedNonces = 7 }.Validate());
    }
}
