using System.Runtime.CompilerServices;
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
        state = state[..Width];
        ExternalLayer(state);
        for (int round = 0; round < HalfFullRounds; round++)
        {
            FullRound(state, round);
        }

        for (int round = 0; round < PartialRounds; round++)
        {
            PartialRound(state, round);
        }

        for (int round = HalfFullRounds; round < 2 * HalfFullRounds; round++)
        {
            FullRound(state, round);
        }

        for (int i = 0; i < state.Length; i++)
        {
            state[i] = Goldilocks.Canonical(state[i]);
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

    private static void FullRound(Span<ulong> state, int round)
    {
        ReadOnlySpan<ulong> constants = ExternalRoundConstants.AsSpan(round * Width, Width);
        for (int i = 0; i < constants.Length; i++)
        {
            state[i] = Goldilocks.Pow7(Goldilocks.Add(state[i], constants[i]));
        }

        ExternalLayer(state);
    }

    /// <summary>S-box on element 0 only, then element i times its diagonal constant, plus the sum of all.</summary>
    private static void PartialRound(Span<ulong> state, int round)
    {
        state[0] = Goldilocks.Pow7(Goldilocks.Add(state[0], InternalRoundConstants[round]));
        ulong sum = 0, carries = 0;
        foreach (ulong element in state)
        {
            sum += element;
            carries += Branchless.Bit(sum < element);
        }

        sum = Goldilocks.Reduce(sum, carries);
        ReadOnlySpan<ulong> diagonal = InternalDiagonal;
        for (int i = 0; i < diagonal.Length; i++)
        {
            ulong carry = 0;
            ulong low = Branchless.MultiplyAdd(state[i], diagonal[i], sum, ref carry);
            state[i] = Goldilocks.Reduce(low, carry);
        }
    }

    /// <summary>
    /// Each block of four times the circulant (2, 3, 1, 1), then to every element the sum of its column.
    /// Runs on the low and high 32 bits apart, where nothing can overflow, and joins them once.
    /// </summary>
    private static void ExternalLayer(Span<ulong> state)
    {
        Span<ulong> low = stackalloc ulong[Width];
        Span<ulong> high = stackalloc ulong[Width];
        for (int i = 0; i < Width; i++)
        {
            low[i] = (uint)state[i];
            high[i] = state[i] >> 32;
        }

        ExternalLayerOfHalves(low);
        ExternalLayerOfHalves(high);
        for (int i = 0; i < Width; i++)
        {
            // low + 2^32 high, both below 2^37.
            ulong sum = low[i] + (high[i] << 32);
            state[i] = Goldilocks.Reduce(sum, (high[i] >> 32) + Branchless.Bit(sum < low[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExternalLayerOfHalves(Span<ulong> halves)
    {
        for (int block = 0; block < Width; block += 4)
        {
            ulong x0 = halves[block], x1 = halves[block + 1], x2 = halves[block + 2], x3 = halves[block + 3];
            ulong all = x0 + x1 + x2 + x3;
            halves[block] = all + x0 + x1 + x1;
            halves[block + 1] = all + x1 + x2 + x2;
            halves[block + 2] = all + x2 + x3 + x3;
            halves[block + 3] = all + x3 + x0 + x0;
        }

        for (int column = 0; column < 4; column++)
        {
            ulong sum = halves[column] + halves[column + 4] + halves[column + 8];
            halves[column] += sum;
            halves[column + 4] += sum;
            halves[column + 8] += sum;
        }
    }
}
