using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Hashing;

/// <summary>
/// Poseidon2 over Goldilocks: width 12, rate 8, S-box x^7, 4 + 22 + 4 rounds. The sponge overwrites the rate,
/// has no padding and permutes after every chunk.
/// </summary>
internal static partial class Poseidon2
{
    public const int Width = 12;
    public const int Rate = 8;

    private const int HalfFullRounds = 4;
    private const int PartialRounds = 22;

    /// <summary>Elements of a block of the external layer.</summary>
    private const int BlockLength = 4;

    /// <summary>Five output elements as one element of GF(p^5).</summary>
    public static GFp5 HashToQuintic(ReadOnlySpan<ulong> elements)
    {
        Span<ulong> state = stackalloc ulong[Width];
        Absorb(state, elements);
        return new GFp5(state[0], state[1], state[2], state[3], state[4]);
    }

    /// <summary>Four output elements.</summary>
    public static void HashNoPad(ReadOnlySpan<ulong> elements, Span<ulong> hash)
    {
        Span<ulong> state = stackalloc ulong[Width];
        Absorb(state, elements);
        state[..4].CopyTo(hash);
    }

    /// <summary>The permutation in place. Takes any representatives, gives canonical ones.</summary>
    public static void Permute(Span<ulong> state)
    {
        if (Avx2.IsSupported)
        {
            PermuteVectors(state);
        }
        else
        {
            PermuteScalars(state);
        }
    }

    /// <summary>The permutation without vectors.</summary>
    internal static void PermuteScalars(Span<ulong> state)
    {
        ref ulong elements = ref MemoryMarshal.GetReference(state[..Width]);
        ref ulong constants = ref MemoryMarshal.GetArrayDataReference(ExternalRoundConstants);
        ExternalLayer(ref elements);
        for (nint round = 0; round < HalfFullRounds; round++)
        {
            FullRound(ref elements, ref Unsafe.Add(ref constants, round * Width));
        }

        InternalRounds(ref elements);
        for (nint round = HalfFullRounds; round < 2 * HalfFullRounds; round++)
        {
            FullRound(ref elements, ref Unsafe.Add(ref constants, round * Width));
        }

        for (nint i = 0; i < Width; i++)
        {
            Unsafe.Add(ref elements, i) = Goldilocks.Canonical(Unsafe.Add(ref elements, i));
        }
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<ulong> elements)
    {
        state.Clear();
        while (!elements.IsEmpty)
        {
            int length = Math.Min(Rate, elements.Length);
            elements[..length].CopyTo(state);
            Permute(state);
            elements = elements[length..];
        }
    }

    private static void FullRound(ref ulong state, ref ulong constants)
    {
        for (nint i = 0; i < Width; i++)
        {
            ref ulong element = ref Unsafe.Add(ref state, i);
            element = Goldilocks.Pow7(Goldilocks.Add(element, Unsafe.Add(ref constants, i)));
        }

        ExternalLayer(ref state);
    }

