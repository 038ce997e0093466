using System.CommandLine;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Cli.Lighter;

/// <summary>Where a private key comes from: a file, an environment variable or standard input. Never an argument: arguments show in process lists.</summary>
internal sealed class PrivateKeySource
{
    public const string Description = "The private key (80 hex digits) is read from --key-file, --key-env, standard input, or LIGHTER_API_SECRET.";

    private const string DefaultVariable = "LIGHTER_API_SECRET";

    private readonly Option<FileInfo?> _file = new("--key-file") { Description = "File that holds the private key." };

    private readonly Option<string?> _variable = new("--key-env") { Description = "Environment variable that holds the private key." };

    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_variable);
    }

    public LighterPrivateKey Read(ParseResult parsed)
    {
        var (text, origin) = ReadText(parsed);
        return LighterPrivateKey.TryParse(text.AsSpan().Trim().TrimStart('\uFEFF'), out var key, out var error)
            ? key!
            : throw new CommandException($"The private key from {origin} cannot be read: {error}");
    }

    private (string Text, string Origin) ReadText(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is { } file)
        {
            return (File.ReadAllText(file.FullName), file.Name);
        }

        if (parsed.GetValue(_variable) is { } variable)
        {
            return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
                ? (value, variable)
                : throw new CommandException($"The environment variable {variable} is not set.");
        }

        var input = Console.IsInputRedirected ? Console.In.ReadLine() : null;
        if (!string.IsNullOrWhiteSpace(input))
        {
            return (input, "standard input");
        }

        return Environment.GetEnvironmentVariable(DefaultVariable) is { Length: > 0 } secret
            ? (secret, DefaultVariable)
            : throw new CommandException("No private key given. " + Description, ExitCode.WrongUsage);
    }
}
