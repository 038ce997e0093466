using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <content>Orders, commands, prices; waiting and expecting.</content>
internal sealed partial class Tester
{
    private const int FarTicks = 500;

    public UnixNanos Now => UnixNanos.Now(Venue.Clock);

    public OrderInitialized Market(OrderSide side, int times = 1) => Factory.Market(Traits.InstrumentId, side, Times(Traits.Quantity, times));

    /// <summary>A limit order that rests far from the market.</summary>
    public OrderInitialized Passive(OrderSide side) => Limit(side, Away(side, FarTicks));

    /// <summary>A limit order that trades at once, within the size of the best price.</summary>
    public OrderInitialized Crossing(OrderSide side) => Limit(side, side == OrderSide.Buy ? Traits.Ask : Traits.Bid);

    /// <summary>A limit order inside the spread: so many ticks better than the best of its side. Others can trade against it.</summary>
    public OrderInitialized Inside(OrderSide side, int ticks) => Limit(side, Away(side, -ticks));

    public OrderInitialized Limit(OrderSide side, Price price) => Factory.Limit(Traits.InstrumentId, side, Traits.Quantity, price);

    /// <summary>Whatever trades at once on this venue: a market order, else a limit order that crosses.</summary>
    public OrderInitialized Taking(OrderSide side) => Traits.Capabilities.OrderTypes.Contains(OrderType.Market) ? Market(side) : Crossing(side);

    /// <summary>So many ticks from the best price of a side, away from the market: lower for buys, higher for sells.</summary>
    public Price Away(OrderSide side, int ticks)
    {
        var best = side == OrderSide.Buy ? Traits.Bid : Traits.Ask;
        return new Price(best.Value + ((side == OrderSide.Buy ? -ticks : ticks) * Traits.Tick.Value), best.Precision);
    }

    public static Quantity Times(Quantity quantity, int times) => new(quantity.Value * times, quantity.Precision);

    public static OrderSide Opposite(OrderSide side) => side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;

    public Order Submit(OrderInitialized order, IReadOnlyDictionary<string, string>? parameters = null)
    {
        Engine.SubmitOrder(Factory.Submit(order) with { Params = parameters });
        return Engine.Cache.Order(order.ClientOrderId)!;
    }

    public IReadOnlyList<Order> SubmitList(params OrderInitialized[] orders)
    {
        Engine.SubmitOrderList(Factory.SubmitList(orders));
        return [.. orders.Select(order => Engine.Cache.Order(order.ClientOrderId)!)];
    }

    /// <summary>Submits an order and waits until it is accepted.</summary>
    public async Task<Order> RestAsync(OrderInitialized initialized)
    {
        var order = Submit(initialized);
        await ExpectAsync(order, "I S A").ConfigureAwait(false);
        return order;
    }

    /// <summary>Submits an order and waits until it is filled.</summary>
    public async Task<Order> FillAsync(OrderInitialized initialized)
    {
        var order = Submit(initialized);
        await ExpectAsync(order, "I S A F+").ConfigureAwait(false);
        await UntilAsync(() => order.Status == OrderStatus.Filled, $"the rest of {order.ClientOrderId} to be filled").ConfigureAwait(false);
        return order;
    }

    public async Task CancelAsync(Order order)
    {
        var before = StoryBefore(order);
        Engine.CancelOrder(Factory.Cancel(order));
        await ExpectAsync(order, before + " PC C").ConfigureAwait(false);
    }

    public Task InjectAsync(VenueFault fault, VenueRequest request = VenueRequest.Any) => Venue.InjectAsync(fault, request, _stop);

    public Task ClearFaultsAsync() => Venue.ClearFaultsAsync(_stop);

    public Task<VenueTruth> TruthAsync() => Venue.ReadTruthAsync(_stop);

    public Task TradeAsync(Order resting, Quantity? quantity = null) => Venue.TradeAsync(resting.Side, resting.Price!.Value, quantity ?? resting.LeavesQty, _stop);

    public Task<ReconciliationReport> ReconcileAsync() => Engine.ReconcileAsync(Client.AccountId, cancellationToken: _stop);

