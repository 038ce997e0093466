using System.Globalization;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;
using Spectre.Console;
using TektiiOptions = ExecutionAdapters.Tektii.TektiiOptions;
using TektiiSubscription = ExecutionAdapters.Tektii.TektiiSubscription;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>What <c>demo --venue tektii</c> is asked for.</summary>
/// <param name="Candles">A candle file; null: candles are made.</param>
/// <param name="Minutes">How many are made.</param>
/// <param name="Seed">Seed of the candles, or of the paper market.</param>
/// <param name="PaperFor">Trade the paper gateway for so long instead of a backtest.</param>
/// <param name="SvgPath">Where the equity curve is drawn; null: nowhere.</param>
internal sealed record BacktestRequest(string? Candles, int Minutes, ulong Seed, TimeSpan? PaperFor, string? SvgPath);

/// <summary><c>demo --venue tektii</c>: one strategy through the engine, against a year of candles in simulated time, or against a paper gateway.</summary>
internal static class BacktestDemo
{
    private const string Symbol = "S:AAPL";
    private const decimal Cash = 100_000m;
    private const decimal CommissionRate = 0.0002m;
    private const decimal Quantity = 100m;
    private const int TradesShown = 10;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(30);

    public static async Task<BacktestResult> RunAsync(BacktestRequest request, bool isQuiet, TextWriter output, CancellationToken stop)
    {
        var candles = request.PaperFor is null ? CandlesOf(request) : [];
        await using var venue = await TektiiVenue.StartAsync(OptionsOf(request, candles), stop).ConfigureAwait(false);
        var run = new StrategyRun(ClientOptions(venue, isBacktest: request.PaperFor is null), Symbol, Quantity, Cash, fast: 60, slow: 240);
        await using (run.ConfigureAwait(false))
        {
            await RunStrategyAsync(run, request, candles.Count, isQuiet, output, stop).ConfigureAwait(false);
            var discrepancies = await AuditAsync(run, venue, stop).ConfigureAwait(false);
            var result = ResultOf(run, request, discrepancies);
            if (request.SvgPath is { } path && run.Ledger.Curve.Count > 0)
            {
                await File.WriteAllTextAsync(path, EquityPlot.ToSvg($"Equity, {result.Mode}", run.Ledger.Curve), stop).ConfigureAwait(false);
            }

            if (!isQuiet)
            {
                Show(run, result, output);
            }

            return result;
        }
    }

    private static IReadOnlyList<TektiiCandle> CandlesOf(BacktestRequest request) =>
        request.Candles is { } path ? CandleInput.Read(path) : [.. TektiiCandleGenerator.Generate(request.Seed).Take(request.Minutes)];

    private static TektiiVenueOptions OptionsOf(BacktestRequest request, IReadOnlyList<TektiiCandle> candles) => new()
    {
        Instruments = [new TektiiInstrument(Symbol, 187.00m)],
        InitialBalance = Cash,
        CommissionRate = CommissionRate,
        Seed = request.Seed,
        SyntheticInterval = TimeSpan.FromMilliseconds(10),
        Backtest = candles.Count == 0 ? null : new TektiiBacktestOptions { Symbol = Symbol, Candles = candles },
    };

    private static TektiiOptions ClientOptions(TektiiVenue venue, bool isBacktest) => new()
    {
        RestUrl = venue.BaseUrl,
        Subscriptions = [new TektiiSubscription(Symbol, ["*"])],
        AllowSynchronousContinuations = isBacktest,
    };

    private static async Task RunStrategyAsync(StrategyRun run, BacktestRequest request, int candles, bool isQuiet, TextWriter output, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        if (request.PaperFor is { } length)
        {
            ending.CancelAfter(length);
        }

        try
        {
            if (isQuiet)
            {
                await run.RunAsync(null, ending.Token).ConfigureAwait(false);
            }
            else if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive || candles == 0)
            {
                await run.RunAsync(() => Tell(run.Bars, candles, output), ending.Token).ConfigureAwait(false);
            }
            else
            {
                await AnsiConsole.Progress().StartAsync(async context =>
                {
                    var task = context.AddTask("candles", maxValue: candles);
                    await run.RunAsync(() => task.Value = run.Bars, ending.Token).ConfigureAwait(false);
                }).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (request.PaperFor is not null && !stop.IsCancellationRequested)
        {
            // The time on paper is over.
        }
    }

    /// <summary>A line for each tenth: enough for a pipe.</summary>
    private static void Tell(int bars, int candles, TextWriter output)
    {
        if (candles > 0 && bars % Math.Max(1, candles / 10) == 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bars:N0} of {candles:N0} candles"));
        }
    }

