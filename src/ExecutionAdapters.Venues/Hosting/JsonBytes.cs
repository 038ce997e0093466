using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExecutionAdapters.Venues.Hosting;

/// <summary>Writes JSON as UTF-8.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The one value that the callback writes.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> writeValue)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            writeValue(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
