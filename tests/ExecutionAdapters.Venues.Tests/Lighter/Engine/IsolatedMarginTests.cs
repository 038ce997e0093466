using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

public sealed class IsolatedMarginTests
{
    private readonly EngineDriver _driver = new();
    private readonly MarginDesk _desk;
    private readonly Account _account;

    public IsolatedMarginTests()
    {
        _desk = new MarginDesk(_driver.State);
        _account = _driver.AddAccount(1, 1_000, takerFee: 0, makerFee: 0);
        Assert.Null(_desk.SetLeverage(_account, _driver.Eth, 1_000, isIsolated: true).Error);
    }

    private Position Position => _account.PositionIn(_driver.Eth);

    [Fact]
    public void A_fill_takes_its_margin_from_the_cross_collateral_and_a_close_gives_it_back()
    {
        _driver.Exchange.SetMarkPrice(_driver.Eth, 236_000);
        _driver.GivePosition(_account, 10_000, 236_000); // 2360 USDC at 10x
        Assert.Equal(Usdc(236), Position.AllocatedMargin);
        Assert.Equal(Usdc(1_000 - 236), Margin.Cross(_account).Value);
        Assert.Equal(Usdc(1_000), Margin.Total(_account).Value);
        Assert.Equal((Usdc(236), 0), (Margin.Total(_account).InitialRequirement, Margin.Cross(_account).InitialRequirement));

        _driver.GivePosition(_account, -4_000, 238_000); // 0.4 of 1 ETH, 8 USDC realised
        Assert.Equal(236_000_000 * 6 / 10, Position.AllocatedMargin);
        Assert.Equal(Usdc(1_008), _account.Collateral);

        _driver.GivePosition(_account, -6_000, 236_000);
        Assert.Equal((0, 0), (Position.Size, Position.AllocatedMargin));
        Assert.Equal(Usdc(1_008), Margin.Available(_account));
    }

    [Fact]
    public void A_position_that_turns_around_stands_on_new_margin()
    {
        _driver.GivePosition(_account, 10_000, 236_000);
        _driver.GivePosition(_account, -15_000, 236_000);
        Assert.Equal((-5_000, Usdc(118)), (Position.Size, Position.AllocatedMargin));
        TradeSide side = _account.Trades.Last().Ask;
        Assert.Equal((Usdc(236), Usdc(118)), (side.AllocatedMarginBefore, side.AllocatedMarginAfter));
    }

    [Fact]
    public void What_the_mark_price_does_stays_inside_the_position()
    {
        _driver.Exchange.SetMarkPrice(_driver.Eth, 236_000);
        _driver.GivePosition(_account, 10_000, 236_000);
        MarginFigures before = Margin.Cross(_account);

        _driver.Exchange.SetMarkPrice(_driver.Eth, 230_000);

        Assert.Equal(before, Margin.Cross(_account));
        Assert.Equal(Usdc(940), Margin.Total(_account).Value);
    }

    [Fact]
    public void Orders_in_an_isolated_market_need_cross_collateral()
    {
        Order order = _driver.Limit(_account, isAsk: false, 10_000, 230_000);
        Assert.Equal(Usdc(230), Margin.Cross(_account).InitialRequirement);
        Assert.Equal(Usdc(770), Margin.Available(_account));
        _driver.Exchange.Desk.Cancel(order, OrderStatus.Canceled);
        Assert.Equal(Usdc(1_000), Margin.Available(_account));
    }

    [Fact]
    public void A_fill_beyond_the_cross_collateral_is_not_made()
    {
        Account maker = _driver.AddAccount(2, 1_000_000);
        _driver.Limit(maker, isAsk: true, 50_000, 236_000);
        Order order = _driver.Limit(_account, isAsk: false, 50_000, 236_000); // 11,800 USDC at 10x: 1,180 of 1,000
        Assert.Equal((OrderStatus.CanceledMarginNotAllowed, 0), (order.Status, order.FilledBase));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(-10_000)]
    public void At_the_liquidation_price_the_position_is_worth_its_maintenance_margin(long size)
    {
        _driver.GivePosition(_account, size, 236_000);
        _driver.Exchange.SetMarkPrice(_driver.Eth, (uint)Margin.LiquidationPrice(_account, Position));
        long maintenance = Amounts.MarginRequirement(Position.Value, _driver.Eth.Definition.MaintenanceMarginFraction);
        long excess = Position.AllocatedMargin + Position.UnrealizedPnl - maintenance;
        Assert.InRange(excess, -Position.Value / 100_000, Position.Value / 100_000);
    }

    [Fact]
    public void Margin_is_added_and_removed_within_what_there_is()
    {
        _driver.Exchange.SetMarkPrice(_driver.Eth, 236_000);
        _driver.GivePosition(_account, 10_000, 236_000);
        Assert.Null(_desk.MoveMargin(_account, _driver.Eth, Usdc(100)).Error);
        Assert.Equal((Usdc(336), Usdc(664)), (Position.AllocatedMargin, Margin.Available(_account)));

        Assert.Equal(21508, _desk.MoveMargin(_account, _driver.Eth, Usdc(664) + 1).Error!.Value.Code);
        Assert.Equal(21508, _desk.MoveMargin(_account, _driver.Eth, -Usdc(100) - 1).Error!.Value.Code);
        Assert.Null(_desk.MoveMargin(_account, _driver.Eth, -Usdc(100)).Error);
        Assert.Equal((Usdc(236), Usdc(1_000)), (Position.AllocatedMargin, _account.Collateral));
    }

    [Fact]
    public void More_leverage_needs_no_margin_and_less_needs_it_in_the_position()
    {
        _driver.Exchange.SetMarkPrice(_driver.Eth, 236_000);
        _driver.GivePosition(_account, 10_000, 236_000);
        Assert.Equal(21508, _desk.SetLeverage(_account, _driver.Eth, 1_001, isIsolated: true).Error!.Value.Code);
        Assert.Equal(1_000, Position.InitialMarginFraction);
        Assert.Null(_desk.SetLeverage(_account, _driver.Eth, 500, isIsolated: true).Error);
        Assert.Equal(Usdc(236), Position.AllocatedMargin); // what is allocated stays until it is removed
    }

    [Fact]
    public void The_mode_does_not_change_over_a_position_or_an_order()
    {
        Order order = _driver.Limit(_account, isAsk: false, 100, 230_000);
        Assert.Equal(21132, _desk.SetLeverage(_account, _driver.Eth, 1_000, isIsolated: false).Error!.Value.Code);
        _driver.Exchange.Desk.Cancel(order, OrderStatus.Canceled);
        _driver.GivePosition(_account, 10_000, 236_000);
        Assert.Equal(21132, _desk.SetLeverage(_account, _driver.Eth, 1_000, isIsolated: false).Error!.Value.Code);
        _driver.GivePosition(_account, -10_000, 236_000);
        Assert.Null(_desk.SetLeverage(_account, _driver.Eth, 1_000, isIsolated: false).Error);
    }

    private static long Usdc(long amount) => amount * Amounts.MicroPerUsdc;
}
