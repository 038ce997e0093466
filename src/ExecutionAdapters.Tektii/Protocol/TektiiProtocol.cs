using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Protocol;

/// <summary>
/// One of the two dialects: paths, what is written, how rows and frames are read. Pure. Fields and names: Tektii's openapi.json 1.0.0 (gateway) and its engine's
/// protocol crate.
/// </summary>
internal abstract class TektiiProtocol
{
    /// <summary>Deepest nesting of what the venue sends.</summary>
    public const int MaxDepth = 32;

    public static TektiiProtocol Of(TektiiDialect dialect) => dialect == TektiiDialect.Engine ? new EngineProtocol() : new GatewayProtocol();

    /// <summary>The version path, such as <c>/v1/</c>.</summary>
    public abstract string Root { get; }

    /// <summary>Whether closed orders have an endpoint of their own; otherwise the list of orders holds them.</summary>
    public abstract bool HasHistory { get; }

    /// <summary>Whether orders can be changed, positions closed and capabilities asked for.</summary>
    public abstract bool IsRich { get; }

    /// <summary>What the venue can do where it cannot be asked.</summary>
    public abstract TektiiCapabilities DefaultCapabilities { get; }

    public abstract byte[] WriteOrder(OrderRequest order);

    public abstract TektiiOrder ReadOrder(Row row);

    public abstract TektiiTrade ReadTrade(Row row);

    public abstract TektiiPosition ReadPosition(Row row);

    public abstract TektiiAccount ReadAccount(Row row);

    /// <summary>The rows of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="name">What the rows are: orders, trades, positions.</param>
    public abstract JsonElement Rows(JsonElement answer, string name);

    public abstract VenueRefusal ReadRefusal(int status, JsonElement body);

    /// <summary>A frame without a time of its own: its type, and the event it is. Null: nothing to deal with.</summary>
    protected abstract TektiiEvent? ReadEvent(string type, Row row);

    protected abstract void WriteAckTail(Utf8JsonWriter writer, long unixMilliseconds);

    public static TektiiOrderHandle ReadHandle(Row row) => new(new VenueOrderId(row.Text("id")), ReadStatus(row.Text("status")), row.OptionalText("client_order_id"));

    /// <summary>
    /// Reads a frame. One that is an object but cannot be understood is a <see cref="TektiiUnknownEvent"/> with its event id: whatever it was, it paces the venue.
    /// </summary>
    /// <param name="message">UTF-8 JSON.</param>
    /// <param name="isPing">Whether it wants a pong.</param>
    /// <param name="problem">Why it could not be understood.</param>
    /// <exception cref="FormatException">It is no JSON object.</exception>
    public TektiiEvent? ReadFrame(ReadOnlySpan<byte> message, out bool isPing, out string? problem)
    {
        (isPing, problem) = (false, null);
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = MaxDepth });
        JsonDocument document;
        try
        {
            document = JsonDocument.ParseValue(ref reader);
        }
        catch (JsonException exception)
        {
            // Nested too deep to be read; but it may pace the venue.
            return FindEventId(message) is { } id
                ? new TektiiUnknownEvent("", "") { EventId = id, Timestamp = default }
                : throw new FormatException(exception.Message, exception);
        }

        using (document)
        {
            var row = new Row(document.RootElement);
            var eventId = row.TextOrNumber("event_id");
            try
            {
                var type = row.Text("type");
                isPing = type == "ping";
                return type is "ping" or "pong" ? null : ReadEvent(type, row) is { } read ? read with { EventId = eventId } : null;
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidOperationException)
            {
                problem = exception.Message;
                return new TektiiUnknownEvent(Bounded(row.TextOrNumber("type") ?? ""), row.Json) { EventId = eventId, Timestamp = default };
            }
        }
    }

    /// <summary>The top-level event id of a frame that cannot be read otherwise; null: it has none, or is no JSON before it.</summary>
    private static string? FindEventId(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = 1_000 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("event_id"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Nothing more is to be had of it.
        }

        return null;
    }

    public byte[] WriteAck(IReadOnlyList<string> eventIds, Uuid4 correlationId, long unixMilliseconds) => Write(writer =>
    {
        writer.WriteString("type", "event_ack");
        writer.WriteString("correlation_id", correlationId.ToString());
        writer.WriteStartArray("events_processed");
        foreach (var id in eventIds)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
        WriteAckTail(writer, unixMilliseconds);
    });

    public static byte[] Pong { get; } = "{\"type\":\"pong\"}"u8.ToArray();

    /// <summary>Strict: a state that is not known must not be taken for another.</summary>
    public static TektiiOrderStatus ReadStatus(string text) => text.ToUpperInvariant() switch
    {
        "PENDING" => TektiiOrderStatus.Pending,
        "PENDING_CANCEL" => TektiiOrderStatus.PendingCancel,
        "OPEN" => TektiiOrderStatus.Open,
        "PARTIALLY_FILLED" => TektiiOrderStatus.PartiallyFilled,
        "FILLED" => TektiiOrderStatus.Filled,
        "CANCELLED" => TektiiOrderStatus.Cancelled,
        "REJECTED" => TektiiOrderStatus.Rejected,
        "EXPIRED" => TektiiOrderStatus.Expired,
        _ => throw new FormatException($"order status '{Bounded(text)}' is not known"),
    };

    public static OrderSide ReadSide(string text) => text.ToUpperInvariant() switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw new FormatException($"side '{Bounded(text)}' is not known"),
    };

    public static OrderType ReadType(string text) => text.ToUpperInvariant() switch
    {
        "MARKET" => OrderType.Market,
        "LIMIT" => OrderType.Limit,
        "STOP" => OrderType.StopMarket,
        "STOP_LIMIT" => OrderType.StopLimit,
        "TRAILING_STOP" => OrderType.TrailingStopMarket,
        _ => throw new FormatException($"order type '{Bounded(text)}' is not known"),
    };

    public static TimeInForce ReadTimeInForce(string text) => text.ToUpperInvariant() switch
    {
        "GTC" => TimeInForce.GTC,
        "DAY" => TimeInForce.DAY,
        "IOC" => TimeInForce.IOC,
        "FOK" => TimeInForce.FOK,
        _ => throw new FormatException($"time in force '{Bounded(text)}' is not known"),
    };

    /// <summary>The name of a type on the wire, in the gateway's form; null: the venue has none.</summary>
    public static string? NameOf(OrderType type) => type switch
    {
        OrderType.Market => "MARKET",
        OrderType.Limit => "LIMIT",
        OrderType.StopMarket => "STOP",
        OrderType.StopLimit => "STOP_LIMIT",
        OrderType.TrailingStopMarket => "TRAILING_STOP",
        _ => null,
    };

    /// <summary>A text of the venue's, cut where no message needs to be longer.</summary>
    public static string Bounded(string text) => text.Length <= 200 ? text : text[..200] + "…";

    protected static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    protected static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
