using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>Candle files that a person names.</summary>
internal static class CandleInput
{
    /// <exception cref="CommandException">Whatever is wrong with the file: a line that names it, and wrong usage.</exception>
    public static IReadOnlyList<TektiiCandle> Read(string path)
    {
        try
        {
            return Directory.Exists(path) ? throw Wrong($"{path} is a directory: a candle file is needed.")
                : File.Exists(path) ? TektiiCandleFile.Read(path)
                : throw Wrong($"{path}: there is no such file.");
        }
        catch (FormatException exception)
        {
            throw Wrong(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"{path} cannot be read: {exception.Message}");
        }
    }

    private static CommandException Wrong(string message) => new(message, ExitCode.WrongUsage);
}
