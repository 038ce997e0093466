using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>Bytes of the stream to frames. Pure: no clock, no state, never throws on what the network sends.</summary>
internal static class LighterFrameReader
{
    private const int FrameMembers = 16;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 32 };

    public static LighterFrame Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            scoped var reader = new Utf8JsonReader(utf8, ReaderOptions);
            if (reader.Read() && reader.TokenType != JsonTokenType.StartObject)
            {
                return new LighterFrame.Malformed("the frame is no object");
            }

            scoped var frame = new JsonRow(utf8, stackalloc JsonMember[FrameMembers]);
            scoped var rows = new FrameRows(utf8, stackalloc JsonMember[JsonRow.UsualMembers]);
            while (frame.ReadName(ref reader))
            {
                rows.Read(frame.Name, ref reader);
                frame.ReadValue(ref reader);
            }

            return reader.Read() ? new LighterFrame.Malformed("more than one JSON value") : Read(frame, rows);
        }
        catch (JsonException exception)
        {
            return new LighterFrame.Malformed(Position(exception));
        }
        catch (RowFormatException exception)
        {
            return new LighterFrame.Malformed(exception.Message);
        }
    }

    private static string Position(JsonException exception) =>
        string.Create(CultureInfo.InvariantCulture, $"not JSON at byte {exception.BytePositionInLine}");

    private static LighterFrame Read(in JsonRow frame, in FrameRows rows)
    {
        var type = frame.Text("type"u8);
        if (type.StartsWith("jsonapi/sendtx", StringComparison.Ordinal))
        {
            return ReadTransactionResponse(frame);
        }

        if (type == "error" || frame.Find("error"u8).Exists)
        {
            var (code, message) = ReadError(frame);
            return new LighterFrame.BareError(ReadId(frame), code, message);
        }

        return type switch
        {
            "connected" => new LighterFrame.Connected(),
            "ping" => new LighterFrame.Ping(),
            "pong" => new LighterFrame.Pong(),
            "subscribed" => new LighterFrame.Subscribed(frame.Text("channel"u8)),
            _ => ReadChannel(frame, rows, type),
        };
    }

    private static LighterFrame ReadChannel(in JsonRow frame, in FrameRows rows, string type)
    {
        var slash = type.IndexOf('/', StringComparison.Ordinal);
        var verb = slash < 0 ? "" : type.AsSpan(0, slash);
        var isSnapshot = verb is "subscribed";
        if (!isSnapshot && verb is not "update")
        {
            return new LighterFrame.Other(type);
        }

        return type.AsSpan(slash + 1) switch
        {
            LighterChannels.AccountOrders =>
                new LighterFrame.AccountOrders(isSnapshot, rows.Orders.Require("orders"), rows.Orders.Failures),
            LighterChannels.AccountTrades =>
                new LighterFrame.AccountTrades(isSnapshot, rows.Trades.Require("trades"), rows.Trades.Failures),
            LighterChannels.AccountPositions => ReadPositions(frame),
            LighterChannels.AccountAssets =>
                new LighterFrame.AccountAssets(rows.Assets.Require("assets"), frame.Milliseconds("timestamp"u8), rows.Assets.Failures),
            LighterChannels.UserStats => ReadUserStats(frame),
            LighterChannels.AccountTransactions =>
                new LighterFrame.AccountTransactions(rows.Transactions.Require("txs"), rows.Transactions.Failures),
            LighterChannels.Ticker => ReadTicker(frame),
            _ => new LighterFrame.Other(type),
        };
    }

    private static LighterFrame.UserStats ReadUserStats(in JsonRow frame) =>
        new(UserStatsRow.Read(frame.Find("stats"u8).AsRow()), frame.Milliseconds("timestamp"u8));

    private static LighterFrame.AccountPositions ReadPositions(in JsonRow frame)
    {
        var rows = new List<PositionRow>();
        var unreadable = new HashSet<short>();
        RowFailures failures = default;
        var positions = frame.Find("positions"u8);
        if (!positions.Exists)
        {
            return new LighterFrame.AccountPositions(rows, unreadable, failures);
        }

        if (!positions.IsObject)
        {
            throw new RowFormatException("'positions' is no object");
        }

        var reader = positions.Enter();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.ValueSpan;
            reader.Read();
            try
            {
                rows.Add(PositionRow.Read(JsonRow.Read(positions.ElementAt(ref reader).Json)));
            }
            catch (RowFormatException exception)
            {
                failures = failures.With(exception);

                // The map's key names the market even when the row does not.
                if (short.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var market))
                {
                    unreadable.Add(market);
                }
            }
        }

        return new LighterFrame.AccountPositions(rows, unreadable, failures);
    }

    private static LighterFrame.Ticker ReadTicker(in JsonRow frame)
    {
        var ticker = frame.Find("ticker"u8).AsRow();
        var channel = frame.Text("channel"u8);
        var colon = channel.LastIndexOf(':');
        if (!short.TryParse(channel.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var market))
        {
            throw new RowFormatException("'channel' names no market");
        }

        var micros = ticker.OptionalInteger("last_updated_at"u8) ?? 0;
        return new LighterFrame.Ticker(market, ReadLevel(ticker.Find("b"u8)), ReadLevel(ticker.Find("a"u8)), micros / 1000);
    }

    private static (decimal Price, decimal Size)? ReadLevel(JsonValue value)
    {
        if (!value.Exists)
        {
            return null;
        }

        var level = value.AsRow();
        return level.OptionalDecimal("price"u8) is { } price and > 0 ? (price, level.OptionalDecimal("size"u8) ?? 0) : null;
    }

    private static LighterFrame.TransactionResponse ReadTransactionResponse(in JsonRow frame)
    {
        // Code, hash and id stand at the top, or nested in "data"; a refusal may be nested in "error".
        var data = frame.Find("data"u8);
        var body = data.IsObject ? data.AsRow() : frame;
        var (code, message) = frame.Find("error"u8).Exists || frame.Find("code"u8).Exists ? ReadError(frame) : ReadError(body);
        var hashes = ReadHashes(frame);
        return new LighterFrame.TransactionResponse(
            ReadId(frame) ?? ReadId(body), code == 0 ? 200 : code, message, hashes.Count > 0 ? hashes : ReadHashes(body))
        {
            VolumeQuotaRemaining = frame.OptionalInteger("volume_quota_remaining"u8) ?? body.OptionalInteger("volume_quota_remaining"u8),
        };
    }

    private static List<string> ReadHashes(in JsonRow body)
    {
        var hash = body.Find("tx_hash"u8);
        if (!hash.IsList)
        {
            var single = hash.AsText();
            return single.Length == 0 ? [] : [single];
        }

        var hashes = new List<string>();
        var reader = hash.Enter();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var element = hash.ElementAt(ref reader);
            hashes.Add(element.IsString ? element.AsText() : "");
        }

        return hashes;
    }

    private static string? ReadId(in JsonRow body) => body.Text("id"u8) is { Length: > 0 } id ? id : null;

    private static (int Code, string Message) ReadError(in JsonRow body)
    {
        var error = body.Find("error"u8);
        if (error.Exists && !error.IsObject)
        {
            return ((int)(body.OptionalInteger("code"u8) ?? -1), error.AsText());
        }

        var source = error.IsObject ? error.AsRow() : body;
        var code = source.OptionalInteger("code"u8) ?? 0;
        return (code is >= int.MinValue and <= int.MaxValue ? (int)code : -1, source.Text("message"u8));
    }
}
