using System.CommandLine;
using System.Security.Cryptography;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Cli.Lighter;

/// <summary><c>lighter …</c>: keys, tokens and signatures, without any network.</summary>
internal static class LighterCommand
{
    public static Command Create()
    {
        var command = new Command("lighter", "Lighter keys, auth tokens and signatures. Nothing here uses the network.");
        command.Subcommands.Add(CreateKeygen());
        command.Subcommands.Add(CreatePubkey());
        command.Subcommands.Add(CreateAuthToken());
        command.Subcommands.Add(SignCommand.Create());
        command.Subcommands.Add(VerifyCommand.Create());
        return command;
    }

    private static Command CreateKeygen()
    {
        var seedFile = new Option<FileInfo?>("--seed-file")
        {
            Description = "Derive the key from the hex seed (32 bytes or more) in this file instead of drawing a random one.",
        };
        var command = new Command("keygen", "Make a key pair: one JSON object with private_key and public_key, 80 hex digits each.") { seedFile };
        command.SetAction(parsed =>
        {
            using var key = parsed.GetValue(seedFile) is { } file ? FromSeed(file) : LighterPrivateKey.Generate();
            parsed.InvocationConfiguration.Output.WriteLine($$"""{"private_key":"{{key.ToHex()}}","public_key":"{{key.PublicKey}}"}""");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreatePubkey()
    {
        var source = new PrivateKeySource();
        var command = new Command("pubkey", "Print the public key of a private key. " + PrivateKeySource.Description);
        source.AddTo(command);
        command.SetAction(parsed =>
        {
            using var key = source.Read(parsed);
            parsed.InvocationConfiguration.Output.WriteLine(key.PublicKey.ToString());
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateAuthToken()
    {
        var deadline = new Option<long>("--deadline") { Description = "When the token ends, Unix seconds. The venue takes at most 8 hours ahead.", Required = true };
        var account = new Option<long>("--account-index") { Description = "The account.", Required = true };
        var keyIndex = new Option<int>("--api-key-index") { Description = "The slot of the API key, 0 to 254.", Required = true };
        var source = new PrivateKeySource();
        var command = new Command("auth-token", "Print an auth token. " + PrivateKeySource.Description) { deadline, account, keyIndex };
        source.AddTo(command);
        command.SetAction(parsed =>
        {
            var slot = parsed.GetValue(keyIndex);
            if (slot is < 0 or > 254)
            {
                throw new CommandException($"--api-key-index is {slot}: it must be from 0 to 254.", ExitCode.WrongUsage);
            }

            if (parsed.GetValue(account) is < 0 or > (1L << 48) - 2)
            {
                throw new CommandException($"--account-index is {parsed.GetValue(account)}: it must be from 0 to {(1L << 48) - 2}.", ExitCode.WrongUsage);
            }

            if (parsed.GetValue(deadline) <= 0)
            {
                throw new CommandException($"--deadline is {parsed.GetValue(deadline)}: it must be a time in Unix seconds.", ExitCode.WrongUsage);
            }

            using var key = source.Read(parsed);
            parsed.InvocationConfiguration.Output.WriteLine(
                LighterAuthToken.Create(key, parsed.GetValue(deadline), parsed.GetValue(account), (byte)slot));
            return ExitCode.Fine;
        });
        return command;
    }

    private static LighterPrivateKey FromSeed(FileInfo file)
    {
        byte[] seed;
        try
        {
            seed = Convert.FromHexString(File.ReadAllText(file.FullName).Trim());
        }
        catch (FormatException)
        {
            throw new CommandException($"{file.Name}: the seed must be hex digits, an even number of them.");
        }

        try
        {
            return seed.Length >= 32
                ? LighterPrivateKey.FromSeed(seed)
                : throw new CommandException($"{file.Name}: the seed has {seed.Length} bytes; at least 32 are needed.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
