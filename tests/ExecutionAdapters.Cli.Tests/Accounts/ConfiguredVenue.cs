using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Tests.Accounts;

/// <summary>A venue in this process and a configuration file that leads to its test account.</summary>
internal sealed class ConfiguredVenue : IAsyncDisposable
{
    private ConfiguredVenue(LighterVenue venue) => Venue = venue;

    public LighterVenue Venue { get; }

    public string Config { get; } = Path.GetTempFileName();

    public static async Task<ConfiguredVenue> StartAsync(LighterVenueOptions? options = null)
    {
        var started = new ConfiguredVenue(await LighterVenue.StartAsync(options ?? new LighterVenueOptions()));
        var account = started.Venue.TestAccount;
        await File.WriteAllTextAsync(started.Config, $$"""
            {"venue":"lighter","lighter":{"environment":"testnet","base_url_http":"{{started.Venue.RestUrl}}","base_url_ws":"{{started.Venue.StreamUrl}}",
            "account_index":{{account.AccountIndex}},"api_key_index":{{account.ApiKeyIndex}},"private_key":"{{account.PrivateKey}}","http_timeout_secs":10} }
            """);
        return started;
    }

    public Task<CliResult> RunAsync(params string[] arguments) => CliProcess.RunAsync("", [.. arguments, "--config", Config]);

    /// <summary>Nothing that was printed holds the key.</summary>
    public void AssertClean(CliResult result)
    {
        Assert.DoesNotContain(Venue.TestAccount.PrivateKey, result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Venue.TestAccount.PrivateKey, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        await Venue.DisposeAsync();
        File.Delete(Config);
    }
}
