using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>A quiet venue, a client, the books of an engine of one's own, and every event in its order.</summary>
internal sealed class TektiiScene : IAsyncDisposable
{
    public const string Symbol = "S:AAPL";
    public static readonly InstrumentId Aapl = TektiiInstruments.IdOf(Symbol);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly List<ExecutionEvent> _events = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _reading = Task.CompletedTask;

    private TektiiScene(TektiiVenue venue, TektiiOptions options)
    {
        Venue = venue;
        Options = options;
        Client = new TektiiExecutionClient(options, Cache);
        _reading = ReadAsync(Client);
    }

    public TektiiVenue Venue { get; }

    public TektiiOptions Options { get; }

    public TektiiExecutionClient Client { get; private set; }

    public ExecutionCache Cache { get; } = new();

    public OrderFactory Factory { get; } = new(new TraderId("TRADER-001"), new StrategyId("S-001"));

    public IReadOnlyList<ExecutionEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public static async Task<TektiiScene> StartAsync(TektiiVenueOptions? venue = null, Func<TektiiOptions, TektiiOptions>? options = null, bool connect = true, bool engineDialect = false)
    {
        var started = await TektiiVenue.StartAsync(venue ?? Quiet);
        var scene = new TektiiScene(started, (options ?? (same => same))(new TektiiOptions
        {
            Dialect = engineDialect ? TektiiDialect.Engine : TektiiDialect.Gateway,
            RestUrl = started.BaseUrl,
            StreamUrl = engineDialect ? started.EngineStreamUrl : null,
            Subscriptions = [new TektiiSubscription(Symbol, ["*"])],
            TradeTimeout = TimeSpan.FromMilliseconds(300),
            Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(20), Maximum = TimeSpan.FromMilliseconds(200), Jitter = TimeSpan.Zero },
        }));
        if (connect)
        {
            await scene.ConnectAsync();
            if (venue?.Backtest is null)
            {
                started.PushQuote(Symbol, 100.00m, 100.02m);
            }
        }

        return scene;
    }

    public static TektiiVenueOptions Quiet { get; } = new() { SyntheticFlow = false, Instruments = [new TektiiInstrument(Symbol, 100.00m)], ShutdownDelay = TimeSpan.FromMilliseconds(20) };

    public async Task ConnectAsync()
    {
        // A strategy may trade before the connect comes back.
        AddInstruments();
        await Client.ConnectAsync();
        AddInstruments();
    }

    private void AddInstruments()
    {
        foreach (var instrument in Client.Instruments)
        {
            Cache.AddInstrument(instrument);
        }
    }

    /// <summary>The process ends and another one begins, with the same books.</summary>
    public async Task RestartAsync(Func<Task>? meanwhile = null)
    {
        await EndAsync();
        if (meanwhile is not null)
        {
            await meanwhile();
        }

        Client = new TektiiExecutionClient(Options, Cache);
        _reading = ReadAsync(Client);
        await ConnectAsync();
    }

    public Order Submit(OrderInitialized order)
    {
        var added = Cache.AddOrder(order);
        Client.SubmitOrder(Factory.Submit(order));
        return added;
    }

    public OrderInitialized Limit1(OrderSide side = OrderSide.Buy, string price = "90.00", string quantity = "10") =>
        Factory.Limit(Aapl, side, Quantity.Parse(quantity), Price.Parse(price));

    public OrderInitialized Market(OrderSide side = OrderSide.Buy, string quantity = "10") => Factory.Market(Aapl, side, Quantity.Parse(quantity));

    /// <summary>An order that rests at the venue.</summary>
    public async Task<Order> RestAsync(OrderInitialized? order = null)
    {
        var resting = Submit(order ?? Limit1());
        await UntilAsync(() => resting.Status == OrderStatus.Accepted, "the order to rest");
        return resting;
    }

    public void Modify(Order order, Quantity? quantity = null, Price? price = null, Price? trigger = null)
    {
        Cache.Apply(Pending(order, update: true));
        Client.ModifyOrder(Factory.Modify(order, quantity, price, trigger));
    }

    public void Cancel(Order order)
    {
        Cache.Apply(Pending(order, update: false));
        Client.CancelOrder(Factory.Cancel(order));
    }

    /// <summary>Names of the events of one order, partial fills apart.</summary>
    public string Story(ClientOrderId id) =>
        string.Join(' ', Events.OfType<OrderEvent>().Where(one => one.ClientOrderId == id).Select(one => one.GetType().Name["Order".Length..]));

    public Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (_reading.IsFaulted)
            {
                await _reading;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"Waited in vain for {what}. Events:\n{string.Join('\n', Events)}");
            await Task.Delay(5);
        }
    }

    /// <summary>What was sent before has reached the venue and come back: an account query is answered after it.</summary>
    public async Task SettleAsync()
    {
        var marker = await RestAsync(Limit1(price: "1.00"));
        Client.CancelOrder(Factory.Cancel(marker));
        await UntilAsync(() => marker.IsClosed, "a marker to be cancelled");
    }

    /// <summary>Ends the client; then everything that it told is among the events and in the books.</summary>
    public async Task EndAsync()
    {
        await Client.DisposeAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await Venue.DisposeAsync();
        _stop.Dispose();
    }

    private static OrderEvent Pending(Order order, bool update) => update
        ? new OrderPendingUpdate
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = new AccountId("TEKTII-001"),
            VenueOrderId = order.VenueOrderId,
            EventId = Uuid4.New(),
            TsEvent = order.TsLast,
            TsInit = order.TsLast,
        }
        : new OrderPendingCancel
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = new AccountId("TEKTII-001"),
            VenueOrderId = order.VenueOrderId,
            EventId = Uuid4.New(),
            TsEvent = order.TsLast,
            TsInit = order.TsLast,
        };

    private async Task ReadAsync(TektiiExecutionClient client)
    {
        await foreach (var executionEvent in client.Events.ReadAllAsync(_stop.Token))
        {
            // Whoever sees in the books what became of it finds the event as well.
            lock (_events)
            {
                if (executionEvent is OrderEvent or AccountState)
                {
                    Assert.Null(Cache.Apply(executionEvent));
                }

                _events.Add(executionEvent);
            }
        }
    }
}
