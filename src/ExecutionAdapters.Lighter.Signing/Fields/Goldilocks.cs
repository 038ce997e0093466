using System.Runtime.CompilerServices;

namespace ExecutionAdapters.Lighter.Signing.Fields;

/// <summary>
/// The field of p = 2^64 - 2^32 + 1 elements. Every operation takes and gives any 64-bit representative;
/// only <see cref="Canonical"/> brings a value below p. Branch-free, but for <see cref="TrySqrt"/>.
/// </summary>
internal static class Goldilocks
{
    public const ulong Modulus = 0xFFFF_FFFF_0000_0001;

    /// <summary>2^64 mod p: what a carry out of 64 bits is worth.</summary>
    public const ulong Epsilon = 0xFFFF_FFFF;

    private const ulong Generator = 7;
    private const int TwoAdicity = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsCanonical(ulong value) => value < Modulus;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Canonical(ulong value) => value - (Branchless.Mask(value >= Modulus) & Modulus);

    /// <summary>Two's complement bits of the value as a field element.</summary>
    public static ulong FromInt64(long value) => Canonical(unchecked((ulong)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong left, ulong right)
    {
        ulong sum = left + right;
        ulong folded = sum + (Branchless.Mask(sum < left) & Epsilon);
        // Two operands at or above p can carry a second time.
        return folded + (Branchless.Mask(folded < sum) & Epsilon);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract(ulong left, ulong right)
    {
        ulong difference = left - right;
        ulong folded = difference - (Branchless.Mask(left < right) & Epsilon);
        return folded - (Branchless.Mask(folded > difference) & Epsilon);
    }

    public static ulong Negate(ulong value) => Modulus - Canonical(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Multiply(ulong left, ulong right)
    {
        ulong high = Branchless.MultiplyWide(left, right, out ulong low);
        return Reduce(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Square(ulong value) => Multiply(value, value);

    /// <summary>x^7, the S-box of Poseidon2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pow7(ulong value)
    {
        ulong square = Square(value);
        return Multiply(Multiply(value, square), Square(square));
    }

    /// <summary>low + 2^64 high, by 2^64 = 2^32 - 1 and 2^96 = -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Reduce(ulong low, ulong high)
    {
        ulong highHigh = high >> 32;
        ulong fold = (high << 32) - (uint)high;
        // Both corrections at once. A carry leaves a sum below fold <= 2^64 - 2^33, a borrow a result above 2^64 - 2^32:
        // neither correction wraps again.
        ulong sum = low + fold;
        ulong result = sum - highHigh;
        ulong corrections = Branchless.Bit(sum < fold) - Branchless.Bit(sum < highHigh);
        return result + (corrections << 32) - corrections;
    }

    /// <summary>value^(2^count).</summary>
    public static ulong SquareTimes(ulong value, int count)
    {
        for (int i = 0; i < count; i++)
        {
            value = Square(value);
        }

        return value;
    }

    /// <summary>The inverse; zero for zero. value^(p-2), p - 2 = 31 ones, a zero and 32 ones in binary.</summary>
    public static ulong Invert(ulong value)
    {
        ulong ones31 = PowerOf31Ones(value);
        ulong ones32 = Multiply(Square(ones31), value);
        return Multiply(SquareTimes(ones31, 33), ones32);
    }

    /// <summary>1 for a non-zero square, -1 for a non-square, 0 for zero: value^((p-1)/2).</summary>
    public static int Legendre(ulong value)
    {
        ulong ones32 = Multiply(Square(PowerOf31Ones(value)), value);
        ulong symbol = Canonical(SquareTimes(ones32, 31));
        return symbol <= 1 ? (int)symbol : -1;
    }

    /// <summary>A square root, by Tonelli and Shanks. Its time depends on the value: for public values only.</summary>
    public static bool TrySqrt(ulong value, out ulong root)
    {
        root = 0;
        int symbol = Legendre(value);
        if (symbol <= 0)
        {
            return symbol == 0;
        }

        // p - 1 = 2^32 (2^32 - 1): start from value^((q+1)/2) and value^q, q = 2^32 - 1.
        ulong ones31 = PowerOf31Ones(value);
        root = Multiply(ones31, value);
        ulong remainder = Multiply(Square(ones31), value);
        ulong rootOfUnity = Multiply(Square(PowerOf31Ones(Generator)), Generator);
        int order = TwoAdicity;
        while (Canonical(remainder) != 1)
        {
            int exponent = 0;
            for (ulong power = remainder; Canonical(power) != 1; power = Square(power))
            {
                exponent++;
            }

            ulong step = SquareTimes(rootOfUnity, order - exponent - 1);
            order = exponent;
            rootOfUnity = Square(step);
            remainder = Multiply(remainder, rootOfUnity);
            root = Multiply(root, step);
        }

        return true;
    }

    /// <summary>value^(2^31 - 1).</summary>
    private static ulong PowerOf31Ones(ulong value)
    {
        ulong ones2 = Multiply(Square(value), value);
        ulong ones3 = Multiply(Square(ones2), value);
        ulong ones6 = Multiply(SquareTimes(ones3, 3), ones3);
        ulong ones12 = Multiply(SquareTimes(ones6, 6), ones6);
        ulong ones24 = Multiply(SquareTimes(ones12, 12), ones12);
        ulong ones30 = Multiply(SquareTimes(ones24, 6), ones6);
        return Multiply(Square(ones30), value);
    }
}
