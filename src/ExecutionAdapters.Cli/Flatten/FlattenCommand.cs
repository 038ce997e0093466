using System.CommandLine;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Flatten;

/// <summary><c>flatten</c>: cancels every order of an account and closes its positions, once somebody said yes.</summary>
internal static class FlattenCommand
{
    public static Command Create()
    {
        var target = new AccountTarget();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var instrument = new Option<string?>("--instrument") { Description = "Only this instrument, such as ETH-PERP.LIGHTER." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else; the question goes to standard error." };
        var command = new Command("flatten", "Cancel every open order of an account, also those of other sessions, and close its positions by reduce-only market orders. Spot balances stay.")
        {
            yes, instrument, json,
        };
        target.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var only = ReadInstrument(parsed.GetValue(instrument));
            var isSure = parsed.GetValue(yes);
            if (!isSure && Console.IsInputRedirected)
            {
                throw new CommandException("There is no terminal to ask on: give --yes.", ExitCode.WrongUsage);
            }

            await using var account = await target.OpenAsync(parsed, new LighterVenueOptions(), cancellationToken).ConfigureAwait(false);
            await using var demo = account.Venue is { } venue ? await DemoAccount.OpenAsync(venue, cancellationToken).ConfigureAwait(false) : null;
            await using var session = await AccountSession.ConnectAsync(account.Configuration, onEvent: null, cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            var told = parsed.GetValue(json) ? parsed.InvocationConfiguration.Error : output;
            var flattening = new Flattening(session, only);
            var found = await flattening.FindAsync(cancellationToken).ConfigureAwait(false);
            if (!isSure || !parsed.GetValue(json))
            {
                FlattenText.WritePlan(found, told);
            }

            if (!found.IsFlat && !isSure && !Confirm(Console.In, told))
            {
                throw new CommandException("Not confirmed: nothing was sent.");
            }

            var result = await flattening.RunAsync(found, cancellationToken).ConfigureAwait(false);
            await output.WriteLineAsync(parsed.GetValue(json) ? FlattenText.ToJson(result) : FlattenText.Describe(result)).ConfigureAwait(false);
            return result.Error is null ? ExitCode.Fine : throw new CommandException(result.Error);
        });
        return command;
    }

    /// <summary>Only a whole "yes" is one.</summary>
    internal static bool Confirm(TextReader input, TextWriter output)
    {
        output.Write("Go ahead? (yes/no) ");
        output.Flush();
        return string.Equals(input.ReadLine()?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }

    private static InstrumentId? ReadInstrument(string? text) => text is null ? null
        : InstrumentId.TryParse(text, out var id) ? id
        : throw new CommandException("--instrument must be a symbol and a venue, such as ETH-PERP.LIGHTER.", ExitCode.WrongUsage);
}
