using System.Buffers;
using System.Text.Json;
using ExecutionAdapters.Engine.Reconciliation;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>Reconciliations as a journal keeps them and as commands print them.</summary>
internal static class ReconciliationJson
{
    public static byte[] Write(ReconciliationReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("client_id", report.ClientId.ToString());
            writer.WriteString("account_id", report.AccountId.ToString());
            writer.WriteBoolean("complete", report.IsComplete);
            writer.WriteNumber("rounds", report.Rounds);
            writer.WriteNumber("orders_compared", report.OrdersCompared);
            writer.WriteNumber("fills_compared", report.FillsCompared);
            writer.WriteNumber("positions_compared", report.PositionsCompared);
            writer.WriteStartArray("events");
            foreach (var orderEvent in report.Events)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", EventJson.KindOf(orderEvent));
                writer.WriteString("client_order_id", orderEvent.ClientOrderId.ToString());
                writer.WriteString("event_id", orderEvent.EventId.ToString());
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("on_their_way");
            foreach (var id in report.OnTheirWay)
            {
                writer.WriteStringValue(id.ToString());
            }

            writer.WriteEndArray();
            writer.WriteStartArray("unsettled");
            foreach (var id in report.Unsettled)
            {
                writer.WriteStringValue(id.ToString());
            }

            writer.WriteEndArray();
            writer.WriteStartArray("unresolved");
            foreach (var difference in report.Unresolved)
            {
                writer.WriteStartObject();
                writer.WriteString("subject", difference.Subject);
                writer.WriteString("reason", difference.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
