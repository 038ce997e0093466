using System.Text.Json;

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
    public static MarketRow Read(JsonElement row, bool isSpot)
    {
        var symbol = JsonRow.Text(row, "symbol").Trim();
        return new MarketRow
        {
            MarketIndex = JsonRow.Market(row, "market_id"),
            Symbol = symbol.Length > 0 ? symbol : throw new RowFormatException("'symbol' is missing"),
            IsSpot = isSpot || JsonRow.Text(row, "market_type") == "spot",
            SizeDecimals = Decimals(row, "size_decimals", "supported_size_decimals"),
            PriceDecimals = Decimals(row, "price_decimals", "supported_price_decimals"),
            MinBaseAmount = JsonRow.OptionalDecimal(row, "min_base_amount") ?? 0,
            MinQuoteAmount = JsonRow.OptionalDecimal(row, "min_quote_amount") ?? 0,
            TakerFeePercent = JsonRow.OptionalDecimal(row, "taker_fee") ?? 0,
            MakerFeePercent = JsonRow.OptionalDecimal(row, "maker_fee") ?? 0,
            InitialMarginFraction = JsonRow.OptionalInteger(row, "default_initial_margin_fraction") ?? 0,
            MaintenanceMarginFraction = JsonRow.OptionalInteger(row, "maintenance_margin_fraction") ?? 0,
        };
    }

    private static byte Decimals(JsonElement row, string name, string alternative)
    {
        var value = JsonRow.OptionalInteger(row, name) ?? JsonRow.Integer(row, alternative);
        return value is >= 0 and <= 9 ? (byte)value : throw new RowFormatException($"'{name}' is {value}: decimals from 0 to 9 are expected");
    }
}
