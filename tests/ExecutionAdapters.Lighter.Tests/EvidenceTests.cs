using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Nothing is told, and nothing is sent again, on less than evidence.</summary>
public sealed class EvidenceTests
{
    private static Task<ClientHarness> ConnectAsync(double patience = 0.3) => ClientHarness.ConnectAsync(configure: options => options with
    {
        AcknowledgementTimeout = TimeSpan.FromSeconds(patience),
        VerdictTimeout = TimeSpan.FromSeconds(patience),
        RestQuotaPerMinute = 1_000_000,
    });

    private static string Faults(params string[] rules) => "{\"faults\":[" + string.Join(",", rules.Select(rule => "{" + rule.Replace('\'', '"') + "}")) + "]}";

    [Fact]
    public async Task Answers_that_name_nobody_do_not_double_an_order_whose_own_answer_was_lost()
    {
        await using var harness = await ConnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 1m, price: 2400m);
        harness.Venue.Faults.Load(Faults(
            "'fault':'omit_hash','times':null", "'fault':'drop_frame','channel':'account_tx','times':null",
            "'fault':'lose_ack'", "'fault':'refuse_transaction','code':21702,'message':'invalid price','after':1"));
        var executed = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0150", "2400.00"));
        harness.Submit(Orders.Limit(OrderSide.Buy, "0.0200", "1900.00"));
        harness.Submit(Orders.Limit(OrderSide.Buy, "0.0300", "1890.00"));
        await harness.UntilAsync(() => executed.Status == OrderStatus.Filled, "the fill");
        await harness.Client.UnsettledTransactionsAsync();
        harness.Venue.Faults.Clear();
        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Accepted", "Filled"], harness.Story(executed));
        var sizes = (await harness.TruthAsync()).GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("initial_base_amount").GetString());
        Assert.Single(sizes, size => size == "0.0150");
    }

    [Fact]
    public async Task A_bare_refusal_of_a_nonce_does_not_send_a_filled_order_again()
    {
        await using var harness = await ConnectAsync(patience: 20);
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 1m, price: 2400m);
        harness.Venue.Faults.Load(Faults("'fault':'withhold_ack','delay_ms':null", "'fault':'drop_frame','channel':'account_tx','times':null"));
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2400.00"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        await harness.Venue.Faults.PushFrameAsync(null, """{"type":"error","error":{"code":21104,"message":"invalid nonce"}}""");
        harness.Venue.Faults.Clear();
        await harness.SettleAsync();
        Assert.Equal(2, harness.Received().Count(transaction => transaction.Type == 14));
        Assert.Equal(["Submitted", "Accepted", "Filled"], harness.Story(order));
    }

    [Fact]
    public async Task A_refusal_that_stream_and_look_up_tell_is_told_once()
    {
        await using var harness = await ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.02m, price: 2000m);
        await harness.UntilAsync(() => order.FilledQty.Value == 0.02m, "the fill");
        harness.Venue.Faults.Load(Faults("'fault':'delay_frame','channel':'account_tx','delay_ms':1600", "'fault':'delay_request','path':'tx','delay_ms':1500,'times':2"));
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, quantity: "0.0100"));
        await harness.NextAsync<OrderModifyRejected>();
        await harness.SettleAsync();
        await harness.UntilSettledAsync();
        Assert.Single(harness.Events<OrderModifyRejected>());
    }

    [Fact]
    public async Task A_row_that_was_asked_for_before_a_modification_does_not_undo_it()
    {
        await using var harness = await ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Venue.Faults.Load(Faults(
            "'fault':'drop_frame','channel':'account_all_orders'", "'fault':'drop_frame','channel':'account_tx'",
            "'fault':'delay_request','path':'accountInactiveOrders','delay_ms':800"));
        var lost = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1990.00"));
        await harness.UntilAsync(() => Asked(harness, "accountInactiveOrders") > 0, "the question");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.00"));
        await harness.UntilAsync(() => lost.Status == OrderStatus.Accepted, "the answer");
        await harness.SettleAsync();
        Assert.Equal(2010m, Assert.Single(harness.Events<OrderUpdated>()).Price!.Value.Value);
    }

    [Fact]
    public async Task Each_of_two_modifications_is_told_though_the_row_of_the_second_is_lost()
    {
        await using var harness = await ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Venue.Faults.Load(Faults("'fault':'drop_frame','channel':'account_all_orders','after':1"));
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2001.00"));
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2002.00"));
        await harness.UntilAsync(() => harness.Events<OrderUpdated>().Count == 2, "both updates");
        await harness.SettleAsync();
        Assert.Equal([2001m, 2002m], harness.Events<OrderUpdated>().Select(updated => updated.Price!.Value.Value));
    }

    [Fact]
    public async Task An_order_that_closes_between_the_two_questions_of_a_report_is_closed_in_it()
    {
        await using var harness = await ConnectAsync(patience: 20);
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Venue.Faults.Load(Faults("'fault':'refuse_request','path':'accountInactiveOrders','status':500,'times':2"));
        var asking = harness.Client.GenerateOrderStatusReportsAsync(new GenerateOrderStatusReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default });
        await harness.UntilAsync(() => Asked(harness, "accountInactiveOrders") > 0, "the question");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.IsClosed, "the cancel");
        Assert.Equal(OrderStatus.Canceled, Assert.Single(await asking).OrderStatus);
    }

    [Fact]
    public async Task The_stream_of_transactions_is_asked_for_again_when_its_token_was_refused()
    {
        await using var harness = await ClientHarness.StartAsync();
        harness.Venue.Faults.Load(Faults("'fault':'stale_token','transport':'stream','after':5", "'fault':'withhold_first_frame','channel':'user_stats','delay_ms':100"));
        await harness.ConnectClientAsync();
        await harness.UntilAsync(
            () => harness.Venue.Requests.Count(request => request.Path.StartsWith("/stream/account_tx", StringComparison.Ordinal)) >= 2, "the second subscription");
    }

    [Fact]
    public async Task A_fill_of_while_nobody_ran_is_told_once_and_not_asked_for_ever()
    {
        await using var harness = await ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await harness.Client.DisposeAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.02m, price: 2000m);
        await using var second = harness.ClientWith(harness.Cache);
        await second.ConnectAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        OrderFilled? filled;
        while ((filled = await second.Events.ReadAsync(limit.Token) as OrderFilled) is null)
        {
            // Connection and account come first.
        }

        Assert.Equal((order.ClientOrderId, 0.02m), (filled.ClientOrderId, filled.LastQty.Value));
        Assert.Equal(1, Asked(harness, "trades"));
    }

    [Fact]
    public async Task A_missing_fill_is_asked_for_while_a_transaction_cannot_be_looked_up()
    {
        await using var harness = await ConnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 1m, price: 2400m);
        harness.Venue.Faults.Load(Faults(
            "'fault':'refuse_request','path':'tx','status':500,'times':null", "'fault':'drop_frame','channel':'account_tx','times':null",
            "'fault':'close_connection','when':'before_execution'", "'fault':'drop_frame','channel':'account_all_trades','after':1"));
        harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
        await harness.NextAsync<ConnectionStateChanged>(change => change.State == ConnectionState.Reconnected);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0200", "2400.00"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        Assert.Single(harness.Events<OrderFilled>());
    }

    private static int Asked(ClientHarness harness, string endpoint) => harness.Venue.Requests.Count(request => request.Path == "/api/v1/" + endpoint);
}
