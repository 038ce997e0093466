using System.Text.Json;
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
    private readonly DemoOrders _orders;
    private readonly Dictionary<InstrumentId, QuoteTick> _quotes = [];
    private readonly Random _random;
    private readonly IReadOnlyDictionary<string, short> _marketIds;

    private DemoScenario(DemoSession session, LighterVenue venue, IReadOnlyDictionary<string, short> marketIds, DemoOrders orders, ulong seed)
    {
        _marketIds = marketIds;
        _session = session;
        _venue = venue;
        _orders = orders;
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
    }

    private InstrumentId Perp { get; set; }

    public static async Task<DemoScenario> CreateAsync(
        DemoSession session, LighterVenue venue, DemoOrders orders, ulong seed, CancellationToken cancellationToken)
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
            _ = Quote(instrument.Id);
        }

        while (_orders.Left > 0)
        {
            var steps = Steps();
            _random.Shuffle(steps);
            foreach (var step in steps)
            {
                if (_orders.Left <= 0)
                {
                    break;
                }

                await _orders.ReadyAsync(cancellationToken).ConfigureAwait(false);
                Perp = perps[_random.Next(perps.Count)];
                await step(cancellationToken).ConfigureAwait(false);
            }
        }
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
        var order = _orders.Submit(_orders.Factory.Limit(Perp, OrderSide.Buy, Size(), FarPrice(OrderSide.Buy, 2)));
        await _orders.ExpectOpenAsync(order, stop).ConfigureAwait(false);
        _orders.Cancel(order);
        await _orders.ExpectAsync(order, OrderStatus.Canceled, stop).ConfigureAwait(false);
    }

    private async Task RestAndModifyAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var order = _orders.Submit(_orders.Factory.Limit(Perp, OrderSide.Sell, Size(), FarPrice(OrderSide.Sell, 2)) with { PostOnly = true });
        await _orders.ExpectOpenAsync(order, stop).ConfigureAwait(false);
        var quantity = new Quantity(order.Quantity.Value * 2, instrument.SizePrecision);
        var price = FarPrice(OrderSide.Sell, 3);
        _session.Client.ModifyOrder(_orders.Factory.Modify(order, quantity, price));
        await _orders.ExpectAsync([order], () => order.Quantity == quantity && order.Price == price, () => $"the update of {order.ClientOrderId}", stop).ConfigureAwait(false);
        _orders.Cancel(order);
        await _orders.ExpectAsync(order, OrderStatus.Canceled, stop).ConfigureAwait(false);
    }

    private async Task TakeAsync(CancellationToken stop)
    {
        var side = RandomSide();
        var order = _orders.Submit(_orders.Factory.Limit(Perp, side, Size(), CrossingPrice(side)) with { TimeInForce = TimeInForce.IOC });
        await _orders.ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task MarketAsync(CancellationToken stop)
    {
        var order = _orders.Submit(_orders.Factory.Market(Perp, RandomSide(), Size()));
        await _orders.ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task GoodTillDateAsync(CancellationToken stop)
    {
        var expiry = UnixNanos.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddHours(1));
        var order = _orders.Submit(_orders.Factory.Limit(Perp, OrderSide.Buy, Size(), FarPrice(OrderSide.Buy, 3)) with
        {
            TimeInForce = TimeInForce.GTD,
            ExpireTime = expiry,
        });
        await _orders.ExpectOpenAsync(order, stop).ConfigureAwait(false);
        _orders.Cancel(order);
        await _orders.ExpectAsync(order, OrderStatus.Canceled, stop).ConfigureAwait(false);
    }

    /// <summary>Rests inside the spread and is hit for a part of its size by the venue's counterparty.</summary>
    private async Task PartialFillAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var quote = Quote(Perp);
        var price = instrument.MakePrice((quote.BidPrice.Value + quote.AskPrice.Value) / 2);
        var size = new Quantity(Size().Value * 4, instrument.SizePrecision);
        var order = _orders.Submit(_orders.Factory.Limit(Perp, OrderSide.Buy, size, price));
        await _orders.ExpectAsync([order], () => order.IsOpen || order.IsClosed, () => $"the acceptance of {order.ClientOrderId}", stop).ConfigureAwait(false);
        for (var attempt = 0; attempt < 5 && order.FilledQty.Value == 0 && !order.IsClosed; attempt++)
        {
            await _venue.PlaceHouseOrderAsync(MarketIndex(Perp), isAsk: true, size.Value / 4, price.Value, LighterTimeInForce.ImmediateOrCancel, stop).ConfigureAwait(false);
        }

        if (!order.IsClosed)
        {
            _orders.Cancel(order);
        }

        await _orders.ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task OrderListAndBatchCancelAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var initialized = Enumerable.Range(0, Math.Min(5, _orders.Left)).Select(i =>
        {
            var side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            return _orders.Factory.Limit(Perp, side, Size(), FarPrice(side, 2 + i)) with { PostOnly = i % 2 == 1 };
        }).ToList();
        var orders = initialized.ConvertAll(_orders.Add);
        _session.Client.SubmitOrderList(_orders.Factory.SubmitList(initialized));
        await _orders.ExpectAsync(orders, () => orders.TrueForAll(order => order.IsOpen), () => "the acceptance of an order list", stop).ConfigureAwait(false);
        _session.Client.BatchCancelOrders(_orders.Factory.BatchCancel(Perp, orders));
        await _orders.ExpectAsync(orders, () => orders.TrueForAll(order => order.Status == OrderStatus.Canceled), () => "the cancels of a batch", stop).ConfigureAwait(false);
    }

    private async Task CancelAllBySideAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var orders = Enumerable.Range(0, Math.Min(4, _orders.Left)).Select(i =>
        {
            var side = i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell;
            return _orders.Submit(_orders.Factory.Limit(Perp, side, Size(), FarPrice(side, 2)));
        }).ToList();
        await _orders.ExpectAsync(orders, () => orders.TrueForAll(order => order.IsOpen), () => "four resting orders", stop).ConfigureAwait(false);
        foreach (var side in new[] { OrderSide.Sell, OrderSide.NoOrderSide })
        {
            _session.Client.CancelAllOrders(_orders.Factory.CancelAll(Perp, side));
            await _orders.ExpectAsync(
                orders,
                () => orders.TrueForAll(order => order.Status == OrderStatus.Canceled || (side != OrderSide.NoOrderSide && order.Side != side)),
                () => $"cancel-all of side {side}", stop).ConfigureAwait(false);
        }
    }

    private async Task PostOnlyCrossesAsync(CancellationToken stop)
    {
        var side = RandomSide();

        // Far through the market, so that it still crosses when the market has moved since the quote.
        var quote = Quote(Perp);
        var price = Instrument(Perp).MakePrice(side == OrderSide.Buy ? quote.AskPrice.Value * 1.05m : quote.BidPrice.Value * 0.95m);
        var order = _orders.Submit(_orders.Factory.Limit(Perp, side, Size(), price) with { PostOnly = true });
        await _orders.ExpectAsync(order, OrderStatus.Rejected, stop).ConfigureAwait(false);
    }

    private async Task MarginRefusalAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var price = FarPrice(OrderSide.Buy, 1);
        var order = _orders.Submit(_orders.Factory.Limit(Perp, OrderSide.Buy, instrument.MakeQty(500_000_000m / price.Value), price));
        await _orders.ExpectAsync(order, OrderStatus.Rejected, stop).ConfigureAwait(false);
    }

    private async Task LocalDenialAsync(CancellationToken stop)
    {
        var order = _orders.Submit(_orders.Factory.Limit(Perp, OrderSide.Buy, Size(), FarPrice(OrderSide.Buy, 2)) with { TimeInForce = TimeInForce.FOK });
        await _orders.ExpectAsync(order, OrderStatus.Denied, stop).ConfigureAwait(false);
    }

    /// <summary>Takes the position back to flat; without one, shows that reduce-only does not open any.</summary>
    private async Task ReduceOnlyAsync(CancellationToken stop)
    {
        var position = _session.Cache.Position(Perp);
        var signed = position?.SignedQty ?? 0;
        var side = signed > 0 ? OrderSide.Sell : OrderSide.Buy;
        var size = signed == 0 ? Size() : new Quantity(Math.Abs(signed), Instrument(Perp).SizePrecision);
        var order = _orders.Submit(_orders.Factory.Market(Perp, side, size) with { ReduceOnly = true });
        await _orders.ExpectClosedAsync(order, stop).ConfigureAwait(false);
    }

    private async Task SpotAsync(CancellationToken stop)
    {
        var spot = _session.Client.Instruments.OfType<CurrencyPair>().FirstOrDefault();
        if (spot is null)
        {
            return;
        }

        var quote = Quote(spot.Id);
        var taking = _orders.Submit(_orders.Factory.Limit(spot.Id, OrderSide.Buy, spot.MakeQty(0.02m), spot.MakePrice(quote.AskPrice.Value * 1.002m)) with { TimeInForce = TimeInForce.IOC });
        await _orders.ExpectClosedAsync(taking, stop).ConfigureAwait(false);
        if (_orders.Left > 0)
        {
            var resting = _orders.Submit(_orders.Factory.Limit(spot.Id, OrderSide.Buy, spot.MakeQty(0.02m), spot.MakePrice(quote.BidPrice.Value * 0.97m)) with { PostOnly = true });
            await _orders.ExpectOpenAsync(resting, stop).ConfigureAwait(false);
            _orders.Cancel(resting);
            await _orders.ExpectAsync(resting, OrderStatus.Canceled, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Many orders without waiting in between: half rest, half trade.</summary>
    private async Task BurstAsync(CancellationToken stop)
    {
        var instrument = Instrument(Perp);
        var orders = Enumerable.Range(0, Math.Min(20, _orders.Left)).Select(i =>
        {
            var side = i % 4 < 2 ? OrderSide.Buy : OrderSide.Sell;
            return _orders.Submit(i % 2 == 0
                ? _orders.Factory.Limit(Perp, side, Size(), FarPrice(side, 2))
                : _orders.Factory.Limit(Perp, side, Size(), CrossingPrice(side)) with { TimeInForce = TimeInForce.IOC });
        }).ToList();
        foreach (var order in orders.Where((_, i) => i % 2 == 0))
        {
            _orders.Cancel(order);
        }

        await _orders.ExpectAsync(orders, () => orders.TrueForAll(order => order.IsClosed), () => "the end of a burst", stop).ConfigureAwait(false);
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
        var order = _orders.Submit(type switch
        {
            OrderType.StopMarket => _orders.Factory.StopMarket(Perp, OrderSide.Buy, Size(), trigger),
            OrderType.StopLimit => _orders.Factory.StopLimit(Perp, OrderSide.Buy, Size(), price, trigger),
            OrderType.MarketIfTouched => _orders.Factory.MarketIfTouched(Perp, OrderSide.Buy, Size(), trigger),
            _ => _orders.Factory.LimitIfTouched(Perp, OrderSide.Buy, Size(), price, trigger),
        });
        await _orders.ExpectOpenAsync(order, stop).ConfigureAwait(false);
        var newMark = instrument.MakePrice(trigger.Value * (isStop ? 1.001m : 0.999m)).Value;
        await _venue.SetMarkPriceAsync(MarketIndex(Perp), newMark, stop).ConfigureAwait(false);
        await _orders.ExpectAsync(
            [order], () => order.IsClosed || order.IsTriggered || order.FilledQty.Value > 0, () => $"the trigger of {order.ClientOrderId}", stop).ConfigureAwait(false);
        if (!order.IsClosed && order.Price is not null)
        {
            _orders.Cancel(order);
        }

        await _orders.ExpectClosedAsync(order, stop).ConfigureAwait(false);

        // The market maker follows the mark; the next steps price from its quotes.
        await _session.WaitForQuoteAsync(Perp, quote => Math.Abs(quote.BidPrice.Value - newMark) < newMark * 0.005m, stop).ConfigureAwait(false);
    }

    private Instrument Instrument(InstrumentId id) => _session.Client.Instruments.First(instrument => instrument.Id == id);

    private short MarketIndex(InstrumentId id) => _marketIds[Instrument(id).RawSymbol.Value];

    /// <summary>The latest quote. The client forgets its quotes with their connection; a scenario may price from what it saw last.</summary>
    private QuoteTick Quote(InstrumentId id) => _quotes[id] = _session.Client.LatestQuote(id) ?? _quotes[id];

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
