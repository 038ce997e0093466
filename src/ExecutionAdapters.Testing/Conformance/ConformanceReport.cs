using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>What became of a scenario on a venue.</summary>
public enum ConformanceOutcome
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>The venue cannot do what it is about.</summary>
    NotApplicable,

    /// <summary>It does not hold.</summary>
    Failed,
}

/// <summary>One scenario on one venue.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Venue">The venue's name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">Why it does not apply, as <see cref="ConformanceScenario.WhyNotApplicable"/>, or how it failed; null when it passed.</param>
/// <param name="Duration">How long it took, the venue's start included.</param>
public sealed record ConformanceResult(ConformanceScenario Scenario, string Venue, ConformanceOutcome Outcome, string? Detail, TimeSpan Duration);

/// <summary>Scenarios × venues.</summary>
/// <param name="Venues">The venues' names, in the order of columns.</param>
/// <param name="Results">One for each scenario and venue, scenario by scenario.</param>
public sealed record ConformanceReport(IReadOnlyList<string> Venues, IReadOnlyList<ConformanceResult> Results)
{
    /// <summary>Nothing failed.</summary>
    public bool IsPassed => Results.All(result => result.Outcome != ConformanceOutcome.Failed);

    /// <summary>The table: a row for each scenario, a column for each venue; below it what failed, in full.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append("| case | what must hold |").AppendJoin("", Venues.Select(venue => $" {venue} |")).Append('\n');
        text.Append("|---|---|").AppendJoin("", Venues.Select(_ => "---|")).Append('\n');
        string? group = null;
        foreach (var row in Results.GroupBy(result => result.Scenario))
        {
            if (group != row.Key.Group)
            {
                group = row.Key.Group;
                text.Append(CultureInfo.InvariantCulture, $"| | **{group}** |").AppendJoin("", Venues.Select(_ => " |")).Append('\n');
            }

            var cells = Venues.Select(venue => $" {CellOf(row.Single(result => result.Venue == venue))} |");
            text.Append(CultureInfo.InvariantCulture, $"| {row.Key.Id} | {row.Key.Title} |").AppendJoin("", cells).Append('\n');
        }

        foreach (var failed in Results.Where(result => result.Outcome == ConformanceOutcome.Failed))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{failed.Venue}, {failed.Scenario.Id}: {failed.Detail}\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// An object with <c>passed</c> (whether nothing failed) and <c>results</c>: of each <c>id</c>, <c>group</c>, <c>title</c>, <c>venue</c>, <c>outcome</c> (passed, not_applicable, failed),
    /// <c>detail</c> (null when passed) and <c>duration_ms</c>.
    /// </summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteBoolean("passed", IsPassed);
            json.WriteStartArray("results");
            foreach (var result in Results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, ConformanceResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Scenario.Id);
        json.WriteString("group", result.Scenario.Group);
        json.WriteString("title", result.Scenario.Title);
        json.WriteString("venue", result.Venue);
        json.WriteString("outcome", result.Outcome switch
        {
            ConformanceOutcome.Passed => "passed",
            ConformanceOutcome.NotApplicable => "not_applicable",
            _ => "failed",
        });
        json.WriteString("detail", result.Detail);
        json.WriteNumber("duration_ms", (long)result.Duration.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static string CellOf(ConformanceResult result) => result.Outcome switch
    {
        ConformanceOutcome.Passed => "✓",
        ConformanceOutcome.NotApplicable => "– " + result.Detail,
        _ => "✗",
    };
}
