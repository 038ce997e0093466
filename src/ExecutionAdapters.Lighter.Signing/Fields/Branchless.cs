using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ExecutionAdapters.Lighter.Signing.Fields;

/// <summary>Conditions as masks, so that no branch and no address depends on a secret.</summary>
internal static class Branchless
{
    /// <summary>
    /// 1 when the condition holds, else 0. A comparison written as the argument becomes a flag-to-register
    /// instruction; <c>condition ? 1 : 0</c> would leave the choice between that and a jump to the compiler.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bit(bool condition) => Unsafe.BitCast<bool, byte>(condition);

    /// <summary>All ones when the condition holds, else zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mask(bool condition) => 0UL - Bit(condition);

    /// <summary>All ones when both values are equal, else zero, without a comparison.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualMask(ulong left, ulong right)
    {
        ulong difference = left ^ right;
        return ((difference | (0UL - difference)) >> 63) - 1UL;
    }

    /// <summary><paramref name="whenSet"/> where the mask has ones, else <paramref name="whenClear"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Select(ulong mask, ulong whenSet, ulong whenClear) => whenClear ^ (mask & (whenSet ^ whenClear));

    /// <summary>left + right + carry; the carry out replaces <paramref name="carry"/> (0 or 1 on both ways).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong AddWithCarry(ulong left, ulong right, ref ulong carry)
    {
        ulong sum = left + right;
        ulong first = Bit(sum < left);
        ulong result = sum + carry;
        carry = first | Bit(result < sum);
        return result;
    }

    /// <summary>left - right - borrow; the borrow out replaces <paramref name="borrow"/> (0 or 1 on both ways).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SubtractWithBorrow(ulong left, ulong right, ref ulong borrow)
    {
        ulong difference = left - right;
        ulong first = Bit(left < right);
        ulong result = difference - borrow;
        borrow = first | Bit(difference < borrow);
        return result;
    }

    /// <summary>The high word of the product; Math.BigMul would pass the low one through memory where there is MULX.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyWide(ulong left, ulong right, out ulong low)
    {
        if (Bmi2.X64.IsSupported)
        {
            low = left * right;
            return Bmi2.X64.MultiplyNoFlags(left, right);
        }

        return Math.BigMul(left, right, out low);
    }

    /// <summary>Low word of left * right + addend + carry; the high word replaces <paramref name="carry"/>. Never overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong left, ulong right, ulong addend, ref ulong carry)
    {
        ulong high = MultiplyWide(left, right, out ulong low);
        low += addend;
        high += Bit(low < addend);
        low += carry;
        high += Bit(low < carry);
        carry = high;
        return low;
    }
}
