using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>What a run of the strategy ends with: the last line of <c>demo --venue tektii --json</c>. The same on every run of a backtest.</summary>
internal sealed record BacktestResult
{
    public required bool Ok { get; init; }

    public required string Venue { get; init; }

    public required string Mode { get; init; }

    /// <summary>Candles, or in the paper mode quotes, that the strategy saw.</summary>
    public required int Bars { get; init; }

    /// <summary>Events that were acknowledged.</summary>
    public required long EventsAcknowledged { get; init; }

    public required int Orders { get; init; }

    public required int Trades { get; init; }

    public required decimal InitialEquity { get; init; }

    public required decimal FinalEquity { get; init; }

    public required decimal Commission { get; init; }

    /// <summary>The deepest fall from a peak, a fraction of it.</summary>
    public required decimal Drawdown { get; init; }

    public required int Discrepancies { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> DiscrepancyTexts { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, BacktestJson.Default.BacktestResult);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BacktestResult))]
internal sealed partial class BacktestJson : JsonSerializerContext;
