using System.Globalization;
using System.Text;
using System.Text.Json;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Journal;

/// <summary>What the journal commands print.</summary>
internal static class JournalText
{
    public static void WriteOrders(IReadOnlyList<JournalOrder> orders, bool json, TextWriter output)
    {
        if (!json)
        {
            TextTable.Write(output, "Orders", ["client order id", "instrument", "status", "filled", "venue order id", "account", "last event"],
            [
                .. orders.Select(order => new[]
                {
                    order.ClientOrderId.Value, order.InstrumentId.ToString(), order.Status.ToWireString() + (order.IsCompacted ? " (compacted)" : ""),
                    order.FilledQty.ToString(CultureInfo.InvariantCulture), order.VenueOrderIds.Count > 0 ? order.VenueOrderIds[^1].Value : "-",
                    order.AccountId?.Value ?? "-", Time(order.TsLast),
                }),
            ]);
            return;
        }

        foreach (var order in orders)
        {
            output.WriteLine(JsonOut.Line(writer =>
            {
                writer.WriteString("client_order_id", order.ClientOrderId.Value);
                writer.WriteString("instrument_id", order.InstrumentId.ToString());
                writer.Text("account_id", order.AccountId?.Value);
                writer.WriteString("order_status", order.Status.ToWireString());
                writer.WriteString("filled_qty", order.FilledQty.ToString(CultureInfo.InvariantCulture));
                writer.WriteStartArray("venue_order_ids");
                foreach (var id in order.VenueOrderIds)
                {
                    writer.WriteStringValue(id.Value);
                }

                writer.WriteEndArray();
                writer.WriteBoolean("closed", order.IsClosed);
                writer.WriteBoolean("compacted", order.IsCompacted);
                writer.WriteNumber("ts_last", order.TsLast.Value);
            }));
        }
    }

    public static void WriteStory(JournalStory story, bool json, TextWriter output)
    {
        if (!json)
        {
            output.WriteLine($"{story.Order.ClientOrderId} {story.Order.InstrumentId} {story.Order.Status.ToWireString()}, filled {story.Order.FilledQty.ToString(CultureInfo.InvariantCulture)}");
            if (story.Order.IsCompacted)
            {
                output.WriteLine("  Its events were compacted away.");
            }
        }

        foreach (var kept in story.Events)
        {
            if (json)
            {
                output.WriteLine(JsonOut.Line(writer =>
                {
                    writer.WriteNumber("sequence", kept.Sequence);
                    writer.WriteString("kind", kept.Kind);
                    writer.WritePropertyName("event");
                    writer.WriteRawValue(Encoding.UTF8.GetString(kept.Payload.Span));
                }));
            }
            else
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kept.Sequence,8}  {Time(kept.TsEvent)}  {JournalReader.EventOf(kept)}"));
            }
        }
    }

    public static void WriteReconciliations(IReadOnlyList<JournalReconciliation> reports, bool json, TextWriter output)
    {
        foreach (var report in reports)
        {
            using var payload = JsonDocument.Parse(report.Payload);
            if (json)
            {
                output.WriteLine(JsonOut.Line(writer =>
                {
                    writer.WriteString("account_id", report.AccountId.Value);
                    writer.WriteNumber("ts", report.At.Value);
                    writer.WriteBoolean("complete", report.IsComplete);
                    writer.WritePropertyName("report");
                    payload.RootElement.WriteTo(writer);
                }));
            }
            else
            {
                var told = payload.RootElement;
                output.WriteLine(
                    $"{Time(report.At)}  {report.AccountId} {(report.IsComplete ? "agrees" : "differs")}: {told.GetProperty("orders_compared")} orders, {told.GetProperty("fills_compared")} trades and "
                    + $"{told.GetProperty("positions_compared")} positions compared, {told.GetProperty("events").GetArrayLength()} events applied");
                foreach (var difference in told.GetProperty("unresolved").EnumerateArray())
                {
                    output.WriteLine($"    {difference.GetProperty("subject")}: {difference.GetProperty("reason")}");
                }
            }
        }

        if (!json && reports.Count == 0)
        {
            output.WriteLine("No comparison with a venue is kept.");
        }
    }

    public static void WriteVerification(JournalVerification verification, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonOut.Line(writer =>
            {
                writer.WriteBoolean("ok", verification.Problems.Count == 0);
                writer.WriteNumber("events", verification.Events);
                writer.WriteNumber("orders", verification.Orders);
                writer.WriteNumber("trades", verification.Trades);
                writer.WriteStartArray("problems");
                foreach (var problem in verification.Problems)
                {
                    writer.WriteStringValue(problem);
                }

                writer.WriteEndArray();
            }));
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verification.Events} events, {verification.Orders} orders, {verification.Trades} trades."));
        foreach (var problem in verification.Problems)
        {
            output.WriteLine("  " + problem);
        }

        output.WriteLine(verification.Problems.Count == 0 ? "Nothing is wrong with the journal." : string.Create(CultureInfo.InvariantCulture, $"{verification.Problems.Count} problems."));
    }

    private static string Time(UnixNanos time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
