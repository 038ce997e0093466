using System.Text;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>One market (REST orderBookDetails, schemas PerpsOrderBookDetail and SpotOrderBookDetail).</summary>
internal sealed record MarketRow
{
    public required short MarketIndex { get; init; }

    public required string Symbol { get; init; }

    public required bool IsSpot { get; init; }

    public required byte SizeDecimals { get; init; }

    public required byte PriceDecimals { get; init; }

    public required decimal MinBaseAmount { get; init; }

    public required decimal MinQuoteAmount { get; init; }

    /// <summary>Fee in percent of the notional.</summary>
    public required decimal TakerFeePercent { get; init; }

    /// <inheritdoc cref="TakerFeePercent"/>
    public required decimal MakerFeePercent { get; init; }

    /// <summary>Margin fractions in units of 10^-4.</summary>
    public required long InitialMarginFraction { get; init; }

    /// <inheritdoc cref="InitialMarginFraction"/>
    public required long MaintenanceMarginFraction { get; init; }

    /// <exception cref="RowFormatException">A member is missing or unreadable.</exception>
    public static MarketRow Read(in JsonRow row, bool isSpot)
    {
        var symbol = row.Text("symbol"u8).Trim();
        return new MarketRow
        {
            MarketIndex = row.Market("market_id"u8),
            Symbol = symbol.Length > 0 ? symbol : throw new RowFormatException("'symbol' is missing"),
            IsSpot = isSpot || row.Text("market_type"u8) == "spot",
            SizeDecimals = Decimals(row, "size_decimals"u8, "supported_size_decimals"u8),
            PriceDecimals = Decimals(row, "price_decimals"u8, "supported_price_decimals"u8),
            MinBaseAmount = row.OptionalDecimal("min_base_amount"u8) ?? 0,
            MinQuoteAmount = row.OptionalDecimal("min_quote_amount"u8) ?? 0,
            TakerFeePercent = row.OptionalDecimal("taker_fee"u8) ?? 0,
            MakerFeePercent = row.OptionalDecimal("maker_fee"u8) ?? 0,
            InitialMarginFraction = row.OptionalInteger("default_initial_margin_fraction"u8) ?? 0,
            MaintenanceMarginFraction = row.OptionalInteger("maintenance_margin_fraction"u8) ?? 0,
        };
    }

    private static byte Decimals(in JsonRow row, ReadOnlySpan<byte> name, ReadOnlySpan<byte> alternative)
    {
        var value = row.OptionalInteger(name) ?? row.Integer(alternative);
        return value is >= 0 and <= 9 ? (byte)value : throw new RowFormatException($"'{Encoding.UTF8.GetString(name)}' is {value}: decimals from 0 to 9 are expected");
    }
}
