using System.Text.Json;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Venues.Lighter;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>A running venue, a client on its test account, and every event that the client emitted, in order.</summary>
internal sealed class ClientHarness : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly LighterPrivateKey _key;
    private readonly Lock _lock = new();
    private readonly List<ExecutionEvent> _events = [];
    private readonly Task _pump;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly LighterOptions _options;
    private readonly TimeProvider _clock;

    private ClientHarness(
        LighterVenue venue, LighterPrivateKey key, LighterOptions options, ExecutionCache cache, ILogger<LighterExecutionClient>? logger, TimeProvider clock)
    {
        Venue = venue;
        _key = key;
        _options = options;
        _clock = clock;
        Client = new LighterExecutionClient(options, cache, clock, logger: logger);
        Cache = cache;
        _pump = PumpAsync();
    }

    public LighterVenue Venue { get; }

    public LighterExecutionClient Client { get; }

    public ExecutionCache Cache { get; }

    /// <summary>Starts a quiet venue (no synthetic flow unless asked) and a client that is not connected yet.</summary>
    public static async Task<ClientHarness> StartAsync(
        bool syntheticFlow = false, TimeSpan? accountStreamsTimeout = null, TimeSpan? acknowledgementTimeout = null, LighterPrivateKey? key = null,
        TimeSpan? transactionLifetime = null, Func<LighterOptions, LighterOptions>? configure = null, LighterVenueOptions? venueOptions = null,
        ILogger<LighterExecutionClient>? logger = null, TimeProvider? clock = null)
    {
        var venue = await LighterVenue.StartAsync(venueOptions ?? new LighterVenueOptions { SyntheticFlow = syntheticFlow }, CancellationToken.None);
        key ??= LighterPrivateKey.Parse(venue.TestAccount.PrivateKey);
        var cache = new ExecutionCache();
        var options = new LighterOptions
        {
            Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
            Credentials = new LighterCredentials(venue.TestAccount.AccountIndex, venue.TestAccount.ApiKeyIndex, key),
            AccountStreamsTimeout = accountStreamsTimeout ?? Limit,
            AcknowledgementTimeout = acknowledgementTimeout ?? Limit,
            TransactionLifetime = transactionLifetime ?? TimeSpan.FromMinutes(5),
            Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Jitter = TimeSpan.Zero },
        };
        return new ClientHarness(venue, key, configure?.Invoke(options) ?? options, cache, logger, clock ?? new OwnClock());
    }

    /// <summary>Another client on the same account and key.</summary>
    public LighterExecutionClient ClientWith(ExecutionAdapters.Clients.IExecutionCacheView? cache = null) => new(_options, cache, _clock);

    /// <summary>The same, connected.</summary>
    public static async Task<ClientHarness> ConnectAsync(
        bool syntheticFlow = false, TimeSpan? acknowledgementTimeout = null, TimeSpan? transactionLifetime = null,
        Func<LighterOptions, LighterOptions>? configure = null, LighterVenueOptions? venueOptions = null,
        ILogger<LighterExecutionClient>? logger = null, TimeProvider? clock = null)
    {
        var harness = await StartAsync(
            syntheticFlow, acknowledgementTimeout: acknowledgementTimeout, transactionLifetime: transactionLifetime, configure: configure, venueOptions: venueOptions,
            logger: logger, clock: clock);
        await harness.ConnectClientAsync();
        return harness;
    }

    public async Task ConnectClientAsync()
    {
        await Client.ConnectAsync();
        foreach (var instrument in Client.Instruments)
        {
            Cache.AddInstrument(instrument);
        }
    }

    /// <summary>Puts the order into the cache, as an engine would, and submits it.</summary>
    public Order Submit(OrderInitialized order, params (string Name, string Value)[] parameters)
    {
        var cached = Cache.AddOrder(order);
        Client.SubmitOrder(Orders.Submit(order, parameters));
        return cached;
    }

    /// <summary>Submits a limit order and waits until it rests.</summary>
    public async Task<Order> RestAsync(OrderSide side, string quantity, string price)
    {
        var order = Submit(Orders.Limit(side, quantity, price));
        await UntilAsync(() => order.IsOpen, $"{order.ClientOrderId} to rest");
        return order;
    }

    /// <summary>Marks an order as pending cancel, as a strategy does before its command leaves.</summary>
    public void MarkPendingCancel(Order order) => Assert.Null(Cache.Apply(new OrderPendingCancel
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = Client.AccountId,
        VenueOrderId = order.VenueOrderId,
        EventId = Uuid4.New(),
        TsEvent = default,
        TsInit = default,
    }));

    public IReadOnlyList<ExecutionEvent> Events()
    {
        lock (_lock)
        {
            return [.. _events];
        }
    }

    public IReadOnlyList<T> Events<T>() => [.. Events().OfType<T>()];

    /// <summary>The order events of one order, by name.</summary>
    public IEnumerable<string> Story(Order order) =>
        Events<OrderEvent>().Where(orderEvent => orderEvent.ClientOrderId == order.ClientOrderId).Select(orderEvent => orderEvent.GetType().Name["Order".Length..]);

    public async Task<T> NextAsync<T>(Func<T, bool>? match = null)
    {
        T? found = default;
        await UntilAsync(() => (found = Events<T>().FirstOrDefault(candidate => match?.Invoke(candidate) ?? true)) is not null, typeof(T).Name);
        return found!;
    }

    /// <summary>Waits until the condition holds; it is looked at after every event and every few milliseconds.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!Holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Limit)
            {
                Assert.Fail($"Waited in vain for {what}. Events: {string.Join("; ", Events())}");
            }

            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            await Task.WhenAny(changed, Task.Delay(5));
        }

        bool Holds()
        {
            lock (_lock)
            {
                return condition();
            }
        }
    }

    /// <summary>
    /// Waits until everything sent before has come back: a marker order goes the whole way and its denial-free story ends. What has
    /// not been emitted by then was not caused by what came before.
    /// </summary>
    public async Task SettleAsync()
    {
        var marker = await RestAsync(OrderSide.Buy, "0.0100", "1500.00");
        Client.CancelOrder(Orders.Cancel(marker.ClientOrderId.Value));
        await UntilAsync(() => marker.IsClosed, "the marker order to close");
    }

    /// <summary>Waits until no transaction waits to leave, for an answer, or for a sign of what became of it.</summary>
    public async Task UntilSettledAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await Client.UnsettledTransactionsAsync() is > 0 and var left)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Limit, $"{left} transactions are not settled. Events: {string.Join("; ", Events())}");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>The account's part of the venue's books.</summary>
    public async Task<JsonElement> TruthAsync()
    {
        using var document = JsonDocument.Parse(await Venue.GetStateAsync());
        return document.RootElement.GetProperty("accounts").EnumerateArray()
            .First(account => account.GetProperty("account_index").GetInt64() == Venue.TestAccount.AccountIndex).Clone();
    }

    /// <summary>The transactions that the venue received, with their parsed tx_info.</summary>
    public IReadOnlyList<(string Transport, int Type, JsonElement Info, int Code)> Received() =>
        [.. Venue.Transactions.Select(captured =>
        {
            using var document = JsonDocument.Parse(captured.TransactionInfo);
            return (captured.Transport.ToString(), (int)captured.TransactionType, document.RootElement.Clone(), captured.OutcomeCode);
        })];

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _pump;
        await Venue.DisposeAsync();
        _key.Dispose();
    }

    private async Task PumpAsync()
    {
        await foreach (var executionEvent in Client.Events.ReadAllAsync())
        {
            // Applied and listed in one step: whoever waits sees both or neither.
            lock (_lock)
            {
                Cache.Apply(executionEvent);
                _events.Add(executionEvent);
                var changed = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed.TrySetResult();
            }
        }
    }

    /// <summary>
    /// The system's clock, but another one for each harness: what clients share of limits they share by venue and clock, and a port of a venue
    /// that is gone may be given to the next.
    /// </summary>
    private sealed class OwnClock : TimeProvider;
}
