using System.Diagnostics.Metrics;
using ExecutionAdapters.Cli.Venue;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Bench;

/// <summary>From the command to the venue's acknowledgement, over loopback, one order after the other, client and venue in this process.</summary>
internal sealed class LatencyBench : IDisposable
{
    private const int WarmUpOrders = 300;
    private const int Orders = 3_000;

    private readonly MeterListener _listener = new();
    private readonly List<double> _microseconds = [];
    private TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LatencyBench()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LighterTelemetry.MeterName && instrument.Name == LighterTelemetry.AcknowledgementDuration)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            _microseconds.Add(value);
            _acknowledged.TrySetResult();
        });
        _listener.Start();
    }

    /// <summary>Sorted, in microseconds.</summary>
    public async Task<double[]> RunAsync(CancellationToken cancellationToken)
    {
        await using var venue = await VenueCommand.StartAsync(new LighterVenueOptions { SyntheticFlow = false }, cancellationToken).ConfigureAwait(false);
        using var key = LighterPrivateKey.Parse(venue.TestAccount.PrivateKey);
        await using var client = new LighterExecutionClient(new LighterOptions
        {
            Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
            Credentials = new LighterCredentials(venue.TestAccount.AccountIndex, venue.TestAccount.ApiKeyIndex, key),
            TransactionQuotaPerMinute = 1_000_000,
        });
        await client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        var reading = ReadEventsAsync(client);
        var orders = new OrderFactory(new TraderId("TRADER-001"), new StrategyId("BENCH-001"));
        var instrument = client.Instruments.First();
        for (var i = 0; i < WarmUpOrders + Orders; i++)
        {
            if (i == WarmUpOrders)
            {
                _microseconds.Clear();
            }

            _acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            // Far from the market, and gone at once: the books do not grow.
            var order = orders.Limit(instrument.Id, OrderSide.Buy, Quantity.Parse("0.0500"), Price.Parse("1000.00")) with { TimeInForce = TimeInForce.IOC };
            client.SubmitOrder(orders.Submit(order));
            await _acknowledged.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        await client.DisposeAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        return [.. _microseconds.Order()];
    }

    public void Dispose() => _listener.Dispose();

    private static async Task ReadEventsAsync(LighterExecutionClient client)
    {
        await foreach (var _ in client.Events.ReadAllAsync().ConfigureAwait(false))
        {
        }
    }
}
