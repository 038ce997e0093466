using ExecutionAdapters.Model;
using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter.Tests.Faults;

/// <summary>
/// Every fault against every kind of traffic. Afterwards, with the fault healed, the client's view equals the venue's books: no fill lost
/// or told twice, no refusal invented, nothing left unknown.
/// </summary>
internal static class FaultMatrix
{
    /// <summary>The names of the faults that concern the traffic.</summary>
    public static TheoryData<string> Names(Traffic traffic)
    {
        var names = new TheoryData<string>();
        foreach (var fault in Fault.All.Where(fault => fault.Concerned.HasFlag(traffic)))
        {
            names.Add(fault.Name);
        }

        return names;
    }

    /// <param name="fault">The fault's name.</param>
    /// <param name="prepare">Makes what stands before the fault is armed.</param>
    /// <param name="act">The traffic.</param>
    /// <param name="repeats">
    /// Whether the traffic may come again: on a machine that stalls the client may give a request up before it has left, and then nothing
    /// reaches the venue that a fault could strike.
    /// </param>
    public static async Task RunAsync<T>(
        string fault, Func<ClientHarness, Task<T>> prepare, Func<ClientHarness, T, Task> act, bool repeats = false)
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with
        {
            AcknowledgementTimeout = TimeSpan.FromMilliseconds(300),
            VerdictTimeout = TimeSpan.FromMilliseconds(300),
            HttpTimeout = TimeSpan.FromMilliseconds(1_500),
            TransactionLifetime = TimeSpan.FromSeconds(3),
            RestQuotaPerMinute = 1_000_000,
            Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Maximum = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.Zero },
        });
        var prepared = await prepare(harness);
        harness.Venue.Faults.Load(Fault.All.First(candidate => candidate.Name == fault).Script);
        await act(harness, prepared);
        await UntilItStruckAsync(harness, repeats ? () => act(harness, prepared) : null);
        harness.Venue.Faults.Clear();
        await VenueBooks.AssertAgreesAsync(harness);
    }

    /// <summary>A fault that does not strike proves nothing.</summary>
    private static async Task UntilItStruckAsync(ClientHarness harness, Func<Task>? again)
    {
        var patience = TimeSpan.FromSeconds(5);
        var started = TimeProvider.System.GetTimestamp();
        var last = started;
        while (Fault.CountFired(await harness.Venue.Faults.DescribeAsync()) == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "the fault did not strike");
            if (again is not null && TimeProvider.System.GetElapsedTime(last) > patience)
            {
                last = TimeProvider.System.GetTimestamp();
                await again();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }
}

/// <inheritdoc cref="FaultMatrix"/>
public sealed class SubmitUnderFaults
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Names), Traffic.Submit, MemberType = typeof(FaultMatrix))]
    public Task Submit(string fault) => FaultMatrix.RunAsync(
        fault,
        _ => Task.FromResult(0),
        (harness, _) =>
        {
            harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
            harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1990.00"));
            return Task.CompletedTask;
        },
        repeats: true);
}

/// <inheritdoc cref="FaultMatrix"/>
public sealed class ModifyUnderFaults
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Names), Traffic.Modify, MemberType = typeof(FaultMatrix))]
    public Task Modify(string fault) => FaultMatrix.RunAsync(
        fault,
        harness => harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00"),
        (harness, order) =>
        {
            harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "2010.00"));
            return Task.CompletedTask;
        });
}

/// <inheritdoc cref="FaultMatrix"/>
public sealed class CancelUnderFaults
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Names), Traffic.Cancel, MemberType = typeof(FaultMatrix))]
    public Task Cancel(string fault) => FaultMatrix.RunAsync(
        fault,
        harness => harness.RestAsync(OrderSide.Buy, "0.0200", "2000.00"),
        (harness, order) =>
        {
            harness.MarkPendingCancel(order);
            harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
            return Task.CompletedTask;
        });
}

/// <inheritdoc cref="FaultMatrix"/>
public sealed class BatchUnderFaults
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Names), Traffic.Batch, MemberType = typeof(FaultMatrix))]
    public Task Batch_cancel(string fault) => FaultMatrix.RunAsync(
        fault,
        async harness => new[]
        {
            await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00"),
            await harness.RestAsync(OrderSide.Buy, "0.0100", "1990.00"),
            await harness.RestAsync(OrderSide.Buy, "0.0100", "1980.00"),
        },
        (harness, orders) =>
        {
            Array.ForEach(orders, harness.MarkPendingCancel);
            harness.Client.BatchCancelOrders(Orders.BatchCancel([.. orders.Select(order => Orders.Cancel(order.ClientOrderId.Value))]));
            return Task.CompletedTask;
        });
}

/// <inheritdoc cref="FaultMatrix"/>
public sealed class ListUnderFaults
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Names), Traffic.List, MemberType = typeof(FaultMatrix))]
    public Task Submit_list(string fault) => FaultMatrix.RunAsync(
        fault,
        _ => Task.FromResult(0),
        (harness, _) =>
        {
            OrderInitialized[] orders = [Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"), Orders.Limit(OrderSide.Sell, "0.0100", "2700.00")];
            Array.ForEach(orders, order => harness.Cache.AddOrder(order));
            harness.Client.SubmitOrderList(Orders.SubmitList(orders));
            return Task.CompletedTask;
        },
        repeats: true);
}

/// <inheritdoc cref="FaultMatrix"/>
public sealed class FillsUnderFaults
{
    [Theory]
    [MemberData(nameof(FaultMatrix.Names), Traffic.Fills, MemberType = typeof(FaultMatrix))]
    public Task Fills(string fault) => FaultMatrix.RunAsync(
        fault,
        harness => harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00"),
        async (harness, _) =>
        {
            // Five trades against a resting order, and one transaction, so that faults that wait for one have it.
            harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
            for (var i = 0; i < 5; i++)
            {
                await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.01m, price: 2000m);
            }
        });
}
