using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>Frames that the client sends.</summary>
internal static class LighterFrameWriter
{
    public static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    public static readonly byte[] Pong = """{"type":"pong"}"""u8.ToArray();

    /// <summary>A subscription; <paramref name="authToken"/> for private channels.</summary>
    public static byte[] Subscribe(string channel, string? authToken)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "subscribe"u8);
        writer.WriteString("channel"u8, channel);
        if (authToken is not null)
        {
            writer.WriteString("auth"u8, authToken);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One transaction. The venue echoes <paramref name="id"/>, so that its answer can be told from others.</summary>
    public static byte[] SendTransaction(string id, byte transactionType, ReadOnlySpan<byte> transactionInfo)
    {
        var buffer = new ArrayBufferWriter<byte>(transactionInfo.Length + 96);
        buffer.Write("""{"type":"jsonapi/sendtx","data":{"id":"""u8);
        buffer.Write("\""u8);
        Encoding.UTF8.GetBytes(id, buffer);
        buffer.Write("\",\"tx_type\":"u8);
        Encoding.UTF8.GetBytes(transactionType.ToString(System.Globalization.CultureInfo.InvariantCulture), buffer);
        buffer.Write(",\"tx_info\":"u8);
        buffer.Write(transactionInfo);
        buffer.Write("}}"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
