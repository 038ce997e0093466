using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>
/// The orders of a demo: steps that each show one thing, in an order drawn from the seed, over and over until the wanted number
/// of orders has been submitted. Every step waits for what it expects, so a venue or client that does something else is noticed.
/// </summary>
internal sealed class DemoScenario
{
    private readonly DemoSession _session;
    private readonly LighterVenue _venue;
    private readonly OrderFactory _orders;
    private readonly Random _random;
    private readonly int _wanted;
    private int _handedOver;

    private readonly IReadOnlyDictionary<string, short> _marketIds;

    private DemoScenario(DemoSession session, LighterVenue venue, IReadOnlyDictionary<string, short> marketIds, int orders, ulong seed)
    {
        _marketIds = marketIds;
        _session = session;
        _venue = venue;
        _wanted = orders;
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        _orders = new OrderFactory(new TraderId("TRADER-001"), new StrategyId("DEMO-001"));
    }

    private int Left => _wanted - _handedOver;

    private InstrumentId Perp { get; set; }

    public static async Task<DemoScenario> CreateAsync(
        DemoSession session, LighterVenue venue, int orders, ulong seed, CancellationToken cancellationToken)
    {
        using var state = JsonDocument.Parse(await venue.GetStateAsync(cancellationToken).ConfigureAwait(false));
        var marketIds = state.RootElement.GetProperty("markets").EnumerateArray()
            .ToDictionary(market => market.GetProperty("symbol").GetString()!, market => market.GetProperty("market_id").GetInt16());
        return new DemoScenario(session, venue, marketIds, orders, seed);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var perps = _session.Client.Instruments.OfType<CryptoPerpetual>().Select(instrument => instrument.Id).OrderBy(id => id.ToString(), StringComparer.Ordinal).ToList();
        foreach (var instrument in _session.Client.Instruments)
        {
            await _session.WaitForQuoteAsync(instrument.Id, _ => true, cancellationToken).ConfigureAwait(false);
        }

        while (Left > 0)
        {
            var steps = Steps();
            _random.Shuffle(steps);
            foreach (var step in steps)
            {
                if (Left == 0)
                {
                    break;
                }

                Perp = perps[_random.Next(perps.Count)];
                await step(cancellationToken).ConfigureAwait(false);
            }
        }

        await CancelEverythingAsync(cancellationToken).ConfigureAwait(false);
    }

    private Func<CancellationToken, Task>[] Steps() =>
    [
        RestAndCancelAsync, RestAndModifyAsync, TakeAsync, MarketAsync, GoodTillDateAsync, PartialFillAsync, OrderListAndBatchCancelAsync,
        CancelAllBySideAsync, PostOnlyCrossesAsync, MarginRefusalAsync, LocalDenialAsync, ReduceOnlyAsync, SpotAsync, BurstAsync,
        stop => ConditionalAsync(OrderType.StopMarket, stop), stop => ConditionalAsync(OrderType.StopLimit, stop),
        stop => ConditionalAsync(OrderType.MarketIfTouched, stop), stop => ConditionalAsync(OrderType.LimitIfTouched, stop),
    ];

    private async Task RestAndCancelAsync(CancellationToken stop)
    {
        var order = Submit(_orders.Limit(Perp, OrderSide.Buy, Size(), FarPrice(OrderSide.Buy, 2)));
        await ExpectOpenAsync(order, stop).ConfigureAwait(false);
        Cancel(order);
        await ExpectAsync(order, OrderStatus.Canceled, stop).ConfigureAwait(false);
    }

