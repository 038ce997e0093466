using System.Numerics;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Signing.Tests.Keys;

public sealed class LighterPrivateKeyTests
{
    private const string Sample = "ecc2d847fd011e1219f9b67a67773e0df619a6b51f114ed0c0cbd647df727d7c5ac643f4b0761149";

    [Fact]
    public void Public_keys_of_all_vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("transactions.json").Concat(Vectors.Items("auth_tokens.json")))
        {
            using LighterPrivateKey key = LighterPrivateKey.Parse(vector.Text("private_key"));
            Assert.Equal(vector.Text("public_key"), key.PublicKey.ToString());
        }
    }

    [Fact]
    public void Text_and_bytes_round_trip()
    {
        using LighterPrivateKey key = LighterPrivateKey.Parse(Sample);
        using LighterPrivateKey prefixed = LighterPrivateKey.Parse("0x" + Sample.ToUpperInvariant());
        byte[] bytes = new byte[LighterPrivateKey.Size];
        key.CopyTo(bytes);
        using LighterPrivateKey ofBytes = LighterPrivateKey.FromBytes(bytes);
        Assert.Equal(Sample, Convert.ToHexStringLower(bytes));
        Assert.Equal(Sample, key.ToHex());
        Assert.Equal(Sample, prefixed.ToHex());
        Assert.Equal(Sample, ofBytes.ToHex());
    }

    [Fact]
    public void Seed_gives_the_key_of_the_web_application()
    {
        byte[] seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        using LighterPrivateKey key = LighterPrivateKey.FromSeed(seed);
        Assert.Equal(Sample, key.ToHex());
        using LighterPrivateKey other = LighterPrivateKey.FromSeed([.. seed, 0]);
        Assert.NotEqual(Sample, other.ToHex());
        Assert.Throws<ArgumentException>("seed", () => LighterPrivateKey.FromSeed(seed.AsSpan(1)));
    }

    [Fact]
    public void Generated_keys_differ_and_are_valid()
    {
        var seen = new HashSet<string>();
        for (int i = 0; i < 50; i++)
        {
            using LighterPrivateKey key = LighterPrivateKey.Generate();
            Assert.True(seen.Add(key.ToHex()));
            using LighterPrivateKey again = LighterPrivateKey.Parse(key.ToHex());
            Assert.Equal(key.PublicKey, again.PublicKey);
        }
    }

    public static TheoryData<string, string> Malformed()
    {
        string order = Hex(RandomValues.N);
        return new TheoryData<string, string>
        {
            { "", "has 0 characters" },
            { "0x", "has 0 characters" },
            { Sample[..40], "has 40 characters" },
            { Sample[..79], "has 79 characters" },
            { Sample + "a", "has 81 characters" },
            { Sample + Sample, "has 160 characters" },
            { " " + Sample, "has 81 characters" },
            { "g" + Sample[1..], "character 1 " },
            { Sample[..12] + "x" + Sample[13..], "character 13 " },
            { "0x" + Sample[..12] + "\uFF11" + Sample[13..], "character 13 " },
            { Sample[..79] + "\u0130", "character 80 " },
            { new string('0', 80), "not zero" },
            { order, "not below the order" },
            { Hex(RandomValues.N + 1), "not below the order" },
            { Hex(BigInteger.Pow(2, 320) - 1), "not below the order" },
            { order.ToUpperInvariant(), "not below the order" },
        };
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Malformed_text_is_refused_without_telling_it(string text, string expected)
    {
        Assert.False(LighterPrivateKey.TryParse(text, out LighterPrivateKey? key, out string? error));
        Assert.Null(key);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        FormatException exception = Assert.Throws<FormatException>(() => LighterPrivateKey.Parse(text));
        Assert.Equal(error, exception.Message);
        Assert.Null(exception.InnerException);
        for (int i = 0; i + 4 <= text.Length; i++)
        {
            Assert.DoesNotContain(text.Substring(i, 4), exception.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Largest_key_is_the_order_less_one()
    {
        using LighterPrivateKey key = LighterPrivateKey.Parse(Hex(RandomValues.N - 1));
        using LighterPrivateKey one = LighterPrivateKey.Parse(Hex(BigInteger.One));
        Assert.Equal(Hex(RandomValues.N - 1), key.ToHex());
        Assert.Equal("04" + new string('0', 78), one.PublicKey.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(39)]
    [InlineData(41)]
    public void Bytes_of_another_length_are_refused(int length) =>
        Assert.Throws<ArgumentException>("littleEndian", () => LighterPrivateKey.FromBytes(new byte[length]));

    [Fact]
    public void Bytes_out_of_range_are_refused()
    {
        byte[] order = Convert.FromHexString(Hex(RandomValues.N));
        Assert.Throws<ArgumentException>("littleEndian", () => LighterPrivateKey.FromBytes(new byte[40]));
        Assert.Throws<ArgumentException>("littleEndian", () => LighterPrivateKey.FromBytes(order));
    }

    [Fact]
    public void Text_form_does_not_tell_the_key()
    {
        using LighterPrivateKey key = LighterPrivateKey.Parse(Sample);
        Assert.Equal("LighterPrivateKey(***)", key.ToString());
        Assert.Equal("LighterPrivateKey(***)", $"{key}");
    }

    [Fact]
    public void Use_after_dispose_throws()
    {
        LighterPrivateKey key = LighterPrivateKey.Parse(Sample);
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.PublicKey);
        Assert.Throws<ObjectDisposedException>(() => key.ToHex());
        Assert.Throws<ObjectDisposedException>(() => key.CopyTo(new byte[40]));
        Assert.Throws<ObjectDisposedException>(() => Schnorr.Sign(key, default));
        Assert.Throws<ObjectDisposedException>(() => Schnorr.SignWithFixedNonce(key, default, Convert.FromHexString(Sample)));
        Assert.Throws<ObjectDisposedException>(() => LighterAuthToken.Create(key, 1, 1, 1));
        Assert.Equal("LighterPrivateKey(***)", key.ToString());
    }

    [Fact]
    public async Task Disposing_while_others_sign_gives_whole_signatures_or_throws()
    {
        TransactionHash message = new RandomValues(71).Hash();
        for (int round = 0; round < 20; round++)
        {
            LighterPrivateKey key = LighterPrivateKey.Generate();
            LighterPublicKey publicKey = key.PublicKey;
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task signer = Task.Run(() =>
            {
                while (true)
                {
                    LighterSignature signature = Schnorr.Sign(key, message);
                    started.TrySetResult();
                    Assert.True(Schnorr.Verify(publicKey, message, signature));
                }
            });
            await Task.WhenAny(started.Task, signer);
            key.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => signer);
        }
    }

    private static string Hex(BigInteger value)
    {
        byte[] bytes = new byte[40];
        Assert.True(value.TryWriteBytes(bytes, out _, isUnsigned: true));
        return Convert.ToHexStringLower(bytes);
    }
}
