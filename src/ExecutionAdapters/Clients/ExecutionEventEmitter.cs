using System.Threading.Channels;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Clients;

/// <summary>
/// Stamps what a client decides with an event id and a time, and posts it on the client's event channel.
/// Called from the client's loop only, so events leave in the order in which they were decided.
/// </summary>
public sealed class ExecutionEventEmitter
{
    private readonly Channel<ExecutionEvent> _channel = Channel.CreateUnbounded<ExecutionEvent>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly TraderId _traderId;
    private readonly ClientId _clientId;
    private readonly AccountId _accountId;
    private readonly AccountType _accountType;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private volatile AccountState? _latestAccountState;

    /// <summary>Creates the emitter of one client.</summary>
    public ExecutionEventEmitter(
        TraderId traderId, ClientId clientId, AccountId accountId, AccountType accountType, TimeProvider timeProvider, ILogger logger)
    {
        _traderId = traderId;
        _clientId = clientId;
        _accountId = accountId;
        _accountType = accountType;
        _timeProvider = timeProvider;
        _logger = logger;
    }

    /// <summary>The reading end.</summary>
    public ChannelReader<ExecutionEvent> Events => _channel.Reader;

    /// <summary>The account state that was posted last; null before the first.</summary>
    public AccountState? LatestAccountState => _latestAccountState;

    /// <summary>The present time of the client's clock.</summary>
    public UnixNanos Now => UnixNanos.Now(_timeProvider);

    /// <summary>The order was refused locally; nothing was and nothing will be sent.</summary>
    public void EmitDenied(in OrderKey order, string reason)
    {
        var now = Now;
        Send(new OrderDenied
        {
            TraderId = _traderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
            Reason = reason,
        });
    }

    /// <summary>The order is about to be sent.</summary>
    public void EmitSubmitted(in OrderKey order)
    {
        var now = Now;
        Send(new OrderSubmitted
        {
            TraderId = _traderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = _accountId,
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
        });
    }

    /// <summary>The venue has the order.</summary>
    public void EmitAccepted(in OrderKey order, VenueOrderId venueOrderId, UnixNanos tsEvent) => Send(new OrderAccepted
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = venueOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
    });

    /// <summary>The venue refused the order, or it provably never left.</summary>
    public void EmitRejected(in OrderKey order, string reason, UnixNanos tsEvent, bool duePostOnly = false) => Send(new OrderRejected
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
        Reason = reason,
        DuePostOnly = duePostOnly,
    });

    /// <summary>The venue refused the modification, or it provably never left.</summary>
    public void EmitModifyRejected(in OrderKey order, VenueOrderId? venueOrderId, string reason, UnixNanos tsEvent) => Send(new OrderModifyRejected
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = venueOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
        Reason = reason,
    });

    /// <summary>The venue refused the cancel, or it provably never left.</summary>
    public void EmitCancelRejected(in OrderKey order, VenueOrderId? venueOrderId, string reason, UnixNanos tsEvent) => Send(new OrderCancelRejected
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = venueOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
        Reason = reason,
    });

    /// <summary>Quantity, price or trigger price changed at the venue.</summary>
    public void EmitUpdated(
        in OrderKey order, VenueOrderId venueOrderId, Quantity quantity, Price? price, Price? triggerPrice, UnixNanos tsEvent) => Send(new OrderUpdated
        {
            TraderId = _traderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            VenueOrderId = venueOrderId,
            AccountId = _accountId,
            EventId = Uuid4.New(),
            TsEvent = tsEvent,
            TsInit = Now,
            Quantity = quantity,
            Price = price,
            TriggerPrice = triggerPrice,
        });

    /// <summary>The trigger price was reached.</summary>
    public void EmitTriggered(in OrderKey order, VenueOrderId venueOrderId, UnixNanos tsEvent) => Send(new OrderTriggered
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = venueOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
    });

    /// <summary>The order is cancelled, asked for or not.</summary>
    public void EmitCanceled(in OrderKey order, VenueOrderId venueOrderId, string? reason, UnixNanos tsEvent) => Send(new OrderCanceled
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = venueOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
        Reason = reason,
    });

    /// <summary>The order reached its expiry.</summary>
    public void EmitExpired(in OrderKey order, VenueOrderId venueOrderId, UnixNanos tsEvent) => Send(new OrderExpired
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = venueOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
    });

    /// <summary>One trade of an order. Each trade is emitted once.</summary>
    public void EmitFilled(in OrderKey order, OrderType orderType, FillReport fill, Currency currency) => Send(new OrderFilled
    {
        TraderId = _traderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        VenueOrderId = fill.VenueOrderId,
        AccountId = _accountId,
        EventId = Uuid4.New(),
        TsEvent = fill.TsEvent,
        TsInit = Now,
        TradeId = fill.TradeId,
        PositionId = fill.VenuePositionId,
        OrderSide = fill.OrderSide,
        OrderType = orderType,
        LastQty = fill.LastQty,
        LastPx = fill.LastPx,
        Currency = currency,
        Commission = fill.Commission,
        LiquiditySide = fill.LiquiditySide,
        Kind = fill.Kind,
    });

    /// <summary>Balances and margins as the venue reports them. Always the full state, never a part.</summary>
    public void EmitAccountState(IReadOnlyList<AccountBalance> balances, IReadOnlyList<MarginBalance> margins, UnixNanos tsEvent) => Send(new AccountState
    {
        AccountId = _accountId,
        AccountType = _accountType,
        Balances = balances,
        Margins = margins,
        IsReported = true,
        EventId = Uuid4.New(),
        TsEvent = tsEvent,
        TsInit = Now,
    });

    /// <summary>The connection changed.</summary>
    public void EmitConnection(ConnectionState state, int attempt = 0, string? cause = null) =>
        Send(new ConnectionStateChanged(_clientId, state, attempt, cause, Now));

    /// <summary>Posts a ready-made event or report.</summary>
    public void Send(ExecutionEvent executionEvent)
    {
        if (executionEvent is AccountState state)
        {
            _latestAccountState = state;
        }

        if (!_channel.Writer.TryWrite(executionEvent))
        {
            Log.EventAfterDispose(_logger, executionEvent.GetType().Name);
        }
    }

    /// <summary>Ends the channel: readers see what was posted, then the end.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
