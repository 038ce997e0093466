using System.Buffers.Binary;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Tests.Keys;

public sealed class LighterPublicKeyTests
{
    [Fact]
    public void Only_encodings_of_points_but_the_neutral_are_keys()
    {
        foreach (JsonElement vector in Vectors.Items("ecgfp5.json", "decode"))
        {
            bool usable = vector.GetProperty("decodes").GetBoolean() && !vector.GetProperty("neutral").GetBoolean();
            Assert.Equal(usable, LighterPublicKey.TryFromBytes(vector.Bytes("w"), out LighterPublicKey key));
            Assert.Equal(usable, LighterPublicKey.TryParse(vector.Text("w"), out _));
            Assert.True(EncodedPublicKey.TryFromBytes(vector.Bytes("w"), out EncodedPublicKey encoded));
            Assert.Equal(usable, encoded.TryDecode(out LighterPublicKey decoded));
            Assert.Equal(key, decoded);
            Assert.Equal(vector.Text("w"), encoded.ToString());
        }
    }

    [Fact]
    public void Text_round_trips()
    {
        using LighterPrivateKey pair = LighterPrivateKey.Generate();
        LighterPublicKey key = pair.PublicKey;
        Assert.Equal(key, LighterPublicKey.Parse(key.ToString()));
        Assert.Equal(key, LighterPublicKey.Parse("0x" + key.ToString().ToUpperInvariant()));
        EncodedPublicKey encoded = key;
        Assert.Equal(key.ToString(), encoded.ToString());
        Assert.True(encoded.TryDecode(out LighterPublicKey again) && again == key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("0400000000000000000000000000000000000000000000000000000000000000000000000000000g")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffff0000000000000000000000000000000000000000000000000000000000000000")]
    public void Text_that_is_no_key_is_refused(string text)
    {
        Assert.False(LighterPublicKey.TryParse(text, out LighterPublicKey key));
        Assert.Equal(default, key);
        Assert.Throws<FormatException>(() => LighterPublicKey.Parse(text));
    }

    [Fact]
    public void Non_canonical_limbs_are_refused_even_where_the_reduced_ones_are_a_key()
    {
        byte[] bytes = new byte[LighterPublicKey.Size];
        bytes[0] = 4; // the generator
        Assert.True(LighterPublicKey.TryFromBytes(bytes, out _));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Goldilocks.Modulus + 4);
        Assert.False(LighterPublicKey.TryFromBytes(bytes, out _));
        Assert.False(EncodedPublicKey.TryFromBytes(bytes, out _));
        Assert.False(LighterPublicKey.TryFromBytes(bytes.AsSpan(1), out _));
    }
}
