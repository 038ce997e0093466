using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>Frames that the client sends.</summary>
internal static class LighterFrameWriter
{
    public static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    public static readonly byte[] Pong = """{"type":"pong"}"""u8.ToArray();

    /// <summary>No transaction's frame has more than this around the transaction's JSON.</summary>
    private const int MaximumEnvelopeSize = 128;

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

    /// <summary>One transaction. The venue echoes <paramref name="id"/>, so that its answer can be told from others.</summary>
    public static byte[] SendTransaction(long id, byte transactionType, ReadOnlySpan<byte> transactionInfo)
    {
        Span<byte> start = stackalloc byte[MaximumEnvelopeSize];
        var length = BeginTransaction(start, id, transactionType);
        var frame = GC.AllocateUninitializedArray<byte>(length + transactionInfo.Length + TransactionEnd.Length);
        start[..length].CopyTo(frame);
        transactionInfo.CopyTo(frame.AsSpan(length));
        EndTransaction(frame, length + transactionInfo.Length);
        return frame;
    }

    /// <summary>Writes what stands before a transaction's JSON; returns its length, at most <see cref="MaximumEnvelopeSize"/>.</summary>
    public static int BeginTransaction(Span<byte> frame, long id, byte transactionType)
    {
        TransactionStart.CopyTo(frame);
        var position = TransactionStart.Length;
        Utf8Formatter.TryFormat(id, frame[position..], out var written);
        position += written;
        TransactionType.CopyTo(frame[position..]);
        position += TransactionType.Length;
        Utf8Formatter.TryFormat(transactionType, frame[position..], out written);
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
