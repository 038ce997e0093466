using System.Text.Json;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>One trade as the venue writes it (venue's OpenAPI document, schema Trade).</summary>
internal sealed record TradeRow
{
    public required long TradeId { get; init; }

    public required string Type { get; init; }

    public required short MarketIndex { get; init; }

    public required decimal Size { get; init; }

    public required decimal Price { get; init; }

    public required decimal UsdAmount { get; init; }

    public required TradeSide Ask { get; init; }

    public required TradeSide Bid { get; init; }

    public required bool IsMakerAsk { get; init; }

    /// <summary>Fee rates in parts per million of the notional; 0 when the venue left them out. Rebates are negative.</summary>
    public required long TakerFeePpm { get; init; }

    /// <inheritdoc cref="TakerFeePpm"/>
    public required long MakerFeePpm { get; init; }

    /// <summary>What an integrator takes on top, in the same unit.</summary>
    public required long IntegratorTakerFeePpm { get; init; }

    /// <inheritdoc cref="IntegratorTakerFeePpm"/>
    public required long IntegratorMakerFeePpm { get; init; }

    public required long TimestampMs { get; init; }

    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static TradeRow Read(JsonElement row)
    {
        var size = JsonRow.NonNegative(row, "size");
        var price = JsonRow.NonNegative(row, "price");
        return new TradeRow
        {
            TradeId = JsonRow.OptionalInteger(row, "trade_id_str") ?? JsonRow.Integer(row, "trade_id"),
            Type = JsonRow.Text(row, "type"),
            MarketIndex = JsonRow.Market(row, "market_id"),
            Size = size,
            Price = price,
            UsdAmount = JsonRow.OptionalDecimal(row, "usd_amount") ?? size * price,
            Ask = ReadSide(row, "ask"),
            Bid = ReadSide(row, "bid"),
            IsMakerAsk = JsonRow.Flag(row, "is_maker_ask"),
            TakerFeePpm = JsonRow.OptionalInteger(row, "taker_fee") ?? 0,
            MakerFeePpm = JsonRow.OptionalInteger(row, "maker_fee") ?? 0,
            IntegratorTakerFeePpm = JsonRow.OptionalInteger(row, "integrator_taker_fee") ?? 0,
            IntegratorMakerFeePpm = JsonRow.OptionalInteger(row, "integrator_maker_fee") ?? 0,
            TimestampMs = JsonRow.Milliseconds(row, "timestamp"),
        };
    }

    private static TradeSide ReadSide(JsonElement row, string side) => new(
        JsonRow.Integer(row, side + "_account_id"),
        JsonRow.OptionalInteger(row, side + "_id_str") ?? JsonRow.Integer(row, side + "_id"),
        JsonRow.OptionalInteger(row, side + "_client_id_str") ?? JsonRow.OptionalInteger(row, side + "_client_id") ?? 0);
}

/// <summary>One side of a trade.</summary>
/// <param name="AccountIndex">Whose.</param>
/// <param name="OrderIndex">The venue's index of the order.</param>
/// <param name="ClientOrderIndex">The client's index of the order; 0: none.</param>
internal readonly record struct TradeSide(long AccountIndex, long OrderIndex, long ClientOrderIndex);
