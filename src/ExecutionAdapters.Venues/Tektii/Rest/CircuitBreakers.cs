using System.Text.Json;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>The gateway's circuit breakers: always closed here, but they can be reset, once a minute.</summary>
internal sealed class CircuitBreakers
{
    private static readonly TimeSpan Cooldown = TimeSpan.FromMinutes(1);

    private DateTimeOffset _lastReset = DateTimeOffset.MinValue;

    public bool TryReset(DateTimeOffset now)
    {
        if (now - _lastReset < Cooldown)
        {
            return false;
        }

        _lastReset = now;
        return true;
    }

    public static void Write(Utf8JsonWriter json)
    {
        WriteBreaker(json, "adapter");
        WriteBreaker(json, "exit_order");
    }

    private static void WriteBreaker(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteString("state"u8, "CLOSED"u8);
        json.WriteNumber("failure_count"u8, 0);
        json.WriteEndObject();
    }
}
