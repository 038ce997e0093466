using System.Collections.Immutable;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Reads the described members from a JSON object.</summary>
internal struct TransactionMemberReader(JsonMembers members) : ITransactionMemberVisitor
{
    /// <summary>The transaction with the members read, once it was described.</summary>
    public ILighterTransaction? Transaction { get; private set; }

    /// <summary><c>L1Sig</c> of the types that have it.</summary>
    public string? L1SignatureText { get; private set; }

    public readonly bool Flag(ReadOnlySpan<byte> name, bool value) => members.Integer(name, 0, 1) != 0;

    public readonly byte Byte(ReadOnlySpan<byte> name, byte value) => (byte)members.Integer(name, byte.MinValue, byte.MaxValue);

    public readonly short Int16(ReadOnlySpan<byte> name, short value) => (short)members.Integer(name, short.MinValue, short.MaxValue);

    public readonly ushort UInt16(ReadOnlySpan<byte> name, ushort value) => (ushort)members.Integer(name, ushort.MinValue, ushort.MaxValue);

    public readonly uint UInt32(ReadOnlySpan<byte> name, uint value) => (uint)members.Integer(name, uint.MinValue, uint.MaxValue);

    public readonly long Int64(ReadOnlySpan<byte> name, long value) => members.Integer(name, long.MinValue, long.MaxValue);

    public readonly long SplitInt64(ReadOnlySpan<byte> name, long value) => Int64(name, value);

    public readonly ulong SplitUInt64(ReadOnlySpan<byte> name, ulong value) => members.UnsignedInteger(name);

    public readonly EncodedPublicKey PublicKey(ReadOnlySpan<byte> name, EncodedPublicKey value)
    {
        Span<byte> bytes = stackalloc byte[EncodedPublicKey.Size];
        EncodedPublicKey encoded = default;
        if (members.Text(name, required: true) is { } text
            && !(Base64Text.TryDecode(text, bytes) && EncodedPublicKey.TryFromBytes(bytes, out encoded)))
        {
            members.Fail($"PubKey must be base64 of {EncodedPublicKey.Size} bytes, five limbs below the field's modulus.");
        }

        return encoded;
    }

    public readonly TransferMemo Memo(ReadOnlySpan<byte> name, TransferMemo value)
    {
        if (members.Array(name) is not { } array)
        {
            return default;
        }

        if (array.GetArrayLength() != TransferMemo.Size)
        {
            members.Fail($"Memo has {array.GetArrayLength()} numbers; it must have {TransferMemo.Size}.");
            return default;
        }

        Span<byte> bytes = stackalloc byte[TransferMemo.Size];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)members.Integer(name, array[i], byte.MinValue, byte.MaxValue);
        }

        _ = TransferMemo.TryFromBytes(bytes, out TransferMemo memo);
        return memo;
    }

    public string L1Signature(L1SignaturePlace place, string value) => L1SignatureText = members.Text("L1Sig"u8, required: false) ?? "";

    public readonly ImmutableArray<LighterOrderInfo> Orders(ReadOnlySpan<byte> name, ImmutableArray<LighterOrderInfo> value)
    {
        if (members.Array(name) is not { } array)
        {
            return [];
        }

        if (array.GetArrayLength() > LighterLimits.MaximumGroupSize)
        {
            members.Fail($"Orders has {array.GetArrayLength()} members; it may have {LighterLimits.MaximumGroupSize}.");
            return [];
        }

        var orders = ImmutableArray.CreateBuilder<LighterOrderInfo>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            orders.Add(Order(item, orders.Count));
        }

        return orders.MoveToImmutable();
    }

    public void Accept<TTransaction>(in TTransaction described)
        where TTransaction : struct, ILighterTransaction => Transaction = described;

    private readonly LighterOrderInfo Order(JsonElement item, int index)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            members.Fail($"Orders[{index}] must be an object.");
            return default;
        }

        var orderMembers = new JsonMembers(item, $"Orders[{index}].");
        var reader = new TransactionMemberReader(orderMembers);
        LighterOrderInfo order = default(LighterOrderInfo).Describe(ref reader);
        orderMembers.RefuseOthers();
        if (orderMembers.Error is { } error)
        {
            members.Fail(error);
        }

        return order;
    }
}