    /// <summary>
    /// Each block of four times the circulant (2, 3, 1, 1), then to every element the sum of its column; which is the circulant of
    /// each block plus the sum of all blocks. On the lower and upper halves apart, where nothing can overflow.
    /// </summary>
    [SkipLocalsInit]
    private static void ExternalLayer(ref ulong state)
    {
        Unsafe.SkipInit(out Block lower);
        Unsafe.SkipInit(out Block upper);
        for (int i = 0; i < BlockLength; i++)
        {
            ulong first = Unsafe.Add(ref state, i);
            ulong second = Unsafe.Add(ref state, i + BlockLength);
            ulong third = Unsafe.Add(ref state, i + (2 * BlockLength));
            lower[i] = (first & Goldilocks.Epsilon) + (second & Goldilocks.Epsilon) + (third & Goldilocks.Epsilon);
            upper[i] = (first >> 32) + (second >> 32) + (third >> 32);
        }

        for (nint block = 0; block < Width; block += BlockLength)
        {
            ref ulong x = ref Unsafe.Add(ref state, block);
            ulong x0 = x, x1 = Unsafe.Add(ref x, 1), x2 = Unsafe.Add(ref x, 2), x3 = Unsafe.Add(ref x, 3);
            ulong low0 = lower[0] + (x0 & Goldilocks.Epsilon), high0 = upper[0] + (x0 >> 32);
            ulong low1 = lower[1] + (x1 & Goldilocks.Epsilon), high1 = upper[1] + (x1 >> 32);
            ulong low2 = lower[2] + (x2 & Goldilocks.Epsilon), high2 = upper[2] + (x2 >> 32);
            ulong low3 = lower[3] + (x3 & Goldilocks.Epsilon), high3 = upper[3] + (x3 >> 32);
            ulong low = low0 + low1 + low2 + low3, high = high0 + high1 + high2 + high3;
            x = SplitSum.Fold(low + low0 + (low1 << 1), high + high0 + (high1 << 1));
            Unsafe.Add(ref x, 1) = SplitSum.Fold(low + low1 + (low2 << 1), high + high1 + (high2 << 1));
            Unsafe.Add(ref x, 2) = SplitSum.Fold(low + low2 + (low3 << 1), high + high2 + (high3 << 1));
            Unsafe.Add(ref x, 3) = SplitSum.Fold(low + low3 + (low0 << 1), high + high3 + (high0 << 1));
        }
    }

    /// <summary>
    /// Per round the S-box on element 0 only, then element i times its diagonal constant, plus the sum of all. What the next S-box
    /// waits for is only the product of this one, x, and diagonal constant 0 plus one, added to the sum of the others.
    /// </summary>
    private static void InternalRounds(ref ulong state)
    {
        ref ulong diagonal = ref MemoryMarshal.GetArrayDataReference(InternalDiagonal);
        ulong lower = 0, upper = 0;
        for (nint i = 1; i < Width; i++)
        {
            lower += Unsafe.Add(ref state, i) & Goldilocks.Epsilon;
            upper += Unsafe.Add(ref state, i) >> 32;
        }

        ulong element = state;
        foreach (ulong constant in InternalRoundConstants)
        {
            element = Goldilocks.Add(element, constant);
            InternalBox(element, lower, upper, out ulong sum, out element);
            ulong sumLower = sum & Goldilocks.Epsilon, sumUpper = sum >> 32;
            lower = 0;
            upper = 0;
            for (nint i = 1; i < Width; i++)
            {
                ref ulong other = ref Unsafe.Add(ref state, i);
                ProductSum product = default;
                product.Add(other, Unsafe.Add(ref diagonal, i));
                product.Split(out ulong productLower, out ulong productUpper);
                ulong next = SplitSum.Fold(productLower + sumLower, productUpper + sumUpper);
                other = next;
                lower += next & Goldilocks.Epsilon;
                upper += next >> 32;
            }
        }

        state = element;
    }

    /// <summary>
    /// The S-box on element 0. <paramref name="sum"/> is it plus the others, <paramref name="next"/> element 0 after the round:
    /// both powers come out of three dependent multiplications.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InternalBox(ulong element, ulong othersLower, ulong othersUpper, out ulong sum, out ulong next)
    {
        ulong square = Goldilocks.Square(element);
        ulong multiple = Goldilocks.Multiply(element, InternalDiagonal0Plus1);
        ulong cube = Goldilocks.Multiply(element, square);
        ulong fourth = Goldilocks.Square(square);
        ulong multipleCube = Goldilocks.Multiply(multiple, square);
        ulong power = Goldilocks.Multiply(cube, fourth);
        ProductSum product = default;
        product.Add(multipleCube, fourth);
        product.Split(out ulong lower, out ulong upper);
        next = SplitSum.Fold(lower + othersLower, upper + othersUpper);
        sum = SplitSum.Fold((power & Goldilocks.Epsilon) + othersLower, (power >> 32) + othersUpper);
    }

    [InlineArray(BlockLength)]
    private struct Block
    {
        private ulong _element;
    }
}
