using System.Diagnostics;
using System.Text.Json.Nodes;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Tests.Bridge;

/// <summary>The bridge as its users see it: a process with a configuration file.</summary>
public sealed class BridgeProcessTests : IDisposable
{
    private readonly string _config = Path.GetTempFileName();

    public void Dispose() => File.Delete(_config);

    [Fact]
    public async Task A_session_writes_json_lines_only_logs_to_standard_error_and_ends_with_zero()
    {
        await using var venue = await StartVenueAsync();
        await using var bridge = CliProcess.Start("bridge", "--config", _config, "--log-level", "Trace");
        await bridge.WriteLineAsync("""{"cmd":"connect","id":"1"}""");
        await bridge.ReadUntilAsync("\"notice\":\"connected\"");
        await bridge.WriteLineAsync("{\"cmd\":\"submit_order\",\"id\":\"2\"," + BridgeHarness.Order("A") + "}");
        await bridge.ReadUntilAsync("order_accepted");
        await bridge.WriteLineAsync("""{"cmd":"stop","id":"3"}""");
        var result = await bridge.FinishAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.All(result.OutputLines, line => Assert.StartsWith("{", JsonNode.Parse(line)!.ToJsonString(), StringComparison.Ordinal));
        Assert.StartsWith("""{"reply":"connect","id":"1","ok":true}""", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"notice\":\"disconnected\"", result.OutputLines[^1], StringComparison.Ordinal);
        Assert.Contains("Connected to Lighter testnet", result.Error, StringComparison.Ordinal);
        BridgeSecretsTests.AssertClean([result.Output, result.Error], venue.TestAccount.PrivateKey);
    }

    [Fact]
    public async Task The_end_of_the_input_ends_the_process_with_zero()
    {
        await using var venue = await StartVenueAsync();
        await using var bridge = CliProcess.Start("bridge", "--config", _config);
        await bridge.WriteLineAsync("""{"cmd":"connect"}""");
        await bridge.ReadUntilAsync("\"notice\":\"connected\"");
        bridge.CloseInput();
        var result = await bridge.FinishAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"notice\":\"disconnected\"", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signal_ends_the_process_in_order(bool isInterrupt)
    {
        await using var venue = await StartVenueAsync();
        await using var bridge = CliProcess.Start("bridge", "--config", _config);
        await bridge.WriteLineAsync("""{"cmd":"connect"}""");
        await bridge.ReadUntilAsync("\"notice\":\"connected\"");
        await (isInterrupt ? bridge.InterruptAsync() : bridge.TerminateAsync());
        var result = await bridge.FinishAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("\"notice\":\"disconnected\"", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_has_gone_ends_the_process_in_order()
    {
        await using var venue = await StartVenueAsync();
        await using var bridge = CliProcess.Start("bridge", "--config", _config);
        await bridge.WriteLineAsync("""{"cmd":"connect"}""");
        await bridge.ReadUntilAsync("\"notice\":\"connected\"");
        bridge.CloseOutput();
        await bridge.WriteLineAsync("""{"cmd":"orders"}""");
        Assert.Equal(0, await bridge.WaitForExitAsync());
    }

    [Fact]
    public async Task Output_into_a_file_goes_where_others_left_off()
    {
        await File.WriteAllTextAsync(_config, """{"venue":"lighter","lighter":{"environment":"testnet"}}""");
        var output = _config + ".out";
        var program = Path.Combine(AppContext.BaseDirectory, "execution-adapters.dll");
        var script = $$"""(echo first; echo '{"cmd":"orders"}' | dotnet exec '{{program}}' bridge --config '{{_config}}'; echo last) > '{{output}}'""";
        using (var shell = Process.Start("sh", ["-c", script]))
        {
            await shell.WaitForExitAsync();
        }

        var lines = await File.ReadAllLinesAsync(output);
        File.Delete(output);
        Assert.Equal(["first", """{"reply":"orders","ok":true,"orders":[]}""", "last"], lines);
    }

    [Theory]
    [InlineData("\"private_key\":", "\"privat_key\":", "lighter.privat_key")]
    [InlineData("\"environment\":\"testnet\"", "\"environment\":\"moon\"", "lighter.environment")]
    [InlineData("\"api_key_index\":5,", "", "API key index")]
    [InlineData("\"api_key_index\":5", "\"api_key_index\":5,\"http_timeout_secs\":0", "lighter.http_timeout_secs")]
    [InlineData("\"http://", "\"ftp://", "lighter.base_url_http")]
    [InlineData("{\"venue\"", "{\"journal\":\"\",\"venue\"", "journal")]
    public async Task A_bad_configuration_is_one_line_on_standard_error_and_two(string text, string replaced, string named)
    {
        await using var venue = await StartVenueAsync();
        await File.WriteAllTextAsync(_config, (await File.ReadAllTextAsync(_config)).Replace(text, replaced, StringComparison.Ordinal));
        var result = await CliProcess.RunAsync("{\"cmd\":\"orders\"}\n", "bridge", "--config", _config);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(named, result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(_config, result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain(venue.TestAccount.PrivateKey, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_configuration_or_none_that_is_there_is_wrong_usage()
    {
        var none = await CliProcess.RunAsync("", "bridge");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("--config", none.ErrorLine, StringComparison.Ordinal);
        var absent = await CliProcess.RunAsync("", "bridge", "--config", _config + ".absent");
        Assert.Equal(2, absent.ExitCode);
        Assert.Contains("no such file", absent.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("", none.Output + absent.Output);
    }

    [Fact]
    public async Task No_credentials_at_all_is_a_configuration_that_runs()
    {
        await File.WriteAllTextAsync(_config, """{"venue":"lighter","lighter":{"environment":"testnet"}}""");
        var result = await CliProcess.RunAsync("{\"cmd\":\"connect\",\"id\":\"1\"}\n", "bridge", "--config", _config);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("""{"reply":"connect","id":"1","ok":false,"error":""", Assert.Single(result.OutputLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_python_sample_trades_through_the_bridge()
    {
        var python = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        if (python is null)
        {
            // Nothing to run the sample with; that this is really so is all that can be shown here.
            Assert.ThrowsAny<System.ComponentModel.Win32Exception>(() => Process.Start("python3", "--version"));
            return;
        }

        await using var venue = await StartVenueAsync();
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "trade.py", _config, "dotnet", "exec", "execution-adapters.dll" })
        {
            start.ArgumentList.Add(argument.Contains('.', StringComparison.Ordinal) ? Path.Combine(AppContext.BaseDirectory, argument) : argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        Assert.Contains("order_accepted", output, StringComparison.Ordinal);
        Assert.Contains("order_canceled", output, StringComparison.Ordinal);
        Assert.Contains("disconnected", output, StringComparison.Ordinal);
    }

    private async Task<LighterVenue> StartVenueAsync()
    {
        var venue = await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false });
        await File.WriteAllTextAsync(
            _config,
            $$"""
            {"venue":"lighter","trader_id":"TESTER-001","account_id":"LIGHTER-001","lighter":{"environment":"testnet","base_url_http":"{{venue.RestUrl}}",
            "base_url_ws":"{{venue.StreamUrl}}","account_index":12345,"api_key_index":5,"private_key":"{{venue.TestAccount.PrivateKey}}"}
            }
            """);
        return venue;
    }
}
