using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

/// <summary>Random order flow from printed seeds: nothing is created or lost, whatever happens.</summary>
public sealed class BooksAddUpTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20261121)]
    public void Cash_positions_assets_and_orders_add_up_after_any_flow(int seed)
    {
        var flow = new RandomFlow(seed);
        for (int step = 0; step < 4_000; step++)
        {
            flow.Step();
            if (step % 50 == 0)
            {
                flow.AssertBooksAddUp();
            }
        }

        flow.AssertBooksAddUp();
        Assert.True(flow.TradeCount > 500, $"seed {seed}: only {flow.TradeCount} trades");
    }

    private sealed class RandomFlow
    {
        private readonly EngineDriver _driver = new();
        private readonly Random _random;
        private readonly string _seedText;
        private readonly Account[] _accounts;
        private readonly MarginDesk _margins;
        private readonly long _cash;
        private readonly long _ether;

        public RandomFlow(int seed)
        {
            _random = new Random(seed);
            _seedText = $"seed {seed}";
            _accounts =
            [
                _driver.AddAccount(1, 50_000), _driver.AddAccount(2, 5_000, spotUsdc: 2_000, spotEth: 1),
                _driver.AddAccount(3, 500, takerFee: 0, makerFee: 0),
                _driver.AddAccount(4, 1_000_000),
            ];
            _margins = new MarginDesk(_driver.State);
            _margins.SetLeverage(_accounts[1], _driver.Eth, 1_000, isIsolated: true);
            _margins.SetLeverage(_accounts[3], _driver.Eth, 200, isIsolated: true);
            (_cash, _ether) = Totals();
        }

        public int TradeCount => _accounts.Sum(account => account.Trades.Count) / 2;

        public void Step()
        {
            _driver.AdvanceSeconds(1);
            Market market = _random.Next(3) == 0 ? _driver.Spot : _driver.Eth;
            Account account = _accounts[_random.Next(_accounts.Length)];
            Order[] active = [.. account.ActiveOrders.Values];
            switch (_random.Next(10))
            {
                case 0 when active.Length > 0:
                    _driver.Exchange.Desk.Cancel(active[_random.Next(active.Length)], OrderStatus.Canceled);
                    break;
                case 1 when active.Length > 0:
                    Modify(active[_random.Next(active.Length)]);
                    break;
                case 2:
                    _driver.Exchange.SetMarkPrice(market, (uint)(236_000 + _random.Next(-3_000, 3_000)));
                    break;
                case 4:
                    _margins.MoveMargin(account, _driver.Eth, _random.NextInt64(-5_000_000, 5_000_000));
                    break;
                case 3 when _random.Next(20) == 0:
                    _driver.Exchange.Desk.CancelAll(account, market);
                    break;
                default:
                    Create(account, market);
                    break;
            }
        }

        public void AssertBooksAddUp()
        {
            (long cash, long ether) = Totals();
            Assert.True(_cash == cash, $"{_seedText}: cash {_cash} became {cash}");
            Assert.True(_ether == ether, $"{_seedText}: ETH {_ether} became {ether}");
            Assert.Equal(0, _accounts.Sum(account => account.PositionIn(_driver.Eth).Size));
            Assert.Equal(_driver.State.FeesCollected, _accounts.Sum(account => account.FeesPaid));
            foreach (Account account in _accounts)
            {
                AssertAccount(account);
            }

            AssertBook(_driver.Eth);
            AssertBook(_driver.Spot);
        }

        private void Create(Account account, Market market)
        {
            bool isSpot = market.Definition.IsSpot;
            bool isAsk = _random.Next(2) == 0;
            long size = 1 + _random.NextInt64(3_000);
            uint price = (uint)(market.MarkPrice + _random.Next(-300, 300));
            bool conditional = !isSpot && _random.Next(6) == 0;
            var request = new OrderRequest
            {
                BaseAmount = size,
                Price = price,
                IsAsk = isAsk,
                Type = conditional ? (LighterOrderType)(2 + _random.Next(4)) : LighterOrderType.Limit,
                TriggerPrice = conditional ? (uint)(market.MarkPrice + _random.Next(-500, 500)) : 0,
                TimeInForce = (LighterTimeInForce)_random.Next(3),
                ReduceOnly = !isSpot && _random.Next(5) == 0,
                ExpiryMs = _driver.State.NowMs + _random.NextInt64(1, 200_000),
                SelfTrade = (SelfTradeBehavior)_random.Next(4),
            };
            if (isSpot)
            {
                (short asset, long hold) = Reservations.SpotHold(market, account, isAsk, size, price, default);
                if (account.Balance(asset).Available < hold)
                {
                    return; // as at admission
                }
            }

            _driver.Place(account, market, request);
        }

        private void Modify(Order order)
        {
            long total = order.FilledBase + 1 + _random.NextInt64(2_000);
            if (order.Market.Definition.IsSpot)
            {
                total = Math.Min(total, order.InitialBase); // growth of a spot order is checked at admission
            }

            uint price = order.Market.Definition.IsSpot && !order.IsAsk ? order.Price : (uint)(order.Price + _random.Next(-100, 100));
            _driver.Exchange.Desk.Modify(order, total, price, order.TriggerPrice, "00", new ExecutionReport());
        }

        private (long Cash, long Ether) Totals()
        {
            long cash = _driver.State.FeesCollected;
            long ether = 0;
            foreach (Account account in _accounts)
            {
                cash += account.Collateral + account.Balance(Asset.UsdcId).Balance;
                cash -= account.Positions.Values.Sum(position => position.EntryQuote);
                ether += account.Balance(Asset.EthId).Balance;
            }

            return (cash, ether);
        }

        private void AssertAccount(Account account)
        {
            string context = $"{_seedText}, account {account.Index}";
            foreach (AssetBalance balance in account.Wallet)
            {
                Assert.True(balance.Locked >= 0 && balance.Available >= 0, $"{context}: {balance.Asset.Symbol} went negative");
            }

            Order[] all = [.. account.ActiveOrders.Values, .. account.InactiveOrders];
            ILookup<long, Trade> trades = account.Trades
                .SelectMany(trade => new[] { (trade.Ask, trade), (trade.Bid, trade) })
                .Where(side => side.Item1.AccountIndex == account.Index)
                .ToLookup(side => side.Item1.OrderIndex, side => side.trade);
            foreach (Order order in all)
            {
                Assert.True(order.RemainingBase >= 0, $"{context}: order {order.Index} has negative size");
                Assert.True(order.FilledBase == trades[order.Index].Sum(trade => trade.Size), $"{context}: order {order.Index} fills");
                Assert.True(order.FilledQuote == trades[order.Index].Sum(trade => trade.Quote), $"{context}: order {order.Index} quote");
                Assert.True(order.InitialBase == order.FilledBase + order.RemainingBase, $"{context}: order {order.Index} does not add up");
            }

            long paid = account.Trades
                .Select(trade => trade.Ask.AccountIndex == account.Index ? trade.Ask : trade.Bid)
                .Sum(side => side.FeePaid);
            Assert.Equal(account.FeesPaid, paid);
            Position position = account.PositionIn(_driver.Eth);
            Assert.Equal(RestingQuote(account, isAsk: false), position.ReservedBidQuote);
            Assert.Equal(RestingQuote(account, isAsk: true), position.ReservedAskQuote);
            Assert.True(position.AllocatedMargin >= 0, $"{context}: allocated margin {position.AllocatedMargin}");
            Assert.True((position.IsIsolated && position.Size != 0) || position.AllocatedMargin == 0, $"{context}: margin left behind");
            long apart = position.IsIsolated ? position.AllocatedMargin + position.UnrealizedPnl : 0;
            Assert.Equal(Margin.Total(account).Value, Margin.Cross(account).Value + apart);
            Assert.True(position.Size != 0 || position.EntryQuote == 0, $"{context}: a flat position has an entry");
        }

        private long RestingQuote(Account account, bool isAsk) => account.ActiveOrders.Values
            .Where(order => order.Market == _driver.Eth && order.IsResting && !order.ReduceOnly && order.IsAsk == isAsk)
            .Sum(order => order.RemainingBase * order.Price);

        private void AssertBook(Market market)
        {
            OrderBook book = market.Book;
            Assert.False(book.Asks.Best is { } ask && book.Bids.Best is { } bid && ask.Price <= bid.Price, $"{_seedText}: crossed book");
            foreach (BookSide side in new[] { book.Asks, book.Bids })
            {
                for (int depth = 0; depth < side.LevelCount; depth++)
                {
                    PriceLevel level = side[depth];
                    long worseBy = depth == 0 ? 1 : (long)level.Price - side[depth - 1].Price;
                    Assert.True(side == book.Asks || depth == 0 ? worseBy > 0 : worseBy < 0, $"{_seedText}: levels out of order");
                    AssertLevel(level);
                }
            }
        }

        private void AssertLevel(PriceLevel level)
        {
            long total = 0;
            for (Order? order = level.First; order is not null; order = order.Next)
            {
                Assert.True(order is { Status: OrderStatus.Open, RemainingBase: > 0 }, $"{_seedText}: order {order.Index} rests wrongly");
                Assert.True(order.Price == level.Price);
                total += order.RemainingBase;
            }

            Assert.True(total > 0 && total == level.TotalBase, $"{_seedText}: level {level.Price} holds {level.TotalBase}, orders {total}");
        }
    }
}
