namespace ExecutionAdapters.Model;

/// <summary>
/// Margin held. With an instrument it is that instrument's own (isolated); without one it is account-wide (cross) for its collateral currency.
/// </summary>
public sealed record MarginBalance
{
    /// <summary>Takes both figures.</summary>
    /// <exception cref="ArgumentException">The currencies differ, or a figure is negative.</exception>
    public MarginBalance(Money initial, Money maintenance, InstrumentId? instrumentId = null)
    {
        if (initial.Currency != maintenance.Currency)
        {
            throw new ArgumentException($"A margin is in one currency, got initial {initial}, maintenance {maintenance}.", nameof(maintenance));
        }

        if (initial.Amount < 0m || maintenance.Amount < 0m)
        {
            throw new ArgumentException($"A margin is not negative, got initial {initial}, maintenance {maintenance}.", nameof(initial));
        }

        Initial = initial;
        Maintenance = maintenance;
        InstrumentId = instrumentId;
    }

    /// <summary>Collateral currency.</summary>
    public Currency Currency => Initial.Currency;

    /// <summary>Initial margin.</summary>
    public Money Initial { get; }

    /// <summary>Maintenance margin.</summary>
    public Money Maintenance { get; }

    /// <summary>The instrument, or null for the whole account.</summary>
    public InstrumentId? InstrumentId { get; }

    /// <summary><c>instrument initial=… maintenance=…</c></summary>
    public override string ToString() => $"MarginBalance({InstrumentId?.ToString() ?? "account"} initial={Initial} maintenance={Maintenance})";
}
