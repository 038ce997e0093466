namespace ExecutionAdapters.Model;

/// <summary>A perpetual future on a crypto asset. Lot size defaults to 1.</summary>
public sealed record CryptoPerpetual : Instrument
{
    /// <summary>Sets the defaults.</summary>
    public CryptoPerpetual() => LotSize = Quantity.FromInteger(1);

    /// <inheritdoc/>
    public override AssetClass AssetClass => AssetClass.Cryptocurrency;

    /// <inheritdoc/>
    public override InstrumentClass InstrumentClass => InstrumentClass.Swap;

    /// <inheritdoc/>
    public override required Currency SettlementCurrency { get; init; }

    /// <inheritdoc/>
    public override bool IsInverse { get; init; }

    /// <summary>By id only.</summary>
    public bool Equals(CryptoPerpetual? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
