using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Cli.Bridge;

namespace ExecutionAdapters.Cli.Flatten;

/// <summary>What flatten says before and after.</summary>
internal static class FlattenText
{
    public static void WritePlan(OpenThings found, TextWriter output)
    {
        if (found.IsFlat)
        {
            output.WriteLine("Nothing is open: no orders, no positions.");
            return;
        }

        var instruments = found.Orders.Select(order => order.InstrumentId).Distinct().Count();
        output.WriteLine($"To do: cancel {found.Orders.Count} orders over {instruments} instruments, close {found.Positions.Count} positions.");
        TextTable.Write(output, "Open orders", AccountCells.OrderColumns, [.. found.Orders.Select(AccountCells.Of)]);
        TextTable.Write(output, "Positions", AccountCells.PositionColumns, [.. found.Positions.Select(AccountCells.Of)]);
    }

    public static string Describe(FlattenResult result)
    {
        using var text = new StringWriter();
        text.WriteLine(result.Error is null
            ? $"Flat: of {result.Found.Orders.Count} orders and {result.Found.Positions.Count} positions none is left."
            : "NOT FLAT, or not known to be.");
        if (result.Left is { IsFlat: false } left)
        {
            TextTable.Write(text, "Orders left", AccountCells.OrderColumns, [.. left.Orders.Select(AccountCells.Of)]);
            TextTable.Write(text, "Positions left", AccountCells.PositionColumns, [.. left.Positions.Select(AccountCells.Of)]);
        }

        return text.ToString().TrimEnd();
    }

    public static string ToJson(FlattenResult result) => JsonOut.Line(writer =>
    {
        writer.WriteBoolean("flat", result.Error is null);
        writer.WriteNumber("orders_found", result.Found.Orders.Count);
        writer.WriteNumber("positions_found", result.Found.Positions.Count);
        if (result.Left is { } left)
        {
            writer.Objects("orders_left", left.Orders, ReportJson.Write);
            writer.Objects("positions_left", left.Positions, ReportJson.Write);
        }

        writer.WriteStartArray("problems");
        foreach (var problem in result.Problems)
        {
            writer.WriteStringValue(problem);
        }

        writer.WriteEndArray();
    });
}
