using System.CommandLine;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Cli.Lighter;

/// <summary><c>lighter verify</c>: whether signatures hold, a line each.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var file = JsonLines.CreateInput();
        var command = new Command("verify", "Verify signatures. A line in: {\"public_key\",\"hash\",\"signature\"}; a line out: {\"valid\":true|false}, with a reason when something cannot even be decoded.")
        {
            file,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            JsonLines.ForEach(parsed.GetValue(file), line => output.WriteLine(Verify(line)));
            return ExitCode.Fine;
        });
        return command;
    }

    private static string Verify(JsonElement line)
    {
        var key = JsonLines.RequireText(line, "public_key");
        var hash = JsonLines.RequireText(line, "hash");
        var signature = JsonLines.RequireText(line, "signature");
        if (!LighterPublicKey.TryParse(key, out var publicKey))
        {
            return Invalid("public_key is no canonical public key of 80 hex digits");
        }

        if (!TransactionHash.TryParse(hash, out var message))
        {
            return Invalid("hash is no canonical hash of 80 hex digits");
        }

        if (!LighterSignature.TryParse(signature, out var parsed))
        {
            return Invalid("signature is no canonical signature of 160 hex digits");
        }

        return Schnorr.Verify(publicKey, message, parsed) ? """{"valid":true}""" : """{"valid":false}""";
    }

    private static string Invalid(string reason) => $$"""{"valid":false,"reason":"{{reason}}"}""";
}
