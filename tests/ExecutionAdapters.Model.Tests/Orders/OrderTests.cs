namespace ExecutionAdapters.Model.Tests.Orders;

public class OrderTests
{
    private readonly Given _given = new();

    [Fact]
    public void A_new_order_has_the_terms_it_was_created_with()
    {
        var terms = _given.Terms() with
        {
            TimeInForce = TimeInForce.GTD,
            ExpireTime = new UnixNanos(5_000),
            PostOnly = true,
            ReduceOnly = true,
            DisplayQty = Quantity.Parse("1.000"),
            ContingencyType = ContingencyType.OCO,
            OrderListId = new OrderListId("OL-1"),
            LinkedOrderIds = [new ClientOrderId("O-2")],
            ParentOrderId = new ClientOrderId("O-0"),
            ExecAlgorithmId = new ExecAlgorithmId("TWAP"),
            ExecAlgorithmParams = new Dictionary<string, string>(StringComparer.Ordinal) { ["horizon"] = "10" },
            ExecSpawnId = new ClientOrderId("O-1"),
            EmulationTrigger = TriggerType.BidAsk,
            TriggerInstrumentId = InstrumentId.Parse("ETH-INDEX.LIGHTER"),
            Tags = ["hedge"],
        };
        var order = new Order(terms);

        Assert.Equal(OrderStatus.Initialized, order.Status);
        Assert.Equal(OrderLifecycle.Initialized, order.Lifecycle);
        Assert.True(order.IsActiveLocal && !order.IsOpen && !order.IsClosed && !order.IsInFlight);
        Assert.Equal((terms.TraderId, terms.StrategyId, terms.InstrumentId, terms.ClientOrderId, terms.EventId), (order.TraderId, order.StrategyId, order.InstrumentId, order.ClientOrderId, order.InitId));
        Assert.Equal((terms.Side, terms.OrderType, terms.Quantity, terms.TimeInForce, terms.ExpireTime), (order.Side, order.OrderType, order.Quantity, order.TimeInForce, order.ExpireTime));
        Assert.Equal((terms.Price, terms.TriggerPrice, terms.TriggerType, terms.DisplayQty), (order.Price, order.TriggerPrice, order.TriggerType, order.DisplayQty));
        Assert.True(order.IsPostOnly && order.IsReduceOnly && !order.IsQuoteQuantity);
        Assert.Equal((terms.ContingencyType, terms.OrderListId, terms.ParentOrderId, terms.ExecAlgorithmId, terms.ExecSpawnId), (order.ContingencyType, order.OrderListId, order.ParentOrderId, order.ExecAlgorithmId, order.ExecSpawnId));
        Assert.Same(terms.LinkedOrderIds, order.LinkedOrderIds);
        Assert.Same(terms.ExecAlgorithmParams, order.ExecAlgorithmParams);
        Assert.Same(terms.Tags, order.Tags);
        Assert.Equal((terms.EmulationTrigger, terms.TriggerInstrumentId), (order.EmulationTrigger, order.TriggerInstrumentId));
        Assert.Equal(terms.TsInit, order.TsInit);
        Assert.Equal("10.000", order.LeavesQty.ToString());
        Assert.Equal("0.000", order.FilledQty.ToString());
        Assert.Null(order.AvgPx);
        Assert.Equal("Order(O-1 ETH-PERP.LIGHTER BUY 0.000/10.000 STOP_LIMIT INITIALIZED)", order.ToString());
    }

    [Theory]
    [InlineData(OrderType.Market)]
    [InlineData(OrderType.Limit)]
    [InlineData(OrderType.StopMarket)]
    [InlineData(OrderType.StopLimit)]
    [InlineData(OrderType.MarketToLimit)]
    [InlineData(OrderType.MarketIfTouched)]
    [InlineData(OrderType.LimitIfTouched)]
    [InlineData(OrderType.TrailingStopMarket)]
    [InlineData(OrderType.TrailingStopLimit)]
    public void A_type_has_its_own_terms_and_no_others(OrderType type)
    {
        var terms = _given.Terms(type) with { Price = Price.Parse("5.00"), TriggerPrice = Price.Parse("6.00"), TriggerType = TriggerType.LastPrice };
        var order = new Order(terms);

        Assert.Equal(type.HasLimitPrice() ? "5.00" : null, order.Price?.ToString());
        Assert.Equal(type.HasTriggerPrice() ? "6.00" : null, order.TriggerPrice?.ToString());
        Assert.Equal(type.HasTriggerPrice(), order.TriggerType is not null);
    }

