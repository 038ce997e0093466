namespace ExecutionAdapters.Cli.Tests;

/// <summary>Values that an option cannot have.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("a whole number", "demo", "--venue", "tektii", "--paper", "abc")]
    [InlineData("a whole number", "venue", "lighter", "--port", "99999999999")]
    [InlineData("a whole number, 0 or more", "venue", "tektii", "--seed", "-1")]
    [InlineData("a whole number", "status", "--demo", "--lookback-mins", "1.5")]
    [InlineData("Warning", "bridge", "--config", "none.json", "--log-level", "loud")]
    [InlineData("a whole number", "lighter", "auth-token", "--account-index", "1", "--api-key-index", "2", "--deadline", "soon")]
    public async Task A_value_of_the_wrong_type_is_told_in_words(string words, params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("Microsoft.", result.ErrorLine, StringComparison.Ordinal);
    }
}
