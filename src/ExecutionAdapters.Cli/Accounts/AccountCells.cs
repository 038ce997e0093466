using System.Globalization;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Accounts;

/// <summary>Reports as rows of tables.</summary>
internal static class AccountCells
{
    public static IReadOnlyList<string> OrderColumns { get; } = ["order", "instrument", "side", "type", "quantity", "filled", "price", "trigger", "status"];

    public static IReadOnlyList<string> PositionColumns { get; } = ["instrument", "side", "quantity", "average price"];

    public static IReadOnlyList<string> FillColumns { get; } = ["time", "trade", "instrument", "side", "quantity", "price", "commission", "liquidity"];

    public static string[] Of(AccountBalance balance) =>
        [balance.Currency.Code, balance.Total.ToString(), balance.Locked.ToString(), balance.Free.ToString()];

    public static string[] Of(MarginBalance margin) =>
        [margin.InstrumentId?.ToString() ?? "account", margin.Initial.ToString(), margin.Maintenance.ToString()];

    public static string[] Of(OrderStatusReport order) =>
    [
        order.ClientOrderId?.Value ?? order.VenueOrderId.Value, order.InstrumentId.ToString(), order.OrderSide.ToWireString(),
        order.OrderType.ToWireString() + (order.ReduceOnly ? " reduce-only" : "") + (order.PostOnly ? " post-only" : ""),
        order.Quantity.ToString(), order.FilledQty.ToString(), order.Price?.ToString() ?? "", order.TriggerPrice?.ToString() ?? "",
        order.OrderStatus.ToWireString(),
    ];

    public static string[] Of(PositionStatusReport position) =>
    [
        position.InstrumentId.ToString(), position.PositionSide.ToWireString(), position.Quantity.ToString(),
        position.AvgPxOpen?.ToString(CultureInfo.InvariantCulture) ?? "",
    ];

    public static string[] Of(FillReport fill) =>
    [
        Time(fill.TsEvent), fill.TradeId.Value, fill.InstrumentId.ToString(), fill.OrderSide.ToWireString(),
        fill.LastQty.ToString(), fill.LastPx.ToString(), fill.Commission.ToString(), fill.LiquiditySide.ToWireString(),
    ];

    public static string Time(UnixNanos time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToMilliseconds()).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
