using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <summary>
/// Orders, positions, accounts and quotes as the events tell them. For those who have no books of their own: add each order
/// before submitting it and apply every event that the client emits.
/// </summary>
/// <remarks>
/// Thread-safe. Events must be applied in the order in which they were emitted, so by one reader. Orders, positions and accounts are live: what
/// is read of one may be followed by a change of the next. <see cref="Read"/> reads several things of one moment.
/// </remarks>
public sealed partial class ExecutionCache : IExecutionCacheView
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClientOrderId, Order> _orders = [];
    private readonly HashSet<Order> _notClosed = [];
    private readonly Dictionary<(AccountId Account, InstrumentId Instrument, VenueOrderId Id), Order> _byVenueOrderId = [];
    private readonly Dictionary<(AccountId Account, InstrumentId Instrument), Position> _positions = [];
    private readonly Dictionary<InstrumentId, Instrument> _instruments = [];
    private readonly Dictionary<InstrumentId, QuoteTick> _quotes = [];
    private readonly Dictionary<AccountId, Account> _accounts = [];

    /// <summary>Adds or replaces an instrument: positions need it for their arithmetic.</summary>
    public void AddInstrument(Instrument instrument)
    {
        lock (_lock)
        {
            _instruments[instrument.Id] = instrument;
        }
    }

    /// <summary>The instrument, or null when no client has named it.</summary>
    public Instrument? Instrument(InstrumentId instrumentId)
    {
        lock (_lock)
        {
            return _instruments.GetValueOrDefault(instrumentId);
        }
    }

    /// <summary>Adds an order that is about to be submitted.</summary>
    /// <exception cref="ArgumentException">An order of that client order id is there already.</exception>
    public Order AddOrder(OrderInitialized initialized)
    {
        var order = new Order(initialized);
        lock (_lock)
        {
            if (!_orders.TryAdd(order.ClientOrderId, order))
            {
                throw new ArgumentException($"An order with client order id {order.ClientOrderId} is in the cache already.", nameof(initialized));
            }

            _notClosed.Add(order);
        }

        return order;
    }

    /// <summary>Takes an order out again whose submission was refused on the spot: nothing was sent and no event will tell of it.</summary>
    /// <returns>False when it was not there.</returns>
    public bool RemoveOrder(ClientOrderId clientOrderId)
    {
        lock (_lock)
        {
            if (!_orders.Remove(clientOrderId, out var order))
            {
                return false;
            }

            _notClosed.Remove(order);
            return true;
        }
    }

    /// <summary>
    /// Runs <paramref name="read"/> while nothing changes: what it reads is of one moment, also from another thread. It is to be quick, for events
    /// wait for it, and must keep nothing of what it reads but values.
    /// </summary>
    public T Read<T>(Func<ExecutionCache, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_lock)
        {
            return read(this);
        }
    }

    /// <summary>Sets the latest quote of an instrument.</summary>
    public void SetQuote(QuoteTick quote)
    {
        lock (_lock)
        {
            _quotes[quote.InstrumentId] = quote;
        }
    }

    /// <summary>
    /// Applies one event to the order, position or account that it concerns. Null: applied, or nothing to apply.
    /// Otherwise why not; then nothing has changed.
    /// </summary>
    public string? Apply(ExecutionEvent executionEvent)
    {
        lock (_lock)
        {
            return executionEvent switch
            {
                OrderEvent orderEvent => ApplyOrderEvent(orderEvent),
                AccountState state => ApplyAccountState(state),
                _ => null,
            };
        }
    }

    /// <inheritdoc/>
    public Order? Order(ClientOrderId clientOrderId)
    {
        lock (_lock)
        {
            return _orders.GetValueOrDefault(clientOrderId);
        }
    }

    /// <summary>The order that the account's venue knows, or once knew, by this id; null when there is none.</summary>
    public Order? Order(AccountId accountId, InstrumentId instrumentId, VenueOrderId venueOrderId)
    {
        lock (_lock)
        {
            return _byVenueOrderId.GetValueOrDefault((accountId, instrumentId, venueOrderId));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Order> OrdersOpen(InstrumentId instrumentId, OrderSide side)
    {
        lock (_lock)
        {
            return [.. _notClosed.Where(order =>
                order.IsOpen && order.InstrumentId == instrumentId && (side == OrderSide.NoOrderSide || order.Side == side))];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Order> OrdersSubmitted()
    {
        lock (_lock)
        {
            return [.. _notClosed.Where(order => order.Lifecycle == OrderLifecycle.Submitted)];
        }
    }

    /// <summary>Orders that are or may be working at their venue, of one strategy or of all.</summary>
    public IReadOnlyList<Order> OrdersOpen(StrategyId? strategyId = null)
    {
        lock (_lock)
        {
            return [.. _notClosed.Where(order => order.IsOpen && (strategyId is not { } strategy || order.StrategyId == strategy))];
        }
    }

    /// <summary>Orders that await an answer of their venue: to themselves, a modification or a cancellation.</summary>
    public IReadOnlyList<Order> OrdersInFlight()
    {
        lock (_lock)
        {
            return [.. _notClosed.Where(order => order.IsInFlight)];
        }
    }

    /// <summary>Orders that are over.</summary>
    public IReadOnlyList<Order> OrdersClosed()
    {
        lock (_lock)
        {
            return [.. _orders.Values.Where(order => order.IsClosed)];
        }
    }

    /// <summary>All orders, in no particular order.</summary>
    public IReadOnlyList<Order> Orders()
    {
        lock (_lock)
        {
            return [.. _orders.Values];
        }
    }

    /// <summary>The netting position of the account in the instrument, flat ones included; null when it was never traded.</summary>
    public Position? Position(AccountId accountId, InstrumentId instrumentId)
    {
        lock (_lock)
        {
            return _positions.GetValueOrDefault((accountId, instrumentId));
        }
    }

    /// <summary>The netting position in the instrument, for those who trade it in one account.</summary>
    /// <exception cref="InvalidOperationException">Several accounts have traded it: say of which the position is asked.</exception>
    public Position? Position(InstrumentId instrumentId)
    {
        lock (_lock)
        {
            return _positions.Values.SingleOrDefault(position => position.InstrumentId == instrumentId);
        }
    }

    /// <summary>All positions, flat ones included.</summary>
    public IReadOnlyList<Position> Positions()
    {
        lock (_lock)
        {
            return [.. _positions.Values];
        }
    }

    /// <summary>The account, or null before its first state.</summary>
    public Account? Account(AccountId accountId)
    {
        lock (_lock)
        {
            return _accounts.GetValueOrDefault(accountId);
        }
    }

    /// <inheritdoc/>
    public QuoteTick? Quote(InstrumentId instrumentId)
    {
        lock (_lock)
        {
            return _quotes.TryGetValue(instrumentId, out var quote) ? quote : null;
        }
    }

    /// <summary>Forgets orders that were over before a time; whoever speaks of one again finds it in the journal.</summary>
    internal void RemoveClosed(UnixNanos before)
    {
        lock (_lock)
        {
            foreach (var order in _orders.Values.Where(order => order.IsClosed && order.TsLast < before).ToList())
            {
                _orders.Remove(order.ClientOrderId);
                if (order.AccountId is { } accountId)
                {
                    foreach (var venueOrderId in order.VenueOrderIds)
                    {
                        _byVenueOrderId.Remove((accountId, order.InstrumentId, venueOrderId));
                    }
                }
            }
        }
    }

    /// <summary>Adds an order with its whole story, as a journal has it. False: it is there already, and stays as it is.</summary>
    internal bool Restore(Order order)
    {
        lock (_lock)
        {
            if (!_orders.TryAdd(order.ClientOrderId, order))
            {
                return false;
            }

            _notClosed.Add(order);
            if (order.AccountId is { } accountId)
            {
                foreach (var venueOrderId in order.VenueOrderIds)
                {
                    _byVenueOrderId[(accountId, order.InstrumentId, venueOrderId)] = order;
                }
            }

            Index(order);
            return true;
        }
    }

    /// <summary>Sets a position to a state of before, as a journal has it.</summary>
    internal void Restore(Position position)
    {
        lock (_lock)
        {
            _positions[(position.AccountId, position.InstrumentId)] = position;
        }
    }

    private string? ApplyOrderEvent(OrderEvent orderEvent)
    {
        if (!_orders.TryGetValue(orderEvent.ClientOrderId, out var order))
        {
            return $"{orderEvent.GetType().Name}: no order {orderEvent.ClientOrderId} in the cache.";
        }

        if (orderEvent is OrderFilled filled && !_instruments.ContainsKey(filled.InstrumentId))
        {
            return $"OrderFilled: no instrument {filled.InstrumentId} in the cache.";
        }

        return orderEvent is OrderFilled fill ? ApplyFill(order, fill) : ApplyTo(order, orderEvent);
    }

    private string? ApplyTo(Order order, OrderEvent orderEvent)
    {
        if (order.TryApply(orderEvent) is { } error)
        {
            return error.ToString();
        }

        Index(order);
        return null;
    }

    private void Index(Order order)
    {
        if (order is { AccountId: { } accountId, VenueOrderId: { } venueOrderId })
        {
            _byVenueOrderId[(accountId, order.InstrumentId, venueOrderId)] = order;
        }

        if (order.IsClosed)
        {
            _notClosed.Remove(order);
        }
    }

    /// <summary>To the position and to the order, or to neither.</summary>
    private string? ApplyFill(Order order, OrderFilled fill)
    {
        var key = (fill.AccountId, fill.InstrumentId);
        var instrument = _instruments[fill.InstrumentId];
        PositionSnapshot? before = null;
        if (_positions.TryGetValue(key, out var position))
        {
            before = position.Snapshot;
            if (position.TryApply(fill) is { } error)
            {
                return error.ToString();
            }
        }
        else
        {
            try
            {
                position = new Position(instrument, IdentifierFormats.NettingPositionId(fill.InstrumentId, fill.StrategyId), fill);
            }
            catch (ArgumentException exception)
            {
                return exception.Message;
            }
        }

        if (ApplyTo(order, fill) is { } refusal)
        {
            if (before is not null)
            {
                _positions[key] = Model.Position.Restore(instrument, before);
            }

            return refusal;
        }

        _positions[key] = position;
        return null;
    }

    private string? ApplyAccountState(AccountState state)
    {
        if (_accounts.TryGetValue(state.AccountId, out var account))
        {
            return account.TryApply(state)?.Message;
        }

        _accounts[state.AccountId] = new Account(state);
        return null;
    }
}
