using System.CommandLine;
using ExecutionAdapters.Cli.Backtest;
using ExecutionAdapters.Venues;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Cli.Venue;

/// <summary><c>venue tektii</c>: runs a gateway with a paper broker, or a backtest, until stopped; or makes candles.</summary>
internal static class TektiiVenueCommand
{
    private const string DefaultSymbol = "S:AAPL";

    private static readonly Option<int> Port = new("--port") { Description = "Port on 127.0.0.1; 0 picks a free one.", DefaultValueFactory = _ => 8080 };
    private static readonly Option<string?> ApiKeyEnv = new("--api-key-env") { Description = "Environment variable that holds the API key; without one no key is asked for." };
    private static readonly Option<FileInfo?> BacktestFile = new("--backtest") { Description = "Replay a candle file (timestamp,open,high,low,close,volume) instead of the paper broker." };
    private static readonly Option<string[]> Symbols = new("--symbol") { Description = "Symbol, may be repeated: what the paper broker trades, or the one of the candle file.", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Subscriptions = new("--subscriptions") { Description = "Server-side filter of frames: S:AAPL:candle,… or the gateway's JSON array." };
    private static readonly Option<int> InFlight = new("--in-flight") { Description = "Candles that may be out unacknowledged; 1 is strict.", DefaultValueFactory = _ => 1 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the moving quotes, and of made candles.", DefaultValueFactory = _ => 7 };
    private static readonly Option<FileInfo?> MakeCandles = new("--make-candles") { Description = "Write a candle file and end." };
    private static readonly Option<int> Minutes = new("--minutes") { Description = "Candles to make; a year has 525600.", DefaultValueFactory = _ => 525_600 };

    public static Command Create()
    {
        var command = new Command("tektii", "Run the Tektii venue: gateway with a paper broker, or a backtest that replays a candle file.")
        {
            Port, ApiKeyEnv, BacktestFile, Symbols, Subscriptions, InFlight, Seed, MakeCandles, Minutes,
        };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(MakeCandles) is { } file
            ? MakeAsync(file, parsed)
            : RunAsync(parsed, cancellationToken));
        return command;
    }

    private static async Task<int> MakeAsync(FileInfo file, ParseResult parsed)
    {
        var minutes = parsed.GetValue(Minutes);
        if (minutes < 1)
        {
            throw new CommandException($"--minutes is {minutes}: it must be 1 or more.", ExitCode.WrongUsage);
        }

        TektiiCandleGenerator.Write(file.FullName, minutes, parsed.GetValue(Seed));
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{minutes} candles in {file}").ConfigureAwait(false);
        return ExitCode.Fine;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        RefuseIdle(parsed, Minutes, MakeCandles);
        var options = Options(parsed);
        await using var venue = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        var output = parsed.InvocationConfiguration.Output;
        foreach (var line in Describe(venue, options, parsed.GetValue(ApiKeyEnv)))
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        if (options.Backtest is not null && await Task.WhenAny(stopped, venue.BacktestEnded).ConfigureAwait(false) != stopped)
        {
            var progress = venue.Backtest;
            await output.WriteLineAsync($"Backtest {progress.State} after {progress.CandlesSent} candles, at {progress.Time:u}; books stay readable.").ConfigureAwait(false);
        }

        await stopped.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await venue.ShutDownAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCode.Fine;
    }

    private static IEnumerable<string> Describe(TektiiVenue venue, TektiiVenueOptions options, string? keyVariable)
    {
        var address = venue.BaseUrl.ToString().TrimEnd('/');
        yield return options.Backtest is { } backtest
            ? $"Tektii venue, backtest of {backtest.Candles.Count} candles of {backtest.Symbol}; it starts when a stream attaches"
            : $"Tektii venue, paper broker for {string.Join(", ", options.Instruments.Select(instrument => instrument.Symbol))}";
        yield return $"  REST     {address}/v1";
        yield return $"  stream   {venue.StreamUrl}";
        if (options.Backtest is not null)
        {
            yield return $"  engine   {address}/api/v1 and {venue.EngineStreamUrl}";
        }

        yield return $"  API key  {(keyVariable is null ? "not asked for" : $"as in {keyVariable}")}";
        yield return "Stop with Ctrl+C.";
    }

    private static TektiiVenueOptions Options(ParseResult parsed)
    {
        if (parsed.GetValue(Port) is < 0 or > 65535)
        {
            throw new CommandException($"--port is {parsed.GetValue(Port)}: it must be from 0 to 65535.", ExitCode.WrongUsage);
        }

        var symbols = parsed.GetValue(Symbols) ?? [];
        var options = new TektiiVenueOptions
        {
            Port = parsed.GetValue(Port),
            ApiKey = ApiKey(parsed.GetValue(ApiKeyEnv)),
            Subscriptions = parsed.GetValue(Subscriptions),
            Seed = parsed.GetValue(Seed),
        };
        if (parsed.GetValue(BacktestFile) is { } file)
        {
            return symbols.Length <= 1
                ? options with { Backtest = Backtest(file, symbols.FirstOrDefault(DefaultSymbol), parsed.GetValue(InFlight)) }
                : throw new CommandException("A candle file has one --symbol.", ExitCode.WrongUsage);
        }

        RefuseIdle(parsed, InFlight, BacktestFile);
        return symbols.Length == 0 ? options : options with { Instruments = [.. symbols.Select(Instrument)] };
    }

    private static TektiiBacktestOptions Backtest(FileInfo file, string symbol, int inFlight) => inFlight < 1
        ? throw new CommandException($"{InFlight.Name} is {inFlight}: it must be 1 or more.", ExitCode.WrongUsage)
        : new TektiiBacktestOptions { Symbol = symbol, Candles = CandleInput.Read(file.FullName), CandlesInFlight = inFlight };

    /// <summary>An option that changes nothing is a mistake: whoever gave it believes that it does.</summary>
    private static void RefuseIdle(ParseResult parsed, Option option, Option needed)
    {
        if (parsed.GetResult(option) is { Implicit: false })
        {
            throw new CommandException($"{option.Name} is of no use without {needed.Name}.", ExitCode.WrongUsage);
        }
    }

    private static TektiiInstrument Instrument(string symbol)
    {
        try
        {
            return new TektiiVenueOptions().Instruments.FirstOrDefault(known => known.Symbol == symbol) ?? new TektiiInstrument(symbol);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(exception.Message, ExitCode.WrongUsage);
        }
    }

    private static string? ApiKey(string? variable)
    {
        if (variable is null)
        {
            return null;
        }

        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key
            ? key
            : throw new CommandException($"The environment variable {variable} holds no API key.", ExitCode.WrongUsage);
    }

    private static async Task<TektiiVenue> StartAsync(TektiiVenueOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await TektiiVenue.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (VenueStartException exception)
        {
            throw new CommandException(exception.Message);
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(exception.Message, ExitCode.WrongUsage);
        }
    }
}
