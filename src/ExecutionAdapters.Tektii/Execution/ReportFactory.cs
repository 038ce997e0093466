using System.Security.Cryptography;
using System.Text;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Execution;

/// <summary>Rows to reports. Pure.</summary>
internal static class ReportFactory
{
    private const int LongestTradeId = 36;

    public static OrderStatusReport Order(TektiiOrder row, Instrument instrument, ClientOrderId? clientOrderId, AccountId account, UnixNanos now) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = now,
        AccountId = account,
        InstrumentId = instrument.Id,
        ClientOrderId = clientOrderId,
        VenueOrderId = row.Id,
        OrderSide = row.Side,
        OrderType = row.OrderType,
        TimeInForce = row.TimeInForce,
        OrderStatus = StatusOf(row),
        Quantity = ToQuantity(row.Quantity, instrument),
        FilledQty = ToQuantity(row.FilledQuantity, instrument),
        Price = ToPrice(row.LimitPrice, instrument),
        TriggerPrice = ToPrice(row.StopPrice, instrument),
        TriggerType = row.StopPrice is null && row.OrderType != OrderType.TrailingStopMarket ? null : TriggerType.Default,
        TrailingOffset = row.TrailingDistance is { } distance && row.IsTrailingPercent ? distance * 100 : row.TrailingDistance,
        TrailingOffsetType = row.TrailingDistance is null ? TrailingOffsetType.None : row.IsTrailingPercent ? TrailingOffsetType.BasisPoints : TrailingOffsetType.Price,
        AvgPx = row.AverageFillPrice,
        DisplayQty = row.Hidden ? ToQuantity(0, instrument) : row.DisplayQuantity is { } shown ? ToQuantity(shown, instrument) : null,
        PostOnly = row.PostOnly,
        ReduceOnly = row.ReduceOnly,
        VenuePositionId = PositionIdOf(row.PositionId),
        CancelReason = row.RejectReason,
        TsAccepted = row.CreatedAt,
        TsLast = row.UpdatedAt,
    };

    public static FillReport Fill(TektiiTrade row, Instrument instrument, ClientOrderId? clientOrderId, AccountId account, UnixNanos now) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = now,
        AccountId = account,
        InstrumentId = instrument.Id,
        ClientOrderId = clientOrderId,
        VenueOrderId = row.OrderId,
        TradeId = TradeIdOf(row),
        OrderSide = row.Side,
        LastQty = ToQuantity(row.Quantity, instrument),
        LastPx = ToPrice(row.Price, instrument)!.Value,
        Commission = new Money(row.Commission, CurrencyOf(row.CommissionCurrency) ?? instrument.QuoteCurrency),
        LiquiditySide = row.IsMaker switch { true => LiquiditySide.Maker, false => LiquiditySide.Taker, null => LiquiditySide.None },
        VenuePositionId = PositionIdOf(row.PositionId),
        Kind = row.IsLiquidation ? TradeKind.Liquidation : TradeKind.Normal,
        TsEvent = row.Timestamp,
    };

    public static PositionStatusReport Position(TektiiPosition row, Instrument instrument, bool isHedging, AccountId account, UnixNanos now) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = now,
        AccountId = account,
        InstrumentId = instrument.Id,
        PositionSide = row.Quantity == 0 ? PositionSide.Flat : row.IsLong ? PositionSide.Long : PositionSide.Short,
        Quantity = ToQuantity(row.Quantity, instrument),
        AvgPxOpen = row.Quantity == 0 ? null : row.AverageEntryPrice,
        VenuePositionId = isHedging ? PositionIdOf(row.Id) : null,
        TsLast = row.UpdatedAt ?? now,
    };

    public static PositionStatusReport Flat(Instrument instrument, AccountId account, UnixNanos now) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = now,
        AccountId = account,
        InstrumentId = instrument.Id,
        PositionSide = PositionSide.Flat,
        Quantity = Quantity.Zero(instrument.SizePrecision),
        TsLast = now,
    };

    /// <summary>The venue's cash; what of it margin holds is locked.</summary>
    public static (IReadOnlyList<AccountBalance> Balances, IReadOnlyList<MarginBalance> Margins) Balances(TektiiAccount row)
    {
        var currency = CurrencyOf(row.Currency) ?? Currency.USD;
        var margin = new Money(Math.Max(0, row.MarginUsed), currency);
        return ([AccountBalance.FromTotalAndLocked(row.Balance, row.MarginUsed, currency)], [new MarginBalance(margin, margin)]);
    }

    /// <summary>The venue's id; of one that is too long for a trade id always the same shorter one.</summary>
    public static TradeId TradeIdOf(TektiiTrade row) =>
        TradeId.TryCreate(row.Id, out var id) ? id : new TradeId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Id)))[..LongestTradeId]);

    /// <summary>A venue may tell more decimals than the instrument was described with: they are kept.</summary>
    public static Quantity ToQuantity(decimal value, Instrument instrument) => new(value, Math.Max(instrument.SizePrecision, Scale(value, Quantity.MaxPrecision)));

    public static Price? ToPrice(decimal? value, Instrument instrument) =>
        value is { } price ? new Price(price, Math.Max(instrument.PricePrecision, Scale(price, Price.MaxPrecision))) : null;

    public static OrderStatus StatusOf(TektiiOrder row) => row.Status switch
    {
        TektiiOrderStatus.Pending => OrderStatus.Submitted,
        TektiiOrderStatus.PendingCancel => OrderStatus.PendingCancel,
        TektiiOrderStatus.Open when row.FilledQuantity > 0 => OrderStatus.PartiallyFilled,
        TektiiOrderStatus.Open => OrderStatus.Accepted,
        TektiiOrderStatus.PartiallyFilled => OrderStatus.PartiallyFilled,
        TektiiOrderStatus.Filled => OrderStatus.Filled,
        TektiiOrderStatus.Cancelled => OrderStatus.Canceled,
        TektiiOrderStatus.Rejected => OrderStatus.Rejected,
        TektiiOrderStatus.Expired => OrderStatus.Expired,
        _ => throw new FormatException($"order status {row.Status} is not known"),
    };

    /// <summary>Null where the venue names none: a fill must not be lost for that.</summary>
    public static Currency? CurrencyOf(string code) =>
        string.IsNullOrWhiteSpace(code) ? null : Currency.TryGet(code.Trim(), out var known) ? known : Currency.GetOrCreateCrypto(code);

    private static PositionId? PositionIdOf(string? id) => PositionId.TryCreate(id, out var position) ? position : null;

    /// <summary>Decimals without trailing zeros.</summary>
    private static byte Scale(decimal value, byte most) => Math.Min((value / 1.000_000_000_000_000_000_000_000_000_0m).Scale, most);
}
