namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>A spot wallet balance in units of the asset; what orders lock is part of the balance.</summary>
internal sealed class AssetBalance(Asset asset)
{
    public Asset Asset { get; } = asset;

    public long Balance { get; set; }

    public long Locked { get; set; }

    public long Available => Balance - Locked;
}

/// <summary>An integrator's approval: fee caps in parts per million, expiry in ms.</summary>
internal sealed record IntegratorApproval(
    long AccountIndex, uint MaxPerpsTakerFee, uint MaxPerpsMakerFee, uint MaxSpotTakerFee, uint MaxSpotMakerFee, long ExpiryMs);

/// <summary>One trading account: cash, wallet, positions and orders.</summary>
internal sealed class Account
{
    /// <summary>How many finished orders and how many trades of an account are kept.</summary>
    public const int HistoryLimit = 100_000;

    private readonly AssetBalance[] _wallet = [.. Asset.All.Select(asset => new AssetBalance(asset))];

    public required long Index { get; init; }

    public required string L1Address { get; init; }

    /// <summary>The venue's own liquidity: never short of margin, and its finished orders and trades are not kept.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>Parts per million of a trade's quote amount.</summary>
    public required int TakerFee { get; init; }

    /// <summary>Parts per million of a trade's quote amount.</summary>
    public required int MakerFee { get; init; }

    public long CreatedMs { get; init; }

    /// <summary>USDC deposited for perps, in micro USDC; what is allocated to isolated positions is part of it.</summary>
    public long Collateral { get; set; }

    public long FeesPaid { get; set; }

    /// <summary>Quote amount of all trades, in micro USDC.</summary>
    public long Volume { get; set; }

    /// <summary>When the dead man's switch cancels all orders, in ms; 0 when not armed.</summary>
    public long CancelAllTimeMs { get; set; }

    public IReadOnlyList<AssetBalance> Wallet => _wallet;

    /// <summary>Perp positions by market id, kept once touched (also when flat: they carry the leverage).</summary>
    public SortedDictionary<short, Position> Positions { get; } = [];

    public SortedDictionary<long, IntegratorApproval> Integrators { get; } = [];

    /// <summary>Open and pending orders by venue index, oldest first.</summary>
    public SortedDictionary<long, Order> ActiveOrders { get; } = [];

    /// <summary>Active orders by client order index.</summary>
    public Dictionary<long, Order> ActiveByClientIndex { get; } = [];

    /// <summary>The latest finished orders in the order in which they finished.</summary>
    public History<Order> InactiveOrders { get; } = new(HistoryLimit);

    /// <summary>The latest trades.</summary>
    public History<Trade> Trades { get; } = new(HistoryLimit);

    public AssetBalance Balance(short assetId)
    {
        foreach (AssetBalance balance in _wallet)
        {
            if (balance.Asset.Id == assetId)
            {
                return balance;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(assetId), assetId, "There is no such asset.");
    }

    public Position PositionIn(Market market)
    {
        if (!Positions.TryGetValue(market.Definition.Id, out Position? position))
        {
            position = new Position(market);
            Positions.Add(market.Definition.Id, position);
        }

        return position;
    }
}
