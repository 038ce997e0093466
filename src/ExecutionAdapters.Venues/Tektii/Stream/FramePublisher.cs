using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ExecutionAdapters.Venues.Tektii.Backtest;
using ExecutionAdapters.Venues.Tektii.Prices;
using ExecutionAdapters.Venues.Tektii.Rows;
using ExecutionAdapters.Venues.Tektii.Trading;

namespace ExecutionAdapters.Venues.Tektii.Stream;

/// <summary>
/// Writes what happens as frames, in the dialect of who listens, into one buffer that is used again and again. In a backtest
/// every event carries an id and is waited for.
/// </summary>
internal sealed class FramePublisher(
    StreamHub hub, SubscriptionFilter filter, string provider, EventPacer? pacer, Func<DateTimeOffset> now) : IBrokerEvents, IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(1_024);
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(1), Options);

    private bool IsEngine => hub.Dialect == Dialect.Engine;

    public void Order(string name, TektiiOrder order)
    {
        if (!filter.Allows(FrameKind.Order, order.Request.Symbol) || (IsEngine && EngineRows.EventName(name) is null))
        {
            return;
        }

        Send("order", IsEngine ? EngineRows.EventName(name) : name, isPaced: true, json =>
        {
            WriteObject(json, "order", order, GatewayRows.Order, EngineRows.Order);
            if (!IsEngine)
            {
                json.WriteOptional("parent_order_id"u8, order.ParentOrderId);
            }
        });
    }

    public void Trade(TektiiTrade trade)
    {
        if (filter.Allows(FrameKind.Trade, trade.Symbol))
        {
            Send("trade", IsEngine ? null : "TRADE_FILLED", isPaced: true, json => WriteObject(json, "trade", trade, GatewayRows.Trade, EngineRows.Trade));
        }
    }

    public void Position(string name, TektiiPosition position)
    {
        if (filter.Allows(FrameKind.Position, position.Symbol))
        {
            Send("position", IsEngine ? null : name, isPaced: true, json => WriteObject(json, "position", position, GatewayRows.Position, EngineRows.Position));
        }
    }

    public void Account(string name, TektiiAccount account)
    {
        if (filter.Allows(FrameKind.Account, symbol: null))
        {
            string eventName = IsEngine ? name.ToLowerInvariant() : name;
            Send("account", eventName, isPaced: true, json => WriteObject(json, "account", account, GatewayRows.Account, EngineRows.Account));
        }
    }

    public void Quote(Market market)
    {
        if (!IsEngine && filter.Allows(FrameKind.Quote, market.Symbol))
        {
            Send("quote", null, isPaced: false, json =>
            {
                json.WriteStartObject("quote"u8);
                GatewayRows.Quote(json, market, provider);
                json.WriteEndObject();
            });
        }
    }

    /// <summary>A candle that ended. Once a turn in a backtest: no closure, no text.</summary>
    public void Candle(Market market, in TektiiCandle candle)
    {
        string timeframe = market.Timeframe.Name;
        if (hub.Count == 0 || !filter.Allows(FrameKind.Candle, market.Symbol, timeframe))
        {
            return;
        }

        Begin("candle", null, isPaced: true);
        if (IsEngine)
        {
            EngineRows.Bar(_json, market.Symbol, timeframe, candle);
        }
        else
        {
            _json.WriteStartObject("bar"u8);
            GatewayRows.Bar(_json, market.Symbol, provider, timeframe, candle);
            _json.WriteEndObject();
        }

        End("candle", null);
    }

    public void BacktestComplete() => Send("backtest_complete", null, isPaced: true, json =>
    {
        if (!IsEngine)
        {
            json.WriteString("broker"u8, provider);
        }
    });

    public void Ping() => Send("ping", null, isPaced: false, _ => { });

    /// <summary>The engine's answer to a client's ping; it carries no event id.</summary>
    public void Pong() => Send("pong", null, isPaced: false, _ => { });

    public void Connection(string name, string? broker = null, string? error = null, long? gapMs = null)
    {
        if (!IsEngine)
        {
            Send("connection", name, isPaced: false, json =>
            {
                json.WriteOptional("broker"u8, broker);
                json.WriteOptional("error"u8, error);
                if (gapMs is { } gap)
                {
                    json.WriteNumber("gap_duration_ms"u8, gap);
                }
            });
        }
    }

    public void Staleness(string name, IEnumerable<string> symbols, DateTimeOffset? since)
    {
        if (!IsEngine)
        {
            Send("data_staleness", name, isPaced: false, json =>
            {
                json.WriteStartArray("symbols"u8);
                foreach (string symbol in symbols)
                {
                    json.WriteStringValue(symbol);
                }

                json.WriteEndArray();
                if (since is { } time)
                {
                    json.WriteTime("stale_since"u8, time);
                }

                json.WriteString("broker"u8, provider);
            });
        }
    }

    public void RateLimit(string name, int remaining, DateTimeOffset resetAt)
    {
        if (!IsEngine)
        {
            Send("rate_limit", name, isPaced: false, json =>
            {
                json.WriteNumber("requests_remaining"u8, remaining);
                json.WriteTime("reset_at"u8, resetAt);
            });
        }
    }

    /// <param name="code">As the gateway has it.</param>
    /// <param name="message">One line.</param>
    /// <param name="details">Text members of the details; null for none.</param>
    public void Error(string code, string message, IReadOnlyDictionary<string, string>? details = null) =>
        Send("error", null, isPaced: IsEngine, json =>
        {
            json.WriteString("code"u8, code);
            json.WriteString("message"u8, message);
            if (details is not null && !IsEngine)
            {
                json.WriteStartObject("details"u8);
                foreach ((string name, string value) in details)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }
        });

    public void Financing(string symbol, decimal amount)
    {
        if (!IsEngine && filter.Allows(FrameKind.Account, symbol: null))
        {
            Send("financing", null, isPaced: true, json =>
            {
                json.WriteString("symbol"u8, symbol);
                json.WriteDecimal("amount"u8, amount);
            });
        }
    }

    /// <summary>A frame as somebody wrote it; it may be anything.</summary>
    public void Raw(string text) => hub.Send("raw", null, Encoding.UTF8.GetBytes(text));

    public void Dispose() => _json.Dispose();

    private void WriteObject<T>(Utf8JsonWriter json, string name, T row, Action<Utf8JsonWriter, T> gateway, Action<Utf8JsonWriter, T> engine)
    {
        json.WriteStartObject(name);
        (IsEngine ? engine : gateway)(json, row);
        json.WriteEndObject();
    }

    private void Send(string type, string? eventName, bool isPaced, Action<Utf8JsonWriter> writeMembers)
    {
        if (hub.Count > 0)
        {
            Begin(type, eventName, isPaced);
            writeMembers(_json);
            End(type, eventName);
        }
    }

    private void Begin(string type, string? eventName, bool isPaced)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        if (isPaced && pacer is not null)
        {
            _json.WriteEventId(pacer.Track());
        }

        _json.WriteOptional("event"u8, eventName);
    }

    private void End(string type, string? eventName)
    {
        if (!IsEngine)
        {
            _json.WriteTime("timestamp"u8, now());
        }

        _json.WriteEndObject();
        _json.Flush();
        hub.Send(type, eventName, _buffer.WrittenSpan);
    }
}
