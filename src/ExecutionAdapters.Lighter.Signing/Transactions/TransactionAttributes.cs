using System.Globalization;
using System.Text;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Up to four attributes of a transaction, ascending by type, held inline. <c>default</c> is none.
/// The known types and their ranges are rows of <see cref="TransactionAttributeTable"/>; any other type is carried and hashed as it is.
/// </summary>
public readonly record struct TransactionAttributes
{
    /// <summary>The most attributes a transaction can have.</summary>
    public const int MaximumCount = 4;

    // Empty places, of type 0, stand at the end.
    private readonly Entry _first;
    private readonly Entry _second;
    private readonly Entry _third;
    private readonly Entry _fourth;

    private TransactionAttributes(ReadOnlySpan<Entry> entries)
    {
        _first = entries[0];
        _second = entries[1];
        _third = entries[2];
        _fourth = entries[3];
    }

    /// <summary>How many there are, 0 to 4, those that hold their nil value included.</summary>
    public int Count => Bit(_first) + Bit(_second) + Bit(_third) + Bit(_fourth);

    /// <summary>The attribute at a place, ascending by type.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no attribute at that place.</exception>
    public (byte Type, long Value) this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            Entry entry = index switch { 0 => _first, 1 => _second, 2 => _third, _ => _fourth };
            return (entry.Type, entry.Value);
        }
    }

    /// <summary>These attributes with one more, or with another value of one that is there.</summary>
    /// <param name="type">The attribute's type, 1 to 255.</param>
    /// <param name="value">Its value. Ranges are checked by the transaction's validation, not here.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is 0.</exception>
    /// <exception cref="InvalidOperationException">There are four others already.</exception>
    public TransactionAttributes With(byte type, long value)
    {
        ArgumentOutOfRangeException.ThrowIfZero(type);
        Span<Entry> entries = stackalloc Entry[MaximumCount + 1];
        int count = CopyOthers(type, entries);
        if (count == MaximumCount)
        {
            throw new InvalidOperationException($"A transaction has at most {MaximumCount} attributes: attribute {type} finds no place.");
        }

        int place = 0;
        while (place < count && entries[place].Type < type)
        {
            place++;
        }

        entries[place..count].CopyTo(entries[(place + 1)..]);
        entries[place] = new Entry(type, value);
        return new TransactionAttributes(entries);
    }

    /// <summary>These attributes without one.</summary>
    /// <param name="type">The attribute's type.</param>
    public TransactionAttributes Without(byte type)
    {
        Span<Entry> entries = stackalloc Entry[MaximumCount + 1];
        entries[CopyOthers(type, entries)..].Clear();
        return new TransactionAttributes(entries);
    }

    /// <summary>The value of an attribute.</summary>
    /// <param name="type">The attribute's type.</param>
    /// <param name="value">Its value, or 0.</param>
    /// <returns>Whether the attribute is there, be it with its nil value.</returns>
    public bool TryGet(byte type, out long value)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i].Type == type)
            {
                value = this[i].Value;
                return true;
            }
        }

        value = 0;
        return false;
    }

    /// <summary>Attribute 4: the nonce may be any larger than the last one, gaps are allowed.</summary>
    public TransactionAttributes SkipNonce() => With(TransactionAttributeTable.SkipTxNonce, 1);

    /// <summary>Attributes 1 to 3: an integrator the user has approved, and its fees. A fee of 0 takes no place.</summary>
    /// <param name="account">The integrator's account index.</param>
    /// <param name="takerFee">Taker fee in 1e-6 of the notional, 0 to 1,000,000.</param>
    /// <param name="makerFee">Maker fee in 1e-6 of the notional, 0 to 1,000,000.</param>
    public TransactionAttributes Integrator(long account, int takerFee, int makerFee)
    {
        TransactionAttributes result = With(TransactionAttributeTable.IntegratorAccountIndex, account)
            .Without(TransactionAttributeTable.IntegratorTakerFee)
            .Without(TransactionAttributeTable.IntegratorMakerFee);
        result = takerFee == 0 ? result : result.With(TransactionAttributeTable.IntegratorTakerFee, takerFee);
        return makerFee == 0 ? result : result.With(TransactionAttributeTable.IntegratorMakerFee, makerFee);
    }

    /// <summary>Attribute 5: the one market that an immediate cancel-all cancels in.</summary>
    /// <param name="marketIndex">0 to 254; 255 is all markets. Spot markets are out of its range.</param>
    public TransactionAttributes CancelAllMarket(short marketIndex) => With(TransactionAttributeTable.CancelAllMarketIndex, marketIndex);

    /// <summary>Attribute 6: what happens when the order would trade with one's own.</summary>
    /// <param name="mode">0 expire the maker, 1 expire the taker, 2 cancel both, 3 reduce.</param>
    public TransactionAttributes SelfTradeBehavior(byte mode) => With(TransactionAttributeTable.SelfTradeBehaviorMode, mode);

    /// <summary>Attribute 7: whose orders are one's own.</summary>
    /// <param name="mode">0 those of the same account, 1 those of the same master account.</param>
    public TransactionAttributes SelfTradeEquality(byte mode) => With(TransactionAttributeTable.SelfTradeEqualityMode, mode);

    /// <summary>All attributes in the form of the wire, e.g. <c>{"1":77,"4":1}</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("{");
        for (int i = 0; i < Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}\"{this[i].Type}\":{this[i].Value}");
        }

        return text.Append('}').ToString();
    }

    private static int Bit(Entry entry) => entry.Type == 0 ? 0 : 1;

    private int CopyOthers(byte type, Span<Entry> entries)
    {
        int count = 0;
        foreach (Entry entry in (ReadOnlySpan<Entry>)[_first, _second, _third, _fourth])
        {
            if (entry.Type != 0 && entry.Type != type)
            {
                entries[count++] = entry;
            }
        }

        return count;
    }

    private readonly record struct Entry(byte Type, long Value);
}
