using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>What is looked at, in which order, and what is asked.</summary>
public sealed class PlannerTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void A_plan_with_anything_to_do_ask_or_explain_is_not_empty()
    {
        var order = _scene.Submit();
        Assert.Single(_scene.Plan().Queries);
        Assert.False(_scene.Plan().IsEmpty);
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        Assert.Single(_scene.Plan().Events);
        Assert.False(_scene.Plan().IsEmpty);
        _scene.Orders[0] = _scene.Orders[0] with { OrderSide = OrderSide.Sell };
        Assert.Single(_scene.Plan().Unresolved);
        Assert.False(_scene.Plan().IsEmpty);
    }

    [Theory]
    [InlineData(OrderStatus.Submitted, OrderStatus.Denied)]
    [InlineData(OrderStatus.Denied, OrderStatus.Accepted)]
    [InlineData(OrderStatus.Denied, OrderStatus.PendingUpdate)]
    [InlineData(OrderStatus.Denied, OrderStatus.PendingCancel)]
    [InlineData(OrderStatus.Accepted, OrderStatus.Triggered)]
    [InlineData(OrderStatus.Triggered, OrderStatus.PartiallyFilled)]
    [InlineData(OrderStatus.PartiallyFilled, OrderStatus.Canceled)]
    [InlineData(OrderStatus.PartiallyFilled, OrderStatus.Expired)]
    public void Of_two_reports_of_one_order_the_later_status_counts(OrderStatus earlier, OrderStatus later)
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        var reports = new[]
        {
            Scene.Report(order, "1", earlier) with { Price = Price.Parse("1900.00") },
            Scene.Report(order, "1", later) with { Price = Price.Parse("1950.00") },
        };
        foreach (var told in new[] { reports, [.. reports.Reverse()] })
        {
            _scene.Orders.Clear();
            _scene.Orders.AddRange(told);
            var plan = _scene.Plan();
            Assert.Equal(1950m, Assert.IsType<OrderUpdated>(plan.Events[0]).Price!.Value.Value);
            Assert.Equal(1, plan.OrdersCompared);
        }
    }

    [Fact]
    public void Of_two_reports_of_one_order_a_rejection_counts_more_than_an_acknowledgement()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Rejected));
        Assert.Equal(["OrderRejected"], Scene.Names(_scene.Plan()));
    }

    [Fact]
    public void Of_two_reports_of_one_order_the_one_with_more_filled_counts_whatever_its_status()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        _scene.Answers[order.ClientOrderId] = Scene.Report(order, "1", OrderStatus.PartiallyFilled, "0.4000", 2000m);
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.4000", order: order.ClientOrderId));
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unresolved);
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
    }

    [Fact]
    public void Events_of_several_orders_are_in_the_order_of_their_times()
    {
        var first = _scene.Submit();
        var second = _scene.Submit();
        _scene.Orders.Add(Scene.Report(first, "1", OrderStatus.Filled, "1.0000", 2000m, last: 20));
        _scene.Orders.Add(Scene.Report(second, "2", OrderStatus.Filled, "1.0000", 2000m, last: 10));
        _scene.Fills.Add(Scene.Trade("T2", "1", "1.0000", order: first.ClientOrderId, at: 20));
        _scene.Fills.Add(Scene.Trade("T1", "2", "1.0000", order: second.ClientOrderId, at: 10));
        _scene.Positions.Add(Scene.Held(2m, 2000m));
        Assert.Equal(["T1", "T2"], _scene.Reconcile().Events.OfType<OrderFilled>().Select(fill => fill.TradeId.Value));
    }

    [Fact]
    public void An_order_is_acknowledged_before_its_trades_also_where_the_venues_times_say_otherwise()
    {
        var order = _scene.Submit();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, "1.0000", 2000m) with { TsAccepted = Scene.At(8) });
        _scene.Fills.Add(Scene.Trade("T1", "1", "1.0000", order: order.ClientOrderId, at: 5));
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        Assert.Equal(["OrderAccepted", "OrderFilled"], Scene.Names(_scene.Reconcile()));
    }

    [Fact]
    public void Of_an_order_that_was_compacted_only_another_filled_quantity_is_told()
    {
        var books = _scene.Books() with { Settled = new Dictionary<(InstrumentId, VenueOrderId), decimal> { [(Scene.Eth, new VenueOrderId("77"))] = 1m } };
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Filled, "1.0000"));
        _scene.Fills.Add(Scene.Trade("T1", "77", "1.0000"));
        var plan = _scene.Plan(books);
        Assert.True(plan.IsEmpty);
        Assert.Equal((0, 1), (plan.OrdersCompared, plan.Skipped));
        _scene.Orders[0] = _scene.Foreign("77", OrderStatus.Canceled, "0.9000");
        var difference = Scene.OnlyDifference(_scene.Plan(books));
        Assert.Equal(
            ("77", "0.9000 are filled at the venue and 1 here, and the order's events were compacted away"), (difference.Subject, difference.Reason));
    }

    [Fact]
    public void Of_an_order_that_moved_meanwhile_only_the_trades_are_believed()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        var books = _scene.Books() with { Moving = new HashSet<ClientOrderId> { order.ClientOrderId } };
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Canceled, "0.4000", 2000m));
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.2000", order: order.ClientOrderId));
        var plan = _scene.Plan(books);
        Assert.Equal(["OrderFilled"], Scene.Names(plan));
        Assert.Equal([Scene.Eth], plan.Unsettled);
        Assert.Empty(plan.Unresolved);
    }

    [Fact]
    public void An_order_that_moved_meanwhile_is_not_asked_for()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        Assert.True(_scene.Plan(_scene.Books() with { Moving = new HashSet<ClientOrderId> { order.ClientOrderId } }).IsEmpty);
    }

    [Fact]
    public void An_order_that_an_emulator_holds_is_not_asked_for_and_does_not_keep_its_position_from_being_explained()
    {
        var order = Emulated();
        Assert.True(_scene.Plan().IsEmpty);
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unsettled);
        Assert.Equal(1m, _scene.Position(Scene.Eth)!.SignedQty);
        Assert.Equal(OrderStatus.Emulated, order.Status);
    }

    [Fact]
    public void An_order_of_others_that_is_missing_is_asked_for_as_well()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        _scene.Reconcile();
        _scene.Orders.Clear();
        Assert.Equal(new VenueOrderId("77"), Assert.Single(_scene.Plan().Queries).VenueOrderId);
    }

    [Fact]
    public void What_the_venue_could_not_tell_is_told_with_its_reason()
    {
        var plan = _scene.Plan(_scene.Venue() with
        {
            Orders = Evidence.Partial<OrderStatusReport>([], "2 rows"),
            Fills = Evidence.Failed<FillReport>("HTTP 500"),
            Positions = Evidence.Failed<PositionStatusReport>("HTTP 502"),
        });
        Assert.Equal(
            [
                new("positions", "the venue's positions are not complete: HTTP 502"),
                new("orders", "the venue's orders are not complete: 2 rows"),
                new UnresolvedDifference("fills", "the venue's trades are not complete: HTTP 500"),
            ],
            plan.Unresolved);
    }

    [Fact]
    public void What_nobody_asked_for_is_no_difference()
    {
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan(_scene.Venue() with
        {
            Orders = Evidence.NotAsked<OrderStatusReport>(),
            Fills = Evidence.NotAsked<FillReport>(),
            Positions = Evidence.NotAsked<PositionStatusReport>(),
        });
        Assert.True(plan.IsEmpty);
        Assert.Equal(0, plan.PositionsCompared);
    }

    [Fact]
    public void An_order_that_is_not_to_be_looked_at_is_known_by_the_venues_id_alone()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Options = _scene.Options with { FilteredClientOrderIds = new HashSet<ClientOrderId> { order.ClientOrderId }, FilterPositionReports = true };
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.4000"));
        Assert.True(_scene.Plan().IsEmpty);
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Canceled, "0.4000", 2000m) with { ClientOrderId = null });
        var plan = _scene.Plan();
        Assert.True(plan.IsEmpty);
        Assert.Equal((0, 1), (plan.OrdersCompared, plan.Skipped));
    }

    [Fact]
    public void A_compacted_order_in_an_instrument_that_is_not_looked_at_is_left_alone()
    {
        _scene.Options = _scene.Options with { InstrumentIds = new HashSet<InstrumentId> { Scene.Btc } };
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Canceled, "0.9000"));
        var settled = new Dictionary<(InstrumentId, VenueOrderId), decimal> { [(Scene.Eth, new VenueOrderId("77"))] = 1m };
        Assert.True(_scene.Plan(_scene.Books() with { Settled = settled }).IsEmpty);
    }

    private Order Emulated()
    {
        var order = _scene.Begin(_scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")));
        _scene.Apply(new OrderEmulated
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            EventId = Uuid4.New(),
            TsEvent = Scene.At(1),
            TsInit = Scene.At(1),
        });
        return order;
    }
}
