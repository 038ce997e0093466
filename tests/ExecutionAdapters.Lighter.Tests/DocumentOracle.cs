using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>
/// Frames read the plain way: the whole frame into a document, members looked up in it by name. Slow and simple; what the client's
/// reader reads must be the same.
/// </summary>
internal static partial class DocumentOracle
{
    /// <summary>The frame; null when a name in it is no valid text, which a document cannot be asked about.</summary>
    public static LighterFrame? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 32 });
            using var document = JsonDocument.ParseValue(ref reader);
            return reader.Read() ? new LighterFrame.Malformed("more than one JSON value") : Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new LighterFrame.Malformed("no JSON");
        }
        catch (RowFormatException exception)
        {
            return new LighterFrame.Malformed(exception.Message);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static LighterFrame Read(JsonElement frame)
    {
        if (frame.ValueKind != JsonValueKind.Object)
        {
            return new LighterFrame.Malformed("the frame is no object");
        }

        var type = Text(frame, "type");
        if (type.StartsWith("jsonapi/sendtx", StringComparison.Ordinal))
        {
            return ReadTransactionResponse(frame);
        }

        if (type == "error" || TryGet(frame, "error", out _))
        {
            var (code, message) = ReadError(frame);
            return new LighterFrame.BareError(ReadId(frame), code, message);
        }

        return type switch
        {
            "connected" => new LighterFrame.Connected(),
            "ping" => new LighterFrame.Ping(),
            "pong" => new LighterFrame.Pong(),
            "subscribed" => new LighterFrame.Subscribed(Text(frame, "channel")),
            _ => ReadChannel(frame, type),
        };
    }

    private static LighterFrame ReadChannel(JsonElement frame, string type)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        var verb = slash < 0 ? "" : type[..slash];
        var isSnapshot = verb == "subscribed";
        if (!isSnapshot && verb != "update")
        {
            return new LighterFrame.Other(type);
        }

        return type[(slash + 1)..] switch
        {
            LighterChannels.AccountOrders => ReadOrders(frame, isSnapshot),
            LighterChannels.AccountTrades => ReadTrades(frame, isSnapshot),
            LighterChannels.AccountPositions => ReadPositions(frame),
            LighterChannels.AccountAssets => ReadAssets(frame),
            LighterChannels.UserStats => ReadUserStats(frame),
            LighterChannels.AccountTransactions => ReadTransactions(frame),
            LighterChannels.Ticker => ReadTicker(frame),
            _ => new LighterFrame.Other(type),
        };
    }

    private static LighterFrame.AccountOrders ReadOrders(JsonElement frame, bool isSnapshot)
    {
        var rows = ReadRows(frame, "orders", ReadOrder, out var failures);
        return new LighterFrame.AccountOrders(isSnapshot, rows, failures);
    }

    private static LighterFrame.AccountTrades ReadTrades(JsonElement frame, bool isSnapshot)
    {
        var rows = ReadRows(frame, "trades", ReadTrade, out var failures);
        return new LighterFrame.AccountTrades(isSnapshot, rows, failures);
    }

    private static LighterFrame.AccountAssets ReadAssets(JsonElement frame)
    {
        var rows = ReadRows(frame, "assets", ReadAsset, out var failures);
        return new LighterFrame.AccountAssets(rows, Milliseconds(frame, "timestamp"), failures);
    }

    private static LighterFrame.AccountTransactions ReadTransactions(JsonElement frame)
    {
        var rows = ReadRows(frame, "txs", ReadTransaction, out var failures);
        return new LighterFrame.AccountTransactions(rows, failures);
    }

    private static LighterFrame.UserStats ReadUserStats(JsonElement frame) => TryGet(frame, "stats", out var stats)
        ? new LighterFrame.UserStats(ReadStats(stats), Milliseconds(frame, "timestamp"))
        : throw new RowFormatException("'stats' is missing");

    private static LighterFrame.AccountPositions ReadPositions(JsonElement frame)
    {
        var rows = new List<PositionRow>();
        var unreadable = new HashSet<short>();
        string? firstReason = null;
        var failed = 0;
        if (TryGet(frame, "positions", out var positions))
        {
            if (positions.ValueKind != JsonValueKind.Object)
            {
                throw new RowFormatException("'positions' is no object");
            }

            foreach (var entry in positions.EnumerateObject())
            {
                try
                {
                    rows.Add(ReadPosition(entry.Value));
                }
                catch (RowFormatException exception)
                {
                    failed++;
                    firstReason ??= exception.Message;

                    // The map's key names the market even when the row does not.
                    if (short.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var market))
                    {
                        unreadable.Add(market);
                    }
                }
            }
        }

        return new LighterFrame.AccountPositions(rows, unreadable, new RowFailures(failed, firstReason));
    }

    private static LighterFrame.Ticker ReadTicker(JsonElement frame)
    {
        if (!TryGet(frame, "ticker", out var ticker))
        {
            throw new RowFormatException("'ticker' is missing");
        }

        var channel = Text(frame, "channel");
        var colon = channel.LastIndexOf(':');
        if (!short.TryParse(channel.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var market))
        {
            throw new RowFormatException("'channel' names no market");
        }

        var micros = OptionalInteger(ticker, "last_updated_at") ?? 0;
        return new LighterFrame.Ticker(market, ReadLevel(ticker, "b"), ReadLevel(ticker, "a"), micros / 1000);
    }

    private static (decimal Price, decimal Size)? ReadLevel(JsonElement ticker, string name) =>
        TryGet(ticker, name, out var level) && OptionalDecimal(level, "price") is { } price and > 0
            ? (price, OptionalDecimal(level, "size") ?? 0)
            : null;

    private static LighterFrame.TransactionResponse ReadTransactionResponse(JsonElement frame)
    {
        // Code, hash and id stand at the top, or nested in "data"; a refusal may be nested in "error".
        var body = TryGet(frame, "data", out var data) && data.ValueKind == JsonValueKind.Object ? data : frame;
        var (code, message) = TryGet(frame, "error", out _) || TryGet(frame, "code", out _) ? ReadError(frame) : ReadError(body);
        var hashes = ReadHashes(frame);
        return new LighterFrame.TransactionResponse(
            ReadId(frame) ?? ReadId(body), code == 0 ? 200 : code, message, hashes.Count > 0 ? hashes : ReadHashes(body))
        {
            VolumeQuotaRemaining = OptionalInteger(frame, "volume_quota_remaining") ?? OptionalInteger(body, "volume_quota_remaining"),
        };
    }

    private static List<string> ReadHashes(JsonElement body)
    {
        if (!TryGet(body, "tx_hash", out var hash))
        {
            return [];
        }

        if (hash.ValueKind != JsonValueKind.Array)
        {
            var single = Text(body, "tx_hash");
            return single.Length == 0 ? [] : [single];
        }

        var hashes = new List<string>(hash.GetArrayLength());
        foreach (var element in hash.EnumerateArray())
        {
            hashes.Add(element.ValueKind == JsonValueKind.String ? String(element, "tx_hash") : "");
        }

        return hashes;
    }

    private static string? ReadId(JsonElement body) => Text(body, "id") is { Length: > 0 } id ? id : null;

    private static (int Code, string Message) ReadError(JsonElement body)
    {
        var source = body;
        if (TryGet(body, "error", out var error))
        {
            if (error.ValueKind != JsonValueKind.Object)
            {
                return ((int)(OptionalInteger(body, "code") ?? -1), Text(body, "error"));
            }

            source = error;
        }

        var code = OptionalInteger(source, "code") ?? 0;
        return (code is >= int.MinValue and <= int.MaxValue ? (int)code : -1, Text(source, "message"));
    }

    private static List<T> ReadRows<T>(JsonElement frame, string name, Func<JsonElement, T> read, out RowFailures failures)
    {
        var rows = new List<T>();
        failures = default;
        if (!TryGet(frame, name, out var container))
        {
            return rows;
        }

        switch (container.ValueKind)
        {
            case JsonValueKind.Array:
                ReadList(container, read, rows, ref failures);
                break;
            case JsonValueKind.Object:
                foreach (var entry in container.EnumerateObject())
                {
                    if (entry.Value.ValueKind == JsonValueKind.Array)
                    {
                        ReadList(entry.Value, read, rows, ref failures);
                    }
                    else if (entry.Value.ValueKind != JsonValueKind.Null)
                    {
                        ReadRow(entry.Value, read, rows, ref failures);
                    }
                }

                break;
            default:
                throw new RowFormatException($"'{name}' is neither a list nor a map");
        }

        return rows;
    }

    private static void ReadList<T>(JsonElement list, Func<JsonElement, T> read, List<T> rows, ref RowFailures failures)
    {
        foreach (var row in list.EnumerateArray())
        {
            ReadRow(row, read, rows, ref failures);
        }
    }

    private static void ReadRow<T>(JsonElement row, Func<JsonElement, T> read, List<T> rows, ref RowFailures failures)
    {
        try
        {
            rows.Add(read(row));
        }
        catch (RowFormatException exception)
        {
            failures = new RowFailures(failures.Count + 1, failures.FirstReason ?? exception.Message);
        }
    }
}
