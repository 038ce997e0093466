using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

public sealed class MatchingTests
{
    private readonly EngineDriver _driver = new();
    private readonly Account _alice;
    private readonly Account _bob;

    public MatchingTests()
    {
        _alice = _driver.AddAccount(1);
        _bob = _driver.AddAccount(2);
    }

    [Fact]
    public void A_limit_order_that_does_not_cross_rests_at_its_price()
    {
        Order order = _driver.Limit(_alice, isAsk: false, 1_000, 236_000);

        Assert.Equal(OrderStatus.Open, order.Status);
        Assert.Equal(1_000, _driver.Eth.Book.Bids.TotalAt(236_000));
    }

    [Fact]
    public void A_trade_happens_at_the_price_of_the_order_that_was_there_first()
    {
        Order maker = _driver.Limit(_alice, isAsk: true, 1_000, 236_000);
        Order taker = _driver.Limit(_bob, isAsk: false, 400, 237_000);

        Trade trade = Assert.Single(_bob.Trades);
        Assert.Equal(236_000u, trade.Price);
        Assert.Equal(400, trade.Size);
        Assert.True(trade.IsMakerAsk);
        Assert.Equal(OrderStatus.Filled, taker.Status);
        Assert.Equal((600, 400), (maker.RemainingBase, maker.FilledBase));
        Assert.Equal(OrderStatus.Open, maker.Status);
    }

    [Fact]
    public void Better_prices_trade_first_and_equal_prices_in_order_of_arrival()
    {
        Order worse = _driver.Limit(_alice, isAsk: true, 100, 236_200);
        Order first = _driver.Limit(_alice, isAsk: true, 100, 236_100);
        Order second = _driver.Limit(_alice, isAsk: true, 100, 236_100);

        _driver.Limit(_bob, isAsk: false, 250, 236_200);

        Assert.Equal([first.Index, second.Index, worse.Index], _bob.Trades.Select(trade => trade.Ask.OrderIndex));
        Assert.Equal(50, worse.RemainingBase);
    }

    [Fact]
    public void The_rest_of_an_immediate_or_cancel_limit_order_is_canceled()
    {
        _driver.Limit(_alice, isAsk: true, 100, 236_100);

        Order taker = _driver.Limit(_bob, isAsk: false, 150, 236_100, LighterTimeInForce.ImmediateOrCancel);

        Assert.Equal(OrderStatus.Canceled, taker.Status);
        Assert.Equal((100, 50), (taker.FilledBase, taker.RemainingBase));
    }

    [Fact]
    public void A_market_order_on_an_empty_book_ends_for_lack_of_liquidity()
    {
        Order taker = _driver.Market_(_bob, isAsk: false, 100, 240_000);

        Assert.Equal(OrderStatus.CanceledNotEnoughLiquidity, taker.Status);
    }

    [Fact]
    public void A_market_order_never_trades_beyond_its_worst_price()
    {
        _driver.Limit(_alice, isAsk: true, 100, 236_100);
        _driver.Limit(_alice, isAsk: true, 100, 239_000);

        Order taker = _driver.Market_(_bob, isAsk: false, 200, 238_000);

        Assert.Equal(OrderStatus.CanceledTooMuchSlippage, taker.Status);
        Assert.Equal(100, taker.FilledBase);
    }

    [Fact]
    public void A_post_only_order_that_would_trade_is_canceled_and_the_step_failed()
    {
        _driver.Limit(_alice, isAsk: true, 100, 236_100);

        ExecutionReport report = _driver.Place(_bob, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100,
            Price = 236_100,
            IsAsk = false,
            TimeInForce = LighterTimeInForce.PostOnly,
        });

