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
    public static TradeRow Read(in JsonRow row)
    {
        var size = row.NonNegative("size"u8);
        var price = row.NonNegative("price"u8);
        return new TradeRow
        {
            TradeId = row.OptionalInteger("trade_id_str"u8) ?? row.Integer("trade_id"u8),
            Type = row.Text("type"u8),
            MarketIndex = row.Market("market_id"u8),
            Size = size,
            Price = price,
            UsdAmount = row.OptionalDecimal("usd_amount"u8) ?? size * price,
            Ask = new TradeSide(
                row.Integer("ask_account_id"u8),
                row.OptionalInteger("ask_id_str"u8) ?? row.Integer("ask_id"u8),
                row.OptionalInteger("ask_client_id_str"u8) ?? row.OptionalInteger("ask_client_id"u8) ?? 0),
            Bid = new TradeSide(
                row.Integer("bid_account_id"u8),
                row.OptionalInteger("bid_id_str"u8) ?? row.Integer("bid_id"u8),
                row.OptionalInteger("bid_client_id_str"u8) ?? row.OptionalInteger("bid_client_id"u8) ?? 0),
            IsMakerAsk = row.Flag("is_maker_ask"u8),
            TakerFeePpm = row.OptionalInteger("taker_fee"u8) ?? 0,
            MakerFeePpm = row.OptionalInteger("maker_fee"u8) ?? 0,
            IntegratorTakerFeePpm = row.OptionalInteger("integrator_taker_fee"u8) ?? 0,
            IntegratorMakerFeePpm = row.OptionalInteger("integrator_maker_fee"u8) ?? 0,
            TimestampMs = row.Milliseconds("timestamp"u8),
        };
    }
}

/// <summary>One side of a trade.</summary>
/// <param name="AccountIndex">Whose.</param>
/// <param name="OrderIndex">The venue's index of the order.</param>
/// <param name="ClientOrderIndex">The client's index of the order; 0: none.</param>
internal readonly record struct TradeSide(long AccountIndex, long OrderIndex, long ClientOrderIndex);
