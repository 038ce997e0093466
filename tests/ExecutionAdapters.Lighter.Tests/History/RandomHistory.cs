using System.Globalization;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Lighter.Tests.Engine;
using ExecutionAdapters.Lighter.Tests.Faults;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;

namespace ExecutionAdapters.Lighter.Tests.History;

/// <summary>One history, which follows from its seed as far as two processes that talk can be told what to do.</summary>
internal sealed class RandomHistory(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _story = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<EngineHarness> _runs = [];
    private readonly JournalFolder _folder = new();
    private int _orders;

    public string Story => string.Join("\n", _story);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    private EngineHarness Run => _runs[^1];

    /// <summary>Every other history must come right without the checks that look again: by streams, reconnects and starts alone.</summary>
    private ExecutionEngineOptions Options => seed % 2 == 0
        ? EngineHarness.Options
        : EngineHarness.Options with { OpenOrderCheckInterval = null, PositionCheckInterval = null, StreamAgeLimit = null };

    public async Task RunAsync()
    {
        try
        {
            _runs.Add(await EngineHarness.StartAsync(Options, _folder.Path));
            var steps = _random.Next(10, 30);
            for (var i = 0; i < steps; i++)
            {
                await StepAsync();
            }

            await QuietAsync();
            await KillAsync();
            await QuietAsync();
            await ColdComparisonAsync();
            Tell();
        }
        finally
        {
            for (var i = _runs.Count - 1; i >= 0; i--)
            {
                await _runs[i].DisposeAsync();
            }

            _folder.Dispose();
        }
    }

    private async Task StepAsync()
    {
        switch (_random.Next(22))
        {
            case <= 4:
                Submit(away: _random.Next(1, 5));
                break;
            case 5 or 6:
                await HouseAsync(away: 1);
                Submit(away: -2);
                break;
            case 7 or 8 or 9:
                await HouseAsync(away: -4);
                break;
            case 10:
                var away = _random.Next(1, 5);
                Do("modified", any => Run.Engine.ModifyOrder(Orders.Modify(any.ClientOrderId.Value, price: Price(any.Side, away))));
                break;
            case 11 or 12:
                Do("cancelled", any => Run.Engine.CancelOrder(Orders.Cancel(any.ClientOrderId.Value)));
                break;
            case 13:
                Note("lists");
                Run.Engine.SubmitOrderList(Orders.SubmitList(New(OrderSide.Buy, 2), New(OrderSide.Sell, 2), New(OrderSide.Buy, 3)));
                break;
            case 14 or 15:
                Arm();
                break;
            case 16:
                Note("pauses");
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(5, 100)));
                break;
            case 17:
                await KillAsync();
                break;
            case 18:
                await RestartAsync();
                break;
            case 19:
                Note("cancels of all");
                Run.Engine.CancelAllOrders(Orders.CancelAll());
                break;
            case 20:
                Note("cancels together");
                Run.Engine.BatchCancelOrders(Orders.BatchCancel([.. Run.Engine.Cache.OrdersOpen().Take(3).Select(order => Orders.Cancel(order.ClientOrderId.Value))]));
                break;
            default:
                await QuietAsync();
                break;
        }
    }

    private void Submit(int away)
    {
        Note("orders");
        Run.Submit(New(_random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell, away));
    }

    private OrderInitialized New(OrderSide side, int away)
    {
        var size = (_random.Next(1, 9) * 0.01m).ToString("0.0000", CultureInfo.InvariantCulture);
        return Orders.Limit(side, size, Price(side, away), string.Create(CultureInfo.InvariantCulture, $"H{seed}-{++_orders}")) with { TimeInForce = _random.Next(4) == 0 ? TimeInForce.IOC : TimeInForce.GTC };
    }

    /// <summary>An order of somebody else, which trades with ours or waits for them.</summary>
    private async Task HouseAsync(int away)
    {
        Note("orders of others");
        var isAsk = _random.Next(2) == 0;
        var price = decimal.Parse(Price(isAsk ? OrderSide.Sell : OrderSide.Buy, away), CultureInfo.InvariantCulture);
        await Run.Venue.PlaceHouseOrderAsync(0, isAsk, size: _random.Next(1, 12) * 0.01m, price);
    }

    private void Do(string what, Action<Order> command)
    {
        // Drawn whether there is one or not: what follows must not depend on how quick the venue was.
        var draw = _random.Next(1_000);
        if (Run.Engine.Cache.OrdersOpen() is { Count: > 0 } open)
        {
            Note(what);
            command(open[draw % open.Count]);
        }
    }

    private void Arm()
    {
        var fault = Fault.All[_random.Next(Fault.All.Count)];
        Note("faults", fault.Name);
        Run.Venue.Faults.Load(fault.Script);
    }

    private async Task KillAsync()
    {
        Note("kills");
        var duringNextStart = _random.Next(3) == 0;
        var batches = _random.Next(4);
        await Run.KillAsync();
        if (duringNextStart)
        {
            Note("kills during a start", $"after {batches} batches");
            var killed = _runs[0].Next(Options);
            _runs.Add(killed);
            killed.Journal.CrashAfter(batches);
            try
            {
                await killed.Engine.StartAsync();
            }
            catch (Clients.ExecutionClientException)
            {
                _story.Add("  the start failed before it was killed");
            }

            await killed.KillAsync();
        }

        await StartNextAsync();
    }

    private async Task RestartAsync()
    {
        Note("restarts");
        await Run.EndAsync();
        await StartNextAsync();
    }

    /// <summary>A start that a fault keeps from connecting is made again, as an operator would.</summary>
    private async Task StartNextAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            var next = _runs[0].Next(Options);
            _runs.Add(next);
            try
            {
                await next.Engine.StartAsync();
                return;
            }
            catch (Clients.ExecutionClientException) when (attempt < 5)
            {
                await next.EndAsync();
                _runs[0].Venue.Faults.Clear();
                _story.Add("  the start failed and is made again");
            }
        }
    }

    private async Task QuietAsync()
    {
        Note("comparisons");
        var fired = Fault.CountFired(await Run.Venue.Faults.DescribeAsync());
        _counts["faults that struck"] = _counts.GetValueOrDefault("faults that struck") + fired;
        Run.Venue.Faults.Clear();
        if (!Run.Engine.CanTrade(Run.Client.AccountId))
        {
            await Run.UntilAsync(() => Run.Client.IsConnected, "the connection");
            await Run.Engine.ReconcileAsync(Run.Client.AccountId);
        }

        await Run.AssertAgreesAsync();
        await Run.UntilAsync(() => Run.Engine.CanTrade(Run.Client.AccountId), "the account to trade, now that books and venue agree");
        Assert.Empty(_runs.SelectMany(run => run.Engine.Quarantined));
        await Run.Engine.FlushJournalAsync();
        await AssertJournalIsSoundAsync();
    }

    /// <summary>After an orderly end there is nothing to find out.</summary>
    private async Task ColdComparisonAsync()
    {
        await Run.EndAsync();
        var last = _runs[0].Next(Options);
        _runs.Add(last);
        var report = Assert.Single(await last.Engine.StartAsync());
        Assert.True(report.IsComplete, string.Join("; ", report.Unresolved));
        Assert.Empty(report.Events);
        await last.AssertAgreesAsync();
    }

    private async Task AssertJournalIsSoundAsync()
    {
        await using var store = new SqliteJournalStore(new SqliteJournalOptions { Path = _folder.Path, IsReadOnly = true });
        var head = await store.OpenAsync();
        Assert.Empty((await JournalVerification.RunAsync(store, head)).Problems);
    }

    private void Tell()
    {
        foreach (var told in _runs.SelectMany(run => run.Published))
        {
            var name = told.GetType().Name;
            if (told is OrderRejected rejected)
            {
                name += ": " + new string([.. rejected.Reason.TakeWhile(letter => letter is not (':' or '('))]).Trim();
            }

            if (told is OrderEvent)
            {
                _counts[name] = _counts.GetValueOrDefault(name) + 1;
            }
        }
    }

    private static string Price(OrderSide side, int away)
    {
        const decimal Middle = 2000m;
        return (side == OrderSide.Buy ? Middle - away : Middle + away).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private void Note(string what, string? detail = null)
    {
        _counts[what] = _counts.GetValueOrDefault(what) + 1;
        _story.Add(detail is null ? what : $"{what}: {detail}");
    }
}
