using System.Text;
using System.Text.Json;
using ExecutionAdapters.Venues.Tektii.Rows;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>What the gateway tells everybody, without a key.</summary>
internal static class PublicPages
{
    /// <summary>Null when there is no such page.</summary>
    public static RestReply? Find(VenueCore core, string path)
    {
        bool isReady = core.Broker.IsConnected && !core.IsShuttingDown;
        return path switch
        {
            "/livez" => RestReply.Object(json => json.WriteString("status"u8, "ok"u8)),
            "/readyz" => RestReply.Object(json => WriteReady(json, core, isReady), isReady ? 200 : 503),
            "/health" => RestReply.Object(json => WriteHealth(json, core, isReady)),
            "/metrics" => new RestReply(200, Encoding.ASCII.GetBytes($"gateway_connected_clients {core.Hub.Count}\n")) { ContentType = "text/plain" },
            _ => null,
        };
    }

    private static void WriteReady(Utf8JsonWriter json, VenueCore core, bool isReady)
    {
        json.WriteBoolean("ready"u8, isReady);
        json.WriteNumber("provider_count"u8, 1);
        json.WriteStartArray("providers"u8);
        json.WriteStringValue(core.Options.ProviderName);
        json.WriteEndArray();
        json.WriteOptional("message"u8, isReady ? null : "The broker is not connected.");
    }

    private static void WriteHealth(Utf8JsonWriter json, VenueCore core, bool isReady)
    {
        json.WriteString("status"u8, isReady ? "connected"u8 : "degraded"u8);
        json.WriteStartArray("providers"u8);
        json.WriteStartObject();
        json.WriteString("platform"u8, core.Options.ProviderName);
        json.WriteBoolean("connected"u8, core.Broker.IsConnected);
        json.WriteStartArray("stale_instruments"u8);
        foreach (string symbol in core.Broker.Stale)
        {
            json.WriteStringValue(symbol);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("version"u8, "embedded"u8);
        json.WriteString("git_sha"u8, "embedded"u8);
    }
}
