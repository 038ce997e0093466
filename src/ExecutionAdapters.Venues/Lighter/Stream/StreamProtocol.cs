using System.Text.Json;
using System.Text.Unicode;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>Reads the messages of clients: keep-alive, subscriptions, transactions.</summary>
internal sealed class StreamProtocol(VenueCore core, StreamHub hub)
{
    public const string Path = "/stream";

    private const int MaximumSubscriptions = 500;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly StreamTransactions _transactions = new(core);

    public void Receive(StreamSession session, ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument document = Parse(message);
            string? type = document.RootElement.ValueKind == JsonValueKind.Object ? Text(document.RootElement, "type") : null;
            Dispatch(session, type, document.RootElement);
        }
        catch (JsonException)
        {
            SendError(session, VenueErrors.WebsocketInvalidJson);
        }
    }

    /// <summary>A text member, or null when there is none.</summary>
    /// <exception cref="JsonException">The text is no Unicode, e.g. half of a surrogate pair.</exception>
    public static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out JsonElement member) || member.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException($"{name} is no Unicode text", exception);
        }
    }

    public static void SendError(StreamSession session, VenueError error) => session.Output.Send(JsonText.Object(json =>
    {
        json.WriteStartObject("error"u8);
        JsonText.WriteError(json, error);
        json.WriteEndObject();
    }));

    /// <summary>The reader itself checks neither the bytes nor all escapes: text that is no Unicode counts as invalid JSON.</summary>
    private static JsonDocument Parse(ReadOnlyMemory<byte> message)
    {
        if (!Utf8.IsValid(message.Span))
        {
            throw new JsonException("the message is not UTF-8");
        }

        try
        {
            return JsonDocument.Parse(message, Strict);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("a member's name is no Unicode text", exception);
        }
    }

    private void Dispatch(StreamSession session, string? type, JsonElement message)
    {
        bool isTransaction = type is StreamTransactions.Single or StreamTransactions.Batch;
        if (core.Limits.Enabled && !isTransaction && !session.Messages.TryTake(core.Exchange.State.NowUs, 1))
        {
            SendError(session, VenueErrors.WebsocketRateLimit);
            return;
        }

        switch (type)
        {
            case "ping":
                session.Output.Send("""{"type":"pong"}"""u8.ToArray());
                break;
            case "pong":
                break;
            case "subscribe":
                Subscribe(session, message);
                break;
            case "unsubscribe":
                Unsubscribe(session, message);
                break;
            case StreamTransactions.Single or StreamTransactions.Batch:
                _transactions.Receive(session, type, message);
                break;
            default:
                SendError(session, VenueErrors.WebsocketInvalidType);
                break;
        }
    }

    private void Subscribe(StreamSession session, JsonElement message)
    {
        string name = Text(message, "channel") ?? "";
        string? token = Text(message, "auth");
        core.Requests.Add($"{Path}/{name}", "", token);
        VenueError? error =
            !StreamChannel.TryParse(name, out StreamChannel channel) || !Exists(channel) ? VenueErrors.WebsocketInvalidChannel.With(name)
            : session.Subscriptions.Contains(channel) ? Naming(VenueErrors.WebsocketAlreadySubscribed, channel)
            : session.Subscriptions.Count >= MaximumSubscriptions ? VenueErrors.TooManySubscriptions
            : channel.IsPrivate ? core.CheckToken(token, channel.Account, isHttp: false)
            : null;
        if (error is { } refusal)
        {
            SendError(session, refusal);
        }
        else
        {
            hub.Subscribe(session, channel);
        }
    }

    private void Unsubscribe(StreamSession session, JsonElement message)
    {
        string name = Text(message, "channel") ?? "";
        if (!StreamChannel.TryParse(name, out StreamChannel channel))
        {
            SendError(session, VenueErrors.WebsocketInvalidChannel.With(name));
        }
        else if (!session.Subscriptions.Contains(channel))
        {
            SendError(session, Naming(VenueErrors.WebsocketNotSubscribed, channel));
        }
        else
        {
            hub.Unsubscribe(session, channel);
            session.Output.Send(JsonText.Object(json =>
            {
                json.WriteString("type"u8, "unsubscribed");
                json.WriteString("channel"u8, channel.Name);
            }));
        }
    }

    /// <summary>These messages end where the channel's name belongs.</summary>
    private static VenueError Naming(VenueError error, StreamChannel channel) => error with { Message = error.Message + channel.Name };

    private bool Exists(StreamChannel channel)
    {
        Market? market = core.Exchange.Market(channel.Market);
        bool marketFits = channel.Kind switch
        {
            ChannelKind.OrderBook or ChannelKind.Ticker or ChannelKind.Trade or ChannelKind.AccountOrders => market is not null,
            ChannelKind.MarketStats => channel.Market == StreamChannel.AllMarkets || market is { Definition.IsSpot: false },
            ChannelKind.SpotMarketStats => channel.Market == StreamChannel.AllMarkets || market is { Definition.IsSpot: true },
            _ => true,
        };
        return marketFits
            && (!channel.IsPrivate || core.Exchange.Account(channel.Account) is { IsSynthetic: false });
    }
}
