using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

public sealed class MarginAndFeeTests
{
    private readonly EngineDriver _driver = new();

    [Fact]
    public void A_taker_stops_where_its_margin_ends()
    {
        Account maker = _driver.AddAccount(1, 10_000_000);
        Account taker = _driver.AddAccount(2, 1_000);
        _driver.Limit(maker, isAsk: true, 50_000, 236_130);
        _driver.Limit(maker, isAsk: true, 50_000, 236_140);

        // Placed past admission, which would refuse it.
        Order order = _driver.Limit(taker, isAsk: false, 100_000, 236_140, LighterTimeInForce.ImmediateOrCancel);

        Assert.Equal((OrderStatus.CanceledMarginNotAllowed, 50_000), (order.Status, order.FilledBase));
    }

    [Fact]
    public void An_integrators_fee_goes_to_the_integrator()
    {
        Account maker = _driver.AddAccount(1, makerFee: 0);
        Account taker = _driver.AddAccount(2, takerFee: 280);
        Account integrator = _driver.AddAccount(9, collateralUsdc: 0);
        _driver.Limit(maker, isAsk: true, 10_000, 236_100);

        _driver.Place(taker, _driver.Eth, new OrderRequest
        {
            BaseAmount = 10_000,
            Price = 236_100,
            IsAsk = false,
            TimeInForce = LighterTimeInForce.ImmediateOrCancel,
            Integrator = new IntegratorFees(9, 100, 50),
        });

        Assert.Equal(236_100, integrator.Collateral); // 2361 USDC × 100 ppm
        Assert.Equal(661_080, _driver.State.FeesCollected); // 2361 USDC × 280 ppm
        Assert.Equal(897_180, taker.FeesPaid);
        TradeSide side = taker.Trades[0].Bid;
        Assert.Equal((280, 100, 9), (side.FeeRate, side.IntegratorFeeRate, side.IntegratorIndex));
    }

    [Fact]
    public void A_position_nets_realises_and_turns_around()
    {
        Account account = _driver.AddAccount(1, takerFee: 0, makerFee: 0);
        _driver.GivePosition(account, 10_000, 236_000);
        _driver.GivePosition(account, 10_000, 238_000);
        Position position = account.PositionIn(_driver.Eth);
        Assert.Equal((20_000, 4_740_000_000), (position.Size, position.EntryQuote));

        _driver.GivePosition(account, -30_000, 239_000);

        Assert.Equal((-10_000, -2_390_000_000, 40_000_000), (position.Size, position.EntryQuote, position.RealizedPnl));
        Assert.True(account.Trades.Last().Taker.SignChanged);
        Assert.Equal((100_000 * Amounts.MicroPerUsdc) + 40_000_000, account.Collateral);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(-10_000)]
    public void At_the_liquidation_price_the_account_is_worth_its_maintenance_margin(long size)
    {
        Account account = _driver.AddAccount(1, 500, takerFee: 0);
        _driver.GivePosition(account, size, 236_130);
        Position position = account.PositionIn(_driver.Eth);

        decimal price = Margin.LiquidationPrice(account, position);
        _driver.Exchange.SetMarkPrice(_driver.Eth, (uint)price);

        long excess = Margin.Cross(account).Value - Margin.Cross(account).MaintenanceRequirement;
        Assert.InRange(excess, -position.Value / 100_000, position.Value / 100_000);
    }

    [Fact]
    public void A_modified_trigger_that_the_mark_has_reached_fires_at_once()
    {
        Account account = _driver.AddAccount(1);
        Account maker = _driver.AddAccount(2);
        _driver.Limit(maker, isAsk: false, 1_000, 235_000);
        Order stop = _driver.Place(account, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100,
            Price = 229_000,
            IsAsk = true,
            Type = LighterOrderType.StopLoss,
            TriggerPrice = 230_000,
            TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        }).Order!;

        _driver.Exchange.Desk.Modify(stop, 100, 229_000, 235_000, "00", new ExecutionReport());
        Assert.Equal(OrderStatus.Pending, stop.Status);
        _driver.Exchange.Desk.Modify(stop, 100, 229_000, 237_000, "00", new ExecutionReport());

        Assert.Equal(OrderStatus.Filled, stop.Status);
        Assert.Empty(_driver.Eth.PendingOrders);
    }
}
