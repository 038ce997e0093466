using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Kill;

/// <summary>Trades at random and without pause, until somebody kills its process.</summary>
/// <param name="engine">The engine.</param>
/// <param name="run">Which run: its ids must not be those of another.</param>
/// <param name="seed">What it does follows from it.</param>
internal sealed class KillTrader(KillEngine engine, int run, int seed)
{
    private const int MostOpen = 40;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(3);

    private readonly OrderFactory _orders = new(KillEngine.Trader, new StrategyId(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"KILL-{run:000}")));
    private readonly Random _random = new(seed);

    public async Task RunAsync(CancellationToken stop)
    {
        var perps = engine.Client.Instruments.OfType<CryptoPerpetual>().OrderBy(instrument => instrument.Id.ToString(), StringComparer.Ordinal).ToList();
        while (!stop.IsCancellationRequested)
        {
            var instrument = perps[_random.Next(perps.Count)];
            if (engine.Client.LatestQuote(instrument.Id) is { } quote)
            {
                Act(instrument, quote);
            }

            await Task.Delay(Pace, TimeProvider.System, stop).ConfigureAwait(false);
        }
    }

    private void Act(Instrument instrument, QuoteTick quote)
    {
        var open = engine.Engine.Cache.OrdersOpen().Where(order => !order.IsPendingCancel && !order.IsPendingUpdate).ToList();
        var choice = open.Count > MostOpen ? 9 : _random.Next(10);
        var any = open.Count > 0 ? open[_random.Next(open.Count)] : null;
        switch (choice)
        {
            case <= 2:
                engine.Engine.SubmitOrder(_orders.Submit(Limit(instrument, quote, away: 0.01m)));
                break;
            case <= 5:
                engine.Engine.SubmitOrder(_orders.Submit(Limit(instrument, quote, away: -0.003m) with { TimeInForce = _random.Next(2) == 0 ? TimeInForce.IOC : TimeInForce.GTC }));
                break;
            case 6:
                engine.Engine.SubmitOrderList(_orders.SubmitList([Limit(instrument, quote, 0.01m), Limit(instrument, quote, -0.003m), Limit(instrument, quote, 0.02m)]));
                break;
            case 7 when any?.Price is { } price && engine.Client.Instruments.FirstOrDefault(candidate => candidate.Id == any.InstrumentId) is { } own:
                engine.Engine.ModifyOrder(_orders.Modify(any, price: own.MakePrice(price.Value * (any.Side == OrderSide.Buy ? 0.998m : 1.002m))));
                break;
            case 8 when any is not null:
                engine.Engine.CancelOrder(_orders.Cancel(any));
                break;
            case 9 when open.Count > MostOpen / 2:
                engine.Engine.CancelAllOrders(_orders.CancelAll(instrument.Id));
                break;
            default:
                break;
        }
    }

    private OrderInitialized Limit(Instrument instrument, QuoteTick quote, decimal away)
    {
        var side = _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
        var price = side == OrderSide.Buy ? quote.BidPrice.Value * (1 - away) : quote.AskPrice.Value * (1 + away);
        return _orders.Limit(instrument.Id, side, instrument.MakeQty(_random.Next(100, 600) / quote.AskPrice.Value), instrument.MakePrice(price));
    }
}
