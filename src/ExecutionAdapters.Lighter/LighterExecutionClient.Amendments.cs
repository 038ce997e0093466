using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter;

/// <content>Modify and cancel: which order is meant, by which index the venue knows it, and what is sent.</content>
public sealed partial class LighterExecutionClient
{
    /// <inheritdoc/>
    public void ModifyOrder(ModifyOrder command)
    {
        RequireCredentials("modify");
        Post(() => OnModifyOrder(command));
    }

    /// <inheritdoc/>
    public void BatchModifyOrders(BatchModifyOrders command)
    {
        foreach (var modify in command.Modifies)
        {
            ModifyOrder(modify);
        }
    }

    /// <inheritdoc/>
    public void CancelOrder(CancelOrder command)
    {
        RequireCredentials("cancel");
        Post(() =>
        {
            if (PrepareCancel(command, alwaysReports: false) is { } transaction)
            {
                _sequencer!.Enqueue(transaction);
            }
        });
    }

    /// <inheritdoc/>
    public void CancelAllOrders(CancelAllOrders command)
    {
        RequireCredentials("cancel");
        Post(() => OnCancelAllOrders(command));
    }

    /// <inheritdoc/>
    public void BatchCancelOrders(BatchCancelOrders command)
    {
        RequireCredentials("cancel");
        Post(() => OnBatchCancelOrders(command));
    }

    private void OnModifyOrder(ModifyOrder command)
    {
        var target = Resolve(command.ClientOrderId, command.VenueOrderId, command.InstrumentId, command.StrategyId);
        var tracked = target.Tracked;
        ModificationTerms terms = default;
        var problem = target.Problem ?? FindModification(command, target, out terms) ?? (_session.IsLive ? null : "NOT_SENT: the connection to Lighter is not live");
        if (problem is not null)
        {
            if (target.Cached is not { IsClosed: true })
            {
                _emitter.EmitModifyRejected(target.Key, target.VenueOrderId, "Lighter modify_order failed: " + problem, _emitter.Now);
            }

            return;
        }

        if (tracked is not null)
        {
            tracked.Wanted = terms.Shape;
        }

        var transaction = new PendingTransaction
        {
            Purpose = TransactionPurpose.Modify,
            Key = target.Key,
            VenueOrderId = target.VenueOrderId,
            Order = tracked,
            ReportsRefusal = true,
            Modification = terms.Shape,
            CommandedAt = _timeProvider.GetTimestamp(),
            Type = LighterTransactionType.ModifyOrder,
            Write = (in TransactionHeader header, Span<byte> txInfo, out TransactionHash hash) => Sign(
                new ModifyOrderTransaction
                {
                    Header = WithIntegrator(header),
                    MarketIndex = target.Market!.Index,
                    Index = tracked is not null && tracked.VenueOrderIndex != 0 ? tracked.VenueOrderIndex : target.Index,
                    BaseAmount = terms.BaseAmount,
                    Price = terms.PriceTicks,
                    TriggerPrice = terms.TriggerTicks,
                },
                txInfo,
                out hash),
        };
        tracked?.Modifications.Add(transaction);
        _sequencer!.Enqueue(transaction);
    }

    /// <summary>The whole new order, as the venue wants it: what is not changed is repeated. Or why there is none.</summary>
    private string? FindModification(ModifyOrder change, in CommandTarget target, out ModificationTerms terms)
    {
        terms = default;
        var market = target.Market!;
        var type = target.Tracked?.OrderType ?? target.Cached?.OrderType;
        var quantity = change.Quantity ?? target.Quantity;
        if (quantity is not { } total || market.SizeToTicks(total.Value) is not { } baseAmount || baseAmount < 1)
        {
            return $"quantity {quantity?.ToString() ?? "(none)"} of {market.InstrumentId} is not a positive multiple of {market.Instrument.SizeIncrement}";
        }

        var trigger = change.TriggerPrice ?? target.TriggerPrice;
        long triggerTicks = 0;
        if (trigger is not null && (type is null || OrderTranslator.IsConditional(type.Value))
            && OrderTranslator.FindBadPrice(trigger, "trigger price", market, out triggerTicks) is { } badTrigger)
        {
            return badTrigger;
        }

        long priceTicks;
        if (type is { } known && OrderTranslator.IsMarketConditional(known))
        {
            var isAsk = (target.Tracked?.Side ?? target.Cached?.Side) == OrderSide.Sell;
            if (OrderTranslator.Slippage(_options.MarketOrderSlippageBps, change.Params) is not { } slippage || trigger is not { } level
                || OrderTranslator.WorstPriceTicks(level.Value, slippage, isAsk, market.PriceDecimals) is not { } cap)
            {
                return $"no worst price can be derived from trigger price {trigger?.ToString() ?? "(none)"}";
            }

            priceTicks = cap;
        }
        else if (OrderTranslator.FindBadPrice(change.Price ?? target.Price, "price", market, out priceTicks) is { } badPrice)
        {
            return badPrice;
        }

        var shape = new OrderShape(market.Quantity(total.Value), change.Price ?? target.Price, trigger);
        terms = new ModificationTerms(baseAmount, (uint)priceTicks, (uint)triggerTicks, shape);
        return null;
    }

