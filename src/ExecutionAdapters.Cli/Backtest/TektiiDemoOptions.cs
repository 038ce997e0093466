using System.CommandLine;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>The options of <c>demo</c> that ask for the second venue.</summary>
internal sealed class TektiiDemoOptions
{
    private const int MinutesOfAYear = 525_600;

    private readonly Option<string> _venue = new("--venue") { Description = "lighter, or tektii: a strategy in a backtest of a year of minute candles.", DefaultValueFactory = _ => "lighter" };
    private readonly Option<string?> _candles = new("--candles") { Description = "tektii: a candle file instead of candles made from the seed." };
    private readonly Option<int> _minutes = new("--minutes") { Description = "tektii: how many minute candles are made.", DefaultValueFactory = _ => MinutesOfAYear };
    private readonly Option<int?> _paper = new("--paper") { Description = "tektii: the same strategy against the paper gateway, for so many seconds." };
    private readonly Option<string?> _svg = new("--svg") { Description = "tektii: draw the equity curve into this file." };

    public TektiiDemoOptions(Command command)
    {
        command.Options.Add(_venue);
        command.Options.Add(_candles);
        command.Options.Add(_minutes);
        command.Options.Add(_paper);
        command.Options.Add(_svg);
    }

    /// <exception cref="CommandException">The venue is none of the two, or an option of the second is given without it.</exception>
    public bool IsAsked(ParseResult parsed)
    {
        var venue = parsed.GetValue(_venue);
        if (venue is not ("lighter" or "tektii"))
        {
            throw new CommandException($"--venue is {venue}: it must be lighter or tektii.", ExitCode.WrongUsage);
        }

        if (venue == "lighter" && new Option[] { _candles, _minutes, _paper, _svg }.FirstOrDefault(option => IsGiven(parsed, option)) is { } idle)
        {
            throw new CommandException($"{idle.Name} is of no use without --venue tektii.", ExitCode.WrongUsage);
        }

        return venue == "tektii";
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>
    /// In a backtest the two ends of each connection are in this process and take turns: one thread that serves both has nobody to wake, which costs more than the work. The
    /// runtime reads these when the first socket is made; nothing in the demo blocks that thread.
    /// </summary>
    private static void ShareOneSocketThread()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
    }

    public async Task<int> RunAsync(ParseResult parsed, ulong seed, bool json, CancellationToken cancellationToken)
    {
        if (IsGiven(parsed, _paper) && new Option[] { _candles, _minutes }.FirstOrDefault(option => IsGiven(parsed, option)) is { } idle)
        {
            throw new CommandException($"{idle.Name} is of no use with --paper.", ExitCode.WrongUsage);
        }

        if (IsGiven(parsed, _candles) && IsGiven(parsed, _minutes))
        {
            throw new CommandException("--minutes is of no use with --candles: the file says how many there are.", ExitCode.WrongUsage);
        }

        var minutes = parsed.GetValue(_minutes);
        if (minutes is < 300 or > 10 * MinutesOfAYear)
        {
            throw new CommandException($"--minutes is {minutes}: it must be from 300, which the slow average needs, to {10 * MinutesOfAYear}.", ExitCode.WrongUsage);
        }

        var paper = parsed.GetValue(_paper);
        if (paper is < 1 or > 86_400)
        {
            throw new CommandException($"--paper is {paper}: it must be from 1 to 86400 seconds.", ExitCode.WrongUsage);
        }

        if (parsed.GetValue(_svg) is { } svg && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(svg))))
        {
            throw new CommandException($"--svg: there is no directory for {svg}.", ExitCode.WrongUsage);
        }

        var output = parsed.InvocationConfiguration.Output;
        var request = new BacktestRequest(parsed.GetValue(_candles), minutes, seed, paper is { } seconds ? TimeSpan.FromSeconds(seconds) : null, parsed.GetValue(_svg));
        if (paper is null)
        {
            ShareOneSocketThread();
        }

        var result = await BacktestDemo.RunAsync(request, json, output, cancellationToken).ConfigureAwait(false);
        if (json)
        {
            await output.WriteLineAsync(result.ToJson()).ConfigureAwait(false);
        }

        return result.Ok ? ExitCode.Fine : ExitCode.Failed;
    }
}
