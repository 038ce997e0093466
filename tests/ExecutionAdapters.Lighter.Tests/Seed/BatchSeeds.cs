using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class BatchSeeds
{
    /// <summary>
    /// test_submit_order_list_sends_one_create_order_batch. That the infos are strings is proven by the venue: it takes no others.
    /// </summary>
    [Fact]
    public async Task An_order_list_is_submitted_and_leaves_as_one_batch()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.LoseOrderFrames();
        var first = Orders.Limit(OrderSide.Buy, "0.0050", "2361.31");
        var second = Orders.Limit(OrderSide.Sell, "0.0050", "2400.00") with { PostOnly = true };
        SubmitList(harness, first, second);
        await harness.UntilAsync(() => harness.Received().Count > 0, "the batch");
        var events = await AfterResponseAsync(harness);
        Assert.Equal(
            [first.ClientOrderId, second.ClientOrderId],
            events.Select(told => Assert.IsType<OrderSubmitted>(told).ClientOrderId));
        Assert.Single(harness.Requests("sendTxBatch"));
        Assert.Equal([1L, 1L, null], harness.Venue.Transactions.Select(transaction => transaction.BatchId));
        var received = harness.Received().Take(2).ToList();
        Assert.Equal([("HttpBatch", 14, 200), ("HttpBatch", 14, 200)], received.Select(each => (each.Transport, each.Type, each.Code)));
        Assert.Equal([0, 0], received.Select(each => each.Info.Number("MarketIndex")));
        Assert.Equal([0, 1], received.Select(each => each.Info.Number("IsAsk")));
        Assert.Equal([1, 2], received.Select(each => each.Info.Number("TimeInForce")));
        Assert.Equal([SeedHarness.FirstNonce, SeedHarness.FirstNonce + 1], received.Select(each => each.Info.Number("Nonce")));
    }

    /// <summary>test_http_batch_response_blocks_later_ws_sendtx.</summary>
    [Fact]
    public async Task A_single_order_leaves_only_after_the_response_of_the_batch_before_it()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        harness.LoseOrderFrames();
        harness.Venue.Faults.WithholdBatchResponses();
        SubmitList(harness, Orders.Limit(OrderSide.Buy, "0.0050", "2361.31"), Orders.Limit(OrderSide.Buy, "0.0050", "2361.30"));
        await harness.UntilAsync(() => harness.Received().Count == 2, "the batch on the wire");
        var single = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2361.29"));
        await harness.UntilAsync(() => harness.Story(single).Any(), "the single order to be submitted");
        await harness.MarkAsync();
        Assert.Equal(["Submitted"], harness.Story(single));
        Assert.Equal(2, harness.Received().Count);
        harness.Venue.Faults.ReleaseBatchResponses();
        await harness.UntilAsync(() => harness.Received().Count == 3, "the single order on the wire");
        Assert.Equal([14, 14, 14], harness.Received().Select(each => each.Type));
        Assert.Equal(["HttpBatch", "HttpBatch", "WebSocket"], harness.Received().Select(each => each.Transport));
        Assert.Equal([9999, 10000, 10001], harness.Received().Select(each => each.Info.Number("Nonce")));
        Assert.All(harness.Received(), each => Assert.Equal(200, each.Code));
    }

    /// <summary>test_batch_cancel_orders_sends_one_cancel_order_batch.</summary>
    [Fact]
    public async Task A_batch_cancel_leaves_as_one_batch_and_its_success_is_no_event()
    {
        await using var harness = await SeedHarness.ConnectAsync();
        string[] venueOrders = ["281476929510110", "281476929510111", "281476929510112"];
        var cancels = new List<CancelOrder>();
        foreach (var venueOrder in venueOrders)
        {
            var order = await harness.RestAsAsync(venueOrder, OrderSide.Buy, "0.0050", "2361.31");
            cancels.Add(Orders.Cancel(order.ClientOrderId.Value, venueOrder));
        }

        var before = harness.Events<OrderEvent>().Count;
        harness.Client.BatchCancelOrders(Orders.BatchCancel([.. cancels]));
        await harness.UntilAsync(() => harness.Received().Count >= 6, "the batch");
        var events = await AfterResponseAsync(harness);
        Assert.Equal(before, events.Count);
        Assert.Single(harness.Requests("sendTxBatch"));
        Assert.Equal([null, null, null, 1L, 1L, 1L, null], harness.Venue.Transactions.Select(transaction => transaction.BatchId));
        var batch = harness.Received().Skip(3).Take(3).ToList();
        Assert.Equal([("HttpBatch", 15, 200), ("HttpBatch", 15, 200), ("HttpBatch", 15, 200)], batch.Select(each => (each.Transport, each.Type, each.Code)));
        Assert.Equal(venueOrders, batch.Select(each => each.Info.GetProperty("Index").GetRawText()));
    }

    /// <summary>
    /// The order events once the response of a batch has been handled. What comes after a batch waits for its response, so a further order
    /// that has left proves it; its own events are not among these.
    /// </summary>
    private static async Task<IReadOnlyList<OrderEvent>> AfterResponseAsync(ClientHarness harness)
    {
        var sent = harness.Received().Count;
        var marker = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0050", "2000.00"));
        await harness.UntilAsync(() => harness.Received().Count > sent, "what comes after the batch");
        await harness.MarkAsync();
        return [.. harness.Events<OrderEvent>().Where(told => told.ClientOrderId != marker.ClientOrderId)];
    }

    private static void SubmitList(ClientHarness harness, params OrderInitialized[] orders)
    {
        foreach (var order in orders)
        {
            harness.Cache.AddOrder(order);
        }

        harness.Client.SubmitOrderList(Orders.SubmitList(orders));
    }
}
