using System.Text;
using System.Text.Json.Nodes;

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

    [Theory]
    [InlineData("", null, "")]
    [InlineData("AAAA", null, "AAAA")]
    [InlineData("not base64", null, "not base64")]
    public void Undecodable_signatures_are_kept_as_text(string text, LighterSignature? expected, string kept)
    {
        JsonObject members = Json(LighterTransactionType.CreateOrder);
        members["Sig"] = text;
        ParsedTransaction parsed = Read(LighterTransactionType.CreateOrder, members);
        Assert.Equal(expected, parsed.Signature);
        Assert.Equal(kept, parsed.SignatureText);
    }

    [Fact]
    public void Signatures_with_a_scalar_at_the_order_are_kept_as_text()
    {
        byte[] order = Vectors.Load("scalar.json").Bytes("order");
        string text = Convert.ToBase64String([.. order, .. new byte[40]]);
        JsonObject members = Json(LighterTransactionType.CreateOrder);
        members["Sig"] = text;
        ParsedTransaction parsed = Read(LighterTransactionType.CreateOrder, members);
        Assert.Null(parsed.Signature);
        Assert.Equal(text, parsed.SignatureText);
    }

    [Fact]
    public void Escaped_text_is_read()
    {
        JsonObject members = Json(LighterTransactionType.CreateOrder);
        string signature = members["Sig"]!.GetValue<string>();
        string text = members.ToJsonString().Replace("\"Nonce\"", "\"\\u004eonce\"", StringComparison.Ordinal);
        Assert.Equal(signature, Read(LighterTransactionType.CreateOrder, Encoding.UTF8.GetBytes(text)).SignatureText);
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("{}", 0)]
    [InlineData("{\"4\":1}", 1)]
    [InlineData("{\"3\":0,\"2\":0,\"1\":0}", 3)]
    [InlineData("{\"8\":2,\"255\":-3}", 2)]
    public void Attributes_are_read(string text, int count)
    {
        JsonObject members = Json(LighterTransactionType.CreateOrder);
        members["L2TxAttributes"] = JsonNode.Parse(text);
        ParsedTransaction parsed = Read(LighterTransactionType.CreateOrder, members);
        Assert.Equal(count, parsed.Transaction.Header.Attributes.Count);
    }

    [Theory]
    [InlineData("{\"1\":0,\"2\":0,\"3\":0,\"4\":1,\"6\":0}")]
    [InlineData("{\"0\":1}")]
    [InlineData("{\"01\":1}")]
    [InlineData("{\"+1\":1}")]
    [InlineData("{\" 1\":1}")]
    [InlineData("{\"256\":1}")]
    [InlineData("{\"x\":1}")]
    [InlineData("{\"\":1}")]
    [InlineData("{\"1\":null}")]
    [InlineData("{\"1\":1.5}")]
    [InlineData("{\"1\":\"1\"}")]
    [InlineData("[]")]
    [InlineData("1")]
    public void Malformed_attributes_are_refused(string text)
    {
        JsonObject members = Json(LighterTransactionType.CreateOrder);
        members["L2TxAttributes"] = JsonNode.Parse(text);
        Assert.StartsWith("L2TxAttributes ", Error(LighterTransactionType.CreateOrder, members), StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_twice_are_refused()
    {
        string text = Texts[LighterTransactionType.CreateOrder].Replace("\"L2TxAttributes\":null", "\"L2TxAttributes\":{\"1\":1,\"1\":2}", StringComparison.Ordinal);
        Assert.Equal("L2TxAttributes holds type 1 twice.", Error(LighterTransactionType.CreateOrder, text));
    }

    [Fact]
    public void Orders_of_groups_are_read_as_strictly()
    {
        JsonObject members = Json(LighterTransactionType.CreateGroupedOrders);
        JsonObject second = members["Orders"]![1]!.AsObject();
        second["Nonce"] = 1;
        Assert.Equal("Orders[1].Nonce is no member of this transaction.", Error(LighterTransactionType.CreateGroupedOrders, members));
        second.Remove("Nonce");
        second["Price"] = -1;
        Assert.Equal("Orders[1].Price is -1; it must be an integer from 0 to 4294967295.", Error(LighterTransactionType.CreateGroupedOrders, members));
        second.Remove("Price");
        Assert.Equal("Orders[1].Price is missing.", Error(LighterTransactionType.CreateGroupedOrders, members));
        members["Orders"]!.AsArray().Clear();
        Assert.Empty(((CreateGroupedOrdersTransaction)Read(LighterTransactionType.CreateGroupedOrders, members).Transaction).Orders);
        members["Orders"] = new JsonArray(1);
        Assert.Equal("Orders[0] must be an object.", Error(LighterTransactionType.CreateGroupedOrders, members));
        members["Orders"] = new JsonArray(1, 2, 3, 4);
        Assert.Equal("Orders has 4 members; it may have 3.", Error(LighterTransactionType.CreateGroupedOrders, members));
    }

    [Theory]
    [InlineData("[1,2]", "Memo has 2 numbers; it must have 32.")]
    [InlineData("\"00\"", "Memo is \"00\"; it must be an array.")]
    public void Malformed_memos_are_refused(string text, string expected)
    {
        JsonObject members = Json(LighterTransactionType.Transfer);
        members["Memo"] = JsonNode.Parse(text);
        Assert.Equal(expected, Error(LighterTransactionType.Transfer, members));
        members["Memo"] = new JsonArray([.. Enumerable.Range(0, 32).Select(i => JsonValue.Create(i == 31 ? 256 : i))]);
        Assert.Equal("Memo is 256; it must be an integer from 0 to 255.", Error(LighterTransactionType.Transfer, members));
    }

    [Theory]
    [InlineData(39, 0)]
    [InlineData(41, 0)]
    [InlineData(40, 255)]
    public void Malformed_public_keys_are_refused(int length, byte filling)
    {
        JsonObject members = Json(LighterTransactionType.ChangePubKey);
        members["PubKey"] = Convert.ToBase64String([.. Enumerable.Repeat(filling, length)]);
        Assert.StartsWith("PubKey must be ", Error(LighterTransactionType.ChangePubKey, members), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{} {}")]
    [InlineData("{\"AccountIndex\":1,}")]
    [InlineData("{/**/}")]
    [InlineData("{\"\\uD800\":1}")]
    [InlineData("{\"Sig\":\"\\uD800\"}")]
    [InlineData("{\"A\":[[[[1]]]]}")]
    public void Anything_else_is_refused_with_a_reason(string text)
    {
        Assert.False(LighterTransactionReader.TryRead(14, Encoding.UTF8.GetBytes(text), out ParsedTransaction? parsed, out string? error));
        Assert.Null(parsed);
        Assert.False(string.IsNullOrEmpty(error));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_member_is_refused()
    {
        string text = Json(LighterTransactionType.CreateOrder).ToJsonString();
        JsonObject members = Json(LighterTransactionType.CreateOrder);
        string signature = members["Sig"]!.ToJsonString();
        Assert.NotNull(Error(LighterTransactionType.CreateOrder, text.Replace(signature, "\"\\uD800\"", StringComparison.Ordinal)));
        Assert.NotNull(Error(LighterTransactionType.CreateOrder, $"{text[..^1]},\"\\uDFFF\":1}}"));
    }

    [Fact]
    public void Size_and_type_are_bounded()
    {
        string text = Json(LighterTransactionType.CreateOrder).ToJsonString();
        string padded = text + new string(' ', LighterTransactionReader.MaximumSize - text.Length);
        Assert.Null(Error(LighterTransactionType.CreateOrder, padded));
        Assert.Equal("tx_info has 4097 bytes; at most 4096 are read.", Error(LighterTransactionType.CreateOrder, padded + " "));
        foreach (byte type in Enumerable.Range(0, 256).Select(i => (byte)i))
        {
            bool known = Samples.Types.Contains((LighterTransactionType)type);
            Assert.False(LighterTransactionReader.TryRead(type, "{}"u8, out _, out string? error));
            Assert.Equal(!known, error == $"tx_type {type} is no transaction that users sign.");
        }
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        var random = new RandomValues(81);
        LighterTransactionType[] types = [.. Samples.Types];
        for (int i = 0; i < 20_000; i++)
        {
            LighterTransactionType type = types[i % types.Length];
            byte[] text = Encoding.UTF8.GetBytes(Texts[type]);
            int damages = 1 + random.Next(3);
            for (int d = 0; d < damages; d++)
            {
                int place = random.Next(text.Length);
                text = random.Next(3) switch
                {
                    0 => [.. text.AsSpan(0, place), .. text.AsSpan(place + 1)],
                    1 => [.. text.AsSpan(0, place), .. random.Bytes(1), .. text.AsSpan(place)],
                    _ => [.. text.AsSpan(0, place), (byte)"\\\"{}[]:,-0e.9u"[random.Next(14)], .. text.AsSpan(place + 1)],
                };
            }

            bool read = LighterTransactionReader.TryRead((byte)type, text, out ParsedTransaction? parsed, out string? error);
            Assert.True(read ? parsed is not null && error is null : parsed is null && !string.IsNullOrEmpty(error), random.Seed);
            _ = parsed?.Transaction.Validate();
        }
    }

    private static readonly Dictionary<LighterTransactionType, string> Texts = Samples.Types.ToDictionary(type => type, type => Text(Samples.Of(type)));

    private static bool HasL1Signature(LighterTransactionType type) =>
        type is LighterTransactionType.ChangePubKey or LighterTransactionType.Transfer or LighterTransactionType.ApproveIntegrator;

    private static string Text(ILighterTransaction transaction)
    {
        using LighterPrivateKey key = LighterPrivateKey.FromSeed(new byte[32]);
        return Encoding.UTF8.GetString(LighterTransactionSigner.Sign(304, transaction, key).TxInfo.Span);
    }

    private static JsonObject Json(LighterTransactionType type)
    {
        JsonObject members = JsonNode.Parse(Texts[type])!.AsObject();
        members["L2TxAttributes"] ??= new JsonObject();
        return members;
    }

    private static ParsedTransaction Read(LighterTransactionType type, JsonObject members) => Read(type, Encoding.UTF8.GetBytes(members.ToJsonString()));

    private static ParsedTransaction Read(LighterTransactionType type, ReadOnlySpan<byte> txInfo)
    {
        Assert.True(LighterTransactionReader.TryRead((byte)type, txInfo, out ParsedTransaction? parsed, out string? error), error);
        return parsed;
    }

    private static string? Error(LighterTransactionType type, JsonObject members) => Error(type, members.ToJsonString());

    private static string? Error(LighterTransactionType type, string text)
    {
        bool read = LighterTransactionReader.TryRead((byte)type, Encoding.UTF8.GetBytes(text), out ParsedTransaction? parsed, out string? error);
        Assert.Equal(read, parsed is not null);
        return error;
    }
}
