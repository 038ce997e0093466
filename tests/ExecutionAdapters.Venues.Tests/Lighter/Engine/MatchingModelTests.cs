using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

/// <summary>The engine against a slow and obvious book: a list that is searched for the best price and then the oldest.</summary>
public sealed class MatchingModelTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Random_flow_trades_exactly_as_price_and_time_demand(int seed)
    {
        var random = new Random(seed);
        var driver = new EngineDriver();
        Account[] accounts = [.. Enumerable.Range(1, 400).Select(index => driver.AddAccount(index, 10_000_000))];
        var model = new NaiveBook();
        int next = 0;
        for (int step = 0; step < 5_000; step++)
        {
            Order[] open = [.. model.Orders.Select(entry => driver.State.Orders[entry.Index])];
            int trades = model.Trades.Count;
            if (open.Length > 0 && random.Next(4) == 0)
            {
                ChangeOne(random, driver, model, open[random.Next(open.Length)]);
            }
            else
            {
                // Owners take turns and keep few orders, so that nobody meets an order of its own.
                Account owner = accounts[next++ % accounts.Length];
                driver.Exchange.Desk.CancelAll(owner, null);
                model.Orders.RemoveAll(entry => driver.State.Orders[entry.Index].Owner == owner);
                Place(random, driver, model, owner);
            }

            Assert.True(Same(driver, model, trades), $"seed {seed}, step {step}");
        }

        Assert.True(model.Trades.Count > 1_000, $"seed {seed}: only {model.Trades.Count} trades");
    }

    private static void Place(Random random, EngineDriver driver, NaiveBook model, Account owner)
    {
        bool isAsk = random.Next(2) == 0;
        long size = 1 + random.Next(500);
        uint price = (uint)(236_130 + random.Next(-20, 20));
        var timeInForce = (LighterTimeInForce)random.Next(3);
        Order order = driver.Limit(owner, isAsk, size, price, timeInForce);
        model.Submit(new Entry(order.Index, isAsk, price, size), timeInForce);
    }

    private static void ChangeOne(Random random, EngineDriver driver, NaiveBook model, Order order)
    {
        Entry entry = model.Orders.Single(entry => entry.Index == order.Index);
        if (random.Next(2) == 0)
        {
            driver.Exchange.Desk.Cancel(order, OrderStatus.Canceled);
            model.Orders.Remove(entry);
            return;
        }

        long remaining = 1 + random.Next(500);
        uint price = random.Next(2) == 0 ? entry.Price : (uint)(236_130 + random.Next(-20, 20));
        driver.Exchange.Desk.Modify(order, order.FilledBase + remaining, price, 0, "00", new ExecutionReport());
        if (price == entry.Price && remaining <= entry.Remaining)
        {
            entry.Remaining = remaining; // keeps its place
            return;
        }

        model.Orders.Remove(entry);
        model.Submit(new Entry(entry.Index, entry.IsAsk, price, remaining), order.TimeInForce);
    }

    private static bool Same(EngineDriver driver, NaiveBook model, int tradesBefore)
    {
        IEnumerable<(long Maker, long Taker, long Size, uint Price)> made = driver.State.Changes.Trades
            .Select(trade => (trade.Maker.OrderIndex, trade.Taker.OrderIndex, trade.Size, trade.Price));
        bool same = made.SequenceEqual(model.Trades.Skip(tradesBefore));
        driver.State.Changes.Clear();
        foreach (bool isAsk in new[] { true, false })
        {
            BookSide side = driver.Eth.Book.Side(isAsk);
            List<(long, long)> resting = [];
            for (int depth = 0; depth < side.LevelCount; depth++)
            {
                for (Order? order = side[depth].First; order is not null; order = order.Next)
                {
                    resting.Add((order.Index, order.RemainingBase));
                }
            }

            same &= resting.SequenceEqual(model.Queue(isAsk).Select(entry => (entry.Index, entry.Remaining)));
        }

        return same;
    }

    private sealed class Entry(long index, bool isAsk, uint price, long remaining)
    {
        public long Index { get; } = index;

        public bool IsAsk { get; } = isAsk;

        public uint Price { get; } = price;

        public long Remaining { get; set; } = remaining;
    }

    private sealed class NaiveBook
    {
        /// <summary>Resting orders, oldest first.</summary>
        public List<Entry> Orders { get; } = [];

        public List<(long Maker, long Taker, long Size, uint Price)> Trades { get; } = [];

        /// <summary>One side in the order in which it would trade.</summary>
        public IEnumerable<Entry> Queue(bool isAsk)
        {
            IEnumerable<Entry> side = Orders.Where(entry => entry.IsAsk == isAsk);
            return isAsk ? side.OrderBy(entry => entry.Price) : side.OrderByDescending(entry => entry.Price); // both sorts are stable
        }

        public void Submit(Entry taker, LighterTimeInForce timeInForce)
        {
            while (taker.Remaining > 0 && Queue(!taker.IsAsk).FirstOrDefault() is { } maker
                && (taker.IsAsk ? maker.Price >= taker.Price : maker.Price <= taker.Price))
            {
                if (timeInForce == LighterTimeInForce.PostOnly)
                {
                    return;
                }

                long size = Math.Min(taker.Remaining, maker.Remaining);
                Trades.Add((maker.Index, taker.Index, size, maker.Price));
                taker.Remaining -= size;
                maker.Remaining -= size;
                Orders.RemoveAll(entry => entry.Remaining == 0);
            }

            if (taker.Remaining > 0 && timeInForce != LighterTimeInForce.ImmediateOrCancel)
            {
                Orders.Add(taker);
            }
        }
    }
}
