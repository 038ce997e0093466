using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Model;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ExecutionAdapters.Cli.Watch;

/// <summary>Tables of open orders, positions, fills and balances, redrawn while the account is watched.</summary>
internal sealed class LiveWatchView : WatchView
{
    private const int RowsShown = 10;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private volatile string _connection = "connecting";
    private Task _drawing = Task.CompletedTask;

    public override void Start(AccountBook book, ExecutionMassStatus status) => _drawing = Task.Run(() => DrawAsync(book, status.AccountId));

    public override void OnEvent(ExecutionEvent executionEvent)
    {
        if (executionEvent is ConnectionStateChanged notice)
        {
            _connection = notice.State.ToString().ToLowerInvariant();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _drawing.ConfigureAwait(false);
        _stop.Dispose();
    }

    private Task DrawAsync(AccountBook book, AccountId accountId) => AnsiConsole.Live(Draw(book, accountId)).StartAsync(async context =>
    {
        while (!_stop.IsCancellationRequested)
        {
            context.UpdateTarget(Draw(book, accountId));
            await Task.Delay(RedrawInterval, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    private Rows Draw(AccountBook book, AccountId accountId) => new(
        new Text($"{accountId}: {_connection}. {string.Join(", ", book.Account?.Balances.Select(balance => balance.Total.ToString()) ?? [])}"),
        Table("open orders", AccountCells.OrderColumns, [.. book.OpenOrders.Reverse().Select(AccountCells.Of)]),
        Table("positions", AccountCells.PositionColumns, [.. book.Positions.Select(AccountCells.Of)]),
        Table("latest fills", AccountCells.FillColumns, [.. book.Fills.Select(AccountCells.Of)]));

    private static Table Table(string title, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        var left = rows.Count - RowsShown;
        var table = new Table().Border(TableBorder.Rounded).Expand().Title(left > 0 ? $"{title} ({rows.Count}, latest {RowsShown})" : title);
        foreach (var column in columns)
        {
            table.AddColumn(column);
        }

        foreach (var row in rows.Take(RowsShown))
        {
            table.AddRow(row.Select(cell => (IRenderable)new Text(cell)));
        }

        return table;
    }
}
