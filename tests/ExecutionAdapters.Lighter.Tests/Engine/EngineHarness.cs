using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Lighter.Tests.Engine;

/// <summary>A running venue, an engine with a client on its test account, and every event that the engine published.</summary>
internal sealed class EngineHarness : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly LighterPrivateKey _key;
    private readonly bool _ownsVenue;
    private readonly List<ExecutionEvent> _published = [];
    private readonly Task _reading;

    private EngineHarness(LighterVenue venue, bool ownsVenue, ExecutionEngineOptions options)
    {
        Venue = venue;
        _ownsVenue = ownsVenue;
        _key = LighterPrivateKey.Parse(venue.TestAccount.PrivateKey);
        var clock = new OwnClock();
        Engine = new ExecutionEngine(options, clock);
        Client = new LighterExecutionClient(
            new LighterOptions
            {
                Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
                Credentials = new LighterCredentials(venue.TestAccount.AccountIndex, venue.TestAccount.ApiKeyIndex, _key),
                AccountStreamsTimeout = Limit,
                AcknowledgementTimeout = Limit,
                Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Jitter = TimeSpan.Zero },
            },
            Engine.Cache, clock);
        Engine.AddClient(Client);
        _reading = ReadAsync(Engine.Events());
    }

    public static ExecutionEngineOptions Options { get; } = new() { TraderId = Orders.Trader };

    public LighterVenue Venue { get; }

    public ExecutionEngine Engine { get; }

    public LighterExecutionClient Client { get; }

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
    public static async Task<EngineHarness> CreateAsync(ExecutionEngineOptions? options = null) => new(
        await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false }, CancellationToken.None), ownsVenue: true, options ?? Options);

    /// <summary>The same, started.</summary>
    public static async Task<EngineHarness> StartAsync(ExecutionEngineOptions? options = null)
    {
        var harness = await CreateAsync(options);
        await harness.Engine.StartAsync();
        return harness;
    }

    /// <summary>An engine with empty books on the same account, as after the loss of all state.</summary>
    public EngineHarness WithEmptyBooks() => new(Venue, ownsVenue: false, Options);

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

    /// <summary>Orders with a fill or open, and positions, equal the venue's.</summary>
    public async Task AssertAgreesAsync()
    {
        using var document = JsonDocument.Parse(await Venue.GetStateAsync());
        var account = document.RootElement.GetProperty("accounts").EnumerateArray()
            .First(candidate => candidate.GetProperty("account_index").GetInt64() == Venue.TestAccount.AccountIndex);
        foreach (var row in account.GetProperty("orders").EnumerateArray())
        {
            var filled = Number(row, "filled_base_amount");
            var isOpen = row.GetProperty("status").GetString() is "open" or "pending";
            var order = Engine.Cache.Orders().SingleOrDefault(candidate => candidate.VenueOrderId?.Value == row.GetProperty("order_id").GetString());
            Assert.True(order is not null || (filled == 0 && !isOpen), "not in the books: " + row.GetRawText());
            if (order is not null)
            {
                Assert.Equal((filled, isOpen), (order.FilledQty.Value, order.IsOpen));
            }
        }

        foreach (var row in account.GetProperty("positions").EnumerateArray().Where(row => row.GetProperty("market_id").GetInt32() == 0))
        {
            Assert.Equal(Number(row, "position") * row.GetProperty("sign").GetInt32(), Engine.Cache.Position(Orders.Eth)?.SignedQty ?? 0);
        }

        var trades = Engine.Cache.Orders().SelectMany(order => order.TradeIds).Select(id => id.Value).Order(StringComparer.Ordinal);
        var there = account.GetProperty("trades").EnumerateArray().Select(row => row.GetProperty("trade_id").GetInt64().ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal);
        Assert.Equal(there, trades);
        Assert.Empty(Engine.Quarantined);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _reading;
        await Client.DisposeAsync();
        if (_ownsVenue)
        {
            await Venue.DisposeAsync();
        }

        _key.Dispose();
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

    private static decimal Number(JsonElement row, string name) => decimal.Parse(row.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private sealed class OwnClock : TimeProvider;
}
