using System.Text;
using System.Text.Json.Nodes;
using static ExecutionAdapters.Lighter.Signing.Tests.Transactions.ReaderInput;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class LighterTransactionReaderTests
{
    [Theory]
    [MemberData(nameof(Samples.AllTypes), MemberType = typeof(Samples))]
    public void What_was_signed_is_read(LighterTransactionType type)
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        ILighterTransaction transaction = Samples.Of(type);
        SignedTransaction signed = LighterTransactionSigner.Sign(304, transaction, key);
        ParsedTransaction parsed = Read(type, signed.TxInfo.Span);
        Assert.Equal(transaction, parsed.Transaction);
        Assert.Equal(signed.Signature, parsed.Signature);
        Assert.Equal(HasL1Signature(type) ? Samples.L1Signature : "", parsed.L1Signature);
        Assert.True(Schnorr.Verify(key.PublicKey, LighterTransactionSigner.Hash(304, parsed.Transaction), parsed.Signature!.Value));
        byte[] again = Encoding.UTF8.GetBytes(Text(transaction));
        Assert.Equal(transaction, Read(type, again).Transaction);
    }

    [Theory]
    [MemberData(nameof(Samples.AllTypes), MemberType = typeof(Samples))]
    public void Any_order_of_members_is_read(LighterTransactionType type)
    {
        var random = new RandomValues((int)type);
        for (int round = 0; round < 10; round++)
        {
            JsonObject members = Json(type);
            var shuffled = new JsonObject();
            foreach (string name in members.Select(member => member.Key).OrderBy(_ => random.Next(1000)).ToArray())
            {
                shuffled.Add(name, members[name]!.DeepClone());
            }

            Assert.Equal(Samples.Of(type), Read(type, shuffled).Transaction);
        }
    }

    [Theory]
    [MemberData(nameof(Samples.AllTypes), MemberType = typeof(Samples))]
    public void Each_member_is_needed_once(LighterTransactionType type)
    {
        foreach (string name in Json(type).Select(member => member.Key))
        {
            JsonObject without = Json(type);
            without.Remove(name);
            bool optional = name is "Sig" or "L1Sig" or "L2TxAttributes";
            Assert.Equal(optional ? null : $"{name} is missing.", Error(type, without));

            JsonObject members = Json(type);
            string text = members.ToJsonString();
            string twice = $"{text[..^1]},\"{name}\":{members[name]!.ToJsonString()}}}";
            Assert.Equal($"{name} stands twice.", Error(type, twice));
        }
    }

    [Theory]
    [MemberData(nameof(Samples.AllTypes), MemberType = typeof(Samples))]
    public void Unknown_members_are_refused_by_name(LighterTransactionType type)
    {
        JsonObject members = Json(type);
        members.Add("Surprise", 1);
        Assert.Equal("Surprise is no member of this transaction.", Error(type, members));
        JsonObject lowerCase = Json(type);
        JsonNode? nonce = lowerCase["Nonce"]!.DeepClone();
        lowerCase.Remove("Nonce");
        lowerCase.Add("nonce", nonce);
        Assert.Equal("Nonce is missing.", Error(type, lowerCase));
    }

    [Theory]
    [MemberData(nameof(Samples.AllTypes), MemberType = typeof(Samples))]
    public void Numbers_are_integers_within_their_member(LighterTransactionType type)
    {
        foreach (string name in Json(type).Where(member => member.Value is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number).Select(member => member.Key))
        {
            foreach (string value in new[] { "1.5", "1.0", "1e2", "1E400", "99999999999999999999", "-99999999999999999999", "\"1\"", "true", "null", "[]", "{}" })
            {
                JsonObject members = Json(type);
                members[name] = JsonNode.Parse(value);
                Assert.StartsWith($"{name} is ", Error(type, members), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(LighterTransactionType.CreateOrder, "ApiKeyIndex", 0, 255)]
    [InlineData(LighterTransactionType.CreateOrder, "MarketIndex", -32768, 32767)]
    [InlineData(LighterTransactionType.CreateOrder, "Price", 0, 4294967295)]
    [InlineData(LighterTransactionType.CreateOrder, "IsAsk", 0, 1)]
    [InlineData(LighterTransactionType.CreateOrder, "ReduceOnly", 0, 1)]
    [InlineData(LighterTransactionType.CreateOrder, "Type", 0, 255)]
    [InlineData(LighterTransactionType.UpdateLeverage, "InitialMarginFraction", 0, 65535)]
    public void Ranges_of_members_are_those_of_their_type(LighterTransactionType type, string member, long minimum, long maximum)
    {
        JsonObject members = Json(type);
        foreach (long value in new[] { minimum, maximum })
        {
            members[member] = value;
            Assert.Null(Error(type, members));
        }

        foreach (long value in new[] { minimum - 1, maximum + 1 })
        {
            members[member] = value;
            Assert.Equal($"{member} is {value}; it must be an integer from {minimum} to {maximum}.", Error(type, members));
        }
    }

    [Fact]
    public void Withdrawals_take_all_unsigned_amounts()
    {
        JsonObject members = Json(LighterTransactionType.Withdraw);
        members["Amount"] = ulong.MaxValue;
        var read = (WithdrawTransaction)Read(LighterTransactionType.Withdraw, members).Transaction;
        Assert.Equal(ulong.MaxValue, read.Amount);
        Assert.Equal("Amount", read.Validate()?.Member);
        members["Amount"] = -1;
        Assert.StartsWith("Amount is -1; it must be an integer from 0 ", Error(LighterTransactionType.Withdraw, members), StringComparison.Ordinal);
    }
}
