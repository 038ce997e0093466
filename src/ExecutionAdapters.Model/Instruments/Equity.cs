namespace ExecutionAdapters.Model;

/// <summary>A share. Base and quote currency are the one it is priced in; what is held of it is a position.</summary>
public sealed record Equity : Instrument
{
    /// <inheritdoc/>
    public override AssetClass AssetClass => AssetClass.Equity;

    /// <inheritdoc/>
    public override InstrumentClass InstrumentClass => InstrumentClass.Spot;

    /// <summary>Always the quote currency.</summary>
    public override Currency SettlementCurrency
    {
        get => QuoteCurrency;
        init => throw new ArgumentException("A share settles in its quote currency.", nameof(value));
    }

    /// <summary>Always false.</summary>
    public override bool IsInverse
    {
        get => false;
        init => throw new ArgumentException("A share is never inverse.", nameof(value));
    }

    /// <summary>By id only.</summary>
    public bool Equals(Equity? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
