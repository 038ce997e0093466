using System.Text;
using System.Text.Json.Nodes;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

/// <summary>Signed samples as text and JSON, and what the reader makes of such.</summary>
internal static class ReaderInput
{
    public static readonly Dictionary<LighterTransactionType, string> Texts = Samples.Types.ToDictionary(type => type, type => Text(Samples.Of(type)));

    public static bool HasL1Signature(LighterTransactionType type) =>
        type is LighterTransactionType.ChangePubKey or LighterTransactionType.Transfer or LighterTransactionType.ApproveIntegrator;

    public static string Text(ILighterTransaction transaction)
    {
        using LighterPrivateKey key = LighterPrivateKey.FromSeed(new byte[32]);
        return Encoding.UTF8.GetString(LighterTransactionSigner.Sign(304, transaction, key).TxInfo.Span);
    }

    public static JsonObject Json(LighterTransactionType type)
    {
        JsonObject members = JsonNode.Parse(Texts[type])!.AsObject();
        members["L2TxAttributes"] ??= new JsonObject();
        return members;
    }

    public static ParsedTransaction Read(LighterTransactionType type, JsonObject members) => Read(type, Encoding.UTF8.GetBytes(members.ToJsonString()));

    public static ParsedTransaction Read(LighterTransactionType type, ReadOnlySpan<byte> txInfo)
    {
        Assert.True(LighterTransactionReader.TryRead((byte)type, txInfo, out ParsedTransaction? parsed, out string? error), error);
        return parsed;
    }

    public static string? Error(LighterTransactionType type, JsonObject members) => Error(type, members.ToJsonString());

    public static string? Error(LighterTransactionType type, string text)
    {
        bool read = LighterTransactionReader.TryRead((byte)type, Encoding.UTF8.GetBytes(text), out ParsedTransaction? parsed, out string? error);
        Assert.Equal(read, parsed is not null);
        return error;
    }
}
