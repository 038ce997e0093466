using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>Price, trigger, quantity and id of one order, here and at the venue.</summary>
public sealed class OrderTermsTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void A_price_that_was_amended_elsewhere_is_taken_over_and_the_quantity_kept()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted) with { Price = Price.Parse("1900.00") });
        var updated = Assert.IsType<OrderUpdated>(Assert.Single(_scene.Reconcile().Events));
        Assert.Equal((Price.Parse("1900.00"), order.Quantity, null), (updated.Price, updated.Quantity, updated.TriggerPrice));
        Assert.Equal((Id(order, "updated"), true, Scene.At(10)), (updated.EventId, updated.Reconciliation, updated.TsEvent));
        Assert.Equal(1900m, order.Price!.Value.Value);
    }

    [Fact]
    public void A_report_of_the_very_moment_of_the_acknowledgement_is_not_old()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted, last: 2) with { Price = Price.Parse("1900.00") });
        Assert.Equal(["OrderUpdated"], Scene.Names(_scene.Reconcile()));
    }

    [Fact]
    public void A_trigger_price_that_was_amended_elsewhere_is_taken_over()
    {
        var order = RestingStop();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted) with { TriggerPrice = Price.Parse("1950.00") });
        var updated = Assert.IsType<OrderUpdated>(Assert.Single(_scene.Reconcile().Events));
        Assert.Equal((null, Price.Parse("1950.00")), (updated.Price, updated.TriggerPrice));
        Assert.Equal((2000m, 1950m), (order.Price!.Value.Value, order.TriggerPrice!.Value.Value));
    }

    [Fact]
    public void A_stop_order_with_the_same_terms_needs_nothing()
    {
        var order = RestingStop();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void A_trigger_that_trails_the_market_is_no_amendment()
    {
        var terms = _scene.Factory.StopLimit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00"), Price.Parse("1990.00")) with
        {
            OrderType = OrderType.TrailingStopLimit,
            TrailingOffset = 10m,
            LimitOffset = 10m,
            TrailingOffsetType = TrailingOffsetType.Price,
        };
        var order = _scene.Accept(_scene.Submit(terms), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted) with { TriggerPrice = Price.Parse("1950.00") });
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void An_order_that_was_cut_down_to_what_is_filled_is_over()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Fill(Scene.Trade("T1", "1", "0.4000", order: order.ClientOrderId));
        _scene.Positions.Add(Scene.Held(0.4m, 2000m));
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, "0.4000", 2000m) with { Quantity = Quantity.Parse("0.4000") });
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderUpdated"], Scene.Names(plan));
        Assert.Empty(plan.Unresolved);
        Assert.Equal((OrderLifecycle.Filled, 0.4m), (order.Lifecycle, order.Quantity.Value));
    }

    [Fact]
    public void A_quantity_in_the_quote_currency_is_not_replaced_by_the_venues_in_the_base_currency()
    {
        var terms = _scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("2000"), Price.Parse("2000.00")) with { QuoteQuantity = true };
        var order = _scene.Accept(_scene.Submit(terms), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted) with { Quantity = Quantity.Parse("1.0000") });
        Assert.True(_scene.Plan().IsEmpty);
        _scene.Orders[0] = _scene.Orders[0] with { Price = Price.Parse("1900.00") };
        Assert.Equal(["OrderUpdated"], Scene.Names(_scene.Reconcile()));
        Assert.Equal((2000m, true, 1900m), (order.Quantity.Value, order.IsQuoteQuantity, order.Price!.Value.Value));
    }

    [Fact]
    public void A_stop_limit_order_that_was_triggered_elsewhere_is_triggered_when_the_venue_last_changed_it()
    {
        var order = RestingStop();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Triggered));
        var triggered = Assert.IsType<OrderTriggered>(Assert.Single(_scene.Reconcile().Events));
        Assert.Equal((Id(order, "triggered"), true, Scene.At(10)), (triggered.EventId, triggered.Reconciliation, triggered.TsEvent));
        Assert.Equal(OrderStatus.Triggered, order.Status);
    }

    [Fact]
    public void A_stop_limit_order_is_triggered_at_the_time_that_the_venue_tells_and_before_its_end()
    {
        var order = RestingStop();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Canceled) with { TsTriggered = Scene.At(7) });
        Assert.Equal(["OrderTriggered", "OrderCanceled"], Scene.Names(_scene.Reconcile()));
        Assert.Equal(Scene.At(7), order.TsTriggered);
    }

    [Fact]
    public void An_order_of_the_market_kind_has_no_trigger_of_its_own()
    {
        var order = _scene.Accept(
            _scene.Submit(_scene.Factory.StopMarket(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("1990.00"))), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Triggered));
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Fact]
    public void An_open_order_that_the_venue_replaced_by_a_younger_one_gets_its_id()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "2", OrderStatus.Accepted) with { TsAccepted = Scene.At(9) });
        Assert.Equal(["OrderUpdated"], Scene.Names(_scene.Reconcile()));
        Assert.Equal(["1", "2"], order.VenueOrderIds.Select(id => id.Value));
        Assert.Equal("2", order.VenueOrderId!.Value.Value);
        Assert.Single(_scene.Local);
    }

    [Fact]
    public void An_order_of_our_id_that_is_older_than_the_open_one_is_another_order()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Accepted));
        _scene.Orders.Add(Scene.Report(order, "0", OrderStatus.Accepted) with { TsAccepted = Scene.At(1) });
        _scene.Reconcile();
        Assert.Equal("1", order.VenueOrderId!.Value.Value);
        Assert.Equal(2, _scene.Local.Count);
    }

    [Fact]
    public void An_order_of_our_id_that_is_younger_than_one_that_is_over_is_another_order()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Canceled));
        _scene.Reconcile();
        _scene.Orders.Add(Scene.Report(order, "2", OrderStatus.Accepted, last: 20) with { TsAccepted = Scene.At(20) });
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderInitialized", "OrderAccepted"], Scene.Names(plan));
        Assert.Empty(plan.Unresolved);
        Assert.Equal((OrderLifecycle.Canceled, "1"), (order.Lifecycle, order.VenueOrderId!.Value.Value));
    }

    [Fact]
    public void Of_a_leg_that_was_replaced_only_the_trades_count()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "2", OrderStatus.Accepted) with { TsAccepted = Scene.At(9) });
        _scene.Reconcile();
        _scene.Orders.Clear();
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Canceled, "0.2000", 2000m, last: 12) with { Price = Price.Parse("1900.00") });
        _scene.Orders.Add(Scene.Report(order, "2", OrderStatus.PartiallyFilled, "0.2000", 2000m));
        _scene.Fills.Add(Scene.Trade("T1", "1", "0.2000", order: order.ClientOrderId, at: 8));
        _scene.Positions.Add(Scene.Held(0.2m, 2000m));
        var plan = _scene.Reconcile();
        Assert.Equal(["OrderFilled"], Scene.Names(plan));
        Assert.Empty(plan.Unresolved);
        Assert.True(order.IsOpen);
        Assert.Equal((0.2m, "2", 2000m), (order.FilledQty.Value, order.VenueOrderId!.Value.Value, order.Price!.Value.Value));
    }

    [Fact]
    public void An_order_of_which_only_a_replaced_leg_is_listed_is_asked_for()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Orders.Add(Scene.Report(order, "2", OrderStatus.Accepted) with { TsAccepted = Scene.At(9) });
        _scene.Reconcile();
        _scene.Orders[0] = Scene.Report(order, "1", OrderStatus.Canceled);
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Equal(new VenueOrderId("2"), Assert.Single(plan.Queries).VenueOrderId);
    }

    private static Uuid4 Id(Order order, string kind) => ReconciliationIds.Event(
        Scene.Account.Value, order.InstrumentId.ToString(), order.ClientOrderId.Value, kind, "1", Scene.At(10).ToString());

    private Order RestingStop() => _scene.Accept(
        _scene.Submit(_scene.Factory.StopLimit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00"), Price.Parse("1990.00"))), "1");
}
