namespace ExecutionAdapters.Model;

/// <summary>A contract for difference: what is held is a position in the quote currency, and nothing of the underlying is ever delivered.</summary>
public sealed record Cfd : Instrument
{
    /// <summary>What the underlying is.</summary>
    public required AssetClass Underlying { get; init; }

    /// <inheritdoc/>
    public override AssetClass AssetClass => Underlying;

    /// <inheritdoc/>
    public override InstrumentClass InstrumentClass => InstrumentClass.Cfd;

    /// <summary>Always the quote currency.</summary>
    public override Currency SettlementCurrency
    {
        get => QuoteCurrency;
        init => throw new ArgumentException("A contract for difference settles in its quote currency.", nameof(value));
    }

    /// <summary>Always false.</summary>
    public override bool IsInverse
    {
        get => false;
        init => throw new ArgumentException("A contract for difference is never inverse.", nameof(value));
    }

    /// <summary>By id only.</summary>
    public bool Equals(Cfd? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