    private void OnCancelAllOrders(CancelAllOrders command)
    {
        if (_markets.Find(command.InstrumentId) is not { } market)
        {
            return;
        }

        var own = _orders.Open
            .Where(order => order.MarketIndex == market.Index && !order.IsCancelUnderWay && Matches(order.Side, command.OrderSide))
            .ToList();
        foreach (var order in own)
        {
            if (!_sequencer!.Withdraw(order))
            {
                _sequencer.Enqueue(CancelOf(order.Key, order.VenueOrderId, order, market, order.WireIndex, IsPendingCancel(order.Key.ClientOrderId)));
            }
        }

        var external = _orders.ExternalOpen
            .Where(row => row.MarketIndex == market.Index && !_orders.IsExternalCancelUnderWay(row.OrderIndex) && Matches(row.IsAsk ? OrderSide.Sell : OrderSide.Buy, command.OrderSide))
            .ToList();
        foreach (var row in external)
        {
            var clientOrderId = _streams.ClientOrderIdOf(row.ClientOrderIndex, row.OrderIndex);
            var venueOrderId = TrackedOrder.ToVenueOrderId(row.OrderIndex);
            var key = new OrderKey(clientOrderId ?? new ClientOrderId(venueOrderId.Value), market.InstrumentId, command.StrategyId);
            _orders.BeginExternalCancel(row.OrderIndex);
            _sequencer!.Enqueue(CancelOf(key, venueOrderId, tracked: null, market, row.OrderIndex, reportsRefusal: false));
        }

        // Orders that only the engine knows: handed over from an earlier run and not yet seen on the stream.
        foreach (var order in CachedOpenOrders(command.InstrumentId, command.OrderSide))
        {
            if (_orders.Find(order.ClientOrderId) is null
                && order.VenueOrderId is { } venueOrderId && TryParseIndex(venueOrderId, out var index) && !_orders.IsExternalCancelUnderWay(index))
            {
                var key = new OrderKey(order.ClientOrderId, order.InstrumentId, order.StrategyId);
                _orders.BeginExternalCancel(index);
                _sequencer!.Enqueue(CancelOf(key, venueOrderId, tracked: null, market, index, order.IsPendingCancel));
            }
        }

        static bool Matches(OrderSide side, OrderSide wanted) => wanted == OrderSide.NoOrderSide || side == wanted;
    }

    private void OnBatchCancelOrders(BatchCancelOrders command)
    {
        if (command.Cancels.Count > LighterProtocol.MaxBatchSize)
        {
            foreach (var cancel in command.Cancels)
            {
                var target = Resolve(cancel.ClientOrderId, cancel.VenueOrderId, cancel.InstrumentId, cancel.StrategyId);
                var reason = $"Lighter batch_cancel_orders failed: a batch supports at most {LighterProtocol.MaxBatchSize} txs, not {command.Cancels.Count}";
                _emitter.EmitCancelRejected(target.Key, target.VenueOrderId, reason, _emitter.Now);
            }

            return;
        }

        var transactions = new List<PendingTransaction>(command.Cancels.Count);
        foreach (var cancel in command.Cancels)
        {
            if (PrepareCancel(cancel, alwaysReports: true) is { } transaction)
            {
                transactions.Add(transaction);
            }
        }

        if (transactions.Count > 0)
        {
            _sequencer!.EnqueueBatch(transactions);
        }
    }

    private PendingTransaction? PrepareCancel(CancelOrder command, bool alwaysReports)
    {
        var target = Resolve(command.ClientOrderId, command.VenueOrderId, command.InstrumentId, command.StrategyId);
        var reports = target.Cached is null || target.Cached.IsPendingCancel;
        if (target.Problem is { } problem)
        {
            if ((reports || alwaysReports) && target.Cached is not { IsClosed: true })
            {
                _emitter.EmitCancelRejected(target.Key, target.VenueOrderId, "Lighter cancel_order failed: " + problem, _emitter.Now);
            }

            return null;
        }

        return target.Tracked is { } tracked && _sequencer!.Withdraw(tracked)
            ? null
            : CancelOf(target.Key, target.VenueOrderId, target.Tracked, target.Market!, target.Index, reports);
    }

