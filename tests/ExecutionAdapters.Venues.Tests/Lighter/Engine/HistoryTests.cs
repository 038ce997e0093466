using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

/// <summary>What a venue remembers of the past is bounded.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void A_history_keeps_the_latest_items_under_their_numbers()
    {
        var history = new History<long>(limit: 7);
        for (long number = 0; number < 50; number++)
        {
            Assert.Equal(number >= 7, history.Add(number * 10, out long dropped));
            Assert.Equal(Math.Max(0, number - 7) * 10, dropped);
            long first = Math.Max(0, number - 6);
            Assert.Equal((number + 1, first), (history.Total, history.First));
            long[] expected = [.. Enumerable.Range((int)first, (int)(number - first + 1)).Select(kept => kept * 10L)];
            Assert.Equal(expected, history);
            Assert.Equal(expected.Reverse(), history.NewestFirst());
            Assert.Equal(expected.TakeLast(3), history.Latest(3));
            Assert.Equal(number * 10, history[number]);
            Assert.Equal(first * 10, history[first]);
            Assert.Throws<ArgumentOutOfRangeException>(() => history[number + 1]);
            Assert.Throws<ArgumentOutOfRangeException>(() => history[first - 1]);
        }
    }

    [Fact]
    public void Finished_orders_beyond_the_limit_are_forgotten_everywhere()
    {
        var driver = new EngineDriver();
        Account account = driver.AddAccount(1);
        var request = new OrderRequest
        {
            BaseAmount = 5_000,
            Price = 230_000,
            IsAsk = false,
            TimeInForce = LighterTimeInForce.GoodTillTime,
            ExpiryMs = driver.State.NowMs + 2_000_000_000,
        };
        Order resting = driver.Place(account, driver.Eth, request).Order!;
        Order? first = null;
        for (int i = 0; i < Account.HistoryLimit + 10; i++)
        {
            Order order = driver.Place(account, driver.Eth, request).Order!;
            driver.Exchange.Desk.Cancel(order, OrderStatus.Canceled);
            driver.State.Changes.Clear();
            first ??= order;
        }

        Assert.Equal(Account.HistoryLimit, account.InactiveOrders.Count);
        Assert.Equal(Account.HistoryLimit + 1, driver.State.Orders.Count);
        Assert.False(driver.State.Orders.ContainsKey(first!.Index));
        Assert.InRange(driver.Exchange.Desk.ExpiryCount, 1, 1_000);

        driver.AdvanceSeconds(2_000_001);
        Assert.Equal(OrderStatus.CanceledExpired, resting.Status); // cleaning the queue lost no order that still waits
    }
}
