namespace ExecutionAdapters.Model;

/// <summary>
/// A balance in one currency. Invariant, kept by construction: <c>Total = Locked + Free</c> exactly, all in one currency.
/// </summary>
/// <remarks>
/// Adapters use the two factories, which derive the third figure. When the total is not negative the given figure is brought into
/// [0, total]; when the total is negative it is taken as it is, so that the derived one carries the shortfall.
/// </remarks>
public sealed record AccountBalance
{
    /// <summary>Takes the three figures as they are.</summary>
    /// <exception cref="ArgumentException">The currencies differ, or total is not locked + free.</exception>
    public AccountBalance(Money total, Money locked, Money free)
    {
        if (total.Currency != locked.Currency || total.Currency != free.Currency)
        {
            throw new ArgumentException($"A balance is in one currency, got total {total}, locked {locked}, free {free}.", nameof(total));
        }

        if (total.Amount != locked.Amount + free.Amount)
        {
            throw new ArgumentException($"A balance needs total = locked + free, got total {total}, locked {locked}, free {free}.", nameof(total));
        }

        Total = total;
        Locked = locked;
        Free = free;
    }

    /// <summary>The currency of all three figures.</summary>
    public Currency Currency => Total.Currency;

    /// <summary>All there is.</summary>
    public Money Total { get; }

    /// <summary>What open orders and margin hold.</summary>
    public Money Locked { get; }

    /// <summary>What may be used.</summary>
    public Money Free { get; }

    /// <summary>Derives free. A non-negative total brings locked into [0, total].</summary>
    public static AccountBalance FromTotalAndLocked(Money total, Money locked)
    {
        locked = Clamped(total, locked);
        return new AccountBalance(total, locked, total - locked);
    }

    /// <summary>As the overload with <see cref="Money"/>; each figure is rounded half to even to the precision of the currency first.</summary>
    public static AccountBalance FromTotalAndLocked(decimal total, decimal locked, Currency currency)
        => FromTotalAndLocked(new Money(total, currency), new Money(locked, currency));

    /// <summary>Derives locked. A non-negative total brings free into [0, total].</summary>
    public static AccountBalance FromTotalAndFree(Money total, Money free)
    {
        free = Clamped(total, free);
        return new AccountBalance(total, total - free, free);
    }

    /// <summary>As the overload with <see cref="Money"/>; each figure is rounded half to even to the precision of the currency first.</summary>
    public static AccountBalance FromTotalAndFree(decimal total, decimal free, Currency currency)
        => FromTotalAndFree(new Money(total, currency), new Money(free, currency));

    /// <summary><c>total=… locked=… free=…</c></summary>
    public override string ToString() => $"AccountBalance(total={Total} locked={Locked} free={Free})";

    private static Money Clamped(Money total, Money part)
    {
        if (total.Amount < 0m)
        {
            return part;
        }

        var zero = Money.Zero(total.Currency);
        return part < zero ? zero : part > total ? total : part;
    }
}
