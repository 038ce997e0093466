using System.CommandLine;
using System.Globalization;
using ExecutionAdapters.Testing.Conformance;

namespace ExecutionAdapters.Cli.Conformance;

/// <summary><c>conformance</c>: what every execution client must do, tried on the embedded venues.</summary>
internal static class ConformanceCommand
{
    public static Command Create()
    {
        var venue = new Option<string[]>("--venue") { Description = "Name of a venue, may be repeated; all embedded venues when left out.", AllowMultipleArgumentsPerToken = true };
        var scenario = new Option<string[]>("--scenario") { Description = "Id of a case such as TC-E01, may be repeated; all when left out.", AllowMultipleArgumentsPerToken = true };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("conformance", "Hold the execution clients to the acceptance cases of the field on embedded venues, and print the table case × venue.") { venue, scenario, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var venues = Choose(ConformanceVenues.All, known => known.Name, parsed.GetValue(venue), "--venue");
            var scenarios = Choose(ExecutionConformance.Scenarios, known => known.Id, parsed.GetValue(scenario), "--scenario");
            var report = await ExecutionConformance.RunAsync(scenarios, venues, cancellationToken: cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? report.ToJson() : report.ToMarkdown() + Summary(report)).ConfigureAwait(false);
            return report.IsPassed ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static IReadOnlyList<T> Choose<T>(IReadOnlyList<T> all, Func<T, string> name, string[]? wanted, string option)
    {
        if (wanted is not { Length: > 0 })
        {
            return all;
        }

        var unknown = wanted.FirstOrDefault(text => !all.Any(known => IsNamed(known, text)));
        return unknown is null
            ? [.. all.Where(known => wanted.Any(text => IsNamed(known, text)))]
            : throw new CommandException($"{option} {unknown} is not known. There are {string.Join(", ", all.Select(name))}.", ExitCode.WrongUsage);

        bool IsNamed(T known, string text) => string.Equals(name(known), text, StringComparison.OrdinalIgnoreCase);
    }

    private static string Summary(ConformanceReport report) => string.Join('\n', report.Venues.Select(venue =>
    {
        var outcomes = report.Results.Where(result => result.Venue == venue).Select(result => result.Outcome).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\n{venue}: {Count(ConformanceOutcome.Passed)} passed, {Count(ConformanceOutcome.NotApplicable)} not applicable, {Count(ConformanceOutcome.Failed)} failed");

        int Count(ConformanceOutcome outcome) => outcomes.Count(each => each == outcome);
    }));
}
