using System.Text.Json;

namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>A member of a rule in a script: how it is read and how it is shown.</summary>
internal sealed record FaultMember(string Name, Func<FaultRule, JsonElement, FaultRule> Read, Action<Utf8JsonWriter, FaultRule> Write);

/// <summary>A kind of fault by its name in scripts, with the members that it must and may have besides the common ones.</summary>
internal sealed record FaultWord(FaultKind Kind, string Name, string[] Required, string[] Optional);

/// <summary>The words of fault scripts. The one table of names: scripts are read by it and shown with it.</summary>
internal static class FaultVocabulary
{
    private const long LongestMs = 3_600_000;
    private const int LongestText = 1_000;

    /// <summary>Members that every fault may have.</summary>
    public static readonly string[] Common = ["times", "after", "probability"];

    public static readonly FaultWord[] Words =
    [
        new(FaultKind.DelayFrame, "delay_frame", ["delay_ms"], ["channel", "type"]),
        new(FaultKind.DropFrame, "drop_frame", [], ["channel", "type", "cut_after_ms"]),
        new(FaultKind.DuplicateFrame, "duplicate_frame", [], ["channel", "type"]),
        new(FaultKind.ReorderFrame, "reorder_frame", [], ["channel", "type"]),
        new(FaultKind.CloseAfterFrame, "close_after_frame", [], ["channel", "type"]),
        new(FaultKind.WithholdFirstFrame, "withhold_first_frame", [], ["channel", "delay_ms"]),
        new(FaultKind.RefuseTransaction, "refuse_transaction", ["code"], ["transport", "batch", "tx_type", "message", "bare"]),
        new(FaultKind.LoseAck, "lose_ack", [], ["transport", "batch", "tx_type"]),
        new(FaultKind.WithholdAck, "withhold_ack", [], ["transport", "batch", "tx_type", "delay_ms"]),
        new(FaultKind.OmitHash, "omit_hash", [], ["transport", "batch", "tx_type"]),
        new(FaultKind.CloseConnection, "close_connection", ["when"], ["transport", "batch", "tx_type"]),
        new(FaultKind.RefuseRequest, "refuse_request", ["status"], ["path", "code", "message", "retry_after_s", "execute"]),
        new(FaultKind.AnswerRequest, "answer_request", ["body"], ["path"]),
        new(FaultKind.DelayRequest, "delay_request", [], ["path", "delay_ms", "execute"]),
        new(FaultKind.StaleToken, "stale_token", [], ["transport"]),
        new(FaultKind.PauseReading, "pause_reading", ["delay_ms"], []),
        new(FaultKind.DropConnections, "drop_connections", [], ["transport", "batch", "tx_type", "every_ms"]),
        new(FaultKind.PushFrame, "push_frame", ["frame"], ["channel", "transport", "batch", "tx_type", "every_ms"]),
        new(FaultKind.Restart, "restart", ["downtime_ms"], ["transport", "batch", "tx_type", "every_ms"]),
    ];

