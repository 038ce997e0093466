using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing.Tests.SchnorrSignatures;

public sealed class SchnorrTests
{
    [Fact]
    public void Vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("schnorr.json"))
        {
            using LighterPrivateKey key = LighterPrivateKey.Parse(vector.Text("private_key"));
            Assert.Equal(vector.Text("public_key"), key.PublicKey.ToString());
            LighterPublicKey publicKey = LighterPublicKey.Parse(vector.Text("public_key"));
            Assert.Equal(key.PublicKey, publicKey);

            TransactionHash hash = vector.Hash("hash");
            LighterSignature signature = Schnorr.SignWithFixedNonce(key, hash, vector.Bytes("k"));
            Assert.Equal(vector.Text("signature"), signature.ToString());
            Assert.True(Schnorr.Verify(publicKey, hash, signature));
            Assert.False(Schnorr.Verify(publicKey, vector.Hash("not_for_hash"), signature));
            Assert.False(
                LighterSignature.TryParse(vector.Text("broken_signature"), out LighterSignature broken)
                && Schnorr.Verify(publicKey, hash, broken));
        }
    }

    [Fact]
    public void Non_canonical_s_is_no_signature()
    {
        JsonElement vector = Vectors.Load("schnorr.json").GetProperty("non_canonical_s");
        if (vector.GetProperty("signature").GetString() is { } text)
        {
            Assert.Equal(2 * LighterSignature.Size, text.Length);
            Assert.False(LighterSignature.TryParse(text, out _));
        }

        byte[] order = Vectors.Load("scalar.json").Bytes("order");
        Assert.False(LighterSignature.TryFromBytes([.. order, .. new byte[40]], out _));
        Assert.False(LighterSignature.TryFromBytes([.. new byte[40], .. order], out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(79)]
    [InlineData(81)]
    public void Signatures_of_another_length_are_refused(int length) => Assert.False(LighterSignature.TryFromBytes(new byte[length], out _));

    [Fact]
    public void Signatures_round_trip_and_verify()
    {
        var random = new RandomValues(61);
        for (int i = 0; i < InputCount.Of(40); i++)
        {
            using LighterPrivateKey key = LighterPrivateKey.Generate();
            TransactionHash message = random.Hash();
            LighterSignature signature = Schnorr.Sign(key, message);
            Assert.True(Schnorr.Verify(key.PublicKey, message, signature), random.Seed);
            byte[] bytes = new byte[LighterSignature.Size];
            signature.CopyTo(bytes);
            Assert.True(LighterSignature.TryFromBytes(bytes, out LighterSignature read));
            Assert.Equal(signature, read);
            Assert.True(LighterSignature.TryParse(signature.ToString(), out read));
            Assert.Equal(signature, read);
        }
    }

    [Fact]
    public void Two_signatures_of_one_message_differ()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        TransactionHash message = new RandomValues(62).Hash();
        LighterSignature first = Schnorr.Sign(key, message), second = Schnorr.Sign(key, message);
        Assert.NotEqual(first.S, second.S);
        Assert.NotEqual(first.E, second.E);
    }

    [Fact]
    public void Any_flipped_bit_of_the_signature_fails()
    {
        (LighterPublicKey key, TransactionHash message, LighterSignature signature) = Signed(63);
        byte[] bytes = new byte[LighterSignature.Size];
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            signature.CopyTo(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(LighterSignature.TryFromBytes(bytes, out LighterSignature flipped) && Schnorr.Verify(key, message, flipped), $"bit {bit}");
        }
    }

    [Fact]
    public void Any_flipped_bit_of_the_message_fails()
    {
        (LighterPublicKey key, TransactionHash message, LighterSignature signature) = Signed(64);
        byte[] bytes = new byte[TransactionHash.Size];
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            message.CopyTo(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(TransactionHash.TryFromBytes(bytes, out TransactionHash flipped) && Schnorr.Verify(key, flipped, signature), $"bit {bit}");
        }
    }

    [Fact]
    public void Any_flipped_bit_of_the_key_fails()
    {
        (LighterPublicKey key, TransactionHash message, LighterSignature signature) = Signed(65);
        byte[] bytes = new byte[LighterPublicKey.Size];
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            key.CopyTo(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(LighterPublicKey.TryFromBytes(bytes, out LighterPublicKey flipped) && Schnorr.Verify(flipped, message, signature), $"bit {bit}");
        }
    }

    [Fact]
    public void No_key_verifies_nothing()
    {
        (_, TransactionHash message, LighterSignature signature) = Signed(66);
        Assert.False(Schnorr.Verify(default, message, signature));
        Assert.False(Schnorr.Verify(default, message, default));
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        Assert.False(Schnorr.Verify(key.PublicKey, message, default));
    }

    [Fact]
    public void Nonces_that_are_none_are_refused()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        byte[] order = Vectors.Load("scalar.json").Bytes("order");
        foreach (byte[] nonce in new[] { [], new byte[39], new byte[40], new byte[41], order, [.. Enumerable.Repeat((byte)0xFF, 40)] })
        {
            Assert.Throws<ArgumentException>("nonce", () => Schnorr.SignWithFixedNonce(key, default, nonce));
        }
    }

    [Fact]
    public void Derived_nonces_are_fresh_for_every_call_and_bound_to_key_and_message()
    {
        var seen = new HashSet<string>();
        Scalar secret = RandomValues.ToScalar(12345);
        for (int i = 0; i < InputCount.Of(1_000); i++)
        {
            SigningNonce.Derive(secret, default, out Scalar k);
            Assert.False(k.IsZero);
            Assert.True(seen.Add(k.Hex()));
        }
    }

    [Fact]
    public void Nonces_differ_in_key_and_message_even_when_the_random_bytes_do_not()
    {
        var random = new byte[SigningNonce.RandomSize];
        Scalar one = RandomValues.ToScalar(1), two = RandomValues.ToScalar(2);
        TransactionHash message = new RandomValues(67).Hash();
        SigningNonce.Derive(one, default, random, out Scalar reference);
        SigningNonce.Derive(one, default, random, out Scalar same);
        SigningNonce.Derive(two, default, random, out Scalar otherKey);
        SigningNonce.Derive(one, message, random, out Scalar otherMessage);
        random[31] ^= 1;
        SigningNonce.Derive(one, default, random, out Scalar otherRandom);
        Assert.Equal(reference, same);
        Assert.Equal(4, new HashSet<Scalar> { reference, otherKey, otherMessage, otherRandom }.Count);
    }

    [Fact]
    public void Hash_text_is_eighty_digits_of_canonical_limbs()
    {
        TransactionHash hash = new RandomValues(68).Hash();
        Assert.True(TransactionHash.TryParse(hash.ToString(), out TransactionHash read));
        Assert.Equal(hash, read);
        Assert.True(TransactionHash.TryParse(hash.ToString().ToUpperInvariant(), out _));
        Assert.False(TransactionHash.TryParse("0x" + hash, out _));
        Assert.False(TransactionHash.TryParse(hash.ToString().AsSpan(2), out _));
        Assert.False(TransactionHash.TryParse(new string('f', 80), out _));
    }

    [Fact]
    public void Copies_into_too_short_a_place_are_refused()
    {
        (LighterPublicKey key, TransactionHash message, LighterSignature signature) = Signed(69);
        Assert.Throws<ArgumentException>("destination", () => key.CopyTo(new byte[39]));
        Assert.Throws<ArgumentException>("destination", () => message.CopyTo(new byte[39]));
        Assert.Throws<ArgumentException>("destination", () => signature.CopyTo(new byte[79]));
    }

    private static (LighterPublicKey Key, TransactionHash Message, LighterSignature Signature) Signed(int seed)
    {
        var random = new RandomValues(seed);
        using LighterPrivateKey key = LighterPrivateKey.FromSeed(random.Bytes(32));
        TransactionHash message = random.Hash();
        return (key.PublicKey, message, Schnorr.Sign(key, message));
    }

    [Fact]
    public void A_verifier_of_one_key_says_what_verify_says()
    {
        var random = new RandomValues(75);
        for (int i = 0; i < InputCount.Of(5); i++)
        {
            using LighterPrivateKey key = LighterPrivateKey.Generate();
            Assert.True(LighterVerifier.TryCreate(key.PublicKey, out LighterVerifier? verifier));
            for (int j = 0; j < 20; j++)
            {
                TransactionHash message = random.Hash();
                LighterSignature signature = Schnorr.Sign(key, message);
                Assert.True(verifier.Verify(message, signature));
                Assert.False(verifier.Verify(random.Hash(), signature));
            }
        }

        Assert.False(LighterVerifier.TryCreate(default, out _));
    }
}
