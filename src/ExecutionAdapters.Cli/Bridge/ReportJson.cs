using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>Reports, and the orders and positions of the cache in the same shape.</summary>
internal static class ReportJson
{
    public static void Write(Utf8JsonWriter writer, OrderStatusReport report)
    {
        writer.WriteString("report", "order_status");
        writer.Value("client_order_id", report.ClientOrderId);
        writer.Value<VenueOrderId>("venue_order_id", report.VenueOrderId);
        writer.Value<InstrumentId>("instrument_id", report.InstrumentId);
        writer.Enum("order_side", report.OrderSide);
        writer.Enum("order_type", report.OrderType);
        writer.Enum("time_in_force", report.TimeInForce);
        writer.Enum("order_status", report.OrderStatus);
        writer.Value<Quantity>("quantity", report.Quantity);
        writer.Value<Quantity>("filled_qty", report.FilledQty);
        writer.Value("price", report.Price);
        writer.Value("trigger_price", report.TriggerPrice);
        writer.Decimal("avg_px", report.AvgPx);
        writer.WriteBoolean("post_only", report.PostOnly);
        writer.WriteBoolean("reduce_only", report.ReduceOnly);
        writer.Time("ts_accepted", report.TsAccepted);
        writer.Time("ts_last", report.TsLast);
    }

    public static void Write(Utf8JsonWriter writer, FillReport report)
    {
        writer.WriteString("report", "fill");
        writer.Value("client_order_id", report.ClientOrderId);
        writer.Value<VenueOrderId>("venue_order_id", report.VenueOrderId);
        writer.Value<TradeId>("trade_id", report.TradeId);
        writer.Value<InstrumentId>("instrument_id", report.InstrumentId);
        writer.Enum("order_side", report.OrderSide);
        writer.Value<Quantity>("last_qty", report.LastQty);
        writer.Value<Price>("last_px", report.LastPx);
        writer.Value<Money>("commission", report.Commission);
        writer.Enum("liquidity_side", report.LiquiditySide);
        writer.Time("ts_event", report.TsEvent);
    }

    public static void Write(Utf8JsonWriter writer, PositionStatusReport report)
    {
        writer.WriteString("report", "position_status");
        writer.Value<InstrumentId>("instrument_id", report.InstrumentId);
        writer.Enum("position_side", report.PositionSide);
        writer.Value<Quantity>("quantity", report.Quantity);
        writer.Decimal("avg_px_open", report.AvgPxOpen);
    }

    /// <summary>The three parts, without those that failed: an array that is not there says nothing, an empty one says that there is nothing.</summary>
    public static void Write(Utf8JsonWriter writer, ExecutionMassStatus status, IReadOnlyList<string> failedParts)
    {
        writer.WriteString("report", "mass_status");
        Part("order_reports", status.OrderReports.Values, Write);
        Part("fill_reports", status.FillReports.Values.SelectMany(fills => fills), Write);
        Part("position_reports", status.PositionReports.Values.SelectMany(positions => positions), Write);

        void Part<T>(string name, IEnumerable<T> reports, Action<Utf8JsonWriter, T> write)
        {
            if (!failedParts.Contains(name, StringComparer.Ordinal))
            {
                writer.Objects(name, reports, write);
            }
        }
    }

    public static void Write(Utf8JsonWriter writer, Order order)
    {
        writer.Value<ClientOrderId>("client_order_id", order.ClientOrderId);
        writer.Value("venue_order_id", order.VenueOrderId);
        writer.Value<InstrumentId>("instrument_id", order.InstrumentId);
        writer.Enum("order_side", order.Side);
        writer.Enum("order_type", order.OrderType);
        writer.Enum("time_in_force", order.TimeInForce);
        writer.Enum("order_status", order.Status);
        writer.Value<Quantity>("quantity", order.Quantity);
        writer.Value<Quantity>("filled_qty", order.FilledQty);
        writer.Value("price", order.Price);
        writer.Value("trigger_price", order.TriggerPrice);
        writer.Decimal("avg_px", order.AvgPx);
        writer.WriteBoolean("post_only", order.IsPostOnly);
        writer.WriteBoolean("reduce_only", order.IsReduceOnly);
        writer.Time("ts_accepted", order.TsAccepted);
        writer.Time("ts_last", order.TsLast);
    }

    public static void Write(Utf8JsonWriter writer, Position position)
    {
        writer.Value<InstrumentId>("instrument_id", position.InstrumentId);
        writer.Enum("position_side", position.Side);
        writer.Value<Quantity>("quantity", position.Quantity);
        writer.Decimal("avg_px_open", position.IsOpen ? position.AvgPxOpen : null);
    }
}