    private PendingTransaction CancelOf(
        OrderKey key, VenueOrderId? venueOrderId, TrackedOrder? tracked, LighterMarket market, long index, bool reportsRefusal)
    {
        if (tracked is not null)
        {
            tracked.IsCancelUnderWay = true;
        }

        return new PendingTransaction
        {
            Purpose = TransactionPurpose.Cancel,
            Key = key,
            VenueOrderId = venueOrderId,
            Order = tracked,
            ReportsRefusal = reportsRefusal,
            CommandedAt = _timeProvider.GetTimestamp(),
            Type = LighterTransactionType.CancelOrder,
            Write = (in TransactionHeader header, Span<byte> txInfo, out TransactionHash hash) => Sign(
                new CancelOrderTransaction
                {
                    Header = header,
                    MarketIndex = market.Index,
                    Index = tracked is not null && tracked.VenueOrderIndex != 0 ? tracked.VenueOrderIndex : index,
                },
                txInfo,
                out hash),
        };
    }

    /// <summary>Which order a command means, and by which index the venue knows it.</summary>
    private CommandTarget Resolve(ClientOrderId clientOrderId, VenueOrderId? given, InstrumentId instrumentId, StrategyId strategyId)
    {
        var tracked = _orders.Find(clientOrderId);
        var cached = CachedOrder(clientOrderId);
        var key = tracked?.Key ?? new OrderKey(clientOrderId, cached?.InstrumentId ?? instrumentId, cached?.StrategyId ?? strategyId);
        var venueOrderId = given ?? tracked?.VenueOrderId ?? cached?.VenueOrderId;
        var market = _markets.Find(key.InstrumentId);
        var target = new CommandTarget(key, venueOrderId, tracked, cached, market, Index: 0, Problem: null);
        if (market is null)
        {
            return target with { Problem = $"no market for {key.InstrumentId}" };
        }

        if (tracked is { IsClosed: true })
        {
            return target with { Problem = $"order {clientOrderId} is closed" };
        }

        if (venueOrderId is { } id)
        {
            return TryParseIndex(id, out var index)
                ? target with { Index = index }
                : target with { Problem = $"venue order id '{id}' is no Lighter order index" };
        }

        if (tracked is not null)
        {
            return target with { Index = tracked.ClientOrderIndex };
        }

        // Known to the engine only, from an earlier run: the same id gave the same index then.
        return cached is { IsClosed: false }
            ? target with { Index = _orders.DeriveClientOrderIndex(clientOrderId) }
            : target with { Problem = $"order {clientOrderId} is unknown and no venue order_id was given" };
    }

    /// <summary>The engine's view of an order. An engine whose cache throws must not lose its command by it.</summary>
    private Order? CachedOrder(ClientOrderId clientOrderId)
    {
        try
        {
            return _cache?.Order(clientOrderId);
        }
        catch (Exception exception)
        {
            Log.CacheFailed(_logger, exception);
            return null;
        }
    }

    private IReadOnlyList<Order> CachedOpenOrders(InstrumentId instrumentId, OrderSide side)
    {
        try
        {
            // Books may be of several accounts: those of others are not ours to touch.
            return [.. (_cache?.OrdersOpen(instrumentId, side) ?? []).Where(order => order.AccountId is null || order.AccountId == AccountId)];
        }
        catch (Exception exception)
        {
            Log.CacheFailed(_logger, exception);
            return [];
        }
    }

    private static bool TryParseIndex(VenueOrderId id, out long index) =>
        long.TryParse(id.Value, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index > 0;

    private bool IsPendingCancel(ClientOrderId clientOrderId) => CachedOrder(clientOrderId) is { IsPendingCancel: true };

    private readonly record struct CommandTarget(
        OrderKey Key, VenueOrderId? VenueOrderId, TrackedOrder? Tracked, Order? Cached, LighterMarket? Market, long Index, string? Problem)
    {
        /// <summary>The present terms, a modification under way included: they stand for what a further one leaves unchanged.</summary>
        public Quantity? Quantity => Tracked?.Wanted?.Quantity ?? Tracked?.Quantity ?? Cached?.Quantity;

        public Price? Price => Tracked?.Wanted?.Price ?? Tracked?.Price ?? Cached?.Price;

        public Price? TriggerPrice => Tracked?.Wanted?.TriggerPrice ?? Tracked?.TriggerPrice ?? Cached?.TriggerPrice;
    }

    /// <summary>A modification in the venue's numbers.</summary>
    private readonly record struct ModificationTerms(long BaseAmount, uint PriceTicks, uint TriggerTicks, OrderShape Shape);
}
