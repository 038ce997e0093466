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
    public static PositionRow Read(JsonElement row)
    {
        var size = JsonRow.NonNegative(row, "position");
        var sign = JsonRow.OptionalInteger(row, "sign") ?? 1;
        if (size != 0 && sign is not (1 or -1))
        {
            throw new RowFormatException("'sign' is neither 1 nor -1");
        }

        return new PositionRow(
            JsonRow.Market(row, "market_id"),
            size * sign,
            JsonRow.OptionalDecimal(row, "avg_entry_price") ?? 0,
            Math.Abs(JsonRow.OptionalDecimal(row, "position_value") ?? 0),
            JsonRow.OptionalInteger(row, "margin_mode") == 1);
    }
}

/// <summary>One asset of the account: spot wallet, what spot orders lock, and collateral for perps (schema AccountAsset).</summary>
internal sealed record AssetRow(long AssetId, string Symbol, decimal Balance, decimal LockedBalance, decimal MarginBalance)
{
    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static AssetRow Read(JsonElement row)
    {
        var symbol = JsonRow.Text(row, "symbol").Trim();
        return new AssetRow(
            JsonRow.Integer(row, "asset_id"),
            symbol.Length > 0 ? symbol : throw new RowFormatException("'symbol' is missing"),
            JsonRow.Decimal(row, "balance"),
            JsonRow.OptionalDecimal(row, "locked_balance") ?? 0,
            JsonRow.OptionalDecimal(row, "margin_balance") ?? 0);
    }
}

/// <summary>What the account's margin looks like (channel user_stats).</summary>
internal sealed record UserStatsRow(decimal Collateral, decimal AvailableBalance)
{
    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static UserStatsRow Read(JsonElement row) => new(
        JsonRow.OptionalDecimal(row, "collateral") ?? 0,
        JsonRow.OptionalDecimal(row, "available_balance") ?? 0);
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
    public static TransactionRow Read(JsonElement row)
    {
        var (code, message) = ReadError(JsonRow.Text(row, "event_info"));
        return new TransactionRow(JsonRow.Text(row, "hash").ToLowerInvariant(), JsonRow.Integer(row, "status"), code, message);
    }

    /// <summary>The member "ae" of event_info is JSON text with code and message; both wrappers may be empty or plain text.</summary>
    private static (int? Code, string? Message) ReadError(string eventInfo)
    {
        if (!TryParse(eventInfo, out var info) || info.ValueKind != JsonValueKind.Object)
        {
            return (null, null);
        }

        var text = JsonRow.TryGet(info, "ae", out var error) && error.ValueKind == JsonValueKind.Object ? error.GetRawText() : JsonRow.Text(info, "ae");
        if (text.Length == 0)
        {
            return (null, null);
        }

        return TryParse(text, out var detail) && detail.ValueKind == JsonValueKind.Object
            ? ((int?)JsonRow.OptionalInteger(detail, "code"), JsonRow.Text(detail, "message"))
            : (null, text);
    }

    private static bool TryParse(string text, out JsonElement element)
    {
        element = default;
        if (text.Length == 0 || (text[0] != '{' && text[0] != '"'))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            element = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
