namespace ExecutionAdapters.Model.Tests.Enums;

public class EnumTests
{
    /// <summary>The numbers are persisted, so they must never change.</summary>
    [Fact]
    public void Numbers_and_texts_are_those_of_the_reference()
    {
        Is<OrderStatus>("INITIALIZED 1, DENIED 2, EMULATED 3, RELEASED 4, SUBMITTED 5, ACCEPTED 6, REJECTED 7, CANCELED 8, EXPIRED 9, TRIGGERED 10, PENDING_UPDATE 11, PENDING_CANCEL 12, PARTIALLY_FILLED 13, FILLED 14");
        Is<OrderType>("MARKET 1, LIMIT 2, STOP_MARKET 3, STOP_LIMIT 4, MARKET_TO_LIMIT 5, MARKET_IF_TOUCHED 6, LIMIT_IF_TOUCHED 7, TRAILING_STOP_MARKET 8, TRAILING_STOP_LIMIT 9");
        Is<TimeInForce>("GTC 1, IOC 2, FOK 3, GTD 4, DAY 5, AT_THE_OPEN 6, AT_THE_CLOSE 7");
        Is<OrderSide>("NO_ORDER_SIDE 0, BUY 1, SELL 2");
        Is<PositionSide>("NO_POSITION_SIDE 0, FLAT 1, LONG 2, SHORT 3");
        Is<LiquiditySide>("NONE 0, MAKER 1, TAKER 2");
        Is<OmsType>("UNSPECIFIED 0, NETTING 1, HEDGING 2");
        Is<AccountType>("CASH 1, MARGIN 2, BETTING 3, WALLET 4");
        Is<TriggerType>("NO_TRIGGER 0, DEFAULT 1, LAST_PRICE 2, MARK_PRICE 3, INDEX_PRICE 4, BID_ASK 5, DOUBLE_LAST 6, DOUBLE_BID_ASK 7, LAST_OR_BID_ASK 8, MID_POINT 9");
        Is<TrailingOffsetType>("NONE 0, PRICE 1, BASIS_POINTS 2, TICKS 3, PRICE_TIER 4");
        Is<ContingencyType>("NONE 0, OCO 1, OTO 2, OUO 3");
        Is<PositionAdjustmentType>("COMMISSION 1, FUNDING 2");
        Is<CurrencyType>("CRYPTO 1, FIAT 2, COMMODITY_BACKED 3");
        Is<TradingState>("ACTIVE 1, HALTED 2, REDUCING 3");
        Is<TradeKind>("NORMAL 0, LIQUIDATION 1, DELEVERAGE 2, SETTLEMENT 3");
    }

    [Fact]
    public void Texts_are_read_in_any_case()
    {
        Assert.Equal(OrderType.StopMarket, WireText.Parse<OrderType>("stop_market"));
        Assert.True(WireText.TryParse<TimeInForce>("gtc", out var tif));
        Assert.Equal(TimeInForce.GTC, tif);
    }

    [Theory]
    [InlineData("")]
    [InlineData("STOPMARKET")]
    [InlineData("3")]
    [InlineData("MARKET,LIMIT")]
    public void Other_texts_are_refused_and_the_legal_ones_listed(string text)
    {
        Assert.False(WireText.TryParse<OrderType>(text, out _));
        var error = Assert.Throws<FormatException>(() => WireText.Parse<OrderType>(text));
        Assert.Contains("is not a OrderType; expected one of MARKET, LIMIT, STOP_MARKET", error.Message, StringComparison.Ordinal);
        Assert.False(WireText.TryParse<OrderType>(null, out _));
    }

    [Fact]
    public void A_value_that_is_no_member_prints_as_its_number() => Assert.Equal("77", ((OrderType)77).ToWireString());

    [Fact]
    public void Status_groups_are_those_of_the_reference()
    {
        Group(status => status.IsActiveLocal(), OrderStatus.Initialized, OrderStatus.Emulated, OrderStatus.Released);
        Group(status => status.IsInFlight(), OrderStatus.Submitted, OrderStatus.PendingUpdate, OrderStatus.PendingCancel);
        Group(status => status.IsOpen(), OrderStatus.Accepted, OrderStatus.Triggered, OrderStatus.PendingUpdate, OrderStatus.PendingCancel, OrderStatus.PartiallyFilled);
        Group(status => status.IsClosed(), OrderStatus.Denied, OrderStatus.Rejected, OrderStatus.Canceled, OrderStatus.Expired, OrderStatus.Filled);
        Group(status => status.IsCancellable(), OrderStatus.Accepted, OrderStatus.Triggered, OrderStatus.PendingUpdate, OrderStatus.PartiallyFilled);
    }

    [Fact]
    public void Type_groups_are_those_of_the_reference()
    {
        Group(type => type.HasLimitPrice(), OrderType.Limit, OrderType.StopLimit, OrderType.LimitIfTouched, OrderType.TrailingStopLimit);
        Group(type => type.HasAmendableTrigger(), OrderType.StopMarket, OrderType.StopLimit, OrderType.MarketIfTouched, OrderType.LimitIfTouched);
        Group(type => type.IsTriggerable(), OrderType.StopLimit, OrderType.LimitIfTouched, OrderType.TrailingStopLimit);
        Group(type => type.IsTrailing(), OrderType.TrailingStopMarket, OrderType.TrailingStopLimit);
        Group(type => type.HasTriggerPrice(), OrderType.StopMarket, OrderType.StopLimit, OrderType.MarketIfTouched, OrderType.LimitIfTouched, OrderType.TrailingStopMarket, OrderType.TrailingStopLimit);
    }

    [Fact]
    public void The_opposite_of_a_side()
        => Assert.Equal((OrderSide.Sell, OrderSide.Buy, OrderSide.NoOrderSide), (OrderSide.Buy.Opposite(), OrderSide.Sell.Opposite(), OrderSide.NoOrderSide.Opposite()));

    private static void Is<TEnum>(string expected)
        where TEnum : struct, Enum
    {
        var values = Enum.GetValues<TEnum>();
        Assert.Equal(expected, string.Join(", ", values.Select(value => $"{value.ToWireString()} {Convert.ToInt32(value)}")));
        Assert.All(values, value => Assert.Equal(value, WireText.Parse<TEnum>(value.ToWireString())));
    }

    private static void Group<TEnum>(Func<TEnum, bool> belongs, params TEnum[] expected)
        where TEnum : struct, Enum
        => Assert.Equal(expected.Order(), Enum.GetValues<TEnum>().Where(belongs).Order());
}
