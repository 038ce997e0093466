using System.Text;
using System.Text.Json;

namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>
/// Reads <c>{"seed": 7, "faults": [{"fault": "lose_ack", "times": 3}]}</c>; whatever it does not know is refused by name.
/// </summary>
internal sealed record FaultScript(ulong Seed, IReadOnlyList<FaultRule> Rules)
{
    public const int MaximumBytes = 256 * 1024;
    public const int MaximumRules = 1_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <exception cref="FormatException">It is no fault script; the text names what is wrong.</exception>
    public static FaultScript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
        {
            throw new FormatException($"The fault script is larger than {MaximumBytes} bytes.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The fault script is no JSON document: {exception.Message}", exception);
        }
    }

    private static FaultScript Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The fault script must be an object with the members seed and faults.");
        }

        ulong seed = 0;
        List<FaultRule> rules = [];
        foreach (JsonProperty member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "seed":
                    seed = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetUInt64(out ulong value)
                        ? value
                        : throw new FormatException("The fault script's seed must be an integer, 0 or more.");
                    break;
                case "faults":
                    rules = ReadRules(member.Value);
                    break;
                default:
                    throw new FormatException($"The fault script has an unknown member '{member.Name}'; there are seed and faults.");
            }
        }

        return new FaultScript(seed, rules);
    }

    private static List<FaultRule> ReadRules(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaximumRules)
        {
            throw new FormatException($"The fault script's faults must be a list of at most {MaximumRules}.");
        }

        List<FaultRule> rules = [];
        foreach (JsonElement item in list.EnumerateArray())
        {
            rules.Add(ReadRule(item, $"faults[{rules.Count}]"));
        }

        return rules;
    }

    private static FaultRule ReadRule(JsonElement item, string place)
    {
        string? name = item.ValueKind == JsonValueKind.Object
            && item.TryGetProperty("fault", out JsonElement fault) && fault.ValueKind == JsonValueKind.String ? fault.GetString() : null;
        if (Array.Find(FaultVocabulary.Words, word => word.Name == name) is not { } word)
        {
            string known = string.Join(", ", FaultVocabulary.Words.Select(word => word.Name));
            throw new FormatException($"{place}: '{name}' is no fault; there are {known}.");
        }

        var rule = new FaultRule { Kind = word.Kind };
        foreach (JsonProperty property in item.EnumerateObject().Where(property => property.Name != "fault"))
        {
            rule = ReadMember(rule, word, property, place);
        }

        foreach (string required in word.Required)
        {
            if (!item.TryGetProperty(required, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            {
                throw new FormatException($"{place}: {word.Name} needs the member {required}.");
            }
        }

        return rule;
    }

    private static FaultRule ReadMember(FaultRule rule, FaultWord word, JsonProperty property, string place)
    {
        string[] allowed = [.. word.Required, .. word.Optional, .. FaultVocabulary.Common];
        FaultMember? member = allowed.Contains(property.Name)
            ? Array.Find(FaultVocabulary.Members, member => member.Name == property.Name)
            : null;
        if (member is null)
        {
            throw new FormatException($"{place}: {word.Name} has no member '{property.Name}'; it has {string.Join(", ", allowed)}.");
        }

        try
        {
            return member.Read(rule, property.Value);
        }
        catch (FormatException refused)
        {
            throw new FormatException($"{place}: {word.Name}: {property.Name} {refused.Message}.", refused);
        }
    }
}
