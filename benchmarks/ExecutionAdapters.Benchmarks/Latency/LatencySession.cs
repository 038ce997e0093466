using System.Diagnostics.Metrics;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Benchmarks.Latency;

/// <summary>
/// From the command to the venue's acknowledgement, over loopback, one order after the other for as long as a session may last. The client
/// is in this process, the venue in another. What the session itself does between orders allocates nothing but the orders.
/// </summary>
internal sealed class LatencySession : IDisposable
{
    private const int WarmUpOrders = 5_000;
    private const int NoncesAhead = 1_024;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly int _orders;
    private readonly bool _prepared;
    private readonly OrderFactory _factory = new(new TraderId("TRADER-001"), new StrategyId("BENCH-001"));
    private readonly MeterListener _listener = new();
    private readonly AutoResetEvent _answered = new(initialState: false);
    private readonly Samples _acknowledgement;
    private readonly Samples _sign;
    private volatile ExecutionEvent? _refusal;

    public LatencySession(int orders, bool prepared)
    {
        _orders = orders;
        _prepared = prepared;
        _acknowledgement = new Samples(Math.Max(orders, WarmUpOrders));
        _sign = new Samples(Math.Max(orders, WarmUpOrders));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LighterTelemetry.MeterName
                && instrument.Name is LighterTelemetry.AcknowledgementDuration or LighterTelemetry.SignDuration)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, microseconds, _, _) => Record(instrument.Name, microseconds));
        _listener.Start();
    }

    public async Task<LatencyResult> RunAsync()
    {
        using VenueProcess venue = VenueProcess.Start();
        using LighterPrivateKey key = LighterPrivateKey.Parse(venue.Account.PrivateKey);
        await using var client = new LighterExecutionClient(new LighterOptions
        {
            Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
            Credentials = new LighterCredentials(venue.Account.AccountIndex, venue.Account.ApiKeyIndex, key),
            TransactionQuotaPerMinute = int.MaxValue,
            PreparedNonces = _prepared ? NoncesAhead : 0,
        });
        await client.ConnectAsync().ConfigureAwait(false);
        Task reading = ReadEventsAsync(client);

        Submit(client, WarmUpOrders);
        _acknowledgement.Clear();
        _sign.Clear();
        GC.Collect();
        Counters before = Counters.Read();
        Submit(client, _orders);
        Counters after = Counters.Read();

        await client.DisposeAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        return new LatencyResult(_orders, _prepared, _acknowledgement.Sorted(), _sign.Sorted(), before, after);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _answered.Dispose();
    }

    private void Submit(LighterExecutionClient client, int count)
    {
        InstrumentId instrument = client.Instruments.First().Id;
        Quantity quantity = Quantity.Parse("0.0500");
        // Far from the market, and gone at once: the books do not grow.
        Price price = Price.Parse("1000.00");
        for (int i = 0; i < count; i++)
        {
            OrderInitialized order = _factory.Limit(instrument, OrderSide.Buy, quantity, price) with { TimeInForce = TimeInForce.IOC };
            client.SubmitOrder(_factory.Submit(order));
            if (!_answered.WaitOne(AnswerTimeout) || _refusal is not null)
            {
                throw new InvalidOperationException($"Order {i} was not acknowledged: {_refusal?.ToString() ?? "no answer"}");
            }
        }
    }

    /// <summary>Called on the client's loop, one at a time.</summary>
    private void Record(string instrument, double microseconds)
    {
        if (instrument == LighterTelemetry.SignDuration)
        {
            _sign.Add(microseconds);
            return;
        }

        _acknowledgement.Add(microseconds);
        _answered.Set();
    }

    private async Task ReadEventsAsync(LighterExecutionClient client)
    {
        await foreach (ExecutionEvent executionEvent in client.Events.ReadAllAsync().ConfigureAwait(false))
        {
            if (executionEvent is OrderDenied or OrderRejected)
            {
                _refusal = executionEvent;
                _answered.Set();
            }
        }
    }

    /// <summary>Room for all values, made before the first.</summary>
    private sealed class Samples(int capacity)
    {
        private readonly double[] _values = new double[capacity];
        private int _count;

        public void Add(double value) => _values[_count++] = value;

        public void Clear() => _count = 0;

        public double[] Sorted() => [.. _values.Take(_count).Order()];
    }
}
