namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>Everything the exchange knows, its clock and its counters. Owned by the venue's one loop.</summary>
internal sealed class ExchangeState
{
    /// <summary>Venue order indices start above 2^48: below it an index is a client order index.</summary>
    public const long FirstOrderIndex = 281_474_976_710_656 + 1;

    private const long BlockIntervalUs = 500_000;

    private readonly long _startUs;
    private long _nextOrderIndex = FirstOrderIndex;
    private long _nextTradeId = 1;
    private long _systemTransactions;

    public ExchangeState(IReadOnlyList<MarketDefinition> markets, long startUs)
    {
        _startUs = startUs;
        NowUs = startUs;
        foreach (MarketDefinition definition in markets)
        {
            Markets.Add(definition.Id, new Market(definition));
        }
    }

    public SortedDictionary<short, Market> Markets { get; } = [];

    public SortedDictionary<long, Account> Accounts { get; } = [];

    /// <summary>Every active order, and the latest finished ones of accounts that are not synthetic.</summary>
    public Dictionary<long, Order> Orders { get; } = [];

    public ChangeLog Changes { get; } = new();

    /// <summary>Venue and integrator fees taken from accounts, in micro USDC.</summary>
    public long FeesCollected { get; set; }

    public long NowUs { get; private set; }

    public long NowMs => NowUs / 1_000;

    public long BlockHeight => 1 + ((NowUs - _startUs) / BlockIntervalUs);

    /// <summary>Numbers the sequencer's steps; order rows carry the one of their last change.</summary>
    public long Nonce { get; private set; }

    /// <summary>Sets the clock; it never goes back.</summary>
    public void SetTime(long nowUs) => NowUs = Math.Max(NowUs, nowUs);

    public void BeginStep() => Nonce++;

    public long TakeOrderIndex() => _nextOrderIndex++;

    public long TakeTradeId() => _nextTradeId++;

    /// <summary>The hash shown for steps that no user transaction caused: short, as on the venue's public feeds.</summary>
    public string TakeSystemHash() => (++_systemTransactions).ToString("x16");

    /// <summary>Notes that an order changed now.</summary>
    public void Touch(Order order)
    {
        order.UpdatedUs = NowUs;
        order.Nonce = Nonce;
        order.BlockHeight = BlockHeight;
        Changes.Add(order);
    }
}
