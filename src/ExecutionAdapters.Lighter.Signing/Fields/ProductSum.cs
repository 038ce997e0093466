using System.Runtime.CompilerServices;

namespace ExecutionAdapters.Lighter.Signing.Fields;

/// <summary>
/// A sum of 128-bit products, reduced once. It keeps no carries: beside the wrapped sums of the low and of the high words
/// it sums the upper halves of both, from which the few lost high bits follow.
/// Good for products of total weight up to 64.
/// </summary>
internal struct ProductSum
{
    private ulong _low;
    private ulong _lowUpper;
    private ulong _high;
    private ulong _highUpper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong left, ulong right)
    {
        ulong high = Branchless.MultiplyWide(left, right, out ulong low);
        _low += low;
        _lowUpper += low >> 32;
        _high += high;
        _highUpper += high >> 32;
    }

    /// <summary>Everything so far times a small factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Scale(ulong factor)
    {
        _low *= factor;
        _lowUpper *= factor;
        _high *= factor;
        _highUpper *= factor;
    }

    /// <summary>Any representative of the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Reduce()
    {
        Split(out ulong lower, out ulong upper);
        return SplitSum.Fold(lower, upper);
    }

    /// <summary>The sum as lower + 2^32 upper, by 2^64 = 2^32 - 1 and 2^96 = -1. See <see cref="SplitSum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Split(out ulong lower, out ulong upper)
    {
        ulong lowLower = _low - (_lowUpper << 32);
        ulong highLower = _high - (_highUpper << 32);
        lower = lowLower - highLower - _highUpper;
        upper = _lowUpper + highLower;
    }
}
