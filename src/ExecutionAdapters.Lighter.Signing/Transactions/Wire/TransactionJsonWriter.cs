using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Unicode;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Writes the wire form: members in the venue's declared order, no whitespace, integers as numbers. Allocates nothing.
/// </summary>
internal ref struct TransactionJsonWriter : ITransactionMemberVisitor
{
    private readonly Span<byte> _destination;
    private int _position;
    private bool _needsComma;
    private bool _overflowed;
    private string? _trailingL1Signature;

    private TransactionJsonWriter(Span<byte> destination) => _destination = destination;

    /// <summary>Writes a valid transaction. Returns how many bytes it took.</summary>
    public static int Write<T>(in T transaction, in LighterSignature signature, Span<byte> destination)
        where T : ILighterTransaction
    {
        var writer = new TransactionJsonWriter(destination);
        TransactionHeader header = transaction.Header;
        writer.Raw("{"u8);
        writer.Int64(
            TransactionRules.HasFromAccount(transaction.Type) ? "FromAccountIndex"u8 : "AccountIndex"u8,
            header.AccountIndex);
        writer.Byte("ApiKeyIndex"u8, header.ApiKeyIndex);
        transaction.Describe(ref writer);
        writer.Int64("ExpiredAt"u8, header.ExpiredAt);
        writer.Int64("Nonce"u8, header.Nonce);
        writer.Signature(signature);
        if (writer._trailingL1Signature is { } l1Signature)
        {
            writer.Text("L1Sig"u8, l1Signature);
        }

        writer.Attributes(header.Attributes);
        writer.Raw("}"u8);
        return writer._overflowed
            ? throw new ArgumentException(
                $"The destination has {destination.Length} bytes, too few for this transaction; "
                + $"{LighterTransactionSigner.MaximumTxInfoSize} are always enough.",
                nameof(destination))
            : writer._position;
    }

    public bool Flag(ReadOnlySpan<byte> name, bool value)
    {
        Int64(name, value ? 1 : 0);
        return value;
    }

    public byte Byte(ReadOnlySpan<byte> name, byte value)
    {
        Int64(name, value);
        return value;
    }

    public short Int16(ReadOnlySpan<byte> name, short value)
    {
        Int64(name, value);
        return value;
    }

    public ushort UInt16(ReadOnlySpan<byte> name, ushort value)
    {
        Int64(name, value);
        return value;
    }

    public uint UInt32(ReadOnlySpan<byte> name, uint value)
    {
        Int64(name, value);
        return value;
    }

    public long Int64(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Number(value);
        return value;
    }

    public long SplitInt64(ReadOnlySpan<byte> name, long value) => Int64(name, value);

    public ulong SplitUInt64(ReadOnlySpan<byte> name, ulong value)
    {
        Name(name);
        Advance(Utf8Formatter.TryFormat(value, _destination[_position..], out int written), written);
        return value;
    }

    public EncodedPublicKey PublicKey(ReadOnlySpan<byte> name, EncodedPublicKey value)
    {
        Span<byte> bytes = stackalloc byte[EncodedPublicKey.Size];
        value.CopyTo(bytes);
        Name(name);
        Base64Text(bytes);
        return value;
    }

    public TransferMemo Memo(ReadOnlySpan<byte> name, TransferMemo value)
    {
        Span<byte> bytes = stackalloc byte[TransferMemo.Size];
        value.CopyTo(bytes);
        Name(name);
        Raw("["u8);
        _needsComma = false;
        foreach (byte item in bytes)
        {
            Comma();
            Number(item);
        }

        Raw("]"u8);
        return value;
    }

    public string L1Signature(L1SignaturePlace place, string value)
    {
        if (place == L1SignaturePlace.BeforeExpiredAt)
        {
            Text("L1Sig"u8, value);
        }
        else
        {
            _trailingL1Signature = value;
        }

        return value;
    }

    public ImmutableArray<LighterOrderInfo> Orders(ReadOnlySpan<byte> name, ImmutableArray<LighterOrderInfo> value)
    {
        Name(name);
        Raw("["u8);
        _needsComma = false;
        foreach (LighterOrderInfo order in value)
        {
            Comma();
            Raw("{"u8);
            _needsComma = false;
            order.Describe(ref this);
            Raw("}"u8);
        }

        Raw("]"u8);
        _needsComma = true;
        return value;
    }

    public readonly void Accept<TTransaction>(in TTransaction described)
        where TTransaction : struct, ILighterTransaction
    {
    }

    private void Signature(in LighterSignature signature)
    {
        Span<byte> bytes = stackalloc byte[LighterSignature.Size];
        signature.CopyTo(bytes);
        Name("Sig"u8);
        Base64Text(bytes);
    }

    /// <summary>Only what is not nil, ascending by type; null when that is nothing.</summary>
    private void Attributes(in TransactionAttributes attributes)
    {
        Name("L2TxAttributes"u8);
        bool open = false;
        for (int i = 0; i < attributes.Count; i++)
        {
            (byte type, long value) = attributes[i];
            if (!TransactionAttributeTable.IsNil(type, value))
            {
                Raw(open ? ",\""u8 : "{\""u8);
                Number(type);
                Raw("\":"u8);
                Number(value);
                open = true;
            }
        }

        Raw(open ? "}"u8 : "null"u8);
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        Comma();
        Raw("\""u8);
        Raw(name);
        Raw("\":"u8);
    }

    private void Comma()
    {
        if (_needsComma)
        {
            Raw(","u8);
        }

        _needsComma = true;
    }

    /// <summary>Text that validation has found to need no escape.</summary>
    private void Text(ReadOnlySpan<byte> name, string value)
    {
        Name(name);
        Raw("\""u8);
        Advance(Utf8.FromUtf16(value, _destination[_position..], out _, out int written) == OperationStatus.Done, written);
        Raw("\""u8);
    }

    private void Base64Text(scoped ReadOnlySpan<byte> bytes)
    {
        Raw("\""u8);
        Advance(Base64.EncodeToUtf8(bytes, _destination[_position..], out _, out int written) == OperationStatus.Done, written);
        Raw("\""u8);
    }

    private void Number(long value)
    {
        Advance(Utf8Formatter.TryFormat(value, _destination[_position..], out int written), written);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Advance(bytes.TryCopyTo(_destination[_position..]), bytes.Length);
    }

    private void Advance(bool fits, int written)
    {
        _overflowed |= !fits;
        _position += fits ? written : 0;
    }
}
