using System.Globalization;
using ExecutionAdapters.Lighter.Tests.Engine;
using ExecutionAdapters.Lighter.Tests.Faults;
using ExecutionAdapters.Model;

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

    public async Task RunAsync()
    {
        try
        {
            _runs.Add(await EngineHarness.StartAsync(journal: _folder.Path));
            var steps = _random.Next(10, 30);
            for (var i = 0; i < steps; i++)
            {
                await StepAsync();
            }

            await QuietAsync();
            await Run.Engine.FlushJournalAsync();
            await KillAsync();
            await QuietAsync();
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
        switch (_random.Next(20))
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
                Do("modified", any => Run.Engine.ModifyOrder(Orders.Modify(any.ClientOrderId.Value, price: Price(any.Side, _random.Next(1, 5)))));
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
        if (Run.Engine.Cache.OrdersOpen() is { Count: > 0 } open)
        {
            Note(what);
            command(open[_random.Next(open.Count)]);
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
        if (_random.Next(3) == 0)
        {
            // At some point of the next start: what is written of its reconciliation is a part.
            Run.Journal.CrashAfter(_random.Next(4));
            Note("kills", "after some more batches");
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(30)));
        }
        else
        {
            Note("kills");
        }

        await Run.KillAsync();
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
        var first = _runs[0];
        for (var attempt = 1; ; attempt++)
        {
            var next = first.Next();
            try
            {
                await next.Engine.StartAsync();
                _runs.Add(next);
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
        Run.Venue.Faults.Clear();
        await Run.AssertAgreesAsync();
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
