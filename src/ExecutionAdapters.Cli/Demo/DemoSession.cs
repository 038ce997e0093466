using System.Collections.Concurrent;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>One client with its cache: events are applied as they come, and the scenario waits for conditions over them.</summary>
internal sealed class DemoSession : IAsyncDisposable
{
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);

    private readonly LighterPrivateKey _key;
    private readonly Blotter _blotter;
    private readonly Lock _lock = new();
    private readonly Conditions _conditions = new();
    private readonly Dictionary<Type, int> _counts = [];
    private readonly Task _pump;

    private DemoSession(LighterPrivateKey key, LighterExecutionClient client, ExecutionCache cache, Blotter blotter)
    {
        _key = key;
        Client = client;
        Cache = cache;
        _blotter = blotter;
        _pump = PumpAsync();
    }

    public LighterExecutionClient Client { get; }

    public ExecutionCache Cache { get; }

    /// <summary>Every fill, in order.</summary>
    public ConcurrentQueue<OrderFilled> Fills { get; } = new();

    /// <summary>Events that the cache could not apply: there must be none.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    public static async Task<DemoSession> ConnectAsync(LighterVenue venue, Blotter blotter, bool underFaults, CancellationToken cancellationToken)
    {
        var key = LighterPrivateKey.Parse(venue.TestAccount.PrivateKey);
        var cache = new ExecutionCache();
        var options = new LighterOptions
        {
            Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
            Credentials = new LighterCredentials(venue.TestAccount.AccountIndex, venue.TestAccount.ApiKeyIndex, key),
        };
        var client = new LighterExecutionClient(underFaults ? Hasty(options) : options, cache);
        var session = new DemoSession(key, client, cache, blotter);
        try
        {
            await client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        foreach (var instrument in client.Instruments)
        {
            cache.AddInstrument(instrument);
            client.SubscribeQuotes(instrument.Id);
        }

        return session;
    }

    public int Count<T>()
        where T : OrderEvent
    {
        lock (_lock)
        {
            return _counts.GetValueOrDefault(typeof(T));
        }
    }

    /// <summary>Waits until the condition holds; it is looked at after every event.</summary>
    /// <exception cref="CommandException">It did not come true in time.</exception>
    public Task WaitUntilAsync(Func<bool> condition, string what, CancellationToken cancellationToken) =>
        WaitUntilAsync(condition, () => what, cancellationToken);

    /// <summary>Waits for a quote of the instrument that satisfies the condition. Quotes are no events, so they are polled.</summary>
    public async Task WaitForQuoteAsync(InstrumentId instrumentId, Func<QuoteTick, bool> condition, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Client.LatestQuote(instrumentId) is not { } quote || !condition(quote))
        {
            if (TimeProvider.System.GetElapsedTime(started) > WaitLimit)
            {
                throw new CommandException($"No fitting quote of {instrumentId} within {WaitLimit.TotalSeconds:0} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="WaitUntilAsync(Func{bool}, string, CancellationToken)"/>
    public async Task WaitUntilAsync(Func<bool> condition, Func<string> what, CancellationToken cancellationToken)
    {
        if (!await TryWaitUntilAsync(condition, WaitLimit, cancellationToken).ConfigureAwait(false))
        {
            throw new CommandException($"Waited {WaitLimit.TotalSeconds:0} s in vain for {what()}.");
        }
    }

    /// <inheritdoc cref="Conditions.TryWaitAsync"/>
    public Task<bool> TryWaitUntilAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken) =>
        _conditions.TryWaitAsync(condition, limit, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        _key.Dispose();
    }

    /// <summary>
    /// What is lost counts as lost after seconds instead of minutes. This venue limits no requests: the real one's limit would have a client
    /// that loses its connection every few seconds wait for its minute to end.
    /// </summary>
    private static LighterOptions Hasty(LighterOptions options) => options with
    {
        TransactionLifetime = TimeSpan.FromSeconds(8),
        AcknowledgementTimeout = TimeSpan.FromSeconds(2),
        VerdictTimeout = TimeSpan.FromSeconds(2),
        HttpTimeout = TimeSpan.FromSeconds(2),
        DialTimeout = TimeSpan.FromSeconds(2),
        AccountStreamsTimeout = TimeSpan.FromSeconds(5),
        RestQuotaPerMinute = 1_000_000,
        Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(50), Maximum = TimeSpan.FromSeconds(1), Jitter = TimeSpan.FromMilliseconds(50) },
    };

    private async Task PumpAsync()
    {
        await foreach (var executionEvent in Client.Events.ReadAllAsync().ConfigureAwait(false))
        {
            if (Cache.Apply(executionEvent) is { } problem)
            {
                Problems.Enqueue(problem);
            }

            if (executionEvent is OrderFilled fill)
            {
                Fills.Enqueue(fill);
            }

            _blotter.OnEvent(executionEvent, Cache);
            lock (_lock)
            {
                _counts[executionEvent.GetType()] = _counts.GetValueOrDefault(executionEvent.GetType()) + 1;
            }

            _conditions.Recheck();
        }
    }
}
