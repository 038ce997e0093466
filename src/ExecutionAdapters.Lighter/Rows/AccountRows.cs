using System.Text;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>One position as the venue writes it: an unsigned size and a sign (venue's OpenAPI document, schema AccountPosition).</summary>
/// <param name="MarketIndex">The market.</param>
/// <param name="SignedSize">Above zero long, below zero short.</param>
/// <param name="AverageEntryPrice">The average entry price.</param>
/// <param name="Value">At the mark price, in USDC.</param>
/// <param name="IsIsolated">Margined by itself.</param>
internal sealed record PositionRow(short MarketIndex, decimal SignedSize, decimal AverageEntryPrice, decimal Value = 0, bool IsIsolated = false)
{
    /// <summary>Whether both say the same of what is held; what it is worth changes all the time.</summary>
    public bool IsSameHolding(PositionRow? other) => other?.SignedSize == SignedSize && other.AverageEntryPrice == AverageEntryPrice;


    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static PositionRow Read(in JsonRow row)
    {
        var size = row.NonNegative("position"u8);
        var sign = row.OptionalInteger("sign"u8) ?? 1;
        if (size != 0 && sign is not (1 or -1))
        {
            throw new RowFormatException("'sign' is neither 1 nor -1");
        }

        return new PositionRow(
            row.Market("market_id"u8),
            size * sign,
            row.OptionalDecimal("avg_entry_price"u8) ?? 0,
            Math.Abs(row.OptionalDecimal("position_value"u8) ?? 0),
            row.OptionalInteger("margin_mode"u8) == 1);
    }
}

/// <summary>One asset of the account: spot wallet, what spot orders lock, and collateral for perps (schema AccountAsset).</summary>
internal sealed record AssetRow(long AssetId, string Symbol, decimal Balance, decimal LockedBalance, decimal MarginBalance)
{
    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static AssetRow Read(in JsonRow row)
    {
        var symbol = row.Text("symbol"u8).Trim();
        return new AssetRow(
            row.Integer("asset_id"u8),
            symbol.Length > 0 ? symbol : throw new RowFormatException("'symbol' is missing"),
            row.Decimal("balance"u8),
            row.OptionalDecimal("locked_balance"u8) ?? 0,
            row.OptionalDecimal("margin_balance"u8) ?? 0);
    }
}

/// <summary>What the account's margin looks like (channel user_stats).</summary>
internal sealed record UserStatsRow(decimal Collateral, decimal AvailableBalance)
{
    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static UserStatsRow Read(in JsonRow row) => new(
        row.OptionalDecimal("collateral"u8) ?? 0,
        row.OptionalDecimal("available_balance"u8) ?? 0);
}

/// <summary>What became of one transaction of the account (channel account_tx, REST tx).</summary>
/// <param name="Hash">The transaction, lower-case hex.</param>
/// <param name="Status">0 failed, 1 pending, 2 executed, 3 pending-final (venue documentation).</param>
/// <param name="ErrorCode">Code of the error that the sequencer recorded, or null.</param>
/// <param name="ErrorMessage">Its text, or null.</param>
internal sealed record TransactionRow(string Hash, long Status, int? ErrorCode, string? ErrorMessage)
{
    public const long Failed = 0;

    /// <summary>The sequencer refused it: it was admitted and did nothing.</summary>
    public bool IsFailed => Status == Failed || ErrorMessage is not null;

    /// <summary>Its fate is decided.</summary>
    public bool IsFinal => Status != 1;

    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static TransactionRow Read(in JsonRow row)
    {
        var (code, message) = ReadError(row.Find("event_info"u8));
        return new TransactionRow(row.Text("hash"u8).ToLowerInvariant(), row.Integer("status"u8), code, message);
    }

    /// <summary>The member "ae" of event_info is JSON text with code and message; both wrappers may be empty or plain text.</summary>
    private static (int? Code, string? Message) ReadError(JsonValue eventInfo)
    {
        if (!TryReadRow(eventInfo.AsUtf8(), out var info))
        {
            return (null, null);
        }

        var error = info.Find("ae"u8);
        var json = error.IsObject ? error.Json : error.AsUtf8();
        if (json.IsEmpty)
        {
            return (null, null);
        }

        return TryReadRow(json, out var detail)
            ? ((int?)detail.OptionalInteger("code"u8), detail.Text("message"u8))
            : (null, Encoding.UTF8.GetString(json));
    }

    private static bool TryReadRow(ReadOnlySpan<byte> json, out JsonRow row)
    {
        row = default;
        if (!json.StartsWith((byte)'{'))
        {
            return false;
        }

        try
        {
            row = JsonRow.Read(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
