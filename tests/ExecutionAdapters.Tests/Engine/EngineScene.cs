using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Testing.Journal;
using ExecutionAdapters.Tests.Engine.Reconciliation;

namespace ExecutionAdapters.Tests.Engine;

/// <summary>An engine whose clock and venues are in the test's hands.</summary>
internal sealed class EngineScene : IAsyncDisposable
{
    private readonly List<ExecutionEvent> _published = [];
    private readonly Task _reading;

    public EngineScene(ExecutionEngineOptions? options = null, params SmallVenueClient[] clients)
        : this(options, journal: null, clients)
    {
    }

    public EngineScene(ExecutionEngineOptions? options, MemoryJournal? journal, params SmallVenueClient[] clients)
    {
        Clients = clients.Length > 0 ? clients : [new SmallVenueClient("SMALL", Scene.Account.Value)];
        Engine = new ExecutionEngine(options ?? Options, journal is null ? null : new MemoryJournalStore(journal), Clock);
        foreach (var client in Clients)
        {
            Engine.AddClient(client);
        }

        _reading = ReadAsync(Engine.Events());
    }

    public static ExecutionEngineOptions Options { get; } = new() { TraderId = new TraderId("TRADER-001") };

    public ManualTimeProvider Clock { get; } = new();

    public ExecutionEngine Engine { get; }

    public IReadOnlyList<SmallVenueClient> Clients { get; }

    public SmallVenueClient Client => Clients[0];

    public OrderFactory Factory => new(new TraderId("TRADER-001"), new StrategyId("S-001"), Clock);

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

    /// <summary>Starts; differences that must last to count are waited for by turning the clock.</summary>
    public async Task<IReadOnlyList<ReconciliationReport>> StartAsync()
    {
        var starting = Engine.StartAsync();
        await TurnUntilAsync(() => starting.IsCompleted, "the start");
        return await starting;
    }

    /// <summary>An order of ours that the venue has accepted.</summary>
    public async Task<Order> RestAsync(SmallVenueClient? client = null)
    {
        var order = Submit(client);
        Emit(order, client, accepted: true);
        await UntilAsync(() => order.Status == OrderStatus.Accepted, "the order to be accepted");
        var venue = client ?? Client;
        venue.Orders = venue.Orders.Add(Report(order, OrderStatus.Accepted));
        return order;
    }

    /// <summary>An order of ours that was sent, and that nobody has answered.</summary>
    public Order Submit(SmallVenueClient? client = null)
    {
        var initialized = Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")) with { ClientOrderId = new ClientOrderId("O-" + Uuid4.New()) };
        Engine.SubmitOrder(Factory.Submit(initialized) with { ClientId = client?.ClientId });
        var order = Engine.Cache.Order(initialized.ClientOrderId)!;
        Emit(order, client, accepted: false);
        return order;
    }

    public OrderStatusReport Report(Order order, OrderStatus status, string filled = "0.0000") =>
        Scene.Report(order, VenueIdOf(order).Value, status, filled) with { AccountId = order.AccountId ?? Client.AccountId };

    public static VenueOrderId VenueIdOf(Order order) => new("V-" + order.ClientOrderId.Value[^12..]);

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), $"Waited in vain for {what}. Published: {string.Join("; ", Published)}");
            await Task.Delay(1);
        }
    }

    /// <summary>Turns the clock, a little at a time, until the condition holds.</summary>
    public Task TurnUntilAsync(Func<bool> condition, string what, TimeSpan? step = null) => UntilAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            Clock.Advance(step ?? TimeSpan.FromMilliseconds(500));
            return false;
        },
        what);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _reading;
        foreach (var client in Clients)
        {
            await client.DisposeAsync();
        }
    }

    private void Emit(Order order, SmallVenueClient? client, bool accepted)
    {
        var by = client ?? Client;
        by.Emit(accepted
            ? new OrderAccepted
            {
                TraderId = order.TraderId,
                StrategyId = order.StrategyId,
                InstrumentId = order.InstrumentId,
                ClientOrderId = order.ClientOrderId,
                AccountId = by.AccountId,
                VenueOrderId = VenueIdOf(order),
                EventId = Uuid4.New(),
                TsEvent = UnixNanos.Now(Clock),
                TsInit = UnixNanos.Now(Clock),
            }
            : new OrderSubmitted
            {
                TraderId = order.TraderId,
                StrategyId = order.StrategyId,
                InstrumentId = order.InstrumentId,
                ClientOrderId = order.ClientOrderId,
                AccountId = by.AccountId,
                EventId = Uuid4.New(),
                TsEvent = UnixNanos.Now(Clock),
                TsInit = UnixNanos.Now(Clock),
            });
    }

    private async Task ReadAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        await foreach (var executionEvent in events)
        {
            lock (_published)
            {
                _published.Add(executionEvent);
            }
        }
    }
}
