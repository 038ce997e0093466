using System.Numerics;
using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Tests;

/// <summary>Seeded values, edges among them, and an independent arithmetic to compare with.</summary>
internal sealed class RandomValues(int seed)
{
    public static readonly BigInteger P = BigInteger.Pow(2, 64) - BigInteger.Pow(2, 32) + 1;

    public static readonly BigInteger N = BigInteger.Parse(
        "1067993516717146951041484916571792702745057740581727230159139685185762082554198619328292418486241");

    private static readonly ulong[] Edges =
    [
        0, 1, 2, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0000_0000, 0x8000_0000_0000_0000, Goldilocks.Modulus - 1, Goldilocks.Modulus,
        Goldilocks.Modulus + 1, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    private readonly Random _random = new(seed);

    /// <summary>To be appended to failures.</summary>
    public string Seed => $"seed {seed}";

    /// <summary>Any representative of a field element, non-canonical ones included.</summary>
    public ulong Limb() => _random.Next(3) == 0 ? Edges[_random.Next(Edges.Length)] : (ulong)_random.NextInt64(long.MinValue, long.MaxValue);

    public GFp5 Quintic() => new(Limb(), Limb(), Limb(), Limb(), Limb());

    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    public int Next(int limit) => _random.Next(limit);

    /// <summary>A scalar, 0 included.</summary>
    public Scalar NextScalar()
    {
        BigInteger value = _random.Next(8) switch
        {
            0 => N - 1 - _random.Next(3),
            1 => _random.Next(40),
            2 => BigInteger.Pow(2, _random.Next(319)),
            _ => new BigInteger(Bytes(40), isUnsigned: true) % N,
        };
        return ToScalar(value);
    }

    public TransactionHash Hash() => new(Quintic());

    public static Scalar ToScalar(BigInteger value)
    {
        byte[] bytes = new byte[Scalar.Size];
        Assert.True(value.TryWriteBytes(bytes, out _, isUnsigned: true));
        Assert.True(Scalar.TryRead(bytes, out Scalar scalar));
        return scalar;
    }

    public static BigInteger ToInteger(Scalar value)
    {
        byte[] bytes = new byte[Scalar.Size];
        value.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true);
    }
}
