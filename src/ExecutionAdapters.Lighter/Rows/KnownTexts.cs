using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>Texts that the venue writes in every frame or row, so that reading them makes no new ones.</summary>
internal static class KnownTexts
{
    private const int MaxLength = 32;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Texts = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            // Types of frames.
            "update/" + LighterChannels.AccountOrders, "update/" + LighterChannels.AccountTrades, "update/" + LighterChannels.AccountPositions,
            "update/" + LighterChannels.AccountAssets, "update/" + LighterChannels.UserStats, "update/" + LighterChannels.AccountTransactions,
            "update/" + LighterChannels.Ticker, "jsonapi/sendtx", "jsonapi/sendtxbatch", "ping", "pong",

            // Orders.
            "limit", "market", "stop-loss", "stop-loss-limit", "take-profit", "take-profit-limit", "twap", "twap-sub",
            "good-till-time", "immediate-or-cancel", "post-only",
            OrderStatusNames.InProgress, OrderStatusNames.Pending, OrderStatusNames.Open, OrderStatusNames.Filled,
            OrderStatusNames.Canceled, OrderStatusNames.CanceledPostOnly, OrderStatusNames.CanceledExpired,
            "na", TriggerStatusNames.Ready, "mark-price", "buy", "sell",

            // Trades.
            "trade", "liquidation", "deleverage", "market-settlement",
        ]).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text of these bytes; null when it is not one of the known ones.</summary>
    public static string? Find(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength)
        {
            return null;
        }

        Span<char> characters = stackalloc char[MaxLength];
        return Ascii.ToUtf16(utf8, characters, out var length) == OperationStatus.Done && Texts.TryGetValue(characters[..length], out var text)
            ? text
            : null;
    }
}
