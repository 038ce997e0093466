using System.Text;
using System.Text.Json.Nodes;
using static ExecutionAdapters.Lighter.Signing.Tests.Transactions.ReaderInput;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

/// <summary>Signatures, attributes, orders, memos, and input that is no transaction at all.</summary>
public sealed class ReaderStrictnessTests
{
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
}
