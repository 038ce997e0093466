using System.Runtime.CompilerServices;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <content>Montgomery multiplication with R = 2^320, and the signed digits of a scalar.</content>
internal readonly partial struct Scalar
{
    /// <summary>Signed base-32 digits of a scalar.</summary>
    public const int DigitCount = 64;

    public const int DigitBits = 5;

    /// <summary>-1/n mod 2^64.</summary>
    private const ulong NegativeInverse = 0xD78BEF72057B7BDF;

    private static Scalar RSquared => new(
        0xA01001DCE33DC739, 0x6C3228D33F62ACCF, 0xD1D796CC91CF8525, 0xAADFFF5D1574C1D8, 0x4ACA13B28CA251F5);

    /// <summary>
    /// Digits d_i in -15..16, in two's complement, with the scalar = sum of d_i 32^i. Only for scalars below n: 319 bits leave no last carry.
    /// </summary>
    public void WriteSignedDigits(Span<ulong> digits)
    {
        Span<ulong> limbs = [L0, L1, L2, L3, L4, 0];
        uint carry = 0;
        for (int i = 0; i < DigitCount; i++)
        {
            int position = i * DigitBits;
            int limb = position >> 6;
            int shift = position & 63;
            // The digit may reach into the next limb; (x << 1) << (63 - shift) is x << (64 - shift) without shifting by 64.
            ulong window = (limbs[limb] >> shift) | ((limbs[limb + 1] << 1) << (63 - shift));
            uint value = (uint)(window & 31) + carry;
            carry = (16 - value) >> 31;
            digits[i] = value - ((ulong)carry << DigitBits);
        }

        SecretMemory.Clear(limbs);
    }

    /// <summary>left * right / R for a right below n and any left; n below 2^319 keeps every step in six limbs.</summary>
    private static Scalar MontgomeryMultiply(in Scalar left, in Scalar right)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        MontgomeryStep(left.L0, right, ref t0, ref t1, ref t2, ref t3, ref t4);
        MontgomeryStep(left.L1, right, ref t0, ref t1, ref t2, ref t3, ref t4);
        MontgomeryStep(left.L2, right, ref t0, ref t1, ref t2, ref t3, ref t4);
        MontgomeryStep(left.L3, right, ref t0, ref t1, ref t2, ref t3, ref t4);
        MontgomeryStep(left.L4, right, ref t0, ref t1, ref t2, ref t3, ref t4);
        return new Scalar(t0, t1, t2, t3, t4).SubtractOrderIfAbove();
    }

    /// <summary>t = (t + factor * right + m * n) / 2^64 with the m that makes the division exact. t stays below 2n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MontgomeryStep(
        ulong factor, in Scalar right, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        ulong carry = 0;
        t0 = Branchless.MultiplyAdd(factor, right.L0, t0, ref carry);
        t1 = Branchless.MultiplyAdd(factor, right.L1, t1, ref carry);
        t2 = Branchless.MultiplyAdd(factor, right.L2, t2, ref carry);
        t3 = Branchless.MultiplyAdd(factor, right.L3, t3, ref carry);
        t4 = Branchless.MultiplyAdd(factor, right.L4, t4, ref carry);
        ulong t5 = carry;

        ulong m = t0 * NegativeInverse;
        carry = 0;
        _ = Branchless.MultiplyAdd(m, N0, t0, ref carry);
        t0 = Branchless.MultiplyAdd(m, N1, t1, ref carry);
        t1 = Branchless.MultiplyAdd(m, N2, t2, ref carry);
        t2 = Branchless.MultiplyAdd(m, N3, t3, ref carry);
        t3 = Branchless.MultiplyAdd(m, N4, t4, ref carry);
        t4 = t5 + carry;
    }
}
