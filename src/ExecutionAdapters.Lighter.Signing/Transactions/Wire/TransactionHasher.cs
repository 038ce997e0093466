using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Hashing;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Collects the hashed elements of a transaction: chain, type, nonce, expiry, account, key, then the members as described.
/// </summary>
internal ref struct TransactionHasher : ITransactionMemberVisitor
{
    /// <summary>Room for the six common elements and the ten of an order.</summary>
    private const int MaximumElements = 16;

    private const int OrderElements = 10;
    private const int HashElements = 4;

    private static HashedAttributes? _lastAttributes;

    private readonly Span<ulong> _elements;
    private int _count;

    private TransactionHasher(Span<ulong> elements) => _elements = elements;

    public static TransactionHash Hash<T>(int chainId, in T transaction)
        where T : ILighterTransaction
    {
        var hasher = new TransactionHasher(stackalloc ulong[MaximumElements]);
        TransactionHeader header = transaction.Header;
        hasher.Add(chainId);
        hasher.Add((long)transaction.Type);
        hasher.Add(header.Nonce);
        hasher.Add(header.ExpiredAt);
        hasher.Add(header.AccountIndex);
        hasher.Add(header.ApiKeyIndex);
        transaction.Describe(ref hasher);
        GFp5 members = Poseidon2.HashToQuintic(hasher._elements[..hasher._count]);
        return new TransactionHash(WithAttributes(members, header.Attributes));
    }

    public bool Flag(ReadOnlySpan<byte> name, bool value)
    {
        Add(value ? 1 : 0);
        return value;
    }

    public byte Byte(ReadOnlySpan<byte> name, byte value)
    {
        Add(value);
        return value;
    }

    public short Int16(ReadOnlySpan<byte> name, short value)
    {
        Add(value);
        return value;
    }

    public ushort UInt16(ReadOnlySpan<byte> name, ushort value)
    {
        Add(value);
        return value;
    }

    public uint UInt32(ReadOnlySpan<byte> name, uint value)
    {
        Add(value);
        return value;
    }

    public long Int64(ReadOnlySpan<byte> name, long value)
    {
        Add(value);
        return value;
    }

    public long SplitInt64(ReadOnlySpan<byte> name, long value)
    {
        Add(value & uint.MaxValue);
        Add(value >> 32);
        return value;
    }

    public ulong SplitUInt64(ReadOnlySpan<byte> name, ulong value)
    {
        Add((long)(value & uint.MaxValue));
        Add((long)(value >> 32));
        return value;
    }

    public EncodedPublicKey PublicKey(ReadOnlySpan<byte> name, EncodedPublicKey value)
    {
        AddLimbs(value.Element);
        return value;
    }

    public readonly TransferMemo Memo(ReadOnlySpan<byte> name, TransferMemo value) => value;

    public readonly string L1Signature(L1SignaturePlace place, string value) => value;

    /// <summary>The orders' hashes folded from the left: four elements.</summary>
    public ImmutableArray<LighterOrderInfo> Orders(ReadOnlySpan<byte> name, ImmutableArray<LighterOrderInfo> value)
    {
        var order = new TransactionHasher(stackalloc ulong[OrderElements]);
        Span<ulong> pair = stackalloc ulong[2 * HashElements];
        Span<ulong> aggregate = pair[..HashElements];
        for (int i = 0; i < value.Length; i++)
        {
            order._count = 0;
            value[i].Describe(ref order);
            Poseidon2.HashNoPad(order._elements, pair[(i == 0 ? 0 : HashElements)..]);
            if (i > 0)
            {
                Poseidon2.HashNoPad(pair, aggregate);
            }
        }

        aggregate.CopyTo(_elements[_count..]);
        _count += HashElements;
        return value;
    }

    public readonly void Accept<TTransaction>(in TTransaction described)
        where TTransaction : struct, ILighterTransaction
    {
    }

    private void Add(long value) => _elements[_count++] = Goldilocks.FromInt64(value);

    private void AddLimbs(in GFp5 value)
    {
        MemoryMarshal.Cast<GFp5, ulong>(new ReadOnlySpan<GFp5>(in value)).CopyTo(_elements[_count..]);
        _count += GFp5.LimbCount;
    }

    /// <summary>
    /// Attributes that are not nil, as (type, value) pairs filled up with zeros to four, are hashed and joined to the members' hash.
    /// </summary>
    private static GFp5 WithAttributes(in GFp5 members, in TransactionAttributes attributes)
    {
        if (attributes.Count == 0)
        {
            return members;
        }

        // A trader's attributes are the same in all its orders.
        if (_lastAttributes is not { } last || last.Attributes != attributes)
        {
            _lastAttributes = last = new HashedAttributes(attributes, HashAttributes(attributes));
        }

        if (last.Hash is not { } attributesHash)
        {
            return members;
        }

        var joined = new TransactionHasher(stackalloc ulong[2 * GFp5.LimbCount]);
        joined.AddLimbs(members);
        joined.AddLimbs(attributesHash);
        return Poseidon2.HashToQuintic(joined._elements);
    }

    /// <summary>Null: all of them are nil.</summary>
    private static GFp5? HashAttributes(in TransactionAttributes attributes)
    {
        var pairs = new TransactionHasher(stackalloc ulong[2 * TransactionAttributes.MaximumCount]);
        for (int i = 0; i < attributes.Count; i++)
        {
            (byte type, long value) = attributes[i];
            if (!TransactionAttributeTable.IsNil(type, value))
            {
                pairs.Add(type);
                pairs.Add(value);
            }
        }

        return pairs._count == 0 ? null : Poseidon2.HashToQuintic(pairs._elements);
    }

    /// <summary>Attributes and their hash, together in one reference, so that no thread sees halves of two.</summary>
    private sealed class HashedAttributes(in TransactionAttributes attributes, in GFp5? hash)
    {
        public TransactionAttributes Attributes { get; } = attributes;

        public GFp5? Hash { get; } = hash;
    }
}
