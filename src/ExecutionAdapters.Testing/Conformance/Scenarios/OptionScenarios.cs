namespace ExecutionAdapters.Testing.Conformance.Scenarios;

/// <summary>G10: cases of option venues. None of ours trades options: they are listed, so that nobody takes them for forgotten.</summary>
internal static class OptionScenarios
{
    private const string Group = "Options";

    public static IReadOnlyList<ConformanceScenario> All { get; } =
    [
        New("TC-E90", "A passive limit buy of an option is accepted"),
        New("TC-E91", "A passive limit sell of an option is accepted"),
        New("TC-E92", "An option order is priced by a parameter"),
        New("TC-E94", "An order type that options do not have is refused"),
        New("TC-E96", "A conditional order in an option is refused"),
        New("TC-E99", "A FOK order in an option is filled or canceled, never in part"),
        New("TC-E100", "An option order is canceled"),
        New("TC-E101", "An option position of an earlier session is known"),
    ];

    private static ConformanceScenario New(string id, string title) =>
        new(id, Group, title, (_, _) => Task.CompletedTask, traits => $"{nameof(VenueTraits.InstrumentId)}: {traits.InstrumentId} is no option");
}
