using System.Text;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>A transaction's event_info: JSON with short names, by kind of transaction; <c>ae</c> is the failure as JSON text.</summary>
internal static class EventText
{
    public static string Write(ILighterTransaction transaction, ExecutionReport report) => Build(json =>
    {
        switch (transaction)
        {
            case CreateOrderTransaction:
                WriteExecution(json, report);
                break;
            case CancelOrderTransaction cancel:
                json.WriteNumber("a"u8, cancel.Header.AccountIndex);
                json.WriteNumber("i"u8, report.Order?.Index ?? cancel.Index);
                json.WriteNumber("u"u8, report.Order?.Request.ClientIndex ?? 0);
                break;
            case ModifyOrderTransaction modify:
                json.WriteNumber("m"u8, modify.MarketIndex);
                WriteOrder(json, "oo"u8, report.OldOrder);
                WriteOrder(json, "no"u8, report.Order);
                break;
        }

        json.WriteString("ae"u8, report.Error is { } error ? Build(inner => JsonText.WriteError(inner, error)) : "");
    });

    private static void WriteExecution(Utf8JsonWriter json, ExecutionReport report)
    {
        json.WriteNumber("m"u8, report.Market!.Definition.Id);
        json.WritePropertyName("t"u8);
        TradeRow.WriteEvent(json, report.LastTrade);
        WriteOrder(json, "mo"u8, report.LastMaker);
        WriteOrder(json, "to"u8, report.Order);
    }

    private static void WriteOrder(Utf8JsonWriter json, ReadOnlySpan<byte> name, Order? order)
    {
        if (order is not null)
        {
            json.WritePropertyName(name);
            OrderRow.WriteEvent(json, order);
        }
    }

    private static string Build(Action<Utf8JsonWriter> members) => Encoding.UTF8.GetString(JsonText.Object(members));
}
