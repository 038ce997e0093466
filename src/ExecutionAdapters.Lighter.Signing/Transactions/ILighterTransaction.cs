using System.Collections.Immutable;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>One of the twenty layer 2 transactions that a user can sign. The set is closed: only this library implements it.</summary>
public interface ILighterTransaction
{
    /// <summary>The venue's type of the transaction.</summary>
    LighterTransactionType Type { get; }

    /// <summary>Account, key, expiry, nonce and attributes.</summary>
    TransactionHeader Header { get; init; }

    /// <summary>Checks everything that can be known without the venue's state: ranges, enumerations and their combinations.</summary>
    /// <returns>The first broken rule, or null.</returns>
    TransactionRuleViolation? Validate();

    /// <summary>
    /// The one description of the members after <c>ApiKeyIndex</c> and before <c>ExpiredAt</c>, in the order in which they are
    /// hashed and written. Each member is handed to the visitor and replaced by what it returns, so that hashing, writing
    /// and reading cannot drift apart; the result goes to <see cref="ITransactionMemberVisitor.Accept"/>.
    /// </summary>
    internal void Describe<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITransactionMemberVisitor, allows ref struct;
}

/// <summary>What walks over the members of a transaction. Hashing and writing return the value they got; reading another.</summary>
internal interface ITransactionMemberVisitor
{
    bool Flag(ReadOnlySpan<byte> name, bool value);

    byte Byte(ReadOnlySpan<byte> name, byte value);

    short Int16(ReadOnlySpan<byte> name, short value);

    ushort UInt16(ReadOnlySpan<byte> name, ushort value);

    uint UInt32(ReadOnlySpan<byte> name, uint value);

    long Int64(ReadOnlySpan<byte> name, long value);

    /// <summary>An amount: one number on the wire, its low and high 32 bits apart in the hash.</summary>
    long SplitInt64(ReadOnlySpan<byte> name, long value);

    /// <inheritdoc cref="SplitInt64"/>
    ulong SplitUInt64(ReadOnlySpan<byte> name, ulong value);

    /// <summary>Base64 on the wire, five limbs in the hash.</summary>
    EncodedPublicKey PublicKey(ReadOnlySpan<byte> name, EncodedPublicKey value);

    /// <summary>An array of 32 numbers on the wire, not hashed: only the layer 1 signature covers it.</summary>
    TransferMemo Memo(ReadOnlySpan<byte> name, TransferMemo value);

    /// <summary><c>L1Sig</c>: text on the wire, not hashed.</summary>
    string L1Signature(L1SignaturePlace place, string value);

    /// <summary>An array of order objects on the wire, one aggregated hash in the hash.</summary>
    ImmutableArray<LighterOrderInfo> Orders(ReadOnlySpan<byte> name, ImmutableArray<LighterOrderInfo> value);

    /// <summary>The transaction with the members that the visitor returned.</summary>
    void Accept<TTransaction>(in TTransaction described)
        where TTransaction : struct, ILighterTransaction;
}

/// <summary>Where <c>L1Sig</c> stands on the wire.</summary>
internal enum L1SignaturePlace
{
    BeforeExpiredAt,
    AfterSig,
}