    private async Task RestAndModifyAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var order = Submit(_orders.Limit(Perp, OrderSide.Sell, Size(), FarPrice(OrderSide.Sell, 2)) with { PostOnly = true });
        await ExpectOpenAsync(order, stop).ConfigureAwait(false);
        var quantity = new Quantity(order.Quantity.Value * 2, instrument.SizePrecision);
        var price = FarPrice(OrderSide.Sell, 3);
        _session.Client.ModifyOrder(_orders.Modify(order, quantity, price));
        await _session.WaitUntilAsync(() => order.Quantity == quantity && order.Price == price, $"the update of {order.ClientOrderId}", stop).ConfigureAwait(false);
        Cancel(order);
        await ExpectAsync(order, OrderStatus.Canceled, stop).ConfigureAwait(false);
    }

    private async Task TakeAsync(CancellationToken stop)
    {
        var side = RandomSide();
        var order = Submit(_orders.Limit(Perp, side, Size(), CrossingPrice(side)) with { TimeInForce = TimeInForce.IOC });
        await ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task MarketAsync(CancellationToken stop)
    {
        var order = Submit(_orders.Market(Perp, RandomSide(), Size()));
        await ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task GoodTillDateAsync(CancellationToken stop)
    {
        var expiry = UnixNanos.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(1));
        var order = Submit(_orders.Limit(Perp, OrderSide.Buy, Size(), FarPrice(OrderSide.Buy, 3)) with
        {
            TimeInForce = TimeInForce.GTD,
            ExpireTime = expiry,
        });
        await ExpectOpenAsync(order, stop).ConfigureAwait(false);
        Cancel(order);
        await ExpectAsync(order, OrderStatus.Canceled, stop).ConfigureAwait(false);
    }

    /// <summary>Rests inside the spread and is hit for a part of its size by the venue's counterparty.</summary>
    private async Task PartialFillAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var quote = Quote(Perp);
        var price = instrument.MakePrice((quote.BidPrice.Value + quote.AskPrice.Value) / 2);
        var size = new Quantity(Size().Value * 4, instrument.SizePrecision);
        var order = Submit(_orders.Limit(Perp, OrderSide.Buy, size, price));
        await _session.WaitUntilAsync(() => order.IsOpen || order.IsClosed, $"the acceptance of {order.ClientOrderId}", stop).ConfigureAwait(false);
        for (var attempt = 0; attempt < 5 && order.FilledQty.Value == 0 && !order.IsClosed; attempt++)
        {
            await _venue.PlaceHouseOrderAsync(MarketIndex(Perp), isAsk: true, size.Value / 4, price.Value, LighterTimeInForce.ImmediateOrCancel, stop).ConfigureAwait(false);
        }

        if (!order.IsClosed)
        {
            Cancel(order);
        }

        await ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task OrderListAndBatchCancelAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var initialized = Enumerable.Range(0, Math.Min(5, Left)).Select(i =>
        {
            var side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            return _orders.Limit(Perp, side, Size(), FarPrice(side, 2 + i)) with { PostOnly = i % 2 == 1 };
        }).ToList();
        var orders = initialized.ConvertAll(Add);
        _session.Client.SubmitOrderList(_orders.SubmitList(initialized));
        await _session.WaitUntilAsync(() => orders.TrueForAll(order => order.IsOpen), "the acceptance of an order list", stop).ConfigureAwait(false);
        _session.Client.BatchCancelOrders(_orders.BatchCancel(Perp, orders));
        await _session.WaitUntilAsync(() => orders.TrueForAll(order => order.Status == OrderStatus.Canceled), "the cancels of a batch", stop).ConfigureAwait(false);
    }

    private async Task CancelAllBySideAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var orders = Enumerable.Range(0, Math.Min(4, Left)).Select(i =>
        {
            var side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            return Submit(_orders.Limit(Perp, side, Size(), FarPrice(side, 2)));
        }).ToList();
        await _session.WaitUntilAsync(() => orders.TrueForAll(order => order.IsOpen), "four resting orders", stop).ConfigureAwait(false);
        foreach (var side in new[] { OrderSide.Sell, OrderSide.NoOrderSide })
        {
            _session.Client.CancelAllOrders(_orders.CancelAll(Perp, side));
            await _session.WaitUntilAsync(
                () => orders.TrueForAll(order => order.Status == OrderStatus.Canceled || (side != OrderSide.NoOrderSide && order.Side != side)),
                $"cancel-all of side {side}", stop).ConfigureAwait(false);
        }
    }

    private async Task PostOnlyCrossesAsync(CancellationToken stop)
    {
        var side = RandomSide();

        // Far through the market, so that it still crosses when the market has moved since the quote.
        var quote = Quote(Perp);
        var price = Instrument(Perp).MakePrice(side == OrderSide.Buy ? quote.AskPrice.Value * 1.05m : quote.BidPrice.Value * 0.95m);
        var order = Submit(_orders.Limit(Perp, side, Size(), price) with { PostOnly = true });
        await ExpectAsync(order, OrderStatus.Rejected, stop).ConfigureAwait(false);
    }

    private async Task MarginRefusalAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var price = FarPrice(OrderSide.Buy, 1);
        var order = Submit(_orders.Limit(Perp, OrderSide.Buy, instrument.MakeQty(500_000_000m / price.Value), price));
        await ExpectAsync(order, OrderStatus.Rejected, stop).ConfigureAwait(false);
    }

    private async Task LocalDenialAsync(CancellationToken stop)
    {
        var order = Submit(_orders.Limit(Perp, OrderSide.Buy, Size(), FarPrice(OrderSide.Buy, 2)) with { TimeInForce = TimeInForce.FOK });
        await ExpectAsync(order, OrderStatus.Denied, stop).ConfigureAwait(false);
    }

    /// <summary>Takes the position back to flat; without one, shows that reduce-only does not open any.</summary>
    private async Task ReduceOnlyAsync(CancellationToken stop)
    {
        var position = _session.Cache.Position(Perp);
        var signed = position?.SignedQty ?? 0;
        var side = signed > 0 ? OrderSide.Sell : OrderSide.Buy;
        var size = signed == 0 ? Size() : new Quantity(Math.Abs(signed), Instrument(Perp).SizePrecision);
        var order = Submit(_orders.Market(Perp, side, size) with { ReduceOnly = true });
        await ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task SpotAsync(CancellationToken stop)
    {
        var spot = _session.Client.Instruments.OfType<CurrencyPair>().FirstOrDefault();
        if (spot is null)
        {
            return;
        }

        var quote = Quote(spot.Id);
        var taking = Submit(_orders.Limit(spot.Id, OrderSide.Buy, spot.MakeQty(0.02m), spot.MakePrice(quote.AskPrice.Value * 1.002m)) with { TimeInForce = TimeInForce.IOC });
        await ExpectClosedAsync(taking, stop).ConfigureAwait(false);
        if (Left > 0)
        {
            var resting = Submit(_orders.Limit(spot.Id, OrderSide.Buy, spot.MakeQty(0.02m), spot.MakePrice(quote.BidPrice.Value * 0.97m)) with { PostOnly = true });
            await ExpectOpenAsync(resting, stop).ConfigureAwait(false);
            Cancel(resting);
            await ExpectAsync(resting, OrderStatus.Canceled, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Many orders without waiting in between: half rest, half trade.</summary>
    private async Task BurstAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var orders = Enumerable.Range(0, Math.Min(20, Left)).Select(i =>
        {
            var side = i % 4 < 2 ? OrderSide.Buy : OrderSide.Sell;
            return Submit(i % 2 == 0
                ? _orders.Limit(Perp, side, Size(), FarPrice(side, 2))
                : _orders.Limit(Perp, side, Size(), CrossingPrice(side)) with { TimeInForce = TimeInForce.IOC });
        }).ToList();
        foreach (var order in orders.Where((_, i) => i % 2 == 0))
        {
            Cancel(order);
        }

        await _session.WaitUntilAsync(() => orders.TrueForAll(order => order.IsClosed), "the end of a burst", stop).ConfigureAwait(false);
    }

    /// <summary>Waits for its trigger, which the venue's mark price then passes.</summary>
    private async Task ConditionalAsync(OrderType type, CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var quote = Quote(Perp);
        var mark = (quote.BidPrice.Value + quote.AskPrice.Value) / 2;

        // A stop buys above the market, a touch buys below it.
        var isStop = type is OrderType.StopMarket or OrderType.StopLimit;
        var trigger = instrument.MakePrice(mark * (isStop ? 1.01m : 0.99m));
        var price = instrument.MakePrice(trigger.Value * 1.002m);
        var order = Submit(type switch
        {
            OrderType.StopMarket => _orders.StopMarket(Perp, OrderSide.Buy, Size(), trigger),
            OrderType.StopLimit => _orders.StopLimit(Perp, OrderSide.Buy, Size(), price, trigger),
            OrderType.MarketIfTouched => _orders.MarketIfTouched(Perp, OrderSide.Buy, Size(), trigger),
            _ => _orders.LimitIfTouched(Perp, OrderSide.Buy, Size(), price, trigger),
        });
        await ExpectOpenAsync(order, stop).ConfigureAwait(false);
        var newMark = instrument.MakePrice(trigger.Value * (isStop ? 1.001m : 0.999m)).Value;
        await _venue.SetMarkPriceAsync(MarketIndex(Perp), newMark, stop).ConfigureAwait(false);
        await _session.WaitUntilAsync(
            () => order.IsClosed || order.IsTriggered || order.FilledQty.Value > 0, $"the trigger of {order.ClientOrderId}", stop).ConfigureAwait(false);
        if (!order.IsClosed && order.Price is not null)
        {
            Cancel(order);
        }

        await ExpectClosedAsync(order, stop).ConfigureAwait(false);

        // The market maker follows the mark; the next steps price from its quotes.
        await _session.WaitForQuoteAsync(Perp, quote => Math.Abs(quote.BidPrice.Value - newMark) < newMark * 0.005m, stop).ConfigureAwait(false);
    }

    private async Task CancelEverythingAsync(CancellationToken stop)
    {
        foreach (var instrument in _session.Client.Instruments)
        {
            _session.Client.CancelAllOrders(_orders.CancelAll(instrument.Id, OrderSide.NoOrderSide));
        }

        await _session.WaitUntilAsync(() => _session.Cache.Orders().All(order => order.IsClosed), "every order to close", stop).ConfigureAwait(false);
    }

    private Order Add(OrderInitialized initialized)
    {
        _handedOver++;
        return _session.Cache.AddOrder(initialized);
    }

    private Order Submit(OrderInitialized initialized)
    {
        var order = Add(initialized);
        _session.Client.SubmitOrder(_orders.Submit(initialized));
        return order;
    }

    private void Cancel(Order order) => _session.Client.CancelOrder(_orders.Cancel(order));

    private Task ExpectAsync(Order order, OrderStatus status, CancellationToken stop) =>
        _session.WaitUntilAsync(() => order.Status == status, () => $"{order.ClientOrderId} to be {status} (it is {order.Status})", stop);

    private Task ExpectOpenAsync(Order order, CancellationToken stop) =>
        _session.WaitUntilAsync(() => order.IsOpen, $"{order.ClientOrderId} to be open", stop);

    private Task ExpectClosedAsync(Order order, CancellationToken stop) =>
        _session.WaitUntilAsync(() => order.IsClosed, $"{order.ClientOrderId} to be closed", stop);

    private Instrument Instrument(InstrumentId id) => _session.Client.Instruments.First(instrument => instrument.Id == id);

    private short MarketIndex(InstrumentId id) => _marketIds[Instrument(id).RawSymbol.Value];

    private QuoteTick Quote(InstrumentId id) => _session.Client.LatestQuote(id)!.Value;

    private OrderSide RandomSide() => _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;

    /// <summary>A size worth some hundred to some thousand USDC.</summary>
    private Quantity Size()
    {
        var instrument = Instrument(Perp);
        return instrument.MakeQty(_random.Next(200, 2_000) / Quote(Perp).AskPrice.Value);
    }

    private Price FarPrice(OrderSide side, int percent)
    {
        var quote = Quote(Perp);
        return Instrument(Perp).MakePrice(side == OrderSide.Buy
            ? quote.BidPrice.Value * (100 - percent) / 100m
            : quote.AskPrice.Value * (100 + percent) / 100m);
    }

    private Price CrossingPrice(OrderSide side)
    {
        var quote = Quote(Perp);
        return Instrument(Perp).MakePrice(side == OrderSide.Buy ? quote.AskPrice.Value * 1.003m : quote.BidPrice.Value * 0.997m);
    }
}