    /// <summary>Cuts the link, and waits until the client has noticed.</summary>
    public async Task CutAsync()
    {
        var before = Losses();
        Venue.Link.Cut();
        await UntilAsync(() => Losses() > before, "the client to tell that it lost its connection").ConfigureAwait(false);

        int Losses() => Told.OfType<ConnectionStateChanged>().Count(change => change.State == ConnectionState.Reconnecting);
    }

    public Task UntilReconnectedAsync() => UntilAsync(() => Client.IsConnected && Engine.CanTrade(Client.AccountId), "the client to be connected, and the account to agree");

    /// <summary>The events of an order, as letters.</summary>
    public string StoryOf(ClientOrderId id) => Story.Of(Told.OfType<OrderEvent>().Where(orderEvent => orderEvent.ClientOrderId == id));

    /// <summary>Waits until an order's story is one of these, and expects that it stays so to the end unless more is expected of it.</summary>
    public async Task ExpectAsync(Order order, params string[] patterns)
    {
        _expected[order.ClientOrderId] = patterns;
        await UntilAsync(
            () => patterns.Contains(StoryOf(order.ClientOrderId)),
            $"{order.ClientOrderId} ({order.Side.ToWireString()} {order.OrderType.ToWireString()}) to go {string.Join(" or ", patterns)}; it went {{0}}",
            () => StoryOf(order.ClientOrderId)).ConfigureAwait(false);
    }

    /// <summary>Nothing is expected of the order's story any more but what the books say.</summary>
    public void Release(Order order) => _expected.Remove(order.ClientOrderId);

    public async Task<VenueTruth> UntilTruthAsync(Func<VenueTruth, bool> holds, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var truth = await TruthAsync().ConfigureAwait(false);
            if (holds(truth))
            {
                return truth;
            }

            await NextLookAsync(started, () => $"{what} in the venue's books: {string.Join("; ", truth.Orders)}").ConfigureAwait(false);
        }
    }

    public Task UntilAsync(Func<bool> holds, string what) => UntilAsync(holds, what, () => "");

    /// <summary>Waits until the books are the venue's and nothing awaits an answer.</summary>
    public async Task AgreeAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var differences = Books.Differences(Engine, Client, Traits.InstrumentId, await TruthAsync().ConfigureAwait(false));
            if (differences.Count == 0)
            {
                return;
            }

            await NextLookAsync(started, () => $"books and venue to agree; {string.Join("; ", differences)}").ConfigureAwait(false);
        }
    }

    /// <summary>
    /// An order goes the whole way and ends: what was sent before it has been answered, if it is answered at all. One that a late cut takes along is followed by another.
    /// </summary>
    public async Task MarkAsync()
    {
        while (true)
        {
            await UntilReconnectedAsync().ConfigureAwait(false);
            var marker = Submit(Passive(OrderSide.Buy));
            await UntilAsync(() => StoryOf(marker.ClientOrderId) == "I S A" || marker.IsClosed, $"{marker.ClientOrderId}, which marks the end, to rest").ConfigureAwait(false);
            if (!marker.IsClosed)
            {
                await CancelAsync(marker).ConfigureAwait(false);
                Release(marker);
                return;
            }
        }
    }

    private async Task UntilAsync(Func<bool> holds, string what, Func<string> found)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            await NextLookAsync(started, () => what.Replace("{0}", found(), StringComparison.Ordinal)).ConfigureAwait(false);
        }
    }

    private string StoryBefore(Order order) => _expected.TryGetValue(order.ClientOrderId, out var patterns) && patterns.Length == 1 ? patterns[0] : StoryOf(order.ClientOrderId);

    private async Task NextLookAsync(long started, Func<string> what)
    {
        if (TimeProvider.System.GetElapsedTime(started) > Traits.Patience)
        {
            throw new ConformanceException($"waited in vain for {what()}. Told: {string.Join("; ", Told)}");
        }

        await Task.Delay(LookInterval, TimeProvider.System, _stop).ConfigureAwait(false);
    }
}
