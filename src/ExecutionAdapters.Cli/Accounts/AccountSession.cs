using System.Collections.Concurrent;
using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Cli.Accounts;

/// <summary>One connected client: its events go into the books, and who waits for a condition over them is told.</summary>
internal sealed class AccountSession : IAsyncDisposable
{
    private readonly Conditions _conditions = new();
    private readonly ConcurrentDictionary<ClientOrderId, string> _reasons = new();
    private readonly Action<ExecutionEvent>? _onEvent;
    private readonly Task _pump;

    private AccountSession(ClientConfiguration configuration, Action<ExecutionEvent>? onEvent)
    {
        _onEvent = onEvent;
        Client = configuration.CreateClient(Cache, timeProvider: null, NullLoggerFactory.Instance, memory: null);
        _pump = PumpAsync();
    }

    public IExecutionClient Client { get; }

    /// <summary>The orders of this session.</summary>
    public ExecutionCache Cache { get; } = new();

    /// <summary>The account, whoever trades on it.</summary>
    public AccountBook Book { get; } = new();

    /// <summary>Whether the connection is gone for good.</summary>
    public bool IsOver { get; private set; }

    /// <param name="configuration">Which account.</param>
    /// <param name="onEvent">Gets every event after it was applied; null: nobody wants them.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    public static async Task<AccountSession> ConnectAsync(ClientConfiguration configuration, Action<ExecutionEvent>? onEvent, CancellationToken cancellationToken)
    {
        var session = new AccountSession(configuration, onEvent);
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

    /// <summary>Whether the client prices market orders itself, by the quotes that it subscribes.</summary>
    public bool NeedsQuotes => Client is LighterExecutionClient;

    /// <summary>Subscribes quotes and waits for one; null as well where the client has none. Quotes are no events, so they are polled.</summary>
    public async Task<QuoteTick?> TryGetQuoteAsync(InstrumentId instrumentId, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (Client is not LighterExecutionClient client)
        {
            return null;
        }

        client.SubscribeQuotes(instrumentId);
        var started = TimeProvider.System.GetTimestamp();
        while (client.LatestQuote(instrumentId) is null && TimeProvider.System.GetElapsedTime(started) < limit)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        return client.LatestQuote(instrumentId);
    }

    /// <summary>Hands an order over.</summary>
    public Order Submit(OrderFactory orders, OrderInitialized initialized)
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
