using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class FillSeeds
{
    /// <summary>test_account_all_trades_dedupes_across_reconnect.</summary>
    [Fact]
    public async Task A_trade_that_comes_before_and_after_a_reconnect_is_one_fill()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        var order = await harness.RestAsAsync("281476929510110", OrderSide.Buy, "0.0050", "2361.31");
        var clientOrderIndex = Assert.Single(harness.Received()).Info.Number("ClientOrderIndex");
        await PushTradeAsync(harness, clientOrderIndex);
        var filled = await harness.NextAsync<OrderFilled>();
        Assert.Equal((order.ClientOrderId, "19209", 0.005m, 2361.31m), (filled.ClientOrderId, filled.TradeId.Value, filled.LastQty.Value, filled.LastPx.Value));

        harness.Venue.Faults.DropConnections();
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnected);
        Assert.Equal(2, harness.Subscriptions("account_all_trades").Count);
        await PushTradeAsync(harness, clientOrderIndex);
        await harness.MarkAsync();

        Assert.Single(harness.Events<OrderFilled>());
        Assert.Empty(harness.Events<FillReport>());
    }

    /// <summary>test_generate_fill_reports_skips_trade_seen_on_websocket.</summary>
    [Fact]
    public async Task A_trade_that_the_stream_reported_is_not_in_the_fill_reports()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        await using var other = harness.ClientWith();
        await other.ConnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.005m, 2361.31m);
        other.SubmitOrder(Orders.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31")));
        var told = await harness.NextAsync<FillReport>();
        Assert.Equal((Orders.Eth, 0.005m), (told.InstrumentId, told.LastQty.Value));

        Assert.Empty(await harness.Client.GenerateFillReportsAsync(Everything()));

        Assert.Single(harness.Requests("trades"));
        await using var late = harness.ClientWith();
        await late.ConnectAsync();
        Assert.Equal(told.TradeId, Assert.Single(await late.GenerateFillReportsAsync(Everything())).TradeId);

        static GenerateFillReports Everything() => new() { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default };
    }

    private static Task PushTradeAsync(ClientHarness harness, long clientOrderIndex) => harness.Venue.Faults.PushFrameAsync(null, $$$"""
        {"type":"update/account_all_trades","channel":"account_all_trades:12345","trades":{"0":[{
        "trade_id":19209,"trade_id_str":"19209","type":"trade","market_id":0,"size":"0.0050","price":"2361.31","usd_amount":"11.806550",
        "ask_id":562947905000001,"bid_id":281476929510110,"ask_client_id":0,"bid_client_id":{{{clientOrderIndex}}},
        "ask_account_id":91,"bid_account_id":12345,"is_maker_ask":true,"taker_fee":280,"maker_fee":40,"timestamp":1790000000119}]}}
        """);
}
