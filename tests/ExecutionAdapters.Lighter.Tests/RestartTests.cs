using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>A new process with the engine's old books: orders of the run before are found again and tell their story as events.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task An_order_of_the_run_before_is_ours_again_and_its_fills_come_once()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.01m, price: 2000m);
        await harness.UntilAsync(() => order.FilledQty.Value == 0.01m, "the first fill");
        await harness.Client.DisconnectAsync();

        await using var second = new SecondRun(harness, harness.Cache);
        await second.Client.ConnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.02m, price: 2000m);
        var fill = await second.NextAsync<OrderFilled>();
        Assert.Equal(order.ClientOrderId, fill.ClientOrderId);
        Assert.Equal(0.02m, fill.LastQty.Value);
        second.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        Assert.Equal(order.ClientOrderId, (await second.NextAsync<OrderCanceled>()).ClientOrderId);
        Assert.DoesNotContain(second.Seen, seen => seen is OrderAccepted or OrderFilled { LastQty.Value: 0.01m } or OrderStatusReport or FillReport);
    }

    [Fact]
    public async Task An_order_whose_acceptance_the_run_before_never_saw_is_found_by_its_client_order_id()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.CloseAfterNextTransaction(execute: true);
        var submitted = Orders.Limit(OrderSide.Buy, "0.0100", "2000.00");
        harness.Submit(submitted);
        await harness.UntilAsync(() => harness.Received().Count == 1 && harness.Events<OrderSubmitted>().Count == 1, "the order to arrive, and its event");

        // The books as a crash would leave them: submitted, and nothing heard since.
        var books = new ExecutionCache();
        var order = books.AddOrder(submitted);
        books.Apply(harness.Events<OrderSubmitted>()[0]);
        await using var second = new SecondRun(harness, books);
        await second.Client.ConnectAsync();
        var accepted = await second.NextAsync<OrderAccepted>();
        Assert.Equal(order.ClientOrderId, accepted.ClientOrderId);
    }

    [Fact]
    public async Task An_order_that_is_submitted_again_after_a_restart_is_not_doubled()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = Orders.Limit(OrderSide.Buy, "0.0100", "2000.00");
        var resting = harness.Submit(order);
        await harness.UntilAsync(() => resting.IsOpen, "the order to rest");
        await using var second = new SecondRun(harness, new ExecutionCache());
        await second.Client.ConnectAsync();
        await second.NextAsync<OrderStatusReport>();
        second.Client.SubmitOrder(Orders.Submit(order));
        Assert.Contains("21728", (await second.NextAsync<OrderRejected>()).Reason, StringComparison.Ordinal);
        Assert.Single((await harness.TruthAsync()).GetProperty("orders").EnumerateArray());
    }

    [Fact]
    public async Task Reports_carry_the_client_order_ids_of_the_run_before()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        await using var second = new SecondRun(harness, harness.Cache);
        await second.Client.ConnectAsync();
        var status = await second.Client.GenerateMassStatusAsync();
        Assert.Equal(order.ClientOrderId, Assert.Single(status.OrderReports.Values).ClientOrderId);
    }

    [Fact]
    public async Task An_external_order_that_the_engine_took_over_tells_its_story_as_events()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await using var second = new SecondRun(harness, new ExecutionCache());
        await second.Client.ConnectAsync();
        await second.NextAsync<OrderStatusReport>();
        second.Client.RegisterExternalOrder(order);
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.01m, price: 2000m);
        Assert.Equal(order.ClientOrderId, (await second.NextAsync<OrderFilled>()).ClientOrderId);
        Assert.DoesNotContain(second.Seen, seen => seen is OrderAccepted or FillReport);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(48)]
    public async Task The_width_of_client_order_indices_is_a_setting(int bits)
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { ClientOrderIndexBits = bits });
        for (var i = 0; i < 8; i++)
        {
            await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        }

        var largest = harness.Received().Max(transaction => transaction.Info.GetProperty("ClientOrderIndex").GetInt64());
        Assert.InRange(largest, bits == 31 ? 1 : int.MaxValue + 1L, (1L << bits) - 1);
    }

    /// <summary>Another client on the same account, and what it has told.</summary>
    private sealed class SecondRun(ClientHarness harness, ExecutionCache books) : IAsyncDisposable
    {
        public LighterExecutionClient Client { get; } = harness.ClientWith(books);

        public List<ExecutionEvent> Seen { get; } = [];

        public async Task<T> NextAsync<T>()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (true)
            {
                var next = await Client.Events.ReadAsync(limit.Token);
                Seen.Add(next);
                if (next is T found)
                {
                    return found;
                }
            }
        }

        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
