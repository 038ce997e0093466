using System.Globalization;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>A table of the latest orders and a progress bar, redrawn while the demo runs.</summary>
internal sealed class LiveBlotter : Blotter
{
    private const int RowsShown = 16;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly int _wanted;
    private readonly Lock _lock = new();
    private readonly LinkedList<ClientOrderId> _latest = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;
    private ExecutionCache? _cache;
    private int _closed;
    private int _fills;

    public LiveBlotter(int wanted)
    {
        _wanted = wanted;
        _drawing = Task.Run(DrawAsync);
    }

    public override void OnEvent(ExecutionEvent executionEvent, ExecutionCache cache)
    {
        if (executionEvent is not OrderEvent order)
        {
            return;
        }

        lock (_lock)
        {
            _cache = cache;
            _fills += order is OrderFilled ? 1 : 0;
            _latest.Remove(order.ClientOrderId);
            _latest.AddFirst(order.ClientOrderId);
            if (_latest.Count > RowsShown)
            {
                _latest.RemoveLast();
            }
        }
    }

    public override async ValueTask FinishAsync(DemoResult result)
    {
        await DisposeAsync().ConfigureAwait(false);
        WriteSummary(result, line => AnsiConsole.MarkupLineInterpolated($"{line}"));
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private Task DrawAsync() => AnsiConsole.Live(Draw()).StartAsync(async context =>
    {
        while (!_stop.IsCancellationRequested)
        {
            context.UpdateTarget(Draw());
            await Task.Delay(RedrawInterval, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        context.UpdateTarget(Draw());
    });

    private Rows Draw()
    {
        lock (_lock)
        {
            _closed = _cache?.Orders().Count(candidate => candidate.IsClosed) ?? 0;
            var table = new Table().Border(TableBorder.Rounded).Expand();
            table.AddColumns("order", "instrument", "side", "type", "quantity", "price", "filled", "average", "status");
            foreach (var id in _latest)
            {
                if (_cache?.Order(id) is { } order)
                {
                    table.AddRow(Cells(order).ToArray());
                }
            }

            var progress = new BreakdownChart().Width(60)
                .AddItem("closed", _closed, Color.Green)
                .AddItem("to go", Math.Max(0, _wanted - _closed), Color.Grey);
            var caption = new Markup(string.Create(CultureInfo.InvariantCulture, $"[bold]{_closed}[/] of {_wanted} orders done, {_fills} fills"));
            return new Rows(table, progress, caption);
        }
    }

    private static IEnumerable<IRenderable> Cells(Order order)
    {
        var side = order.Side == OrderSide.Buy ? "green" : "red";
        yield return new Text(order.ClientOrderId.Value);
        yield return new Text(order.InstrumentId.ToString());
        yield return new Markup($"[{side}]{order.Side}[/]");
        yield return new Text(order.OrderType.ToString());
        yield return new Text(order.Quantity.ToString());
        yield return new Text((order.Price ?? order.TriggerPrice)?.ToString() ?? "market");
        yield return new Text(order.FilledQty.ToString());
        yield return new Text(order.AvgPx is { } average ? decimal.Round(average, 4).ToString(CultureInfo.InvariantCulture) : "");
        yield return new Markup(order.IsClosed ? $"[grey]{order.Status}[/]" : $"[yellow]{order.Status}[/]");
    }
}
