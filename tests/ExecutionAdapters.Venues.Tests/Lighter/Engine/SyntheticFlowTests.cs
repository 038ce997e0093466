using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

public sealed class SyntheticFlowTests
{
    [Fact]
    public void Every_market_has_liquidity_on_both_sides_around_its_mark_price()
    {
        var exchange = new Exchange(BuiltInMarkets.All, EngineDriver.StartUs);
        var flow = new SyntheticFlow(exchange, seed: 7);
        for (int step = 0; step < 500; step++)
        {
            flow.Step();
            foreach (Market market in exchange.State.Markets.Values)
            {
                Assert.True(market.Book.Asks.Best!.Price > market.Book.Bids.Best!.Price);
                Assert.InRange(market.Book.Asks.Best.Price, market.MarkPrice, market.MarkPrice + (market.MarkPrice / 1_000) + 2);
                Assert.InRange(market.Book.Bids.Best.Price, market.MarkPrice - (market.MarkPrice / 1_000) - 2, market.MarkPrice);
            }
        }

        Assert.All(exchange.State.Markets.Values, market => Assert.NotEmpty(market.RecentTrades));
    }

    [Fact]
    public void An_hour_of_flow_leaves_no_more_behind_than_a_minute()
    {
        var exchange = new Exchange(BuiltInMarkets.All, EngineDriver.StartUs);
        var flow = new SyntheticFlow(exchange, seed: 7);
        for (int step = 0; step < 72_000; step++)
        {
            exchange.Advance(EngineDriver.StartUs + (step * 50_000L));
            flow.Step();
            exchange.State.Changes.Clear();
        }

        Assert.InRange(exchange.State.Orders.Count, 1, 4 * 2 * 8);
        Assert.All(exchange.State.Accounts.Values, account => Assert.Empty(account.InactiveOrders));
        Assert.All(exchange.State.Accounts.Values, account => Assert.Empty(account.Trades));
        Assert.All(exchange.State.Markets.Values, market => Assert.Equal(Market.RecentTradeLimit, market.RecentTrades.Count));
        foreach (Market market in exchange.State.Markets.Values)
        {
            Assert.InRange(market.MarkPrice, market.Definition.InitialMark / 2, market.Definition.InitialMark * 2);
        }
    }

    [Fact]
    public void The_walk_goes_on_around_a_price_that_somebody_set()
    {
        var exchange = new Exchange(BuiltInMarkets.All, EngineDriver.StartUs);
        var flow = new SyntheticFlow(exchange, seed: 3);
        Market market = exchange.Market(0)!;
        flow.Step();

        exchange.SetMarkPrice(market, 300_000);
        for (int step = 0; step < 2_000; step++)
        {
            flow.Step();
        }

        Assert.InRange(market.MarkPrice, 290_000u, 310_000u);
    }

    [Fact]
    public void A_resting_order_of_a_user_is_filled_when_the_mark_walks_through_it()
    {
        var driver = new EngineDriver();
        var flow = new SyntheticFlow(driver.Exchange, seed: 7);
        flow.Step();
        Account user = driver.AddAccount(1);
        Order order = driver.Limit(user, isAsk: false, 1_000, driver.Eth.MarkPrice - 500);

        driver.Exchange.SetMarkPrice(driver.Eth, driver.Eth.MarkPrice - 1_000);
        flow.Step();

        Assert.Equal(OrderStatus.Filled, order.Status);
    }

    [Fact]
    public void The_same_seed_gives_the_same_flow_and_another_seed_another()
    {
        Assert.Equal(Fingerprint(7), Fingerprint(7));
        Assert.NotEqual(Fingerprint(7), Fingerprint(8));
    }

    private static string Fingerprint(ulong seed)
    {
        var exchange = new Exchange(BuiltInMarkets.All, EngineDriver.StartUs);
        var flow = new SyntheticFlow(exchange, seed);
        for (int step = 0; step < 1_000; step++)
        {
            flow.Step();
        }

        return string.Join(';', exchange.State.Markets.Values.Select(market =>
            $"{market.MarkPrice},{market.Statistics.TradeCount},{market.Statistics.QuoteVolume},{market.Book.Asks.Best!.TotalBase}"));
    }
}
