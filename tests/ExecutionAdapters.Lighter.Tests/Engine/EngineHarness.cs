using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Sqlite;
using ExecutionAdapters.Testing.Journal;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Lighter.Tests.Engine;

/// <summary>A running venue, an engine with a client on its test account, and every event that the engine published.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly LighterPrivateKey _key;
    private readonly bool _ownsVenue;
    private readonly CrashableJournalStore? _journal;
    private readonly List<ExecutionEvent> _published = [];
    private readonly Task _reading;
    private bool _isEnded;

    private EngineHarness(LighterVenue venue, bool ownsVenue, ExecutionEngineOptions options, string? journal)
    {
        Venue = venue;
        JournalPath = journal;
        _ownsVenue = ownsVenue;
        _key = LighterPrivateKey.Parse(venue.TestAccount.PrivateKey);
        var clock = new OwnClock();
        _journal = journal is null ? null : new CrashableJournalStore(new SqliteJournalStore(journal));
        Engine = new ExecutionEngine(options, _journal, clock);
        Client = new LighterExecutionClient(
            new LighterOptions
            {
                Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
                Credentials = new LighterCredentials(venue.TestAccount.AccountIndex, venue.TestAccount.ApiKeyIndex, _key),
                AccountStreamsTimeout = Limit,
                AcknowledgementTimeout = TimeSpan.FromSeconds(1),
                VerdictTimeout = TimeSpan.FromSeconds(1),
                HttpTimeout = TimeSpan.FromSeconds(3),
                TransactionLifetime = TimeSpan.FromSeconds(3),
                RestQuotaPerMinute = 1_000_000,
                Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Maximum = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.Zero },
            },
            Engine.Cache, clock, memory: Engine.MemoryOf(new ClientId("LIGHTER")));
        Engine.AddClient(Client);
        _reading = ReadAsync(Engine.Events());
    }

    /// <summary>Checks that come soon, for a venue that is near.</summary>
    public static ExecutionEngineOptions Options { get; } = new()
    {
        TraderId = Orders.Trader,
        Reconciliation = new ReconciliationOptions { TraderId = Orders.Trader, MaximumProcessingTime = TimeSpan.FromSeconds(4) },
        ConfirmDifferencesAfter = TimeSpan.FromMilliseconds(300),
        InFlightCheckInterval = TimeSpan.FromMilliseconds(200),
        InFlightThreshold = TimeSpan.FromMilliseconds(800),
        OpenOrderCheckInterval = TimeSpan.FromSeconds(1),
        PositionCheckInterval = TimeSpan.FromSeconds(2),
    };

    public LighterVenue Venue { get; }

    public ExecutionEngine Engine { get; }

    public LighterExecutionClient Client { get; }

    public string? JournalPath { get; }

    public CrashableJournalStore Journal => _journal ?? throw new InvalidOperationException("This engine has no journal.");

    public IReadOnlyList<ExecutionEvent> Published
    {
        get
        {
            lock (_published)
            {
                return [.. _published];
            }
        }
    }

    /// <summary>A quiet venue, and an engine that is not started.</summary>
    public static async Task<EngineHarness> CreateAsync(ExecutionEngineOptions? options = null, string? journal = null) => new(
        await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false }, CancellationToken.None), ownsVenue: true, options ?? Options, journal);

    /// <summary>The same, started.</summary>
    public static async Task<EngineHarness> StartAsync(ExecutionEngineOptions? options = null, string? journal = null)
    {
        var harness = await CreateAsync(options, journal);
        await harness.Engine.StartAsync();
        return harness;
    }

    /// <summary>An engine with empty books on the same account, as after the loss of all state.</summary>
    public EngineHarness WithEmptyBooks() => new(Venue, ownsVenue: false, Options, journal: null);

    /// <summary>The next run of the engine: the same account and journal.</summary>
    public EngineHarness Next(ExecutionEngineOptions? options = null) => new(Venue, ownsVenue: false, options ?? Options, JournalPath);

    /// <summary>The process ends in this moment, and writes nothing more.</summary>
    public Task KillAsync()
    {
        Journal.Crash();
        return EndAsync();
    }

    /// <summary>The engine ends in order; the venue runs on.</summary>
    public async Task EndAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            await Engine.DisposeAsync();
            await _reading;
            await Client.DisposeAsync();
            _key.Dispose();
        }
    }

    public Order Submit(OrderInitialized order)
    {
        Engine.SubmitOrder(Orders.Submit(order));
        return Engine.Cache.Order(order.ClientOrderId)!;
    }

    public async Task<Order> RestAsync(OrderSide side, string quantity, string price)
    {
        var order = Submit(Orders.Limit(side, quantity, price));
        await UntilAsync(() => order.IsOpen && order.VenueOrderId is not null, $"{order} to rest");
        return order;
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"Waited in vain for {what}. Published: {string.Join("; ", Published)}");
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>Waits until orders, trades, positions and balances equal the venue's and nothing is pending.</summary>
    public async Task AssertAgreesAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var differences = await EngineBooks.DifferencesAsync(this);
            if (differences.Count == 0)
            {
                return;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < Limit,
                $"{string.Join("; ", differences)}. Published: {string.Join("; ", Published)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        if (_ownsVenue)
        {
            await Venue.DisposeAsync();
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        try
        {
            await foreach (var executionEvent in events)
            {
                lock (_published)
                {
                    _published.Add(executionEvent);
                }
            }
        }
        catch (SlowSubscriberException)
        {
            // Where a test makes the limit tiny, this reader may be cut off as well as the one that it is about.
        }
    }

    private sealed class OwnClock : TimeProvider;
}
