using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>
/// Liquidity from inside the engine. Each step moves every mark price by a seeded random walk that is drawn back to its
/// anchor, lets a market maker keep a ladder of orders around it and a taker trade now and then. Same seed, same steps,
/// same flow. The maker's quotes cross resting orders of users when the mark walks through them, as a real market would.
/// </summary>
internal sealed class SyntheticFlow
{
    public const long MakerAccountIndex = 900_001;
    public const long TakerAccountIndex = 900_002;
    public const long HouseAccountIndex = 900_003;

    private const int LevelsPerSide = 8;
    private const long LevelNotional = 20_000 * Amounts.MicroPerUsdc;
    private const long TakerNotionalSteps = 100;
    private const int StepsPerTakerOrder = 8;

    private readonly Exchange _exchange;
    private readonly Random _random;
    private readonly Account _maker;
    private readonly Account _taker;
    private readonly List<Ladder> _ladders = [];

    public SyntheticFlow(Exchange exchange, ulong seed)
    {
        _exchange = exchange;
        _random = new Random(HashCodeOf(seed));
        _maker = AddAccount(exchange, MakerAccountIndex);
        _taker = AddAccount(exchange, TakerAccountIndex);
        House = AddAccount(exchange, HouseAccountIndex);
        foreach (Market market in exchange.State.Markets.Values)
        {
            _ladders.Add(new Ladder(market));
        }
    }

    /// <summary>The counterparty that tests and demos trade against on purpose; it places nothing by itself.</summary>
    public Account House { get; }

    public void Step()
    {
        foreach (Ladder ladder in _ladders)
        {
            _exchange.SetMarkPrice(ladder.Market, NextMark(ladder));
            ladder.LastMark = ladder.Market.MarkPrice;
            Quote(ladder);
            if (_random.Next(StepsPerTakerOrder) == 0)
            {
                Take(ladder.Market);
            }
        }
    }

    private static Account AddAccount(Exchange exchange, long index)
    {
        var account = new Account
        {
            Index = index,
            L1Address = $"0x{index:x40}",
            IsSynthetic = true,
            TakerFee = 0,
            MakerFee = 0,
            CreatedMs = exchange.State.NowMs,
            Collateral = 1_000_000_000 * Amounts.MicroPerUsdc,
        };
        foreach (AssetBalance balance in account.Wallet)
        {
            balance.Balance = 1_000_000_000_000_000_000;
        }

        exchange.Add(account);
        return account;
    }

    private static int HashCodeOf(ulong seed) => unchecked((int)(seed ^ (seed >> 32)));

    private uint NextMark(Ladder ladder)
    {
        uint mark = ladder.Market.MarkPrice;
        if (mark != ladder.LastMark)
        {
            ladder.Anchor = mark; // somebody set the price: walk around the new one
        }

        int reach = (int)Math.Max(1, mark / 20_000);
        long pull = ((long)ladder.Anchor - mark) / 1_024;
        return (uint)Math.Clamp(mark + pull + _random.Next(-reach, reach + 1), 1, uint.MaxValue / 4);
    }

    private void Quote(Ladder ladder)
    {
        uint spacing = Math.Max(1, ladder.Market.MarkPrice / 20_000);
        uint center = ladder.Market.MarkPrice / spacing * spacing;
        for (int side = 0; side < 2; side++)
        {
            bool isAsk = side == 0;
            Order?[] quotes = ladder.Quotes[side];
            CancelOutside(quotes, isAsk, center, spacing);
            for (uint step = 1; step <= LevelsPerSide; step++)
            {
                long price = isAsk ? center + (spacing * (step + 1)) : center - ((long)spacing * step);
                if (price > 0 && !Array.Exists(quotes, quote => quote is { IsActive: true } && quote.Price == price))
                {
                    Place(ladder.Market, quotes, isAsk, (uint)price);
                }
            }
        }
    }

    private void CancelOutside(Order?[] quotes, bool isAsk, uint center, uint spacing)
    {
        for (int i = 0; i < quotes.Length; i++)
        {
            if (quotes[i] is not { IsActive: true } quote)
            {
                quotes[i] = null;
                continue;
            }

            long distance = isAsk ? (long)quote.Price - center - spacing : (long)center - quote.Price;
            if (distance < spacing || distance > spacing * (long)LevelsPerSide || distance % spacing != 0)
            {
                _exchange.Desk.Cancel(quote, OrderStatus.Canceled);
                quotes[i] = null;
            }
        }
    }

    private void Place(Market market, Order?[] quotes, bool isAsk, uint price)
    {
        int free = Array.IndexOf(quotes, null);
        long size = Math.Max(1, LevelNotional / price * (50 + _random.Next(100)) / 100);
        ExecutionReport report = Send(_maker, market, isAsk, size, price, LighterTimeInForce.GoodTillTime);
        quotes[free] = report.Order is { IsActive: true } order ? order : null;
    }

    private void Take(Market market)
    {
        bool isAsk = _random.Next(2) == 0;
        long notional = (1 + _random.NextInt64(TakerNotionalSteps)) * 50 * Amounts.MicroPerUsdc;
        uint slip = Math.Max(1, market.MarkPrice / 500);
        uint price = isAsk ? market.MarkPrice - Math.Min(slip, market.MarkPrice - 1) : market.MarkPrice + slip;
        long size = Math.Max(1, notional / market.MarkPrice);
        Send(_taker, market, isAsk, size, price, LighterTimeInForce.ImmediateOrCancel);
    }

    private ExecutionReport Send(Account account, Market market, bool isAsk, long size, uint price, LighterTimeInForce timeInForce) =>
        _exchange.Desk.Create(
            account,
            market,
            new OrderRequest { BaseAmount = size, Price = price, IsAsk = isAsk, TimeInForce = timeInForce },
            _exchange.State.TakeSystemHash());

    private sealed class Ladder(Market market)
    {
        public Market Market { get; } = market;

        public uint Anchor { get; set; } = market.MarkPrice;

        public uint LastMark { get; set; } = market.MarkPrice;

        /// <summary>The maker's live orders: asks, then bids.</summary>
        public Order?[][] Quotes { get; } = [new Order?[LevelsPerSide], new Order?[LevelsPerSide]];
    }
}
