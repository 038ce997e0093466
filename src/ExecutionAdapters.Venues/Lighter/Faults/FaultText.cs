using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Rows;

namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>What is armed as JSON: each rule as in a script, how often an event matched it and how often it fired.</summary>
internal static class FaultText
{
    public static byte[] Write(FaultPlan plan) => JsonText.Object(json =>
    {
        json.WriteNumber("code"u8, 200);
        json.WriteStartArray("faults"u8);
        foreach (ArmedFault armed in plan.Armed)
        {
            json.WriteStartObject();
            WriteRule(json, armed.Rule);
            json.WriteNumber("matched"u8, armed.Matched);
            json.WriteNumber("fired"u8, armed.Fired);
            json.WriteBoolean("armed"u8, !armed.IsSpent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The rule's members as they stand in a script.</summary>
    public static void WriteRule(Utf8JsonWriter json, FaultRule rule)
    {
        json.WriteString("fault"u8, Array.Find(FaultVocabulary.Words, word => word.Kind == rule.Kind)!.Name);
        foreach (FaultMember member in FaultVocabulary.Members)
        {
            member.Write(json, rule);
        }
    }
}