    /// <summary>The engine's books, the strategy's own ledger and the venue's books must be one.</summary>
    private static async Task<IReadOnlyList<string>> AuditAsync(StrategyRun run, TektiiVenue venue, CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var differences = Compare(run, venue.Books);
            if (differences.Count == 0 || TimeProvider.System.GetElapsedTime(started) > SettleLimit)
            {
                return differences;
            }

            // On paper the last order may still be on its way to the books.
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop).ConfigureAwait(false);
        }
    }

    private static List<string> Compare(StrategyRun run, TektiiBooks truth)
    {
        var differences = new List<string>();
        var (orders, trades, held, quarantined) = run.Engine.Cache.Read(books => (
            books.Orders().ToDictionary(order => order.VenueOrderId?.Value ?? order.ClientOrderId.Value, order => (order.FilledQty.Value, order.IsClosed)),
            books.Orders().SelectMany(order => order.TradeIds).Select(id => id.Value).ToHashSet(),
            books.Position(run.Account, run.Instrument)?.SignedQty ?? 0,
            run.Engine.Quarantined.Count));
        Expect(differences, "orders", truth.Orders.Count, orders.Count);
        foreach (var order in truth.Orders)
        {
            Expect(differences, $"order {order.Id}", (order.FilledQuantity, !order.IsWorking), orders.GetValueOrDefault(order.Id));
        }

        Expect(differences, "trades", string.Join(' ', truth.Trades.Select(trade => trade.Id).Order(StringComparer.Ordinal)), string.Join(' ', trades.Order(StringComparer.Ordinal)));
        Expect(differences, "position", truth.Positions.Sum(position => position.Side == TektiiPositionSide.Long ? position.Quantity : -position.Quantity), held);
        Expect(differences, "events put aside", 0, quarantined);
        return differences;
    }

    private static void Expect<T>(List<string> differences, string what, T venue, T ours)
    {
        if (!EqualityComparer<T>.Default.Equals(venue, ours))
        {
            differences.Add($"{what}: the venue has {venue}, the engine {ours}");
        }
    }

    private static BacktestResult ResultOf(StrategyRun run, BacktestRequest request, IReadOnlyList<string> discrepancies) => new()
    {
        Ok = discrepancies.Count == 0 && run.Bars > 0,
        Venue = "tektii",
        Mode = request.PaperFor is null ? "backtest" : "paper",
        Bars = run.Bars,
        EventsAcknowledged = run.AcknowledgedEvents,
        Orders = run.Orders,
        Trades = run.Ledger.Trades.Count,
        InitialEquity = Cash,
        FinalEquity = decimal.Round(run.Ledger.Equity, 2),
        Commission = decimal.Round(run.Ledger.Commission, 2),
        Drawdown = decimal.Round(run.Ledger.Drawdown, 6),
        Discrepancies = discrepancies.Count,
        DiscrepancyTexts = discrepancies,
    };

    private static void Show(StrategyRun run, BacktestResult result, TextWriter output)
    {
        TextTable.Write(output, $"The latest of {result.Trades} trades", ["time", "side", "quantity", "price", "commission"],
        [
            .. run.Ledger.Trades.TakeLast(TradesShown).Select(trade => new[]
            {
                trade.Timestamp.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), trade.Side.ToWireString(),
                trade.Quantity.ToString(CultureInfo.InvariantCulture), trade.Price.ToString(CultureInfo.InvariantCulture), trade.Commission.ToString(CultureInfo.InvariantCulture),
            }),
        ]);
        if (run.Ledger.Curve.Count > 0)
        {
            output.WriteLine(EquityPlot.ToText(run.Ledger.Curve));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Bars:N0} prices, {result.EventsAcknowledged:N0} events acknowledged, {result.Orders} orders; equity {result.InitialEquity:N2} -> {result.FinalEquity:N2}, commission {result.Commission:N2}, deepest fall {result.Drawdown:P2}"));
        foreach (var discrepancy in result.DiscrepancyTexts)
        {
            output.WriteLine("DISCREPANCY " + discrepancy);
        }

        output.WriteLine(result.Ok ? "Orders, trades and positions agree with the venue's books." : string.Create(CultureInfo.InvariantCulture, $"{result.Discrepancies} discrepancies."));
    }
}
