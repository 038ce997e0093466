using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>What a demo ends with: the last line of <c>demo --json</c>.</summary>
internal sealed record DemoResult
{
    public required bool Ok { get; init; }

    public required string Venue { get; init; }

    public required OrderCounts Orders { get; init; }

    public required int Fills { get; init; }

    public required long SignaturesVerified { get; init; }

    public required int Discrepancies { get; init; }

    public required LatencyFigures LatencyUs { get; init; }

    /// <summary>How often each kind of fault happened; null: the venue behaved.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, long>? Faults { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> DiscrepancyTexts { get; init; } = [];

    public static DemoResult Create(DemoSession session, AuditResult audit, LatencyRecorder latencies) => new()
    {
        Ok = audit.Discrepancies.Count == 0,
        Venue = "lighter",
        Orders = new OrderCounts(
            session.Count<OrderSubmitted>(),
            session.Count<OrderAccepted>(),
            session.Cache.Orders().Count(order => order.Status == OrderStatus.Filled),
            session.Count<OrderCanceled>(),
            session.Count<OrderRejected>(),
            session.Count<OrderDenied>()),
        Fills = session.Fills.Count,
        SignaturesVerified = audit.SignaturesVerified,
        Discrepancies = audit.Discrepancies.Count,
        LatencyUs = new LatencyFigures(latencies.SignPercentile(50), latencies.AcknowledgementPercentile(50), latencies.AcknowledgementPercentile(99)),
        DiscrepancyTexts = audit.Discrepancies,
    };

    public string ToJson() => JsonSerializer.Serialize(this, DemoJson.Default.DemoResult);
}

/// <summary>How many orders reached which state; an order that was accepted and then filled counts in both.</summary>
internal sealed record OrderCounts(int Submitted, int Accepted, int Filled, int Canceled, int Rejected, int Denied);

/// <summary>Latencies in microseconds.</summary>
internal sealed record LatencyFigures(
    [property: JsonPropertyName("sign_p50")] double SignP50,
    [property: JsonPropertyName("submit_to_ack_p50")] double SubmitToAckP50,
    [property: JsonPropertyName("submit_to_ack_p99")] double SubmitToAckP99);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DemoResult))]
internal sealed partial class DemoJson : JsonSerializerContext;
