using System.Runtime.CompilerServices;

namespace ExecutionAdapters.Lighter.Signing.Fields;

/// <summary>
/// Field elements that wait for their reduction as lower + 2^32 upper, two words that take sums and small multiples without a carry.
/// </summary>
internal static class SplitSum
{
    /// <summary>Both words may be of either sign, in two's complement, and of a magnitude below this.</summary>
    public const ulong Limit = 1UL << 50;

    /// <summary>
    /// Added to the lower and the upper word these two are 2^19 p, that is nothing: what they do is to make both words positive.
    /// </summary>
    public const ulong LowerOffset = (1UL << 53) - (1UL << 51) + (1UL << 19);

    public const ulong UpperOffset = (1UL << 51) - (1UL << 21);

    /// <summary>Any representative of lower + 2^32 upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Fold(ulong lower, ulong upper)
    {
        lower += LowerOffset;
        upper += UpperOffset + (lower >> 32);
        ulong joined = (upper << 32) | (uint)lower;
        ulong fold = ((upper >> 32) << 32) - (upper >> 32); // 2^64 = 2^32 - 1
        ulong sum = joined + fold;
        return sum + (Branchless.Mask(sum < fold) & Goldilocks.Epsilon);
    }
}
