using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
}

/// <summary>A failure that is one clear line for the person at the terminal, and nothing more.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}

/// <summary>Parses and runs a command line; every error becomes one line on standard error and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(RootCommand root, string[] args, CancellationToken cancellationToken = default)
    {
        var version = root.Options.OfType<VersionOption>().FirstOrDefault();
        if (version is not null)
        {
            version.Action = new ShowVersion();
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Fail(Describe(parsed) + " Try --help.", ExitCode.WrongUsage);
        }

        if (parsed.Action is null || (parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.CommandResult.Command.Action is null && parsed.Action is not HelpAction and not ShowVersion))
        {
            return Fail("A command is missing. Try --help.", ExitCode.WrongUsage);
        }

        try
        {
            // The library's own handling of signals begins only after the command has started.
            using var signals = new StopSignals(cancellationToken);
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, signals.Token).ConfigureAwait(false);
        }
        catch (CommandException exception)
        {
            return Fail(exception.Message, exception.ExitCode);
        }
        catch (OperationCanceledException)
        {
            return Fail("Stopped.", ExitCode.Failed);
        }
        catch (Exception exception) when (exception is ExecutionClientException or JournalException or IOException or UnauthorizedAccessException)
        {
            return Fail(exception.Message, ExitCode.Failed);
        }
        catch (Exception exception)
        {
            return Fail($"Unexpected {exception.GetType().Name}: {exception.Message}", ExitCode.Failed);
        }
    }

    /// <summary>The parser repeats what it did not understand; that may be a key that somebody gave as an argument.</summary>
    private static string Describe(ParseResult parsed)
    {
        const int LongestRepeated = 24;
        return parsed.UnmatchedTokens.Any(token => token.Length > LongestRepeated) || parsed.Tokens.Any(token => token.Value.Length > LongestRepeated && IsHex(token.Value))
            ? "An argument that is not understood was given. Keys never go on the command line: give them by file, environment or standard input."
            : Readable(parsed.Errors[0]);

        static bool IsHex(string text) => text.All(character => char.IsAsciiHexDigit(character) || character is 'x' or 'X');
    }

    /// <summary>The parser says what a value should have been by the name of a .NET type; people say it in words.</summary>
    private static string Readable(ParseError error)
    {
        const string BeforeType = " as expected type '";
        var type = error.SymbolResult switch
        {
            OptionResult result => result.Option.ValueType,
            ArgumentResult result => result.Argument.ValueType,
            _ => null,
        };
        return type is not null && error.Message.LastIndexOf(BeforeType, StringComparison.Ordinal) is > 0 and var at
            ? $"{error.Message[..at]}: it must be {InWords(Nullable.GetUnderlyingType(type) ?? type)}."
            : error.Message;
    }

    private static string InWords(Type type) => type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(byte) => "a whole number from 0 to 255",
        _ when type == typeof(int) => "a whole number up to 2147483647",
        _ when type == typeof(long) => "a whole number",
        _ when type == typeof(ulong) => "a whole number, 0 or more",
        _ => "something else",
    };

    private static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine("execution-adapters: " + SecretScrubber.ScrubMessage(message).ReplaceLineEndings(" "));
        return exitCode;
    }

    private sealed class ShowVersion : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(CommandRunner).Assembly.GetName().Version!.ToString(3);
            parseResult.InvocationConfiguration.Output.WriteLine($"execution-adapters {version} (signing follows {LighterSigningInfo.ReferenceRevision})");
            return ExitCode.Fine;
        }
    }
}
