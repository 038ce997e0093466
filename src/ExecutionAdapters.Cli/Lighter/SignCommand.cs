using System.Buffers;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Cli.Lighter;

/// <summary><c>lighter sign</c>: transactions in, hashes, signatures and wire JSON out, a line each.</summary>
internal static class SignCommand
{
    public static Command Create()
    {
        var file = JsonLines.CreateInput();
        var fixedNonce = new Option<bool>("--insecure-fixed-nonce")
        {
            Description = "Take the signature nonce from 'k' (40 bytes, hex). For test vectors only: a nonce used twice, or known, gives the key away.",
        };
        var command = new Command(
            "sign",
            "Sign transactions. A line in: {\"chain_id\",\"tx_type\",\"tx_info\",\"private_key\"[,\"k\"]}; a line out: {\"tx_hash\",\"signature\",\"tx_info\"}. L1Sig and Sig in tx_info are ignored.")
        {
            file, fixedNonce,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var allowsFixedNonce = parsed.GetValue(fixedNonce);
            JsonLines.ForEach(parsed.GetValue(file), line => output.WriteLine(Sign(line, allowsFixedNonce)));
            return ExitCode.Fine;
        });
        return command;
    }

    private static string Sign(JsonElement line, bool allowsFixedNonce)
    {
        var transaction = ReadTransaction(line);
        var chainId = JsonLines.RequireInteger(line, "chain_id");
        if (chainId <= 0)
        {
            throw new CommandException($"'chain_id' is {chainId}: it must be above zero (mainnet 304, testnet 300).");
        }

        using var key = LighterPrivateKey.TryParse(JsonLines.RequireText(line, "private_key"), out var parsed, out var error)
            ? parsed!
            : throw new CommandException($"'private_key' cannot be read: {error}");
        try
        {
            return Write(Sign(line, chainId, transaction, key, allowsFixedNonce));
        }
        catch (LighterTransactionException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static SignedTransaction Sign(JsonElement line, int chainId, ILighterTransaction transaction, LighterPrivateKey key, bool allowsFixedNonce)
    {
        if (!line.TryGetProperty("k", out var k) || k.ValueKind == JsonValueKind.Null)
        {
            return LighterTransactionSigner.Sign(chainId, transaction, key);
        }

        if (!allowsFixedNonce)
        {
            throw new CommandException("'k' fixes the signature nonce, which gives the key away when used twice; say --insecure-fixed-nonce if this is a test vector.", ExitCode.WrongUsage);
        }

        var nonce = ReadNonce(JsonLines.RequireText(line, "k"));
        try
        {
            return LighterTransactionSigner.SignWithFixedNonce(chainId, transaction, key, nonce);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException("'k' cannot be used: " + exception.Message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(nonce);
        }
    }

    private static byte[] ReadNonce(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw new CommandException("'k' is not hex.");
        }
    }

    private static ILighterTransaction ReadTransaction(JsonElement line)
    {
        var type = JsonLines.RequireInteger(line, "tx_type");
        if (type is < 0 or > 255 || !line.TryGetProperty("tx_info", out var info) || info.ValueKind != JsonValueKind.Object)
        {
            throw new CommandException("'tx_type' must be from 0 to 255 and 'tx_info' an object.");
        }

        var unsigned = JsonObject.Create(info)!;
        unsigned.Remove("Sig");
        unsigned.Remove("L1Sig");
        var utf8 = Encoding.UTF8.GetBytes(unsigned.ToJsonString());
        return LighterTransactionReader.TryRead((byte)type, utf8, out var parsed, out var error)
            ? parsed!.Transaction
            : throw new CommandException($"'tx_info' cannot be read: {error}");
    }

    private static string Write(SignedTransaction signed)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("tx_hash"u8, signed.Hash.ToString());
            writer.WriteString("signature"u8, signed.Signature.ToString());
            writer.WriteString("tx_info"u8, signed.TxInfo.Span);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
