using System.CommandLine;
using System.Text.Json;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Integrators;

/// <summary><c>revoke-integrator</c>: takes back an account's approval of an integrator, and asks the account whether it is gone.</summary>
internal static class RevokeIntegratorCommand
{
    private const int Questions = 10;
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var target = new AccountTarget();
        var integrator = new Option<long>("--integrator") { Description = "The integrator's account index.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("revoke-integrator", "Take back the approval of an integrator: orders that name it are refused from then on.") { integrator, json };
        target.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var index = parsed.GetValue(integrator);
            if (index is < 1 or > LighterCredentials.MaxAccountIndex)
            {
                throw new CommandException($"--integrator is {index}: it must be from 1 to {LighterCredentials.MaxAccountIndex}.", ExitCode.WrongUsage);
            }

            await using var account = await target.OpenAsync(parsed, new LighterVenueOptions { ApprovedIntegrators = [index] }, cancellationToken).ConfigureAwait(false);
            await using var client = new LighterExecutionClient(account.Lighter);
            await client.RevokeIntegratorAsync(index, cancellationToken).ConfigureAwait(false);
            var isListed = await IsListedAsync(account.Lighter, account.Lighter.Credentials!.AccountIndex, index, cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? ToJson(index, isListed) : Describe(index, isListed)).ConfigureAwait(false);
            return isListed switch
            {
                false => ExitCode.Fine,
                true => throw new CommandException($"The venue took the revocation, and the account still lists integrator {index}."),
                null => throw new CommandException($"The venue took the revocation; whether the account still lists integrator {index} could not be asked."),
            };
        });
        return command;
    }

    /// <summary>Asks a few times, since an admitted transaction is executed a moment later. Null: no answer that can be read.</summary>
    private static async Task<bool?> IsListedAsync(LighterOptions options, long account, long integrator, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = options.HttpTimeout };
        bool? isListed = null;
        for (var question = 0; question < Questions && isListed is not false; question++)
        {
            if (question > 0)
            {
                await Task.Delay(BetweenQuestions, TimeProvider.System, stop).ConfigureAwait(false);
            }

            try
            {
                var body = await http.GetStringAsync(new Uri(options.Deployment.RestUrl, $"api/v1/account?by=index&value={account}"), stop).ConfigureAwait(false);
                using var document = JsonDocument.Parse(body);
                isListed = Lists(document.RootElement, integrator);
            }
            catch (Exception exception) when (IsNoAnswer(exception) && !stop.IsCancellationRequested)
            {
                isListed = null;
            }
        }

        return isListed;
    }

    private static bool IsNoAnswer(Exception exception) =>
        exception is HttpRequestException or OperationCanceledException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException;

    private static bool Lists(JsonElement answer, long integrator)
    {
        var account = answer.GetProperty("accounts").EnumerateArray().First();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return account.TryGetProperty("approved_integrators", out var rows) && rows.ValueKind == JsonValueKind.Array
            && rows.EnumerateArray().Any(row => row.GetProperty("account_index").GetInt64() == integrator && row.GetProperty("approval_expiry").GetInt64() > now);
    }

    private static string Describe(long integrator, bool? isListed) => isListed switch
    {
        false => $"The venue took the revocation; the account does not list integrator {integrator}.",
        true => $"The venue took the revocation; the account STILL LISTS integrator {integrator}.",
        null => $"The venue took the revocation; the account could not be asked.",
    };

    private static string ToJson(long integrator, bool? isListed) => JsonOut.Line(writer =>
    {
        writer.WriteNumber("integrator", integrator);
        writer.WriteBoolean("admitted", true);
        if (isListed is { } listed)
        {
            writer.WriteBoolean("listed", listed);
        }
    });
}
