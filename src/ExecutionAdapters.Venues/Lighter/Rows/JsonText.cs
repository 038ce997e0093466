using System.Text.Json;
using ExecutionAdapters.Venues.Hosting;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>Builds JSON objects as UTF-8.</summary>
internal static class JsonText
{
    /// <summary>An object with the members that the callback writes.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> writeMembers) => JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
    });

    /// <summary>The members code and message.</summary>
    public static void WriteError(Utf8JsonWriter json, VenueError error)
    {
        json.WriteNumber("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
    }
}
