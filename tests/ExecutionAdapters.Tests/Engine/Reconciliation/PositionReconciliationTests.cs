using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

public sealed class PositionReconciliationTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void A_position_that_no_trade_explains_is_opened_at_the_venues_average()
    {
        _scene.Positions.Add(Scene.Held(1.5m, 2361.31m));
        var plan = _scene.Reconcile();
        Assert.Empty(plan.Unresolved);
        var position = _scene.Position(Scene.Eth)!;
        Assert.Equal((1.5m, 2361.31m), (position.SignedQty, position.AvgPxOpen));
        Assert.Equal(["RECONCILIATION"], Assert.IsType<OrderInitialized>(plan.Events[0]).Tags);
        Assert.Equal(OrderStatus.Filled, Assert.Single(_scene.Local).Status);
    }

    [Fact]
    public void A_position_that_grew_elsewhere_ends_with_the_venues_quantity_and_average()
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(1.5m, 2100m));
        _scene.Reconcile();
        Assert.Equal((1.5m, 2100m), (_scene.Position(Scene.Eth)!.SignedQty, _scene.Position(Scene.Eth)!.AvgPxOpen));
    }

    [Fact]
    public void A_position_that_turned_elsewhere_is_closed_and_opened()
    {
        Hold("1.0000", "2000.00");
        _scene.Positions.Add(Scene.Held(-0.5m, 2100m));
        var plan = _scene.Reconcile();
        Assert.Equal(2, plan.Events.OfType<OrderFilled>().Count());
        var position = _scene.Position(Scene.Eth)!;
        Assert.Equal((-0.5m, 2100m), (position.SignedQty, position.AvgPxOpen));
    }

    [Fact]
    public void A_complete_answer_without_the_instrument_says_that_it_is_flat()
    {
        Hold("1.0000", "2000.00");
        _scene.Reconcile();
        Assert.True(_scene.Position(Scene.Eth)!.IsClosed);
    }

    [Fact]
    public void An_incomplete_answer_flattens_nothing()
    {
        Hold("1.0000", "2000.00");
        var venue = _scene.Venue() with { Positions = Evidence.Failed<PositionStatusReport>("HTTP 500") };
        var plan = ReconciliationPlanner.Plan(_scene.Books(), venue, _scene.Options);
        Assert.Empty(plan.Events);
        Assert.Contains(plan.Unresolved, difference => difference.Subject == "positions");
    }

    [Fact]
    public void While_an_order_is_still_to_be_asked_for_its_position_is_not_explained()
    {
        _scene.Accept(_scene.Submit(), "1");
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Single(plan.Queries);
        Assert.Contains(plan.Unresolved, difference => difference.Subject == Scene.Eth.ToString());
    }

    [Fact]
    public void Without_a_price_nothing_is_made_up()
    {
        _scene.Positions.Add(Scene.Held(1m, average: null));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Contains("no price", Assert.Single(plan.Unresolved).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Making_up_can_be_forbidden()
    {
        _scene.Options = _scene.Options with { GenerateMissingOrders = false };
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Single(plan.Unresolved);
    }

    [Fact]
    public void Positions_can_be_left_alone()
    {
        _scene.Options = _scene.Options with { FilterPositionReports = true };
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        Assert.True(_scene.Plan().IsEmpty);
    }

    [Theory]
    [InlineData("1", "2000", "1.5", "2100", "2300")]
    [InlineData("0", null, "1.5", "2100", "2100")]
    [InlineData("1", "2000", "-1", "2100", "2100")]
    [InlineData("1", "2000", "0", null, "2000")]
    [InlineData("1", "2000", "1", "2100", null)]
    [InlineData("1", "2000", "2", null, null)]
    [InlineData("1", "2000", "2", "900", null)]
    public void The_price_leads_from_one_average_to_the_other(string quantity, string? average, string target, string? targetAverage, string? expected) =>
        Assert.Equal(Number(expected), PositionReconciliation.PriceOf(Number(quantity)!.Value, Number(average), Number(target)!.Value, Number(targetAverage)));

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An order of ours that was filled, at the venue as well.</summary>
    private void Hold(string quantity, string price)
    {
        var order = _scene.Accept(_scene.Submit(quantity: quantity, price: price), "1");
        var trade = Scene.Trade("T1", "1", quantity, price, order: order.ClientOrderId);
        _scene.Fill(trade);
        _scene.Fills.Add(trade);
        _scene.Orders.Add(Scene.Report(order, "1", OrderStatus.Filled, quantity, trade.LastPx.Value));
    }

    [Fact]
    public void Nothing_is_made_up_while_an_order_of_the_instrument_awaits_its_answer()
    {
        _scene.Submit();
        _scene.Answers[_scene.Local.Single().ClientOrderId] = null;
        _scene.Options = _scene.Options with { MaximumProcessingTime = TimeSpan.FromHours(1) };
        _scene.Positions.Add(Scene.Held(1m, 2000m));
        var plan = _scene.Plan();
        Assert.Empty(plan.Events);
        Assert.Empty(plan.Unresolved);
        Assert.Equal([Scene.Eth], plan.Unsettled);
    }
}
