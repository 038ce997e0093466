using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>Order events, account states and notices as lines.</summary>
internal static class EventJson
{
    public static void Write(Utf8JsonWriter writer, OrderEvent orderEvent)
    {
        writer.WriteString("event", NameOf(orderEvent));
        writer.Value<TraderId>("trader_id", orderEvent.TraderId);
        writer.Value<StrategyId>("strategy_id", orderEvent.StrategyId);
        writer.Value<InstrumentId>("instrument_id", orderEvent.InstrumentId);
        writer.Value<ClientOrderId>("client_order_id", orderEvent.ClientOrderId);
        writer.Value("venue_order_id", VenueOrderIdOf(orderEvent));
        writer.Value("account_id", AccountIdOf(orderEvent));
        writer.Value<Uuid4>("event_id", orderEvent.EventId);
        writer.Time("ts_event", orderEvent.TsEvent);
        writer.Time("ts_init", orderEvent.TsInit);
        writer.WriteBoolean("reconciliation", orderEvent.Reconciliation);
        WriteOwn(writer, orderEvent);
    }

    public static void Write(Utf8JsonWriter writer, AccountState state)
    {
        writer.WriteString("event", "account_state");
        writer.Value<AccountId>("account_id", state.AccountId);
        writer.Enum("account_type", state.AccountType);
        writer.Objects("balances", state.Balances, static (item, balance) =>
        {
            item.WriteString("currency", balance.Currency.Code);
            item.Decimal("total", balance.Total.Amount);
            item.Decimal("locked", balance.Locked.Amount);
            item.Decimal("free", balance.Free.Amount);
        });
        writer.Objects("margins", state.Margins, static (item, margin) =>
        {
            item.Value("instrument_id", margin.InstrumentId);
            item.WriteString("currency", margin.Currency.Code);
            item.Decimal("initial", margin.Initial.Amount);
            item.Decimal("maintenance", margin.Maintenance.Amount);
        });
        writer.WriteBoolean("reported", state.IsReported);
    }

    public static void Write(Utf8JsonWriter writer, ConnectionStateChanged notice)
    {
        writer.WriteString("notice", notice.State.ToString().ToLowerInvariant());
        if (notice.Attempt > 0)
        {
            writer.WriteNumber("attempt", notice.Attempt);
        }

        writer.Text("cause", notice.Cause);
    }

    public static void Write(Utf8JsonWriter writer, VenueAlert alert)
    {
        writer.WriteString("notice", "alert");
        writer.WriteString("code", alert.Code);
        writer.WriteString("message", alert.Message);
    }

    private static void WriteOwn(Utf8JsonWriter writer, OrderEvent orderEvent)
    {
        switch (orderEvent)
        {
            case OrderInitialized initialized:
                writer.Enum("order_side", initialized.Side);
                writer.Enum("order_type", initialized.OrderType);
                writer.Value<Quantity>("quantity", initialized.Quantity);
                writer.Value("price", initialized.Price);
                writer.Value("trigger_price", initialized.TriggerPrice);
                writer.Enum("time_in_force", initialized.TimeInForce);
                writer.Time("expire_time", initialized.ExpireTime);
                writer.WriteBoolean("post_only", initialized.PostOnly);
                writer.WriteBoolean("reduce_only", initialized.ReduceOnly);
                break;
            case OrderDenied denied:
                writer.WriteString("reason", denied.Reason);
                break;
            case OrderRejected rejected:
                writer.WriteString("reason", rejected.Reason);
                writer.WriteBoolean("due_post_only", rejected.DuePostOnly);
                break;
            case OrderModifyRejected rejected:
                writer.WriteString("reason", rejected.Reason);
                break;
            case OrderCancelRejected rejected:
                writer.WriteString("reason", rejected.Reason);
                break;
            case OrderCanceled canceled:
                writer.Text("reason", canceled.Reason);
                break;
            case OrderUpdated updated:
                writer.Value<Quantity>("quantity", updated.Quantity);
                writer.Value("price", updated.Price);
                writer.Value("trigger_price", updated.TriggerPrice);
                break;
            case OrderFilled filled:
                WriteFill(writer, filled);
                break;
        }
    }

    private static void WriteFill(Utf8JsonWriter writer, OrderFilled filled)
    {
        writer.Value<TradeId>("trade_id", filled.TradeId);
        writer.Enum("order_side", filled.OrderSide);
        writer.Enum("order_type", filled.OrderType);
        writer.Value<Quantity>("last_qty", filled.LastQty);
        writer.Value<Price>("last_px", filled.LastPx);
        writer.WriteString("currency", filled.Currency.Code);
        writer.Value("commission", filled.Commission);
        writer.Enum("liquidity_side", filled.LiquiditySide);
        if (filled.IsInferred)
        {
            writer.WriteBoolean("inferred", true);
        }
    }

    private static string NameOf(OrderEvent orderEvent) => orderEvent switch
    {
        OrderInitialized => "order_initialized",
        OrderSubmitted => "order_submitted",
        OrderDenied => "order_denied",
        OrderAccepted => "order_accepted",
        OrderRejected => "order_rejected",
        OrderTriggered => "order_triggered",
        OrderUpdated => "order_updated",
        OrderPendingUpdate => "order_pending_update",
        OrderPendingCancel => "order_pending_cancel",
        OrderModifyRejected => "order_modify_rejected",
        OrderCancelRejected => "order_cancel_rejected",
        OrderCanceled => "order_canceled",
        OrderExpired => "order_expired",
        OrderFilled => "order_filled",
        _ => throw new ArgumentException($"{orderEvent.GetType().Name} is no event of a client.", nameof(orderEvent)),
    };

    private static VenueOrderId? VenueOrderIdOf(OrderEvent orderEvent) => orderEvent switch
    {
        VenueOrderEvent some => some.VenueOrderId,
        OrderAccepted accepted => accepted.VenueOrderId,
        OrderFilled filled => filled.VenueOrderId,
        OrderPendingUpdate pending => pending.VenueOrderId,
        OrderPendingCancel pending => pending.VenueOrderId,
        _ => null,
    };

    private static AccountId? AccountIdOf(OrderEvent orderEvent) => orderEvent switch
    {
        VenueOrderEvent some => some.AccountId,
        OrderSubmitted submitted => submitted.AccountId,
        OrderAccepted accepted => accepted.AccountId,
        OrderRejected rejected => rejected.AccountId,
        OrderFilled filled => filled.AccountId,
        OrderPendingUpdate pending => pending.AccountId,
        OrderPendingCancel pending => pending.AccountId,
        _ => null,
    };
}
