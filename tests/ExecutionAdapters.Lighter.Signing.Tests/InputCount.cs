using System.Globalization;

namespace ExecutionAdapters.Lighter.Signing.Tests;

/// <summary>
/// How many inputs a comparison over random values takes. The usual counts keep the tests quick; EXECUTION_ADAPTERS_INPUTS=100 takes a
/// hundred times as many, the same ones first.
/// </summary>
internal static class InputCount
{
    private const string Variable = "EXECUTION_ADAPTERS_INPUTS";

    private static readonly int Factor = Read(Environment.GetEnvironmentVariable(Variable));

    public static int Of(int usual) => checked(usual * Factor);

    private static int Read(string? text) => text switch
    {
        null or "" => 1,
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int factor) && factor > 0 => factor,
        _ => throw new InvalidOperationException($"{Variable} is '{text}': it must be a whole number from 1."),
    };
}
