using System.CommandLine;
using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Cli.Venue;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Accounts;

/// <summary>Which account a command is about: one of a configuration file, or one of a venue that is started for it.</summary>
internal sealed class AccountTarget
{
    private readonly Option<bool> _demo = new("--demo") { Description = "Start a venue on this machine with a test account, and use that." };

    private readonly Option<string?> _config = new("--config") { Description = "The configuration file (JSON), as the bridge has it." };

    public void AddTo(Command command)
    {
        command.Options.Add(_demo);
        command.Options.Add(_config);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_demo) == (result.GetValue(_config) is not null))
            {
                result.AddError("Give either --demo or --config FILE.");
            }
        });
    }

    /// <summary>Reads the configuration, or starts the venue.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="venue">How the venue of <c>--demo</c> is to be.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="CommandException">It cannot be read, has no credentials, or the venue cannot start.</exception>
    public async Task<OpenAccount> OpenAsync(ParseResult parsed, LighterVenueOptions venue, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_demo))
        {
            var started = await VenueCommand.StartAsync(venue, cancellationToken).ConfigureAwait(false);
            return new OpenAccount(new LighterConfiguration(DemoAccount.OptionsFor(started), Journal: null), started);
        }

        var path = parsed.GetValue(_config)!;
        var configuration = ConfigurationFile.Read(path, Environment.GetEnvironmentVariable);
        return configuration.HasAccount
            ? new OpenAccount(configuration, venue: null)
            : throw new CommandException($"{path}: names no account and key, nor does the environment.", ExitCode.WrongUsage);
    }
}

/// <summary>How to reach an account; owns its key, and the venue if that was started for it.</summary>
internal sealed class OpenAccount(ClientConfiguration configuration, LighterVenue? venue) : IAsyncDisposable
{
    public ClientConfiguration Configuration => configuration;

    /// <summary>The venue of <c>--demo</c>; null: a configured account.</summary>
    public LighterVenue? Venue => venue;

    /// <exception cref="CommandException">The account is at another venue.</exception>
    public LighterOptions Lighter => configuration is LighterConfiguration { Options: var options } ? options
        : throw new CommandException("The configuration names an account at another venue; this command is for Lighter.", ExitCode.WrongUsage);

    public async ValueTask DisposeAsync()
    {
        if (venue is not null)
        {
            await venue.DisposeAsync().ConfigureAwait(false);
        }

        configuration.Dispose();
    }
}
