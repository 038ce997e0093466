using System.Text.Json;

namespace ExecutionAdapters.Tektii;

/// <summary>
/// One entry of the environment variable SUBSCRIPTIONS: what the gateway or engine sends. It is fixed when that starts; the client reads it to know
/// which instruments there are, and never sends it.
/// </summary>
/// <param name="Symbol">As the venue spells it, such as <c>S:AAPL</c>; <c>*</c>: every one.</param>
/// <param name="Events">Event types such as <c>candle_1m</c>, <c>quote</c>, <c>order_update</c>; <c>*</c>: every one.</param>
/// <param name="Platform">The gateway's platform; null: the one it has.</param>
public sealed record TektiiSubscription(string Symbol, IReadOnlyList<string> Events, string? Platform = null)
{
    private const int LongestSymbol = 50;

    /// <summary>
    /// Reads either form: <c>S:AAPL:candle,C:BTCUSD:quote</c>, where a symbol may hold colons and the last one separates, or the gateway's JSON
    /// array <c>[{"platform":"alpaca-paper","instrument":"AAPL","events":["quote"]}]</c>.
    /// </summary>
    /// <exception cref="FormatException">Names the entry that is wrong.</exception>
    public static IReadOnlyList<TektiiSubscription> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? []
            : trimmed[0] == '[' ? ParseJson(trimmed)
            : trimmed[0] == '{' ? throw new FormatException("""SUBSCRIPTIONS is a JSON object: it must be an array of them, [{"instrument":"AAPL","events":["quote"]}], or SYMBOL:EVENT,… .""")
            : ParseList(trimmed);
    }

    private static List<TektiiSubscription> ParseList(string text)
    {
        var bySymbol = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var colon = entry.LastIndexOf(':');
            var symbol = colon < 0 ? "" : entry[..colon].TrimEnd();
            if (symbol.Length is < 1 or > LongestSymbol || colon == entry.Length - 1)
            {
                throw new FormatException($"SUBSCRIPTIONS: '{entry}' is not SYMBOL:EVENT, such as S:AAPL:candle, with a symbol of 1 to {LongestSymbol} characters.");
            }

            if (!bySymbol.TryGetValue(symbol, out var events))
            {
                bySymbol.Add(symbol, events = []);
            }

            events.Add(entry[(colon + 1)..].TrimStart());
        }

        return [.. bySymbol.Select(pair => new TektiiSubscription(pair.Key, pair.Value))];
    }

    private static List<TektiiSubscription> ParseJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            return [.. document.RootElement.EnumerateArray().Select(ReadEntry)];
        }
        catch (JsonException exception)
        {
            throw new FormatException($"SUBSCRIPTIONS is not valid JSON: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The reader lets half a surrogate pass, and only fails when it is asked for the text.
            throw new FormatException("SUBSCRIPTIONS holds text that is no Unicode.", exception);
        }
    }

    private static TektiiSubscription ReadEntry(JsonElement entry, int index)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("instrument", out var instrument) || instrument.ValueKind != JsonValueKind.String
            || instrument.GetString() is not { Length: >= 1 and <= LongestSymbol } symbol)
        {
            throw new FormatException($"SUBSCRIPTIONS: entry {index + 1} has no \"instrument\" of 1 to {LongestSymbol} characters.");
        }

        if (!entry.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array
            || events.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            throw new FormatException($"SUBSCRIPTIONS: entry {index + 1} ({symbol}) has no \"events\", an array of texts.");
        }

        var platform = entry.TryGetProperty("platform", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return new TektiiSubscription(symbol, [.. events.EnumerateArray().Select(name => name.GetString()!)], platform);
    }
}
