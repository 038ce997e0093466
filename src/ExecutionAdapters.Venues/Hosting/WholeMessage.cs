using System.Buffers;
using System.Net.WebSockets;

namespace ExecutionAdapters.Venues.Hosting;

/// <summary>Reads whole WebSocket messages of bounded size.</summary>
internal static class WholeMessage
{
    private const int ChunkBytes = 4_096;

    /// <summary>Reads the next message into the buffer, whose content it replaces; null when it is larger than it may be.</summary>
    public static async ValueTask<WebSocketMessageType?> ReceiveAsync(
        WebSocket socket, ArrayBufferWriter<byte> message, int maximumBytes, CancellationToken cancellationToken)
    {
        message.ResetWrittenCount();
        ValueWebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(message.GetMemory(ChunkBytes), cancellationToken).ConfigureAwait(false);
            message.Advance(received.Count);
            if (message.WrittenCount > maximumBytes)
            {
                return null;
            }
        }
        while (!received.EndOfMessage);
        return received.MessageType;
    }
}
