using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

public sealed class ConditionalOrderTests
{
    private readonly EngineDriver _driver = new();
    private readonly Account _alice;
    private readonly Account _bob;

    public ConditionalOrderTests()
    {
        _alice = _driver.AddAccount(1);
        _bob = _driver.AddAccount(2);
    }

    [Theory]
    [InlineData(LighterOrderType.StopLoss, true, 235_000u, 235_001u, 235_000u)]
    [InlineData(LighterOrderType.StopLoss, false, 237_000u, 236_999u, 237_000u)]
    [InlineData(LighterOrderType.TakeProfit, true, 237_000u, 236_999u, 237_000u)]
    [InlineData(LighterOrderType.TakeProfit, false, 235_000u, 235_001u, 235_000u)]
    public void A_conditional_order_waits_for_the_mark_price(LighterOrderType type, bool isAsk, uint trigger, uint before, uint at)
    {
        _driver.Limit(_bob, !isAsk, 1_000, at);
        Order order = _driver.Place(_alice, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100,
            Price = at,
            IsAsk = isAsk,
            Type = type,
            TriggerPrice = trigger,
            TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        }).Order!;
        Assert.Equal((OrderStatus.Pending, TriggerStatus.MarkPrice), (order.Status, order.TriggerStatus));

        _driver.Exchange.SetMarkPrice(_driver.Eth, before);
        Assert.Equal(OrderStatus.Pending, order.Status);
        _driver.Exchange.SetMarkPrice(_driver.Eth, at);

        Assert.Equal((OrderStatus.Filled, TriggerStatus.Ready), (order.Status, order.TriggerStatus));
    }

    [Fact]
    public void A_triggered_limit_order_rests_in_the_book()
    {
        Order order = _driver.Place(_alice, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100,
            Price = 234_900,
            IsAsk = true,
            Type = LighterOrderType.StopLossLimit,
            TriggerPrice = 235_000,
            TimeInForce = LighterTimeInForce.GoodTillTime,
        }).Order!;

        _driver.Exchange.SetMarkPrice(_driver.Eth, 234_000);

        Assert.Equal((OrderStatus.Open, TriggerStatus.Ready), (order.Status, order.TriggerStatus));
        Assert.Equal(100, _driver.Eth.Book.Asks.TotalAt(234_900));
        Assert.Equal(_driver.State.NowMs, order.TriggerTimeMs);
    }

    [Fact]
    public void A_triggered_order_without_margin_ends_for_margin()
    {
        Account poor = _driver.AddAccount(3, collateralUsdc: 100);
        Order order = _driver.Place(poor, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100_000,
            Price = 240_000,
            IsAsk = false,
            Type = LighterOrderType.StopLoss,
            TriggerPrice = 237_000,
            TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        }).Order!;

        _driver.Exchange.SetMarkPrice(_driver.Eth, 237_000);

        Assert.Equal(OrderStatus.CanceledMarginNotAllowed, order.Status);
    }

    [Fact]
    public void A_reduce_only_order_is_cut_to_the_position()
    {
        _driver.GivePosition(_alice, 300, 236_000);
        _driver.Limit(_bob, isAsk: false, 1_000, 235_900);

        Order order = ReduceOnly(isAsk: true, 500, 235_900);

        Assert.Equal((OrderStatus.Filled, 300), (order.Status, order.FilledBase));
        Assert.Equal(0, _alice.PositionIn(_driver.Eth).Size);
    }

    [Fact]
    public void A_reduce_only_order_of_size_zero_closes_the_whole_position()
    {
        _driver.GivePosition(_alice, -300, 236_000);
        _driver.Limit(_bob, isAsk: true, 1_000, 236_100);

        Order order = ReduceOnly(isAsk: false, 0, 236_100);

        Assert.Equal((300, 300), (order.InitialBase, order.FilledBase));
        Assert.Equal(0, _alice.PositionIn(_driver.Eth).Size);
    }

    [Fact]
    public void A_reduce_only_order_without_a_position_fails()
    {
        ExecutionReport report = _driver.Place(_alice, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100,
            Price = 236_000,
            IsAsk = true,
            ReduceOnly = true,
            TimeInForce = LighterTimeInForce.GoodTillTime,
        });

        Assert.Equal(OrderStatus.CanceledReduceOnly, report.Order!.Status);
        Assert.Equal(21732, report.Error!.Value.Code);
    }

    [Fact]
    public void Resting_reduce_only_orders_end_when_the_position_is_gone()
    {
        _driver.GivePosition(_alice, 300, 236_000);
        Order resting = ReduceOnly(isAsk: true, 300, 238_000);
        _driver.Limit(_bob, isAsk: false, 300, 235_900);

        _driver.Limit(_alice, isAsk: true, 300, 235_900);

        Assert.Equal(OrderStatus.CanceledReduceOnly, resting.Status);
        Assert.Equal(0, _alice.PositionIn(_driver.Eth).RestingReduceOnlyCount);
    }

    private Order ReduceOnly(bool isAsk, long size, uint price) => _driver.Place(_alice, _driver.Eth, new OrderRequest
    {
        BaseAmount = size,
        Price = price,
        IsAsk = isAsk,
        ReduceOnly = true,
        TimeInForce = LighterTimeInForce.GoodTillTime,
    }).Order!;
}
