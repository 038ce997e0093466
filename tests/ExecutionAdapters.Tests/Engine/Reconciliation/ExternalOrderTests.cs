using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

public sealed class ExternalOrderTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void An_open_order_of_somebody_else_is_taken_over()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        var plan = _scene.Reconcile();
        var order = Assert.Single(_scene.Local);
        Assert.Equal((ReconciliationOptions.External, OrderStatus.Accepted, "77"), (order.StrategyId, order.Status, order.VenueOrderId!.Value.Value));
        Assert.Equal(["VENUE"], Assert.IsType<OrderInitialized>(plan.Events[0]).Tags);
        Assert.StartsWith("X-", order.ClientOrderId.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_strategy_that_claims_an_instrument_gets_its_orders()
    {
        var strategy = new StrategyId("MAKER-001");
        _scene.Options = _scene.Options with
        {
            ExternalOrderClaims = new Dictionary<InstrumentId, StrategyId> { [Scene.Eth] = strategy },
            FilterUnclaimedExternalOrders = true,
        };
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        _scene.Reconcile();
        Assert.Equal(strategy, Assert.Single(_scene.Local).StrategyId);
    }

    [Fact]
    public void Unclaimed_orders_can_be_left_alone()
    {
        _scene.Options = _scene.Options with { FilterUnclaimedExternalOrders = true };
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Equal(1, plan.Skipped);
    }

    [Fact]
    public void A_closed_order_of_somebody_else_without_a_fill_is_no_business_of_ours()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Canceled));
        Assert.Empty(_scene.Plan().Events);
    }

    [Fact]
    public void Orders_of_two_accounts_with_one_venue_order_id_get_different_ids_of_ours()
    {
        var id = new VenueOrderId("77");
        Assert.NotEqual(
            ReconciliationIds.ExternalOrder(new AccountId("LIGHTER-001"), Scene.Eth, id),
            ReconciliationIds.ExternalOrder(new AccountId("LIGHTER-002"), Scene.Eth, id));
        Assert.NotEqual(
            ReconciliationIds.ExternalOrder(Scene.Account, Scene.Eth, id),
            ReconciliationIds.ExternalOrder(Scene.Account, Scene.Btc, id));
    }

    [Fact]
    public void Trades_without_an_order_become_one_that_is_filled_by_them()
    {
        _scene.Fills.Add(Scene.Trade("T1", "77", "0.4000", "2000.00"));
        _scene.Fills.Add(Scene.Trade("T2", "77", "0.6000", "2010.00", at: 6));
        _scene.Positions.Add(Scene.Held(1m, 2006m));
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unresolved);
        var order = Assert.Single(_scene.Local);
        Assert.Equal((OrderStatus.Filled, 1m), (order.Status, order.FilledQty.Value));
        Assert.Equal(1m, _scene.Position(Scene.Eth)!.SignedQty);
    }

    [Fact]
    public void An_order_at_the_venue_whose_terms_contradict_each_other_is_told()
    {
        _scene.Orders.Add(_scene.Foreign("77", OrderStatus.Accepted) with { Price = null });
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Contains("needs a price", Assert.Single(plan.Unresolved).Reason, StringComparison.Ordinal);
    }
}
