using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Hashing;

namespace ExecutionAdapters.Lighter.Signing.Tests.Hashing;

public sealed class Poseidon2Tests
{
    [Fact]
    public void Permutation_vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("poseidon2.json", "permutation"))
        {
            ulong[] state = vector.Limbs("input");
            Poseidon2.Permute(state);
            Assert.Equal(vector.Text("output"), Vectors.Hex(state));
        }
    }

    [Fact]
    public void Sponge_vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("poseidon2.json", "sponge"))
        {
            ulong[] input = vector.Limbs("input");
            ulong[] four = new ulong[4];
            Poseidon2.HashNoPad(input, four);
            Assert.Equal(vector.Text("hash_no_pad_4"), Vectors.Hex(four));
            Assert.Equal(vector.Text("hash_to_quintic"), Poseidon2.HashToQuintic(input).Hex());
        }
    }

    [Fact]
    public void Nothing_hashes_to_zeros() => Assert.True(Poseidon2.HashToQuintic([]).IsZero);

    [Fact]
    public void Non_canonical_elements_hash_as_canonical_ones()
    {
        var random = new RandomValues(21);
        for (int i = 0; i < InputCount.Of(500); i++)
        {
            ulong[] state = [.. Enumerable.Range(0, Poseidon2.Width).Select(_ => random.Limb())];
            ulong[] canonical = [.. state.Select(Goldilocks.Canonical)];
            Poseidon2.Permute(state);
            Poseidon2.Permute(canonical);
            Assert.Equal(canonical, state);
        }
    }

    [Fact]
    public void Both_permute_as_the_definition_reads()
    {
        var random = new RandomValues(23);
        for (int i = 0; i < InputCount.Of(300); i++)
        {
            ulong[] input = [.. Enumerable.Range(0, Poseidon2.Width).Select(_ => random.Limb())];
            ulong[] scalars = [.. input], vectors = [.. input];
            Poseidon2.PermuteScalars(scalars);
            Poseidon2.PermuteVectors(vectors);
            ulong[] plain = PlainPoseidon2.Permute(input);
            Assert.Equal(plain, scalars);
            Assert.Equal(plain, vectors);
        }
    }

    [Fact]
    public void Vectors_and_scalars_permute_alike()
    {
        var random = new RandomValues(22);
        for (int i = 0; i < InputCount.Of(20_000); i++)
        {
            ulong[] state = [.. Enumerable.Range(0, Poseidon2.Width).Select(_ => random.Limb())];
            ulong[] same = [.. state];
            Poseidon2.PermuteScalars(state);
            Poseidon2.PermuteVectors(same);
            Assert.Equal(state, same);
        }
    }
}
