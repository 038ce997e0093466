using System.Text.Json;

namespace ExecutionAdapters.Venues.Tektii.Stream;

/// <summary>What a subscription can be for. System frames (connection, errors, staleness, rate limits, the end) always pass.</summary>
internal enum FrameKind
{
    Quote,
    Candle,
    Order,
    Position,
    Account,
    Trade,
}

/// <summary>
/// The server-side filter, fixed at the start. The gateway's JSON form filters everything; the engine's comma form only market
/// data, since it has no words for the rest.
/// </summary>
internal sealed class SubscriptionFilter
{
    private const string Everything = "*";
    private const string CandlePrefix = "candle_";
    private const int LongestInstrument = 50;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    private readonly Dictionary<string, HashSet<string>> _events = [];
    private readonly bool _isMarketDataOnly;
    private readonly bool _isOpen;

    /// <exception cref="ArgumentException">It is neither form; the text says where.</exception>
    public SubscriptionFilter(string? subscriptions)
    {
        if (string.IsNullOrWhiteSpace(subscriptions))
        {
            _isOpen = true;
            return;
        }

        if (subscriptions.TrimStart().StartsWith('['))
        {
            ReadJson(subscriptions);
            return;
        }

        _isMarketDataOnly = true;
        foreach (string item in subscriptions.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = item.LastIndexOf(':'); // symbols have colons themselves
            string name = colon > 0 ? item[(colon + 1)..] : "";
            Add(item[..Math.Max(0, colon)], name is "candle" or "quote" ? name : throw Wrong($"'{item}' is not SYMBOL:candle or SYMBOL:quote"));
        }
    }

    /// <summary>Whether a frame goes out. An account frame has no symbol: it passes when any instrument asks for it.</summary>
    public bool Allows(FrameKind kind, string? symbol, string timeframe = "")
    {
        if (_isOpen || (_isMarketDataOnly && kind is not (FrameKind.Quote or FrameKind.Candle)))
        {
            return true;
        }

        if (symbol is null)
        {
            return _events.Values.Any(events => Has(events, kind, timeframe));
        }

        return (_events.TryGetValue(symbol, out HashSet<string>? own) && Has(own, kind, timeframe))
            || (_events.TryGetValue(Everything, out HashSet<string>? all) && Has(all, kind, timeframe));
    }

    private static bool Has(HashSet<string> events, FrameKind kind, string timeframe) => events.Contains(Everything) || kind switch
    {
        FrameKind.Quote => events.Contains("quote"),
        FrameKind.Candle => events.Contains("candle") || events.Contains("candle_*") || events.Contains(CandlePrefix + timeframe),
        FrameKind.Order => events.Contains("order_update"),
        FrameKind.Position => events.Contains("position_update"),
        FrameKind.Account => events.Contains("account_update"),
        _ => events.Contains("trade_update") || events.Contains("trade"),
    };

    /// <summary>The event's one name for its aliases.</summary>
    private static string Canonical(string name) => name switch
    {
        "bar" or "bars" => "candle_*",
        "quotes" => "quote",
        "orders" => "order_update",
        "positions" => "position_update",
        "trades" => "trade",
        _ when name.StartsWith("candles.", StringComparison.Ordinal) => CandlePrefix + name["candles.".Length..],
        _ => name,
    };

    private static bool IsKnown(string name) =>
        name is Everything or "quote" or "trade" or "candle_*" or "order_update" or "position_update" or "account_update" or "trade_update" or "option_greeks"
        || (name.StartsWith(CandlePrefix, StringComparison.Ordinal) && Prices.Timeframe.Named(name[CandlePrefix.Length..]) is not null);

    private void ReadJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            foreach (JsonElement item in document.RootElement.EnumerateArray())
            {
                string instrument = item.GetProperty("instrument").GetString() ?? "";
                if (instrument.Length is 0 or > LongestInstrument)
                {
                    throw Wrong($"the instrument '{instrument}' must have 1 to {LongestInstrument} characters");
                }

                foreach (JsonElement name in item.GetProperty("events").EnumerateArray())
                {
                    string canonical = Canonical(name.GetString() ?? "");
                    Add(instrument, IsKnown(canonical) ? canonical : throw Wrong($"'{name}' is no event"));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ArgumentException($"Subscriptions: no JSON array of objects with instrument and events: {exception.Message}", exception);
        }
    }

    private void Add(string instrument, string name)
    {
        if (!_events.TryGetValue(instrument, out HashSet<string>? events))
        {
            events = [];
            _events.Add(instrument, events);
        }

        events.Add(name);
    }

    private static ArgumentException Wrong(string what) => new($"Subscriptions: {what}.");
}
