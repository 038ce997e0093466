using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>Builds JSON objects as UTF-8.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with the members that the callback writes.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The members code and message.</summary>
    public static void WriteError(Utf8JsonWriter json, VenueError error)
    {
        json.WriteNumber("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
    }
}
