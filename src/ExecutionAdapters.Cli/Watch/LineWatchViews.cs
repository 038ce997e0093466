using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Watch;

/// <summary>A line per event in the bridge's shapes.</summary>
internal sealed class JsonWatchView(BridgeOutput output) : WatchView
{
    public override CancellationToken Closed => output.Closed;

    public override void Start(AccountBook book, ExecutionMassStatus status) => output.Write(status);

    public override void OnEvent(ExecutionEvent executionEvent) => output.Write(executionEvent);

    public override ValueTask DisposeAsync() => output.DisposeAsync();
}

/// <summary>A line of words per event.</summary>
internal sealed class PlainWatchView(TextWriter output) : WatchView
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closed = new();
    private string _account = "";

    public override CancellationToken Closed => _closed.Token;

    public override void Start(AccountBook book, ExecutionMassStatus status)
    {
        var fills = status.FillReports.Values.Sum(reports => reports.Count);
        Write($"watching {status.AccountId}: {book.OpenOrders.Count} open orders, {book.Positions.Count} positions, {fills} fills within the last hour");
    }

    public override void OnEvent(ExecutionEvent executionEvent)
    {
        switch (executionEvent)
        {
            case OrderStatusReport order:
                Write("order " + string.Join(' ', AccountCells.Of(order).Where(cell => cell.Length > 0)));
                break;
            case FillReport fill:
                Write("fill " + string.Join(' ', AccountCells.Of(fill)));
                break;
            case OrderWithFills both:
                OnEvent(both.Order);
                foreach (var fill in both.Fills)
                {
                    OnEvent(fill);
                }

                break;
            case PositionStatusReport position:
                Write("position " + string.Join(' ', AccountCells.Of(position).Where(cell => cell.Length > 0)));
                break;
            case AccountState state:
                WriteChanged("account " + string.Join(", ", state.Balances.Select(balance => $"{balance.Total} ({balance.Locked} locked)")));
                break;
            case ConnectionStateChanged connection:
                Write($"connection {connection.State}" + (connection.Cause is { } cause ? ": " + cause : ""));
                break;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _closed.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The venue repeats the account often, mostly for figures that are not shown here.</summary>
    private void WriteChanged(string account)
    {
        if (account != _account)
        {
            _account = account;
            Write(account);
        }
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            if (_closed.IsCancellationRequested)
            {
                return;
            }

            try
            {
                output.WriteLine(line);
                output.Flush();
            }
            catch (IOException)
            {
                // Nobody reads any more.
                _closed.Cancel();
            }
        }
    }
}