    public static TheoryData<string, string> WrongTerms() => new()
    {
        { "quantity 0", "quantity must be above zero" },
        { "no side", "BUY or SELL" },
        { "display", "display quantity 11 is above" },
        { "gtd without time", "needs an expire time" },
        { "gtd at the epoch", "needs an expire time" },
        { "market gtd", "cannot be GTD" },
        { "market post-only", "cannot be post-only" },
        { "limit without price", "LIMIT order needs a price" },
        { "stop without trigger", "STOP_MARKET order needs a trigger price" },
        { "stop without trigger type", "STOP_LIMIT order needs a trigger type" },
        { "trailing without offset", "TRAILING_STOP_MARKET order needs a trailing offset" },
        { "trailing without offset type", "TRAILING_STOP_MARKET order needs a trailing offset and its type" },
        { "trailing without trigger", "TRAILING_STOP_MARKET order needs a trigger price" },
        { "trailing limit without limit offset", "needs a limit offset" },
        { "unknown type", "order type 77 is not known" },
    };

    [Theory]
    [MemberData(nameof(WrongTerms))]
    public void Wrong_terms_are_refused_with_the_reason(string what, string expected)
    {
        var terms = what switch
        {
            "quantity 0" => _given.Terms(quantity: "0.000"),
            "no side" => _given.Terms(side: OrderSide.NoOrderSide),
            "display" => _given.Terms() with { DisplayQty = Quantity.FromInteger(11) },
            "gtd without time" => _given.Terms() with { TimeInForce = TimeInForce.GTD },
            "gtd at the epoch" => _given.Terms() with { TimeInForce = TimeInForce.GTD, ExpireTime = default(UnixNanos) },
            "market gtd" => _given.Terms(OrderType.Market) with { TimeInForce = TimeInForce.GTD, ExpireTime = new UnixNanos(1) },
            "market post-only" => _given.Terms(OrderType.Market) with { PostOnly = true },
            "limit without price" => _given.Terms(OrderType.Limit) with { Price = null },
            "stop without trigger" => _given.Terms(OrderType.StopMarket) with { TriggerPrice = null },
            "stop without trigger type" => _given.Terms(OrderType.StopLimit) with { TriggerType = TriggerType.NoTrigger },
            "trailing without offset" => _given.Terms(OrderType.TrailingStopMarket) with { TrailingOffset = null },
            "trailing without offset type" => _given.Terms(OrderType.TrailingStopMarket) with { TrailingOffsetType = TrailingOffsetType.None },
            "trailing without trigger" => _given.Terms(OrderType.TrailingStopMarket) with { TriggerPrice = null },
            "trailing limit without limit offset" => _given.Terms(OrderType.TrailingStopLimit) with { LimitOffset = null },
            "unknown type" => _given.Terms() with { OrderType = (OrderType)77 },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        Assert.Contains(expected, terms.Validate(), StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new Order(terms)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trailing_order_may_have_an_activation_price_instead_of_a_trigger()
    {
        var order = new Order(_given.Terms(OrderType.TrailingStopMarket) with { TriggerPrice = null, ActivationPrice = Price.Parse("1980.00") });

        Assert.Equal("1980.00", order.ActivationPrice.ToString());
        Assert.Null(order.TriggerPrice);
    }

    [Fact]
    public void Fully_hidden_is_a_legal_display_quantity()
        => Assert.Null((_given.Terms() with { DisplayQty = Quantity.Zero(3) }).Validate());

    [Fact]
    public void Events_of_another_order_strategy_or_instrument_are_refused()
    {
        var order = _given.In(OrderStatus.Submitted);
        var before = Observed.Of(order);
        var accepted = _given.Event("Accepted");

        foreach (var other in new[]
        {
            accepted with { ClientOrderId = new ClientOrderId("O-2") },
            accepted with { StrategyId = StrategyId.External },
            accepted with { InstrumentId = InstrumentId.Parse("BTC-PERP.LIGHTER") },
        })
        {
            Assert.Equal(OrderApplyErrorKind.IdentityMismatch, order.TryApply(other)?.Kind);
            Assert.Equal(before, Observed.Of(order));
        }
    }

    [Theory]
    [InlineData(OrderType.Market)]
    [InlineData(OrderType.Limit)]
    [InlineData(OrderType.StopMarket)]
    [InlineData(OrderType.MarketIfTouched)]
    [InlineData(OrderType.TrailingStopMarket)]
    [InlineData(OrderType.MarketToLimit)]
    public void Only_triggerable_types_are_triggered(OrderType type)
    {
        var order = new Order(_given.Terms(type));
        order.Apply(_given.Event("Submitted"));
        order.Apply(_given.Event("Accepted"));

        Assert.Equal(OrderApplyErrorKind.InvalidEvent, order.TryApply(_given.Event("Triggered"))?.Kind);
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public void Times_and_ids_come_from_the_events()
    {
        var order = new Order(_given.Terms() with { EmulationTrigger = TriggerType.BidAsk });
        order.Apply(_given.Event("Emulated"));
        Assert.Equal(TriggerType.BidAsk, order.EmulationTrigger);
        order.Apply(_given.Event("Released"));
        Assert.Equal(TriggerType.NoTrigger, order.EmulationTrigger);

        var submitted = _given.Event("Submitted");
        var accepted = _given.Event("Accepted");
        var triggered = _given.Event("Triggered");
        var canceled = _given.Event("Canceled");
        foreach (var step in new[] { submitted, accepted, triggered, canceled })
        {
            order.Apply(step);
        }

        Assert.Equal((submitted.TsEvent, accepted.TsEvent, triggered.TsEvent, canceled.TsEvent), (order.TsSubmitted, order.TsAccepted, order.TsTriggered, order.TsClosed));
        Assert.Equal(Given.Account, order.AccountId);
        Assert.Equal(Given.VenueId, order.VenueOrderId);
        Assert.Equal(OrderStatus.Triggered, order.PreviousStatus);
        Assert.Equal(7, order.Events.Count);
    }

    [Theory]
    [InlineData(OrderSide.Sell, PositionSide.Long, "10", true)]
    [InlineData(OrderSide.Sell, PositionSide.Long, "9.999", false)]
    [InlineData(OrderSide.Sell, PositionSide.Short, "10", false)]
    [InlineData(OrderSide.Buy, PositionSide.Short, "11", true)]
    [InlineData(OrderSide.Buy, PositionSide.Short, "9", false)]
    [InlineData(OrderSide.Buy, PositionSide.Long, "11", false)]
    [InlineData(OrderSide.Buy, PositionSide.Flat, "0", false)]
    public void Would_reduce_only(OrderSide side, PositionSide position, string quantity, bool expected)
        => Assert.Equal(expected, new Order(_given.Terms(side: side)).WouldReduceOnly(position, Quantity.Parse(quantity)));

    [Fact]
    public void A_list_has_one_venue_and_no_order_twice()
    {
        var first = _given.Terms();
        var second = first with { ClientOrderId = new ClientOrderId("O-2"), InstrumentId = InstrumentId.Parse("BTC-PERP.LIGHTER") };
        var list = new OrderList(new OrderListId("OL-1"), [first, second], new UnixNanos(9));

        Assert.Equal([first.ClientOrderId, second.ClientOrderId], list.ClientOrderIds);
        Assert.Equal((first.InstrumentId, first.StrategyId, new UnixNanos(9)), (list.InstrumentId, list.StrategyId, list.TsInit));
        Assert.Equal("OrderList(OL-1 ETH-PERP.LIGHTER orders=2)", list.ToString());
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => new OrderList(new OrderListId("OL-1"), [], default)).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => new OrderList(new OrderListId("OL-1"), [first, first], default)).Message, StringComparison.Ordinal);
        Assert.Contains("O-2 is for BTC.BINANCE", Assert.Throws<ArgumentException>(() => new OrderList(
            new OrderListId("OL-1"), [first, second with { InstrumentId = InstrumentId.Parse("BTC.BINANCE") }], default)).Message, StringComparison.Ordinal);
    }
}
