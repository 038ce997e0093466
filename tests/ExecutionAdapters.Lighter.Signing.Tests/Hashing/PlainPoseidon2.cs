using System.Numerics;
using ExecutionAdapters.Lighter.Signing.Hashing;

namespace ExecutionAdapters.Lighter.Signing.Tests.Hashing;

/// <summary>The permutation as its definition reads, in integers of any size. Shares nothing with the fast ones but the venue's constants.</summary>
internal static class PlainPoseidon2
{
    private const int FullRoundsOnEachSide = 4;

    private static readonly int[] Circulant = [2, 3, 1, 1];

    public static ulong[] Permute(IEnumerable<ulong> input)
    {
        BigInteger[] state = External([.. input.Select(element => (BigInteger)element)]);
        for (int round = 0; round < FullRoundsOnEachSide; round++)
        {
            state = Full(state, round);
        }

        foreach (ulong constant in Poseidon2.InternalRoundConstants)
        {
            state[0] = Box(state[0] + constant);
            BigInteger sum = state.Aggregate(BigInteger.Add);
            state = [.. state.Select((element, i) => ((element * Poseidon2.InternalDiagonal[i]) + sum) % RandomValues.P)];
        }

        for (int round = FullRoundsOnEachSide; round < 2 * FullRoundsOnEachSide; round++)
        {
            state = Full(state, round);
        }

        return [.. state.Select(element => (ulong)element)];
    }

    private static BigInteger[] Full(BigInteger[] state, int round) =>
        External([.. state.Select((element, i) => Box(element + Poseidon2.ExternalRoundConstants[(round * state.Length) + i]))]);

    private static BigInteger Box(BigInteger element) => BigInteger.ModPow(element, 7, RandomValues.P);

    /// <summary>Each block of four times the circulant (2, 3, 1, 1), then to every element the sum of its column over the blocks.</summary>
    private static BigInteger[] External(BigInteger[] state)
    {
        int size = Circulant.Length;
        BigInteger[] mixed =
        [
            .. state.Select((_, i) => Enumerable.Range(0, size).Aggregate(
                BigInteger.Zero, (sum, j) => sum + (Circulant[j] * state[(i - (i % size)) + ((i + j) % size)]))),
        ];
        return [.. mixed.Select((element, i) => (element + mixed.Where((_, j) => j % size == i % size).Aggregate(BigInteger.Add)) % RandomValues.P)];
    }
}
