using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Lanes;
using FourLanes = ExecutionAdapters.Lighter.Signing.Lanes.QuinticLanes<
    System.Runtime.Intrinsics.Vector256<ulong>, ExecutionAdapters.Lighter.Signing.Lanes.Lanes256>;

namespace ExecutionAdapters.Lighter.Signing.Hashing;

/// <content>
/// One permutation in three vectors of four elements, each a block of the external layer. In the internal rounds element 0 goes through
/// its S-box in plain registers while the vectors work on the others.
/// </content>
internal static partial class Poseidon2
{
    private const int Blocks = Width / BlockLength;

    /// <summary>
    /// For each external layer, the first one before all rounds, and each block: the lower and the upper words of the constants that the
    /// next round begins with. They are added before the words of the layer are folded.
    /// </summary>
    private static readonly Vector256<ulong>[] LayerConstants = BuildLayerConstants();

    private static Vector256<ulong> Lower32 => Vector256.Create(Goldilocks.Epsilon);

    /// <summary>The permutation in vectors.</summary>
    internal static void PermuteVectors(Span<ulong> state)
    {
        ref ulong elements = ref MemoryMarshal.GetReference(state[..Width]);
        Vector256<ulong> first = Vector256.LoadUnsafe(ref elements);
        Vector256<ulong> second = Vector256.LoadUnsafe(ref elements, BlockLength);
        Vector256<ulong> third = Vector256.LoadUnsafe(ref elements, 2 * BlockLength);
        ref Vector256<ulong> constants = ref MemoryMarshal.GetArrayDataReference(LayerConstants);
        ExternalLayer(ref first, ref second, ref third, ref constants);
        for (int round = 1; round <= HalfFullRounds; round++)
        {
            constants = ref Unsafe.Add(ref constants, 2 * Blocks);
            FullRound(ref first, ref second, ref third, ref constants);
        }

        InternalRounds(ref first, ref second, ref third);
        for (int round = 1; round <= HalfFullRounds; round++)
        {
            constants = ref Unsafe.Add(ref constants, 2 * Blocks);
            FullRound(ref first, ref second, ref third, ref constants);
        }

        Canonical(first).StoreUnsafe(ref elements);
        Canonical(second).StoreUnsafe(ref elements, BlockLength);
        Canonical(third).StoreUnsafe(ref elements, 2 * BlockLength);
    }

