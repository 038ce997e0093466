using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using ExecutionAdapters.Testing.Journal;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>
/// What scenarios act and look through: an engine with a client on a harnessed venue, everything that the engine told, and what is expected of each order. One session: a restart is another
/// tester on the same venue.
/// </summary>
internal sealed partial class Tester : IAsyncDisposable
{
    public static readonly StrategyId Strategy = new("CONFORMANCE-001");

    private static readonly TraderId Trader = new("TRADER-001");
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    private readonly CancellationToken _stop;
    private readonly MemoryJournal _journal;
    private readonly List<ExecutionEvent> _told = [];
    private readonly Dictionary<ClientOrderId, string[]> _expected = [];
    private readonly Task _reading;
    private bool _isEnded;

    public Tester(IVenueHarness venue, VenueTraits traits, CancellationToken stop)
        : this(venue, traits, new MemoryJournal(), new OrderFactory(Trader, Strategy, venue.Clock), lookback: null, stop)
    {
    }

    private Tester(IVenueHarness venue, VenueTraits traits, MemoryJournal journal, OrderFactory orders, TimeSpan? lookback, CancellationToken stop)
    {
        Venue = venue;
        Traits = traits;
        Factory = orders;
        _journal = journal;
        _stop = stop;
        Engine = new ExecutionEngine(Options(traits, lookback), new MemoryJournalStore(journal), venue.Clock);
        Client = venue.CreateClient(Engine);
        Engine.AddClient(Client);
        _reading = ReadAsync(Engine.Events(CancellationToken.None));
    }

    public IVenueHarness Venue { get; }

    public VenueTraits Traits { get; }

    public ExecutionEngine Engine { get; }

    public IExecutionClient Client { get; }

    /// <summary>One for all sessions of a venue, so that ids do not repeat.</summary>
    public OrderFactory Factory { get; }

    /// <summary>Everything that the engine told, in order.</summary>
    public IReadOnlyList<ExecutionEvent> Told
    {
        get
        {
            lock (_told)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>Starts the engine, connected and agreeing with the venue.</summary>
    public async Task<ReconciliationReport> StartAsync()
    {
        var report = (await Engine.StartAsync(_stop).ConfigureAwait(false))[0];
        Require.That(report.IsComplete, $"the account does not agree with its venue after the start: {string.Join("; ", report.Unresolved)}");
        Require.That(Engine.Cache.Instrument(Traits.InstrumentId) is not null, $"the client does not know {Traits.InstrumentId} after its connect");
        RequireCapabilities();
        Engine.Cache.SetQuote(new QuoteTick(Traits.InstrumentId, Traits.Bid, Traits.Ask, Times(Traits.Quantity, 100), Times(Traits.Quantity, 100), Now, Now));
        return report;
    }

    /// <summary>A later session of the same account, not started: the engine finds its journal again, or nothing.</summary>
    public Tester Next(bool keepsBooks, TimeSpan? lookback = null) => new(Venue, Traits, keepsBooks ? _journal : new MemoryJournal(), Factory, lookback, _stop);

    /// <summary>The session ends in order; the venue runs on.</summary>
    public async Task EndAsync()
    {
        if (!_isEnded)
        {
            _isEnded = true;
            await Engine.DisposeAsync().ConfigureAwait(false);
            await _reading.ConfigureAwait(false);
            await Client.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits until books and venue agree, lets an order go the whole way so that everything sent before has come back, and looks again: at the books, and whether every order's story is still
    /// what was expected of it.
    /// </summary>
    public async Task FinishAsync()
    {
        if (!_isEnded)
        {
            await Venue.ClearFaultsAsync(_stop).ConfigureAwait(false);
            await AgreeAsync().ConfigureAwait(false);
            await MarkAsync().ConfigureAwait(false);
            await AgreeAsync().ConfigureAwait(false);
        }

        foreach (var (id, patterns) in _expected)
        {
            Require.That(patterns.Contains(StoryOf(id)), $"{id} went on after its end: expected {string.Join(" or ", patterns)}, found {StoryOf(id)}");
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync().ConfigureAwait(false);

    private static ExecutionEngineOptions Options(VenueTraits traits, TimeSpan? lookback) => new()
    {
        TraderId = Trader,
        Reconciliation = new ReconciliationOptions
        {
            TraderId = Trader,
            MaximumProcessingTime = TimeSpan.FromSeconds(1),
            ExternalOrderClaims = new Dictionary<InstrumentId, StrategyId> { [traits.InstrumentId] = Strategy },
        },
        Lookback = lookback,
        ConfirmDifferencesAfter = TimeSpan.FromMilliseconds(300),
        InFlightCheckInterval = TimeSpan.FromMilliseconds(200),
        InFlightThreshold = TimeSpan.FromMilliseconds(800),
        OpenOrderCheckInterval = TimeSpan.FromSeconds(1),
        PositionCheckInterval = TimeSpan.FromSeconds(2),
    };

    private void RequireCapabilities()
    {
        var (said, expected) = (Client.Capabilities, Traits.Capabilities);
        Require.Sequence(expected.OrderTypes.Order(), said.OrderTypes.Order(), "order types of the client's capabilities");
        Require.Sequence(expected.TimesInForce.Order(), said.TimesInForce.Order(), "times in force of the client's capabilities");
        Require.Equal(
            expected with { OrderTypes = said.OrderTypes, TimesInForce = said.TimesInForce, LongestOrderTransit = said.LongestOrderTransit }, said, "the client's capabilities");
    }

    private async Task ReadAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        await foreach (var executionEvent in events.ConfigureAwait(false))
        {
            lock (_told)
            {
                _told.Add(executionEvent);
            }
        }
    }
}
