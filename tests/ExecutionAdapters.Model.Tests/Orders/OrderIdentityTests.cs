namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>What an order learns from events besides its status, and which fault of an event is named.</summary>
public class OrderIdentityTests
{
    private static readonly VenueOrderId Other = new("999");
    private static readonly AccountId OtherAccount = new("LIGHTER-002");

    private readonly Given _given = new();

    [Fact]
    public void A_copy_stands_where_the_order_stands_and_goes_its_own_way()
    {
        var order = _given.In(OrderStatus.PartiallyFilled);
        var copy = order.Copy();
        Assert.Equal(order.Events, copy.Events);
        Assert.Equal((order.Status, order.FilledQty, order.VenueOrderId, order.TsLast), (copy.Status, copy.FilledQty, copy.VenueOrderId, copy.TsLast));

        copy.Apply(_given.Event("Canceled"));
        Assert.Equal((OrderStatus.PartiallyFilled, OrderStatus.Canceled), (order.Status, copy.Status));
    }

    [Theory]
    [InlineData("Triggered")]
    [InlineData("PendingUpdate")]
    [InlineData("PendingCancel")]
    [InlineData("Canceled")]
    [InlineData("Expired")]
    [InlineData("Filled")]
    [InlineData("Updated")]
    public void Ids_that_are_not_known_yet_are_learned_from_whatever_names_them_first(string kind)
    {
        var order = new Order(_given.Terms());
        if (kind.StartsWith("Pending", StringComparison.Ordinal))
        {
            order.Apply(_given.Event("Submitted"));
        }

        order.Apply(_given.Event(kind));
        Assert.Equal(Given.VenueId, order.VenueOrderId);
        Assert.Equal([Given.VenueId], order.VenueOrderIds);
        Assert.Equal(Given.Account, order.AccountId);
    }

    [Fact]
    public void The_account_of_an_order_that_was_never_seen_before_is_learned_from_its_rejection()
    {
        var order = new Order(_given.Terms());
        order.Apply(_given.Event("Rejected"));
        Assert.Equal(Given.Account, order.AccountId);
    }

