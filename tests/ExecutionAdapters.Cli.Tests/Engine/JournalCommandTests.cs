using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ExecutionAdapters.Cli.Tests.Engine;

/// <summary>The engine at the terminal: samples, the demo that is killed, the journal, the dry run of a reconciliation.</summary>
public sealed partial class JournalCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("execution-adapters-");

    private string Journal => Path.Combine(_folder.FullName, "journal.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Killed_again_and_again_the_engine_ends_with_the_books_of_the_venue()
    {
        var result = await CliProcess.RunAsync("", "demo", "--kill", "--kills", "3", "--seed", "5", "--json");
        Assert.Equal("", result.Error);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.Equal((true, 3, 0), ((bool)json["ok"]!, (int)json["kills"]!, (int)json["discrepancies"]!));
        Assert.True((int)json["orders"]! > 0);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task The_sample_with_our_engine_finds_its_order_again_and_its_journal_can_be_read()
    {
        await using var venue = CliProcess.Start("venue", "lighter", "--port", "0", "--seed", "11");
        var printed = await venue.ReadUntilAsync("Stop with Ctrl+C");
        var environment = new Dictionary<string, string> { ["LIGHTER_API_SECRET"] = PrivateKey().Match(printed).Groups[1].Value };
        var port = Port().Match(printed).Groups[1].Value;

        var first = await CliProcess.RunProgramAsync("WithOurEngine.dll", "", environment, port, Journal);
        Assert.Equal(("", 0), (first.Error, first.ExitCode));
        Assert.Contains("the next run finds it", first.OutputLines[^1], StringComparison.Ordinal);
        var open = await CliProcess.RunAsync("", "journal", "list", Journal, "--open", "--json");
        var id = (string)JsonNode.Parse(Assert.Single(open.OutputLines))!["client_order_id"]!;

        var second = await CliProcess.RunProgramAsync("WithOurEngine.dll", "", environment, port, Journal);
        Assert.Equal(("", 0), (second.Error, second.ExitCode));
        Assert.Contains(second.OutputLines, line => line.StartsWith("Of the run before", StringComparison.Ordinal));

        var story = await CliProcess.RunAsync("", "journal", "show", Journal, id);
        Assert.Equal(
            ["OrderInitialized", "OrderSubmitted", "OrderAccepted", "OrderPendingCancel", "OrderCanceled"],
            story.OutputLines.Skip(1).Select(line => Kind().Match(line).Value));
        var compared = await CliProcess.RunAsync("", "journal", "reconciliations", Journal, "--json");
        Assert.NotEmpty(compared.OutputLines);
        Assert.All(compared.OutputLines, line => Assert.True((bool)JsonNode.Parse(line)!["complete"]!, line));
        var told = await CliProcess.RunAsync("", "journal", "reconciliations", Journal, "--limit", "1");
        Assert.Contains("agrees", Assert.Single(told.OutputLines), StringComparison.Ordinal);
        var verified = await CliProcess.RunAsync("", "journal", "verify", Journal);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("Nothing is wrong", verified.Output, StringComparison.Ordinal);
        var compacted = await CliProcess.RunAsync("", "journal", "compact", Journal, "--keep-days", "0", "--json");
        Assert.Equal(0, compacted.ExitCode);
        Assert.NotNull(JsonNode.Parse(Assert.Single(compacted.OutputLines))!["bytes_after"]);
    }

    [Fact]
    public async Task The_sample_with_an_engine_of_ones_own_trades()
    {
        await using var venue = CliProcess.Start("venue", "lighter", "--port", "0", "--seed", "11");
        var printed = await venue.ReadUntilAsync("Stop with Ctrl+C");
        var environment = new Dictionary<string, string> { ["LIGHTER_API_SECRET"] = PrivateKey().Match(printed).Groups[1].Value };
        var result = await CliProcess.RunProgramAsync("PlugIntoYourEngine.dll", "", environment, Port().Match(printed).Groups[1].Value);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.Contains("CANCELED", result.OutputLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dry_run_of_a_reconciliation_shows_what_would_be_taken_over()
    {
        var table = await CliProcess.RunAsync("", "reconcile", "--demo");
        Assert.Equal(("", 0), (table.Error, table.ExitCode));
        Assert.Contains("Unresolved: none", table.Output, StringComparison.Ordinal);
        Assert.Contains("OrderFilled", table.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse(Assert.Single((await CliProcess.RunAsync("", "reconcile", "--demo", "--json")).OutputLines))!;
        Assert.Empty(json["unresolved"]!.AsArray());
        Assert.Contains(json["events"]!.AsArray(), orderEvent => (string)orderEvent!["event"]! == "order_initialized");
    }

    [Theory]
    [InlineData("journal", "list", "nowhere.db")]
    [InlineData("journal", "verify", "nowhere.db")]
    [InlineData("journal", "reconciliations", "nowhere.db")]
    [InlineData("journal", "compact", "nowhere.db")]
    [InlineData("journal", "show", "nowhere.db", "O-1")]
    [InlineData("reconcile", "--demo", "--journal", "nowhere.db")]
    public async Task A_journal_that_is_not_there_is_one_line_and_is_not_made(params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", arguments);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("no journal nowhere.db", result.ErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists("nowhere.db"));
    }

    [Theory]
    [InlineData("demo", "--kills", "3")]
    [InlineData("demo", "--kill", "--faults")]
    [InlineData("demo", "--kill", "--kills", "0")]
    [InlineData("journal", "list")]
    [InlineData("journal", "reconciliations", "x", "--limit", "0")]
    [InlineData("journal", "compact", "x", "--keep-days", "-1")]
    [InlineData("reconcile")]
    [InlineData("journal")]
    public async Task Wrong_usage_is_one_line(params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.ErrorLine);
    }

    [GeneratedRegex(@"private key\s+([0-9a-f]{80})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"http://127\.0\.0\.1:(\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Port();

    [GeneratedRegex("Order[A-Z][A-Za-z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kind();
}
