using System.Collections.Concurrent;
using ExecutionAdapters.Testing.Conformance.Scenarios;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>
/// What every execution client must do: the acceptance cases of the reference's specification, and thirteen that it lacks. For any test framework: take a scenario and a venue, see whether it
/// applies, and run it; or run them all.
/// </summary>
public static class ExecutionConformance
{
    private const int AtATime = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>All scenarios, in the order of their ids.</summary>
    public static IReadOnlyList<ConformanceScenario> Scenarios { get; } =
    [
        .. MarketScenarios.All,
        .. LimitScenarios.All,
        .. ConditionalScenarios.All,
        .. AmendmentScenarios.All,
        .. BracketScenarios.All,
        .. RefusalScenarios.All,
        .. LifecycleScenarios.All,
        .. OptionScenarios.All,
        .. RaceScenarios.All,
        .. RestartScenarios.All,
    ];

    /// <summary>Runs one scenario on a venue, if it applies. What goes wrong is in the result, not thrown.</summary>
    /// <param name="scenario">Which.</param>
    /// <param name="venue">Where.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<ConformanceResult> RunAsync(ConformanceScenario scenario, ConformanceVenue venue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(venue);
        if (scenario.WhyNotApplicable(venue.Traits) is { } reason)
        {
            return new ConformanceResult(scenario, venue.Name, ConformanceOutcome.NotApplicable, reason, TimeSpan.Zero);
        }

        var started = TimeProvider.System.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        string? failure = null;
        try
        {
            await scenario.RunAsync(venue, linked.Token).ConfigureAwait(false);
        }
        catch (ConformanceException exception)
        {
            failure = exception.Message;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = exception.ToString();
        }

        var outcome = failure is null ? ConformanceOutcome.Passed : ConformanceOutcome.Failed;
        return new ConformanceResult(scenario, venue.Name, outcome, failure, TimeProvider.System.GetElapsedTime(started));
    }

    /// <summary>Runs scenarios on venues, two at a time.</summary>
    /// <param name="scenarios">Which.</param>
    /// <param name="venues">Where.</param>
    /// <param name="onResult">Called with each result as it comes, one call at a time; null: nobody waits for it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<ConformanceReport> RunAsync(
        IReadOnlyList<ConformanceScenario> scenarios, IReadOnlyList<ConformanceVenue> venues, Action<ConformanceResult>? onResult = null, CancellationToken cancellationToken = default)
    {
        var results = new ConcurrentDictionary<(string Id, string Venue), ConformanceResult>();
        var telling = new Lock();
        await Parallel.ForEachAsync(
            venues.SelectMany(venue => scenarios.Select(scenario => (Scenario: scenario, Venue: venue))),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (run, stop) =>
            {
                var result = await RunAsync(run.Scenario, run.Venue, stop).ConfigureAwait(false);
                results[(run.Scenario.Id, run.Venue.Name)] = result;
                lock (telling)
                {
                    onResult?.Invoke(result);
                }
            }).ConfigureAwait(false);
        return new ConformanceReport([.. venues.Select(venue => venue.Name)], [.. scenarios.SelectMany(scenario => venues.Select(venue => results[(scenario.Id, venue.Name)]))]);
    }
}
