namespace ExecutionAdapters.Model;

/// <summary>
/// What can be traded at a venue, and the grids and limits for its prices and quantities. Equality and hash are by <see cref="Id"/> only.
/// Margins and fees are fractions (0.0005 is 5 basis points); a negative fee is a rebate.
/// </summary>
public abstract partial record Instrument
{
    /// <summary>The id.</summary>
    public required InstrumentId Id { get; init; }

    /// <summary>The venue's own symbol.</summary>
    public required Symbol RawSymbol { get; init; }

    /// <summary>What the underlying is.</summary>
    public abstract AssetClass AssetClass { get; }

    /// <summary>What the contract is.</summary>
    public abstract InstrumentClass InstrumentClass { get; }

    /// <summary>What is bought and sold.</summary>
    public required Currency BaseCurrency { get; init; }

    /// <summary>What prices are in.</summary>
    public required Currency QuoteCurrency { get; init; }

    /// <summary>What profit and loss are paid in.</summary>
    public abstract Currency SettlementCurrency { get; init; }

    /// <summary>True when the contract is worth a fixed amount of quote currency and settles in base.</summary>
    public abstract bool IsInverse { get; init; }

    /// <summary>Decimals of a price: those of <see cref="PriceIncrement"/>, so the two cannot disagree.</summary>
    public byte PricePrecision => PriceIncrement.Precision;

    /// <summary>Decimals of a quantity: those of <see cref="SizeIncrement"/>, so the two cannot disagree.</summary>
    public byte SizePrecision => SizeIncrement.Precision;

    /// <summary>Smallest step of a price, above zero; its precision is that of all prices.</summary>
    public required Price PriceIncrement
    {
        get;
        init => field = value.IsPositive ? value : throw NotPositive(nameof(PriceIncrement), value.ToString());
    }

    /// <summary>Smallest step of a quantity, above zero; its precision is that of all quantities.</summary>
    public required Quantity SizeIncrement
    {
        get;
        init => field = value.IsPositive ? value : throw NotPositive(nameof(SizeIncrement), value.ToString());
    }

    /// <summary>Units of the underlying per contract, above zero; default 1.</summary>
    public Quantity Multiplier
    {
        get;
        init => field = value.IsPositive ? value : throw NotPositive(nameof(Multiplier), value.ToString());
    } = Quantity.FromInteger(1);

    /// <summary>Rounded lot, above zero; null when the venue has none.</summary>
    public Quantity? LotSize
    {
        get;
        init => field = value is { IsPositive: false } ? throw NotPositive(nameof(LotSize), "0") : value;
    }

    /// <summary>Largest quantity of an order.</summary>
    public Quantity? MaxQuantity { get; init; }

    /// <summary>Smallest quantity of an order.</summary>
    public Quantity? MinQuantity { get; init; }

    /// <summary>Largest notional value of an order.</summary>
    public Money? MaxNotional { get; init; }

    /// <summary>Smallest notional value of an order.</summary>
    public Money? MinNotional { get; init; }

    /// <summary>Highest price of an order.</summary>
    public Price? MaxPrice { get; init; }

    /// <summary>Lowest price of an order.</summary>
    public Price? MinPrice { get; init; }

    /// <summary>Initial margin, a fraction of notional.</summary>
    public decimal MarginInit { get; init; }

    /// <summary>Maintenance margin, a fraction of notional.</summary>
    public decimal MarginMaint { get; init; }

    /// <summary>Fee for adding liquidity, a fraction of notional; negative is a rebate.</summary>
    public decimal MakerFee { get; init; }

    /// <summary>Fee for taking liquidity, a fraction of notional; negative is a rebate.</summary>
    public decimal TakerFee { get; init; }

    /// <summary>What else the venue says about it, such as its market index.</summary>
    public IReadOnlyDictionary<string, string>? Info { get; init; }

    /// <summary>When it was so at the venue.</summary>
    public UnixNanos TsEvent { get; init; }

    /// <summary>When this object was built.</summary>
    public UnixNanos TsInit { get; init; }

    /// <inheritdoc/>
    public virtual bool Equals(Instrument? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The type and the id.</summary>
    public sealed override string ToString() => $"{GetType().Name}({Id})";

    private static ArgumentOutOfRangeException NotPositive(string member, string value)
        => new(member, $"{member} must be above zero, got {value}.");
}
