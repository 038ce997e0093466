using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>Frames that the client sends.</summary>
internal static class LighterFrameWriter
{
    public static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    public static readonly byte[] Pong = """{"type":"pong"}"""u8.ToArray();

    /// <summary>No transaction's frame is longer than this: its JSON and at most 128 bytes around it.</summary>
    public const int MaximumTransactionSize = LighterTransactionSigner.MaximumTxInfoSize + 128;

    private static ReadOnlySpan<byte> TransactionStart => "{\"type\":\"jsonapi/sendtx\",\"data\":{\"id\":\""u8;

    private static ReadOnlySpan<byte> TransactionType => "\",\"tx_type\":"u8;

    private static ReadOnlySpan<byte> TransactionInfo => ",\"tx_info\":"u8;

    private static ReadOnlySpan<byte> TransactionEnd => "}}"u8;

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

    /// <summary>
    /// Writes what stands before a transaction's JSON; returns its length. The venue echoes <paramref name="id"/>, so that its answer can
    /// be told from others.
    /// </summary>
    public static int BeginTransaction(Span<byte> frame, long id, LighterTransactionType type)
    {
        TransactionStart.CopyTo(frame);
        var position = TransactionStart.Length;
        Utf8Formatter.TryFormat(id, frame[position..], out var written);
        position += written;
        TransactionType.CopyTo(frame[position..]);
        position += TransactionType.Length;
        Utf8Formatter.TryFormat((byte)type, frame[position..], out written);
        position += written;
        TransactionInfo.CopyTo(frame[position..]);
        return position + TransactionInfo.Length;
    }

    /// <summary>Writes what stands behind it; returns the length of the whole frame.</summary>
    public static int EndTransaction(Span<byte> frame, int position)
    {
        TransactionEnd.CopyTo(frame[position..]);
        return position + TransactionEnd.Length;
    }
}
