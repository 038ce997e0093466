using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>
/// The strategy at a venue, the same in a backtest and on paper: it sees a price, decides, and gives its order to the engine. Nothing in it waits for an outcome: in a backtest
/// that would come only after the event is acknowledged.
/// </summary>
internal sealed class StrategyRun : IAsyncDisposable
{
    private static readonly TraderId Trader = new("TRADER-001");

    private readonly TektiiExecutionClient _client;
    private readonly IAsyncEnumerable<TektiiEvent> _events;
    private readonly OrderFactory _factory = new(Trader, new StrategyId("MA-CROSS"));
    private readonly MovingAverageCross _strategy;
    private readonly InstrumentId _instrument;
    private readonly Quantity _quantity;
    private readonly string _symbol;
    private bool _isLong;

    public StrategyRun(TektiiOptions options, string symbol, decimal quantity, decimal cash, int fast, int slow)
    {
        // What looks again by the wall clock would make a backtest differ from the next one.
        Engine = new ExecutionEngine(new ExecutionEngineOptions
        {
            TraderId = Trader,
            InFlightCheckInterval = null,
            OpenOrderCheckInterval = null,
            PositionCheckInterval = null,
            StreamAgeLimit = null,
        });
        _client = new TektiiExecutionClient(options, Engine.Cache);
        Engine.AddClient(_client);
        _events = _client.StrategyEvents(static heard => heard is TektiiCandleEvent or TektiiQuoteEvent or TektiiTradeEvent or TektiiBacktestCompleteEvent);
        _strategy = new MovingAverageCross(fast, slow);
        _symbol = symbol;
        _instrument = TektiiInstruments.IdOf(symbol);
        _quantity = Quantity.FromDecimal(quantity);
        Ledger = new StrategyLedger(cash);
    }

    public ExecutionEngine Engine { get; }

    public AccountId Account => _client.AccountId;

    public InstrumentId Instrument => _instrument;

    public StrategyLedger Ledger { get; }

    public long AcknowledgedEvents => _client.AcknowledgedEvents;

    public int Bars { get; private set; }

    public int Orders { get; private set; }

    /// <summary>Runs until the backtest is complete, or <paramref name="stop"/>.</summary>
    /// <param name="onBar">Called after each price.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Action? onBar, CancellationToken stop)
    {
        // The first candle waits until the engine may trade: time stands still before it is read.
        await Engine.StartAsync(stop).ConfigureAwait(false);
        await ReadAsync(onBar, stop).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReadAsync(Action? onBar, CancellationToken stop)
    {
        await foreach (var heard in _events.WithCancellation(stop).ConfigureAwait(false))
        {
            switch (heard)
            {
                case TektiiTradeEvent { Trade: var trade }:
                    Ledger.OnTrade(trade);
                    break;
                case TektiiCandleEvent { Candle: var candle } when candle.Symbol == _symbol:
                    await OnPriceAsync(candle.Timestamp, candle.Close, onBar).ConfigureAwait(false);
                    break;
                case TektiiQuoteEvent { Quote: var quote } when quote.Symbol == _symbol:
                    await OnPriceAsync(quote.Timestamp, (quote.Bid + quote.Ask) / 2, onBar).ConfigureAwait(false);
                    break;
                default:
                    break;
            }
        }
    }

    private async Task OnPriceAsync(UnixNanos time, decimal price, Action? onBar)
    {
        Bars++;
        Ledger.OnClose(time, price);
        if (_strategy.OnClose(price) is { } wanted && wanted != _isLong && Engine.CanTrade(Account))
        {
            _isLong = wanted;
            Orders++;
            Engine.SubmitOrder(_factory.Submit(_factory.Market(_instrument, wanted ? OrderSide.Buy : OrderSide.Sell, _quantity)));

            // With the client now; the event is acknowledged when the venue has answered.
            await Engine.WhenHandedOverAsync().ConfigureAwait(false);
        }

        onBar?.Invoke();
    }
}
