namespace ExecutionAdapters.Model;

/// <summary>
/// A spot market: one currency against another. The only class in which a commission paid in base currency changes the position
/// (see <see cref="PositionAdjusted"/>).
/// </summary>
public sealed record CurrencyPair : Instrument
{
    /// <summary>Cryptocurrency if either currency is one, else FX.</summary>
    public override AssetClass AssetClass
        => BaseCurrency.Type == CurrencyType.Crypto || QuoteCurrency.Type == CurrencyType.Crypto ? AssetClass.Cryptocurrency : AssetClass.FX;

    /// <inheritdoc/>
    public override InstrumentClass InstrumentClass => InstrumentClass.Spot;

    /// <summary>Always the quote currency.</summary>
    public override Currency SettlementCurrency
    {
        get => QuoteCurrency;
        init => throw new ArgumentException("A currency pair settles in its quote currency.", nameof(value));
    }

    /// <summary>Always false.</summary>
    public override bool IsInverse
    {
        get => false;
        init => throw new ArgumentException("A currency pair is never inverse.", nameof(value));
    }

    /// <summary>By id only.</summary>
    public bool Equals(CurrencyPair? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