    [Fact]
    public void Ids_that_are_known_stay_and_others_are_remembered_beside_them()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply((OrderPendingCancel)_given.Event("PendingCancel") with { VenueOrderId = Other, AccountId = OtherAccount });
        Assert.Equal((Given.VenueId, Given.Account), (order.VenueOrderId, order.AccountId));
        Assert.Equal([Given.VenueId, Other], order.VenueOrderIds);
    }

    [Fact]
    public void The_protection_price_is_the_last_one_told()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply(_given.Updated("10.000") with { ProtectionPrice = Price.Parse("2050.00") });
        order.Apply(_given.Updated("9.000"));
        Assert.Equal(Price.Parse("2050.00"), order.ProtectionPrice);
        order.Apply(_given.Updated("9.000") with { ProtectionPrice = Price.Parse("2060.00") });
        Assert.Equal(Price.Parse("2060.00"), order.ProtectionPrice);
    }

    [Fact]
    public void The_position_is_that_of_the_last_fill_that_names_one()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply(_given.Filled("1.000") with { PositionId = new PositionId("P-1") });
        order.Apply(_given.Filled("1.000"));
        Assert.Equal(new PositionId("P-1"), order.PositionId);
        order.Apply(_given.Filled("1.000") with { PositionId = new PositionId("P-2") });
        Assert.Equal(new PositionId("P-2"), order.PositionId);
    }

    [Fact]
    public void Slippage_of_a_stop_limit_is_measured_from_its_limit_price()
    {
        var order = _given.In(OrderStatus.Triggered);
        order.Apply(_given.Filled("1.000", price: "2005.00"));
        Assert.Equal(5m, order.Slippage);
    }

    [Theory]
    [InlineData(OrderStatus.Submitted, true)]
    [InlineData(OrderStatus.PendingUpdate, true)]
    [InlineData(OrderStatus.PendingCancel, true)]
    [InlineData(OrderStatus.Accepted, false)]
    [InlineData(OrderStatus.Canceled, false)]
    public void It_is_in_flight_while_an_answer_is_awaited(OrderStatus status, bool isInFlight) => Assert.Equal(isInFlight, _given.In(status).IsInFlight);

    [Theory]
    [InlineData(OrderSide.Buy, PositionSide.Short, "10.000", true)]
    [InlineData(OrderSide.Buy, PositionSide.Short, "9.999", false)]
    [InlineData(OrderSide.Buy, PositionSide.Long, "10.000", false)]
    [InlineData(OrderSide.Sell, PositionSide.Long, "10.000", true)]
    [InlineData(OrderSide.Sell, PositionSide.Long, "9.999", false)]
    [InlineData(OrderSide.Sell, PositionSide.Flat, "10.000", false)]
    public void It_would_only_reduce_a_position_of_the_other_side_that_is_as_large(OrderSide side, PositionSide position, string quantity, bool reduces) =>
        Assert.Equal(reduces, new Order(_given.Terms(side: side)).WouldReduceOnly(position, Quantity.Parse(quantity)));

    [Fact]
    public void A_fault_of_address_is_named_before_any_other()
    {
        var order = _given.In(OrderStatus.Accepted);
        order.Apply(_given.Filled("1.000", tradeId: "T-9"));
        var twice = _given.Filled("1.000", tradeId: "T-9");
        Refused(order, twice with { StrategyId = new StrategyId("S-2") }, OrderApplyErrorKind.IdentityMismatch, "S-2", "S-001");
        Refused(order, twice with { ClientOrderId = new ClientOrderId("O-2") }, OrderApplyErrorKind.IdentityMismatch, "O-2");
        Refused(order, twice with { InstrumentId = InstrumentId.Parse("BTC-PERP.LIGHTER") }, OrderApplyErrorKind.IdentityMismatch, "BTC-PERP.LIGHTER", "ETH-PERP.LIGHTER");
        Refused(order, twice with { OrderSide = OrderSide.Sell }, OrderApplyErrorKind.DuplicateFill, "T-9");
        Refused(_given.In(OrderStatus.Denied), _given.Filled("1.000") with { LastQty = Quantity.Zero(3) }, OrderApplyErrorKind.IllegalTransition, "DENIED");
    }

    [Fact]
    public void A_refusal_says_what_was_wrong_with_the_event()
    {
        var order = _given.In(OrderStatus.Accepted);
        Refused(order, _given.Updated("10.000") with { Quantity = Quantity.Zero(3) }, OrderApplyErrorKind.InvalidEvent, "no quantity above zero");
        Refused(order, _given.Filled("1.000") with { LastQty = Quantity.Zero(3) }, OrderApplyErrorKind.InvalidEvent, "no quantity above zero");
        Refused(order, _given.Filled("1.000") with { Commission = default(Money) }, OrderApplyErrorKind.InvalidEvent, "commission without a currency");
        Refused(order, _given.Filled("1.000", side: OrderSide.Sell), OrderApplyErrorKind.InvalidEvent, "is a SELL, the order a BUY");
        Refused(new Order(_given.Terms(OrderType.Limit)), _given.Event("Triggered"), OrderApplyErrorKind.InvalidEvent, "LIMIT");
        var late = _given.In(OrderStatus.Canceled);
        Refused(late, _given.Event("Accepted"), OrderApplyErrorKind.IllegalTransition, "the order is CANCELED.");
        late.Apply(_given.Event("Filled"));
        Refused(late, _given.Event("Accepted"), OrderApplyErrorKind.IllegalTransition, "PARTIALLY_FILLED (late) and Canceled");
    }

    private static void Refused(Order order, OrderEvent orderEvent, OrderApplyErrorKind kind, params string[] words)
    {
        var error = order.TryApply(orderEvent);
        Assert.Equal(kind, error?.Kind);
        Assert.All(words, word => Assert.Contains(word, error!.Message, StringComparison.Ordinal));
    }
}
