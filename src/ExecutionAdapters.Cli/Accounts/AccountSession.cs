using System.Collections.Concurrent;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Accounts;

/// <summary>One connected client: its events go into the books, and who waits for a condition over them is told.</summary>
internal sealed class AccountSession : IAsyncDisposable
{
    private readonly Conditions _conditions = new();
    private readonly ConcurrentDictionary<ClientOrderId, string> _reasons = new();
    private readonly Action<ExecutionEvent>? _onEvent;
    private readonly Task _pump;

    private AccountSession(LighterOptions options, Action<ExecutionEvent>? onEvent)
    {
        _onEvent = onEvent;
        Client = new LighterExecutionClient(options, Cache);
        _pump = PumpAsync();
    }

    public LighterExecutionClient Client { get; }

    /// <summary>The orders of this session.</summary>
    public ExecutionCache Cache { get; } = new();

    /// <summary>The account, whoever trades on it.</summary>
    public AccountBook Book { get; } = new();

    /// <summary>Whether the connection is gone for good.</summary>
    public bool IsOver { get; private set; }

    /// <param name="options">Which account.</param>
    /// <param name="onEvent">Gets every event after it was applied; null: nobody wants them.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    public static async Task<AccountSession> ConnectAsync(LighterOptions options, Action<ExecutionEvent>? onEvent, CancellationToken cancellationToken)
    {
        var session = new AccountSession(options, onEvent);
        try
        {
            await session.Client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        foreach (var instrument in session.Client.Instruments)
        {
            session.Cache.AddInstrument(instrument);
        }

        return session;
    }

    /// <inheritdoc cref="Conditions.TryWaitAsync"/>
    public Task<bool> TryWaitUntilAsync(Func<bool> condition, TimeSpan limit, CancellationToken cancellationToken) =>
        _conditions.TryWaitAsync(condition, limit, cancellationToken);

    /// <summary>Subscribes quotes and waits for one. Quotes are no events, so they are polled.</summary>
    public async Task<QuoteTick?> TryGetQuoteAsync(InstrumentId instrumentId, TimeSpan limit, CancellationToken cancellationToken)
    {
        Client.SubscribeQuotes(instrumentId);
        var started = TimeProvider.System.GetTimestamp();
        while (Client.LatestQuote(instrumentId) is null && TimeProvider.System.GetElapsedTime(started) < limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        return Client.LatestQuote(instrumentId);
    }

    /// <summary>Hands an order over.</summary>
    public Order Submit(Clients.OrderFactory orders, OrderInitialized initialized)
    {
        var order = Cache.AddOrder(initialized);
        Client.SubmitOrder(orders.Submit(initialized));
        return order;
    }

    /// <summary>Why an order of this session was denied, rejected or canceled; null: nobody said.</summary>
    public string? ReasonOf(ClientOrderId clientOrderId) => _reasons.GetValueOrDefault(clientOrderId);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
    }

    private async Task PumpAsync()
    {
        await foreach (var executionEvent in Client.Events.ReadAllAsync().ConfigureAwait(false))
        {
            KeepReason(executionEvent);
            Cache.Apply(executionEvent);
            Book.Apply(executionEvent);
            if (executionEvent is ConnectionStateChanged notice)
            {
                IsOver = notice.State == ConnectionState.Disconnected;
            }

            _onEvent?.Invoke(executionEvent);
            _conditions.Recheck();
        }
    }

    private void KeepReason(ExecutionEvent executionEvent)
    {
        var (order, reason) = executionEvent switch
        {
            OrderDenied denied => (denied.ClientOrderId, denied.Reason),
            OrderRejected rejected => (rejected.ClientOrderId, rejected.Reason),
            OrderCanceled canceled => (canceled.ClientOrderId, canceled.Reason),
            _ => (default, null),
        };
        if (reason is not null)
        {
            _reasons[order] = reason;
        }
    }
}