        Assert.Equal(OrderStatus.CanceledPostOnly, report.Order!.Status);
        Assert.Equal(21737, report.Error!.Value.Code);
        Assert.Empty(_bob.Trades);
    }

    [Fact]
    public void Reducing_only_the_size_keeps_the_place_in_the_queue()
    {
        Order first = _driver.Limit(_alice, isAsk: true, 200, 236_100);
        Order second = _driver.Limit(_alice, isAsk: true, 200, 236_100);

        _driver.Exchange.Desk.Modify(first, 100, 236_100, 0, "00", new ExecutionReport());
        _driver.Limit(_bob, isAsk: false, 100, 236_100);

        Assert.Equal(OrderStatus.Filled, first.Status);
        Assert.Equal(200, second.RemainingBase);
    }

    [Theory]
    [InlineData(300, 236_100u)]
    [InlineData(200, 236_110u)]
    public void Growing_or_repricing_an_order_sends_it_to_the_back(long newTotal, uint newPrice)
    {
        Order first = _driver.Limit(_alice, isAsk: true, 200, 236_100);
        Order second = _driver.Limit(_alice, isAsk: true, 200, 236_110);
        Order third = _driver.Limit(_alice, isAsk: true, 200, 236_100);

        _driver.Exchange.Desk.Modify(first, newTotal, newPrice, 0, "00", new ExecutionReport());
        _driver.Limit(_bob, isAsk: false, 200, 236_110);

        Assert.Equal(OrderStatus.Filled, third.Status);
        Assert.Equal((newTotal, 200), (first.RemainingBase, second.RemainingBase));
    }

    [Fact]
    public void A_modification_across_the_book_trades_at_once()
    {
        _driver.Limit(_alice, isAsk: true, 100, 236_100);
        Order bid = _driver.Limit(_bob, isAsk: false, 100, 236_000);

        _driver.Exchange.Desk.Modify(bid, 150, 236_100, 0, "00", new ExecutionReport());

        Assert.Equal((150, 100, 50), (bid.InitialBase, bid.FilledBase, bid.RemainingBase));
        Assert.Equal(50, _driver.Eth.Book.Bids.TotalAt(236_100));
    }

    [Theory]
    [InlineData(SelfTradeBehavior.ExpireMaker, OrderStatus.CanceledSelfTrade, OrderStatus.Open)]
    [InlineData(SelfTradeBehavior.ExpireTaker, OrderStatus.Open, OrderStatus.CanceledSelfTrade)]
    [InlineData(SelfTradeBehavior.ExpireBoth, OrderStatus.CanceledSelfTrade, OrderStatus.CanceledSelfTrade)]
    [InlineData(SelfTradeBehavior.Reduce, OrderStatus.CanceledSelfTrade, OrderStatus.Open)]
    internal void An_owner_never_trades_with_itself(SelfTradeBehavior behavior, OrderStatus makerStatus, OrderStatus takerStatus)
    {
        Order maker = _driver.Limit(_alice, isAsk: true, 100, 236_100);

        Order taker = _driver.Place(_alice, _driver.Eth, new OrderRequest
        {
            BaseAmount = 150,
            Price = 236_100,
            IsAsk = false,
            TimeInForce = LighterTimeInForce.GoodTillTime,
            SelfTrade = behavior,
        }).Order!;

        Assert.Equal((makerStatus, takerStatus), (maker.Status, taker.Status));
        Assert.Equal(behavior == SelfTradeBehavior.Reduce ? 50 : 150, taker.RemainingBase);
        Assert.Empty(_alice.Trades);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Accounts_of_one_owner_count_as_one_only_when_asked(bool acrossMaster, int trades)
    {
        Account other = _driver.AddAccount(3, l1Address: _alice.L1Address);
        _driver.Limit(_alice, isAsk: true, 100, 236_100);

        _driver.Place(other, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100,
            Price = 236_100,
            IsAsk = false,
            TimeInForce = LighterTimeInForce.GoodTillTime,
            SelfTradeAcrossMaster = acrossMaster,
        });

        Assert.Equal(trades, other.Trades.Count);
    }

    [Fact]
    public void An_order_expires_when_the_clock_reaches_its_expiry()
    {
        Order order = _driver.Place(_alice, _driver.Eth, new OrderRequest
        {
            BaseAmount = 100,
            Price = 236_000,
            IsAsk = false,
            TimeInForce = LighterTimeInForce.GoodTillTime,
            ExpiryMs = (EngineDriver.StartUs / 1_000) + 10_000,
        }).Order!;

        _driver.AdvanceSeconds(9);
        Assert.Equal(OrderStatus.Open, order.Status);
        _driver.AdvanceSeconds(1);

        Assert.Equal(OrderStatus.CanceledExpired, order.Status);
        Assert.Null(_driver.Eth.Book.Bids.Best);
    }

    [Fact]
    public void The_dead_mans_switch_cancels_everything_when_due()
    {
        Order order = _driver.Limit(_alice, isAsk: false, 100, 236_000);
        _alice.CancelAllTimeMs = _driver.State.NowMs + 300_000;

        _driver.AdvanceSeconds(299);
        Assert.Equal(OrderStatus.Open, order.Status);
        _driver.AdvanceSeconds(1);

        Assert.Equal(OrderStatus.Canceled, order.Status);
        Assert.Equal(0, _alice.CancelAllTimeMs);
    }
}
