using System.Text.Json;

namespace ExecutionAdapters.Venues.Tektii.Stream;

/// <summary>The two protocols.</summary>
internal enum Dialect
{
    /// <summary>/v1: upper-case words, RFC 3339 times.</summary>
    Gateway,

    /// <summary>/api/v1: lower-case words, times in ms.</summary>
    Engine,
}

/// <summary>The messages that clients send.</summary>
internal enum ClientMessageType
{
    /// <summary>Anything else: logged and skipped.</summary>
    Unexpected,
    Ping,
    Pong,
    EventAck,
}

/// <summary>A client's message, read in one pass.</summary>
internal readonly record struct ClientMessage(ClientMessageType Type, TektiiAck? Ack)
{
    private const int MaximumDepth = 8;

    /// <summary>Never throws: what cannot be read is unexpected.</summary>
    public static ClientMessage Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return ReadMembers(message);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>The number of evt-0, evt-1, …; null for any other text.</summary>
    public static long? EventNumber(string eventId) =>
        eventId.StartsWith("evt-", StringComparison.Ordinal)
        && long.TryParse(eventId.AsSpan(4), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static ClientMessage ReadMembers(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = MaximumDepth });
        var type = ClientMessageType.Unexpected;
        string? correlationId = null;
        List<string>? events = null;
        long? timestamp = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = TypeOf(ref reader);
            }
            else if (reader.ValueTextEquals("correlation_id"u8))
            {
                reader.Read();
                correlationId = reader.GetString();
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                reader.Read();
                timestamp = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long ms) ? ms : null;
            }
            else if (reader.ValueTextEquals("events_processed"u8))
            {
                reader.Read();
                events = ReadEvents(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return type != ClientMessageType.EventAck ? new ClientMessage(type, null)
            : events is not null ? new ClientMessage(type, new TektiiAck(correlationId, events, timestamp))
            : default;
    }

    private static ClientMessageType TypeOf(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? ClientMessageType.Unexpected
        : reader.ValueTextEquals("event_ack"u8) ? ClientMessageType.EventAck
        : reader.ValueTextEquals("pong"u8) ? ClientMessageType.Pong
        : reader.ValueTextEquals("ping"u8) ? ClientMessageType.Ping
        : ClientMessageType.Unexpected;

    private static List<string>? ReadEvents(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return null;
        }

        List<string> events = new(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            events.Add(reader.GetString() ?? "");
        }

        return events;
    }
}
