using System.Text.Json;

namespace ExecutionAdapters.Lighter.Signing.Tests.AuthTokens;

public sealed class LighterAuthTokenTests
{
    private static readonly string Signature = new string('0', 159) + "0";

    [Fact]
    public void Vectors_hold()
    {
        foreach (JsonElement vector in Vectors.Items("auth_tokens.json"))
        {
            long deadline = vector.GetProperty("deadline").GetInt64();
            long account = vector.GetProperty("account_index").GetInt64();
            byte apiKey = vector.GetProperty("api_key_index").GetByte();
            using LighterPrivateKey key = LighterPrivateKey.Parse(vector.Text("private_key"));
            Assert.Equal(vector.Text("hash"), AuthTokenText.Hash(vector.Text("message")).ToString());
            Assert.Equal(vector.Text("token"), LighterAuthToken.CreateWithFixedNonce(key, deadline, account, apiKey, vector.Bytes("k")));

            Assert.True(LighterAuthToken.TryParse(vector.Text("token"), out LighterAuthTokenClaims claims));
            Assert.Equal((deadline, account, apiKey), (claims.Deadline, claims.AccountIndex, claims.ApiKeyIndex));
            Assert.True(claims.Verify(key.PublicKey));
            Assert.False((claims with { Deadline = deadline + 1 }).Verify(key.PublicKey));
            Assert.False((claims with { AccountIndex = account + 1 }).Verify(key.PublicKey));
            Assert.False((claims with { ApiKeyIndex = (byte)(apiKey ^ 1) }).Verify(key.PublicKey));
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1_800_000_000, 281474976710654, 254)]
    [InlineData(long.MaxValue, 1, 4)]
    public void Tokens_verify_with_their_own_key_only(long deadline, long account, byte apiKey)
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        using LighterPrivateKey other = LighterPrivateKey.Generate();
        string token = LighterAuthToken.Create(key, deadline, account, apiKey);
        Assert.True(LighterAuthToken.TryParse(token, out LighterAuthTokenClaims claims));
        Assert.True(claims.Verify(key.PublicKey));
        Assert.False(claims.Verify(other.PublicKey));
        Assert.False(claims.Verify(default));
        Assert.DoesNotContain(token.Split(':')[3], claims.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 281474976710655, 0)]
    [InlineData(0, 0, 255)]
    public void Numbers_out_of_range_are_refused(long deadline, long account, byte apiKey)
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        Assert.Throws<ArgumentOutOfRangeException>(() => LighterAuthToken.Create(key, deadline, account, apiKey));
        Assert.Throws<ArgumentOutOfRangeException>(() => LighterAuthToken.CreateWithFixedNonce(key, deadline, account, apiKey, new byte[40]));
    }

    [Fact]
    public void Canonical_text_is_read() => Assert.True(LighterAuthToken.TryParse($"1:0:254:{Signature}", out _));

    [Theory]
    [InlineData("")]
    [InlineData(":::")]
    [InlineData("1:2:3")]
    [InlineData("1:2:3:")]
    [InlineData("1:2:3:{0}:")]
    [InlineData("1:2:3:4:{0}")]
    [InlineData("01:2:3:{0}")]
    [InlineData("1:02:3:{0}")]
    [InlineData("1:2:003:{0}")]
    [InlineData("+1:2:3:{0}")]
    [InlineData("-1:2:3:{0}")]
    [InlineData(" 1:2:3:{0}")]
    [InlineData("1 :2:3:{0}")]
    [InlineData("1e3:2:3:{0}")]
    [InlineData("9223372036854775808:2:3:{0}")]
    [InlineData("1:281474976710655:3:{0}")]
    [InlineData("1:2:255:{0}")]
    [InlineData("1:2:256:{0}")]
    [InlineData("1:2:3:0x{0}")]
    [InlineData("1:2:3:{0}0")]
    [InlineData("ro:2:single:3:{0}")]
    public void Any_other_text_is_refused(string form) =>
        Assert.False(LighterAuthToken.TryParse(form.Replace("{0}", Signature, StringComparison.Ordinal), out _));

    [Fact]
    public void Lifetime_is_eight_hours() => Assert.Equal(TimeSpan.FromHours(8), LighterAuthToken.MaximumLifetime);
}
