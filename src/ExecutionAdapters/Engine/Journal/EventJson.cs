using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>
/// Events as a journal keeps them: the name of their kind and their members as JSON, enumerations by name. What a later version adds is read
/// by this one as far as it knows it; what this one lacks is absent.
/// </summary>
internal static class EventJson
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> Types = new JsonTypeInfo[]
    {
        EventJsonContext.Default.OrderInitialized,
        EventJsonContext.Default.OrderDenied,
        EventJsonContext.Default.OrderEmulated,
        EventJsonContext.Default.OrderReleased,
        EventJsonContext.Default.OrderSubmitted,
        EventJsonContext.Default.OrderAccepted,
        EventJsonContext.Default.OrderRejected,
        EventJsonContext.Default.OrderTriggered,
        EventJsonContext.Default.OrderPendingUpdate,
        EventJsonContext.Default.OrderPendingCancel,
        EventJsonContext.Default.OrderModifyRejected,
        EventJsonContext.Default.OrderCancelRejected,
        EventJsonContext.Default.OrderUpdated,
        EventJsonContext.Default.OrderCanceled,
        EventJsonContext.Default.OrderExpired,
        EventJsonContext.Default.OrderFilled,
    }.ToFrozenDictionary(type => type.Type.Name);

    /// <summary>The names of all kinds.</summary>
    public static IReadOnlyCollection<string> Kinds => Types.Keys;

    /// <summary>The name of the event's kind.</summary>
    public static string KindOf(OrderEvent orderEvent) => orderEvent.GetType().Name;

    /// <summary>The event's members, UTF-8.</summary>
    public static byte[] Write(OrderEvent orderEvent) => JsonSerializer.SerializeToUtf8Bytes(orderEvent, Types[KindOf(orderEvent)]);

    /// <summary>The event again.</summary>
    /// <exception cref="JsonException">The kind is not known, or the members are not what a journal wrote.</exception>
    public static OrderEvent Read(string kind, ReadOnlySpan<byte> json) =>
        Types.TryGetValue(kind, out var type)
            ? (OrderEvent?)JsonSerializer.Deserialize(json, type) ?? throw new JsonException($"A {kind} is null.")
            : throw new JsonException($"'{kind}' is no kind of event that this version knows.");
}

/// <summary>What <see cref="EventJson"/> reads and writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrderInitialized))]
[JsonSerializable(typeof(OrderDenied))]
[JsonSerializable(typeof(OrderEmulated))]
[JsonSerializable(typeof(OrderReleased))]
[JsonSerializable(typeof(OrderSubmitted))]
[JsonSerializable(typeof(OrderAccepted))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderTriggered))]
[JsonSerializable(typeof(OrderPendingUpdate))]
[JsonSerializable(typeof(OrderPendingCancel))]
[JsonSerializable(typeof(OrderModifyRejected))]
[JsonSerializable(typeof(OrderCancelRejected))]
[JsonSerializable(typeof(OrderUpdated))]
[JsonSerializable(typeof(OrderCanceled))]
[JsonSerializable(typeof(OrderExpired))]
[JsonSerializable(typeof(OrderFilled))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