    public static readonly FaultMember[] Members =
    [
        Integer("times", 1, 1_000_000, (rule, value) => rule with { Times = value }, rule => rule.Times),
        Integer("after", 0, 1_000_000_000, (rule, value) => rule with { After = value }, rule => rule.After),
        new(
            "probability",
            (rule, json) => rule with { Probability = Probability(json) },
            (json, rule) => json.WriteNumber("probability", rule.Probability)),
        Text("channel", (rule, value) => rule with { Channel = value.Replace('/', ':') }, rule => rule.Channel),
        Text("type", (rule, value) => rule with { Type = value }, rule => rule.Type),
        Choice("transport", ["stream", "http"], (rule, value) => rule with { Transport = value }, rule => rule.Transport),
        Flag("batch", (rule, value) => rule with { Batch = value }, rule => rule.Batch),
        Integer("tx_type", 0, byte.MaxValue, (rule, value) => rule with { TransactionType = value }, rule => rule.TransactionType),
        Text("path", (rule, value) => rule with { Path = EndpointName(value) }, rule => rule.Path),
        Integer("delay_ms", 0, LongestMs, (rule, value) => rule with { DelayMs = value }, rule => rule.DelayMs),
        Integer("cut_after_ms", 0, LongestMs, (rule, value) => rule with { CutAfterMs = value }, rule => rule.CutAfterMs),
        Integer("every_ms", 1, LongestMs, (rule, value) => rule with { EveryMs = value }, rule => rule.EveryMs),
        Integer("downtime_ms", 0, LongestMs, (rule, value) => rule with { DowntimeMs = value }, rule => rule.DowntimeMs),
        Integer("status", 400, 599, (rule, value) => rule with { Status = value }, rule => rule.Status),
        Integer("code", 0, int.MaxValue, (rule, value) => rule with { Code = value }, rule => rule.Code),
        Text("message", (rule, value) => rule with { Message = value }, rule => rule.Message),
        Integer("retry_after_s", 0, 3_600, (rule, value) => rule with { RetryAfterSeconds = value }, rule => rule.RetryAfterSeconds),
        Flag("bare", (rule, value) => rule with { Bare = value }, rule => rule.Bare),
        Flag("execute", (rule, value) => rule with { Execute = value }, rule => rule.Execute),
        Choice(
            "when",
            [FaultRule.BeforeExecution, FaultRule.AfterExecution, FaultRule.AfterAck],
            (rule, value) => rule with { When = value },
            rule => rule.When),
        Json("frame", (rule, value) => rule with { Frame = value }, rule => rule.Frame),
        Json("body", (rule, value) => rule with { Body = value }, rule => rule.Body),
    ];

    /// <summary>The endpoint's name of a path: sendTx for /api/v1/sendTx.</summary>
    public static string EndpointName(string path)
    {
        const string Prefix = "/api/v1/";
        return path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..] : path;
    }

    private static FaultMember Integer(
        string name, long minimum, long maximum, Func<FaultRule, long?, FaultRule> set, Func<FaultRule, long?> get) => new(
        name,
        (rule, json) =>
            json.ValueKind == JsonValueKind.Null ? set(rule, null)
            : json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out long value) && value >= minimum && value <= maximum
                ? set(rule, value)
                : throw new FormatException($"must be an integer from {minimum} to {maximum}, or null"),
        (json, rule) => Write(json, name, get(rule)));

    private static FaultMember Text(string name, Func<FaultRule, string, FaultRule> set, Func<FaultRule, string?> get) => new(
        name,
        (rule, json) => json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 and <= LongestText } value
            ? set(rule, value)
            : throw new FormatException($"must be a text of 1 to {LongestText} characters"),
        (json, rule) => Write(json, name, get(rule)));

    private static FaultMember Choice(
        string name, string[] choices, Func<FaultRule, string, FaultRule> set, Func<FaultRule, string?> get) => new(
        name,
        (rule, json) => json.ValueKind == JsonValueKind.String && json.GetString() is { } value && choices.Contains(value)
            ? set(rule, value)
            : throw new FormatException($"must be one of {string.Join(", ", choices)}"),
        (json, rule) => Write(json, name, get(rule)));

    private static FaultMember Flag(string name, Func<FaultRule, bool, FaultRule> set, Func<FaultRule, bool?> get) => new(
        name,
        (rule, json) => json.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? set(rule, json.GetBoolean())
            : throw new FormatException("must be true or false"),
        (json, rule) =>
        {
            if (get(rule) is { } value)
            {
                json.WriteBoolean(name, value);
            }
        });

    private static FaultMember Json(string name, Func<FaultRule, string, FaultRule> set, Func<FaultRule, string?> get) => new(
        name,
        (rule, json) => set(rule, json.GetRawText()),
        (json, rule) => WriteJson(json, name, get(rule)));

    private static decimal Probability(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out decimal value) && value is >= 0 and <= 1
            ? value
            : throw new FormatException("must be a number from 0 to 1");

    /// <summary>times is always shown, as null for always; of the others what is set.</summary>
    private static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else if (name == "times")
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteJson(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value);
        }
    }
}
