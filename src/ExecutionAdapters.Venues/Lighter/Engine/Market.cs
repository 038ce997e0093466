namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>A market: its book, its mark price and its recent past.</summary>
internal sealed class Market(MarketDefinition definition)
{
    /// <summary>How many of the market's latest trades are kept for recentTrades and the trade channel.</summary>
    public const int RecentTradeLimit = 1_000;

    public MarketDefinition Definition { get; } = definition;

    public OrderBook Book { get; } = new();

    public uint MarkPrice { get; set; } = definition.InitialMark;

    /// <summary>Conditional orders waiting for the mark price, oldest first.</summary>
    public List<Order> PendingOrders { get; } = [];

    public Queue<Trade> RecentTrades { get; } = new();

    public uint LastTradePrice { get; private set; } = definition.InitialMark;

    public MarketStatistics Statistics { get; } = new();

    public void Record(Trade trade)
    {
        LastTradePrice = trade.Price;
        Statistics.Record(trade);
        RecentTrades.Enqueue(trade);
        if (RecentTrades.Count > RecentTradeLimit)
        {
            RecentTrades.Dequeue();
        }
    }
}

/// <summary>Totals since the venue started (the real venue reports the last 24 hours).</summary>
internal sealed class MarketStatistics
{
    public long TradeCount { get; private set; }

    public long BaseVolume { get; private set; }

    public long QuoteVolume { get; private set; }

    public uint Low { get; private set; }

    public uint High { get; private set; }

    public uint First { get; private set; }

    public void Record(Trade trade)
    {
        Low = TradeCount == 0 ? trade.Price : Math.Min(Low, trade.Price);
        High = Math.Max(High, trade.Price);
        First = TradeCount == 0 ? trade.Price : First;
        TradeCount++;
        BaseVolume += trade.Size;
        QuoteVolume += trade.Quote;
    }
}