    /// <summary>The S-boxes and the external layer. The constants that a round begins with were added by the layer before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FullRound(
        ref Vector256<ulong> first, ref Vector256<ulong> second, ref Vector256<ulong> third, ref Vector256<ulong> constants)
    {
        first = Pow7(first);
        second = Pow7(second);
        third = Pow7(third);
        ExternalLayer(ref first, ref second, ref third, ref constants);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExternalLayer(
        ref Vector256<ulong> first, ref Vector256<ulong> second, ref Vector256<ulong> third, ref Vector256<ulong> constants)
    {
        Vector256<ulong> lower = (first & Lower32) + (second & Lower32) + (third & Lower32);
        Vector256<ulong> upper = (first >>> 32) + (second >>> 32) + (third >>> 32);
        first = ExternalBlock(first, lower, upper, ref constants);
        second = ExternalBlock(second, lower, upper, ref Unsafe.Add(ref constants, 2));
        third = ExternalBlock(third, lower, upper, ref Unsafe.Add(ref constants, 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> ExternalBlock(
        Vector256<ulong> block, Vector256<ulong> sumLower, Vector256<ulong> sumUpper, ref Vector256<ulong> constants) =>
        FourLanes.FoldPositive(
            Circulant((block & Lower32) + sumLower) + constants,
            Circulant((block >>> 32) + sumUpper) + Unsafe.Add(ref constants, 1));

    /// <summary>Times the circulant (2, 3, 1, 1): the sum of all four, the element itself, and twice the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Circulant(Vector256<ulong> block)
    {
        Vector256<ulong> pairs = block + Lanes256.Rotate(block, 2);
        Vector256<ulong> next = Lanes256.Rotate(block, 1);
        return pairs + Vector256.Shuffle(pairs, Vector256.Create(1UL, 0, 3, 2)) + block + (next + next);
    }

    /// <summary>See <see cref="InternalRounds(ref ulong)"/>. Lane 0 of the first vector, in place of element 0, stays zero. Ends with the constants
    /// of the full round that follows.</summary>
    private static void InternalRounds(ref Vector256<ulong> firstBlock, ref Vector256<ulong> secondBlock, ref Vector256<ulong> thirdBlock)
    {
        Vector256<ulong> others = Vector256.Create(0, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);
        ulong element = firstBlock.ToScalar();
        Vector256<ulong> first = firstBlock & others, second = secondBlock, third = thirdBlock;
        ref ulong diagonal = ref MemoryMarshal.GetArrayDataReference(InternalDiagonal);
        Vector256<ulong> firstDiagonal = Vector256.LoadUnsafe(ref diagonal);
        Vector256<ulong> secondDiagonal = Vector256.LoadUnsafe(ref diagonal, BlockLength);
        Vector256<ulong> thirdDiagonal = Vector256.LoadUnsafe(ref diagonal, 2 * BlockLength);
        ulong lower = Vector256.Sum((first & Lower32) + (second & Lower32) + (third & Lower32));
        ulong upper = Vector256.Sum((first >>> 32) + (second >>> 32) + (third >>> 32));
        foreach (ulong constant in InternalRoundConstants)
        {
            InternalBox(Goldilocks.Add(element, constant), lower, upper, out ulong sum, out element);
            Vector256<ulong> sumLower = Vector256.Create(sum & Goldilocks.Epsilon), sumUpper = Vector256.Create(sum >> 32);
            Multiply(first, firstDiagonal, out Vector256<ulong> firstLower, out Vector256<ulong> firstUpper);
            Multiply(second, secondDiagonal, out Vector256<ulong> secondLower, out Vector256<ulong> secondUpper);
            Multiply(third, thirdDiagonal, out Vector256<ulong> thirdLower, out Vector256<ulong> thirdUpper);
            firstLower += sumLower & others;
            firstUpper += sumUpper & others;
            secondLower += sumLower;
            secondUpper += sumUpper;
            thirdLower += sumLower;
            thirdUpper += sumUpper;
            lower = Vector256.Sum(firstLower + secondLower + thirdLower);
            upper = Vector256.Sum(firstUpper + secondUpper + thirdUpper);
            first = FourLanes.Fold(firstLower, firstUpper);
            second = FourLanes.Fold(secondLower, secondUpper);
            third = FourLanes.Fold(thirdLower, thirdUpper);
        }

        ref ulong constants = ref ExternalRoundConstants[HalfFullRounds * Width];
        firstBlock = AddConstants(first.WithElement(0, element), Vector256.LoadUnsafe(ref constants));
        secondBlock = AddConstants(second, Vector256.LoadUnsafe(ref constants, BlockLength));
        thirdBlock = AddConstants(third, Vector256.LoadUnsafe(ref constants, 2 * BlockLength));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> AddConstants(Vector256<ulong> block, Vector256<ulong> constants) =>
        FourLanes.FoldPositive((block & Lower32) + (constants & Lower32), (block >>> 32) + (constants >>> 32));

    /// <summary>x^7 in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Pow7(Vector256<ulong> value)
    {
        Vector256<ulong> square = Multiply(value, value);
        return Multiply(Multiply(value, square), Multiply(square, square));
    }

    /// <summary>See <see cref="Goldilocks.Multiply"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Multiply(Vector256<ulong> left, Vector256<ulong> right)
    {
        MultiplyWide(left, right, out Vector256<ulong> low, out Vector256<ulong> middle, out Vector256<ulong> high);
        Vector256<ulong> product = (middle << 32) | (low & Lower32);
        Vector256<ulong> highHigh = high >>> 32;
        Vector256<ulong> difference = product - highHigh;
        difference -= Lanes256.EpsilonWhereWrapped(difference, product); // backwards: what borrowed gained its highest bit
        Vector256<ulong> sum = difference + Lanes256.MultiplyLower(high, Lower32);
        return sum + (Vector256.LessThan(sum, difference) >>> 32);
    }

    /// <summary>The product as it waits for its reduction, see <see cref="SplitSum"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(
        Vector256<ulong> left, Vector256<ulong> right, out Vector256<ulong> lower, out Vector256<ulong> upper)
    {
        MultiplyWide(left, right, out Vector256<ulong> low, out Vector256<ulong> middle, out Vector256<ulong> high);
        Vector256<ulong> highLow = high & Lower32;
        lower = (low & Lower32) - highLow - (high >>> 32);
        upper = (middle & Lower32) + highLow;
    }

    /// <summary>The product: lower 32 bits of low, then of middle, then the 64 of high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyWide(
        Vector256<ulong> left, Vector256<ulong> right, out Vector256<ulong> low, out Vector256<ulong> middle, out Vector256<ulong> high)
    {
        Vector256<ulong> leftUpper = left >>> 32, rightUpper = right >>> 32;
        low = Lanes256.MultiplyLower(left, right);
        Vector256<ulong> cross = Lanes256.MultiplyLower(left, rightUpper) + (low >>> 32);
        middle = Lanes256.MultiplyLower(leftUpper, right) + (cross & Lower32);
        high = Lanes256.MultiplyLower(leftUpper, rightUpper) + (cross >>> 32) + (middle >>> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Canonical(Vector256<ulong> value)
    {
        Vector256<ulong> modulus = Vector256.Create(Goldilocks.Modulus);
        return value - (Vector256.GreaterThanOrEqual(value, modulus) & modulus);
    }

    private static Vector256<ulong>[] BuildLayerConstants()
    {
        const int Layers = (2 * HalfFullRounds) + 1;
        var constants = new Vector256<ulong>[Layers * 2 * Blocks];
        for (int layer = 0; layer < Layers; layer++)
        {
            // The layer before the internal rounds, which have constants of their own, and the last one are followed by none.
            bool isFollowed = layer is not (HalfFullRounds or (2 * HalfFullRounds));
            for (int block = 0; block < Blocks; block++)
            {
                Vector256<ulong> following = isFollowed
                    ? Vector256.Create(ExternalRoundConstants, (layer * Width) + (block * BlockLength))
                    : Vector256<ulong>.Zero;
                constants[(layer * 2 * Blocks) + (2 * block)] = following & Lower32;
                constants[(layer * 2 * Blocks) + (2 * block) + 1] = following >>> 32;
            }
        }

        return constants;
    }
}
