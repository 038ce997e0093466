using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class OrderTranslatorTests
{
    private const long NowMs = 1_790_000_000_000;
    private const long DayMs = 86_400_000;

    private static readonly LighterMarket Market = LighterMarket.From(
        new MarketRow
        {
            MarketIndex = 0,
            Symbol = "ETH",
            IsSpot = false,
            SizeDecimals = 4,
            PriceDecimals = 2,
            MinBaseAmount = 0.005m,
            MinQuoteAmount = 10m,
            TakerFeePercent = 0.0280m,
            MakerFeePercent = 0.0040m,
            InitialMarginFraction = 500,
            MaintenanceMarginFraction = 300,
        },
        LighterExecutionClient.LighterVenue, default);

    [Fact]
    public void A_limit_order_is_its_price_and_quantity_in_ticks()
    {
        var order = Translate(Orders.Limit(OrderSide.Buy, "0.0050", "2361.31")).Order!.Value;
        Assert.Equal(0, order.MarketIndex);
        Assert.Equal(236131u, order.Price);
        Assert.Equal(50, order.BaseAmount);
        Assert.False(order.IsAsk);
        Assert.Equal(LighterOrderType.Limit, order.Type);
        Assert.Equal(LighterTimeInForce.GoodTillTime, order.TimeInForce);
        Assert.Equal(0u, order.TriggerPrice);
        Assert.Equal(77, order.ClientOrderIndex);
        Assert.Equal(NowMs + (28 * DayMs), order.OrderExpiry);
    }

    [Theory]
    [InlineData(OrderType.Market, TimeInForce.GTC, false, LighterOrderType.Market, LighterTimeInForce.ImmediateOrCancel, 0)]
    [InlineData(OrderType.Market, TimeInForce.IOC, false, LighterOrderType.Market, LighterTimeInForce.ImmediateOrCancel, 0)]
    [InlineData(OrderType.Limit, TimeInForce.GTC, true, LighterOrderType.Limit, LighterTimeInForce.PostOnly, 28 * DayMs)]
    [InlineData(OrderType.Limit, TimeInForce.IOC, false, LighterOrderType.Limit, LighterTimeInForce.ImmediateOrCancel, 0)]
    [InlineData(OrderType.StopMarket, TimeInForce.GTC, false, LighterOrderType.StopLoss, LighterTimeInForce.ImmediateOrCancel, 28 * DayMs)]
    [InlineData(OrderType.MarketIfTouched, TimeInForce.GTC, false, LighterOrderType.TakeProfit, LighterTimeInForce.ImmediateOrCancel, 28 * DayMs)]
    [InlineData(OrderType.StopLimit, TimeInForce.GTC, false, LighterOrderType.StopLossLimit, LighterTimeInForce.GoodTillTime, 28 * DayMs)]
    [InlineData(OrderType.StopLimit, TimeInForce.IOC, false, LighterOrderType.StopLossLimit, LighterTimeInForce.ImmediateOrCancel, 28 * DayMs)]
    [InlineData(OrderType.LimitIfTouched, TimeInForce.GTC, false, LighterOrderType.TakeProfitLimit, LighterTimeInForce.GoodTillTime, 28 * DayMs)]
    [InlineData(OrderType.LimitIfTouched, TimeInForce.GTC, true, LighterOrderType.TakeProfitLimit, LighterTimeInForce.PostOnly, 28 * DayMs)]
    public void Types_times_in_force_and_expiries_are_the_venues(
        OrderType type, TimeInForce timeInForce, bool postOnly, LighterOrderType wireType, LighterTimeInForce wireTimeInForce, long expiryAhead)
    {
        var hasLimit = type is OrderType.Limit or OrderType.StopLimit or OrderType.LimitIfTouched;
        var conditional = type is not (OrderType.Market or OrderType.Limit);
        var order = Translate(Orders.New(type, OrderSide.Buy, "0.0100", hasLimit ? "2400.00" : null, conditional ? "2390.00" : null) with
        {
            TimeInForce = timeInForce,
            PostOnly = postOnly,
        }).Order!.Value;
        Assert.Equal(wireType, order.Type);
        Assert.Equal(wireTimeInForce, order.TimeInForce);
        Assert.Equal(expiryAhead == 0 ? 0 : NowMs + expiryAhead, order.OrderExpiry);
        Assert.Equal(conditional ? 239000u : 0u, order.TriggerPrice);
        var transaction = new CreateOrderTransaction { Header = new TransactionHeader(1, 5, NowMs, 1), Order = order };
        Assert.Null(transaction.Validate());
    }

    [Theory]
    [InlineData("100.00", 50, false, 10050)]
    [InlineData("79150.55", 1, false, 7915847)]
    [InlineData("79150.55", 1, true, 7914263)]
    [InlineData("100.00", 0, false, 10000)]
    [InlineData("100.00", 10000, true, 0)]
    [InlineData("0.00", 50, false, 0)]
    [InlineData("42949672.95", 1, false, 0)]
    public void The_worst_price_moves_outward_to_the_next_tick(string basePrice, int slippage, bool isAsk, long ticks) =>
        Assert.Equal(ticks == 0 ? null : ticks, OrderTranslator.WorstPriceTicks(decimal.Parse(basePrice, System.Globalization.CultureInfo.InvariantCulture), slippage, isAsk, priceDecimals: 2));

    [Fact]
    public void A_market_order_is_capped_from_the_far_side_of_the_quote()
    {
        Assert.Equal(237180u, Translate(Orders.New(OrderType.Market, OrderSide.Buy, "0.0100")).Order!.Value.Price);
        Assert.Equal(234820u, Translate(Orders.New(OrderType.Market, OrderSide.Sell, "0.0100")).Order!.Value.Price);
    }

    [Fact]
    public void A_parameter_of_the_order_overrides_the_slippage()
    {
        var order = Orders.New(OrderType.Market, OrderSide.Buy, "0.0100");
        var parameters = new Dictionary<string, string> { [OrderTranslator.SlippageParameter] = "0" };
        var translation = OrderTranslator.Translate(order, Market, Quote, 50, parameters, 77, UnixNanos.FromMilliseconds(NowMs));
        Assert.Equal(236000u, translation.Order!.Value.Price);
    }

    [Fact]
    public void A_day_order_ends_with_the_utc_day()
    {
        var order = Translate(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00") with { TimeInForce = TimeInForce.DAY }).Order!.Value;
        Assert.Equal(((NowMs / DayMs) + 1) * DayMs, order.OrderExpiry);
    }

    [Theory]
    [InlineData(5 * 60_000, true)]
    [InlineData((5 * 60_000) - 1, false)]
    [InlineData(30 * DayMs, true)]
    [InlineData((30 * DayMs) + 1, false)]
    [InlineData(-1, false)]
    public void A_good_till_date_order_must_end_inside_the_venues_window(long aheadMs, bool accepted)
    {
        var translation = Translate(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00") with
        {
            TimeInForce = TimeInForce.GTD,
            ExpireTime = UnixNanos.FromMilliseconds(NowMs + aheadMs),
        });
        Assert.Equal(accepted, translation.Denial is null);
        Assert.Equal(accepted, translation.Order is { } order && order.OrderExpiry == NowMs + aheadMs);
    }

    public static TheoryData<string, OrderInitialized> Unsupported() => new()
    {
        { "Unsupported order type for Lighter: TrailingStopMarket", Orders.New(OrderType.TrailingStopMarket, OrderSide.Buy, "1", trigger: "1.00") },
        { "Unsupported order type for Lighter: MarketToLimit", Orders.New(OrderType.MarketToLimit, OrderSide.Buy, "1") },
        { "require a limit price", Orders.New(OrderType.Limit, OrderSide.Buy, "1") },
        { "do not support quote_quantity", Orders.Limit(OrderSide.Buy, "1", "2000.00") with { QuoteQuantity = true } },
        { "do not support display_qty iceberg", Orders.Limit(OrderSide.Buy, "1", "2000.00") with { DisplayQty = Quantity.Parse("0.5") } },
        { "Lighter spot markets do not support conditional order type", Orders.New(OrderType.StopMarket, OrderSide.Buy, "1", trigger: "2000.00") with { InstrumentId = Orders.EthSpot } },
        { "no fill-or-kill TIF", Orders.Limit(OrderSide.Buy, "1", "2000.00") with { TimeInForce = TimeInForce.FOK } },
        { "require a positive expiry", Orders.New(OrderType.StopMarket, OrderSide.Buy, "1", trigger: "2000.00") with { TimeInForce = TimeInForce.IOC } },
        { "require a positive expiry", Orders.New(OrderType.MarketIfTouched, OrderSide.Buy, "1", trigger: "2000.00") with { TimeInForce = TimeInForce.IOC } },
        { "does not support", Orders.New(OrderType.Market, OrderSide.Buy, "1") with { TimeInForce = TimeInForce.DAY } },
        { "does not support", Orders.Limit(OrderSide.Buy, "1", "2000.00") with { TimeInForce = TimeInForce.AtTheOpen } },
        { "does not support", Orders.New(OrderType.Market, OrderSide.Buy, "1") with { PostOnly = true } },
        { "does not support", Orders.Limit(OrderSide.Buy, "1", "2000.00") with { PostOnly = true, TimeInForce = TimeInForce.IOC } },
    };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void What_no_market_takes_is_denied_without_knowing_the_market(string fragment, OrderInitialized order) =>
        Assert.Contains(fragment, OrderTranslator.FindUnsupported(order), StringComparison.Ordinal);

    [Theory]
    [InlineData("0.0000", "2000.00", "rounds to 0 ticks")]
    [InlineData("0.00001", "2000.00", "rounds to 0 ticks")]
    [InlineData("0.01005", "2000.00", "not a multiple of 0.0001")]
    [InlineData("0.0100", "2000.001", "not a multiple of the tick 0.01")]
    [InlineData("0.0049", "2500.00", "is below 0.005")]
    [InlineData("0.0050", "1999.99", "NOTIONAL_BELOW_MINIMUM")]
    [InlineData("1.0000", "42949672.96", "outside 1 to 4294967295 ticks")]
    [InlineData("28147497671.0656", "1.00", "QUANTITY_EXCEEDS_MAXIMUM")]
    public void Numbers_that_the_market_does_not_take_are_denied(string quantity, string price, string fragment) =>
        Assert.Contains(fragment, Translate(Orders.Limit(OrderSide.Buy, quantity, price)).Denial, StringComparison.Ordinal);

    [Fact]
    public void A_market_order_without_a_quote_is_denied()
    {
        var order = Orders.New(OrderType.Market, OrderSide.Buy, "0.0100");
        var translation = OrderTranslator.Translate(order, Market, quote: null, 50, parameters: null, 77, UnixNanos.FromMilliseconds(NowMs));
        Assert.Contains("no cached quote", translation.Denial, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trigger_off_the_tick_is_denied() =>
        Assert.Contains("trigger price", Translate(Orders.New(OrderType.StopMarket, OrderSide.Buy, "0.0100", trigger: "2400.005")).Denial, StringComparison.Ordinal);

    [Fact]
    public void Client_order_indices_are_the_same_in_every_process_and_never_zero()
    {
        Assert.Equal(new OrderRegistry(31, TimeProvider.System).DeriveClientOrderIndex(new ClientOrderId("O-1")), new OrderRegistry(31, TimeProvider.System).DeriveClientOrderIndex(new ClientOrderId("O-1")));
        Assert.Equal(KnownIndex, new OrderRegistry(31, TimeProvider.System).DeriveClientOrderIndex(new ClientOrderId("O-20261121-000000-001-001-1")));
        for (var i = 0; i < 10_000; i++)
        {
            Assert.InRange(new OrderRegistry(31, TimeProvider.System).DeriveClientOrderIndex(new ClientOrderId($"O-{i}")), 1, int.MaxValue);
        }
    }

    /// <summary>Fixed for ever: a restart must find the orders of the run before. Computed by hand from the rule in <see cref="OrderRegistry"/>.</summary>
    private const long KnownIndex = 982503313;

    private static readonly QuoteTick Quote = new()
    {
        InstrumentId = Orders.Eth,
        BidPrice = Price.Parse("2360.00"),
        AskPrice = Price.Parse("2360.00"),
        BidSize = Quantity.Parse("1"),
        AskSize = Quantity.Parse("1"),
    };

    private static OrderTranslation Translate(OrderInitialized order) => OrderTranslator.Translate(
        order, Market, Quote, defaultSlippageBps: 50, parameters: null, clientOrderIndex: 77, UnixNanos.FromMilliseconds(NowMs));
}
