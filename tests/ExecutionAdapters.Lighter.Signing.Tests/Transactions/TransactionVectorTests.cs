using System.Text;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class TransactionVectorTests
{
    [Fact]
    public void Every_type_has_a_vector()
    {
        var types = Vectors.Items("transactions.json").Select(vector => (LighterTransactionType)vector.GetProperty("tx_type").GetByte()).ToHashSet();
        Assert.Equal(Samples.Types.ToHashSet(), types);
    }

    [Fact]
    public void Hashes_and_signatures_hold()
    {
        foreach (JsonElement vector in Vectors.Items("transactions.json"))
        {
            int chainId = vector.GetProperty("chain_id").GetInt32();
            ILighterTransaction transaction = Read(vector);
            using LighterPrivateKey key = LighterPrivateKey.Parse(vector.Text("private_key"));
            Assert.Equal(vector.Text("tx_hash"), LighterTransactionSigner.Hash(chainId, transaction).ToString());

            SignedTransaction signed = LighterTransactionSigner.SignWithFixedNonce(chainId, transaction, key, vector.Bytes("k"));
            Assert.Equal(vector.Text("tx_hash"), signed.Hash.ToString());
            Assert.Equal(vector.Text("signature"), signed.Signature.ToString());
            Assert.True(Schnorr.Verify(LighterPublicKey.Parse(vector.Text("public_key")), signed.Hash, signed.Signature));
        }
    }

    [Fact]
    public void Validation_accepts_all()
    {
        foreach (JsonElement vector in Vectors.Items("transactions.json"))
        {
            Assert.Null(Read(vector).Validate());
        }
    }

    [Fact]
    public void Wire_form_says_what_the_vector_says()
    {
        foreach (JsonElement vector in Vectors.Items("transactions.json"))
        {
            using LighterPrivateKey key = LighterPrivateKey.Parse(vector.Text("private_key"));
            SignedTransaction signed = LighterTransactionSigner.SignWithFixedNonce(
                vector.GetProperty("chain_id").GetInt32(), Read(vector), key, vector.Bytes("k"));
            JsonElement written = JsonElement.Parse(signed.TxInfo.Span);
            JsonElement expected = vector.GetProperty("tx_info");
            foreach (JsonProperty member in expected.EnumerateObject())
            {
                Assert.True(JsonElement.DeepEquals(member.Value, written.GetProperty(member.Name)), $"{member.Name} in {written}");
            }

            Assert.Equal(vector.Text("signature"), Convert.ToHexStringLower(written.GetProperty("Sig").GetBytesFromBase64()));
            Assert.Equal(expected.GetPropertyCount() + 1, written.GetPropertyCount());
        }
    }

    private static ILighterTransaction Read(JsonElement vector)
    {
        byte[] txInfo = Encoding.UTF8.GetBytes(vector.GetProperty("tx_info").GetRawText());
        Assert.True(
            LighterTransactionReader.TryRead(vector.GetProperty("tx_type").GetByte(), txInfo, out ParsedTransaction? parsed, out string? error), error);
        Assert.Null(parsed.Signature);
        Assert.Equal("", parsed.SignatureText);
        return parsed.Transaction;
    }
}
