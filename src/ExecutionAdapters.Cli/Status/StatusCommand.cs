using System.CommandLine;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Status;

/// <summary><c>status</c>: what the venue says of an account, once.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan AccountLimit = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var target = new AccountTarget();
        var lookback = new Option<int>("--lookback-mins") { Description = "How far back fills and closed orders are asked for.", DefaultValueFactory = _ => 60 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("status", "Print an account: balances, margins, open orders, positions and recent fills.") { lookback, json };
        target.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var minutes = parsed.GetValue(lookback);
            if (minutes is < 1 or > 525_600)
            {
                throw new CommandException($"--lookback-mins is {minutes}: it must be from 1 to 525600.", ExitCode.WrongUsage);
            }

            await using var account = await target.OpenAsync(parsed, new LighterVenueOptions(), cancellationToken).ConfigureAwait(false);
            await using var demo = account.Venue is { } venue ? await DemoAccount.OpenAsync(venue, cancellationToken).ConfigureAwait(false) : null;
            await using var session = await AccountSession.ConnectAsync(account.Configuration, onEvent: null, cancellationToken).ConfigureAwait(false);
            var status = await AskAsync(session, TimeSpan.FromMinutes(minutes), cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(StatusJson.Write(status)).ConfigureAwait(false);
            }
            else
            {
                StatusTable.Write(status, output);
            }

            return status.Error is null ? ExitCode.Fine : throw new CommandException(status.Error);
        });
        return command;
    }

    private static async Task<AccountStatus> AskAsync(AccountSession session, TimeSpan lookback, CancellationToken cancellationToken)
    {
        var hasAccount = await session.TryWaitUntilAsync(() => session.Book.Account is not null, AccountLimit, cancellationToken).ConfigureAwait(false);
        var failed = hasAccount ? [] : new List<string> { "account" };
        var error = hasAccount ? null : $"no account state within {AccountLimit.TotalSeconds:0} s";
        ExecutionMassStatus status;
        try
        {
            status = await session.Client.GenerateMassStatusAsync(lookback, cancellationToken).ConfigureAwait(false);
        }
        catch (MassStatusException exception)
        {
            status = exception.Partial;
            failed.AddRange(exception.FailedParts);
            var reason = SecretScrubber.ScrubMessage(exception.Message);
            error = error is null ? reason : $"{error}; {reason}";
        }

        var lighter = session.Client as LighterExecutionClient;
        return new AccountStatus(
            session.Client.AccountId, lighter?.Tier?.Name, lighter?.VolumeQuotaRemaining, session.Book.Account, status, failed, error);
    }
}

/// <summary>An account as the venue tells it.</summary>
/// <param name="AccountId">Which.</param>
/// <param name="Tier">The venue's name of its tier; null: it did not say.</param>
/// <param name="VolumeQuotaRemaining">As the venue's latest answer to a transaction told; null: nothing told yet.</param>
/// <param name="Account">Balances and margins.</param>
/// <param name="MassStatus">Orders, fills and positions; parts that failed are empty and say nothing.</param>
/// <param name="FailedParts">What is missing: "account", "order_reports", "fill_reports", "position_reports".</param>
/// <param name="Error">Why; null: nothing failed.</param>
internal sealed record AccountStatus(
    AccountId AccountId,
    string? Tier,
    long? VolumeQuotaRemaining,
    AccountState? Account,
    ExecutionMassStatus MassStatus,
    IReadOnlyList<string> FailedParts,
    string? Error);
