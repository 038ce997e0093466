using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>How far the public feeds of one market have come.</summary>
internal sealed class MarketFeed(Market market)
{
    public Market Market { get; } = market;

    /// <summary>Number of the last published change of the book; an update begins with the one before it.</summary>
    public long Nonce { get; set; } = 1;

    public long Offset { get; set; } = 1;

    /// <summary>The best prices and sizes of the last ticker.</summary>
    public (uint AskPrice, long AskSize, uint BidPrice, long BidSize) Top { get; set; }
}

/// <summary>The frames of the public channels.</summary>
internal static class MarketFrames
{
    private const int SnapshotTrades = 50;

    public static void WriteBook(Utf8JsonWriter json, ExchangeState state, MarketFeed feed)
    {
        BeginBook(json, state, feed, feed.Nonce);
        foreach (bool isAsk in (ReadOnlySpan<bool>)[true, false])
        {
            BookSide side = feed.Market.Book.Side(isAsk);
            json.WriteStartArray(isAsk ? "asks"u8 : "bids"u8);
            for (int depth = 0; depth < side.LevelCount; depth++)
            {
                WriteLevel(json, feed.Market.Definition, side[depth].Price, side[depth].TotalBase);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void WriteBookChanges(
        Utf8JsonWriter json, ExchangeState state, MarketFeed feed, long beginNonce, IReadOnlyList<(bool IsAsk, uint Price)> levels)
    {
        BeginBook(json, state, feed, beginNonce);
        foreach (bool isAsk in (ReadOnlySpan<bool>)[true, false])
        {
            json.WriteStartArray(isAsk ? "asks"u8 : "bids"u8);
            foreach ((bool levelIsAsk, uint price) in levels)
            {
                if (levelIsAsk == isAsk)
                {
                    WriteLevel(json, feed.Market.Definition, price, feed.Market.Book.Side(isAsk).TotalAt(price));
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void WriteTicker(Utf8JsonWriter json, ExchangeState state, MarketFeed feed)
    {
        json.WriteNumber("nonce"u8, feed.Nonce);
        json.WriteNumber("timestamp"u8, state.NowMs);
        json.WriteStartObject("ticker"u8);
        json.WriteString("s"u8, feed.Market.Definition.Symbol);
        json.WritePropertyName("a"u8);
        WriteBest(json, feed.Market, isAsk: true);
        json.WritePropertyName("b"u8);
        WriteBest(json, feed.Market, isAsk: false);
        json.WriteNumber("last_updated_at"u8, state.NowUs);
        json.WriteEndObject();
    }

    public static void WriteTrades(Utf8JsonWriter json, MarketFeed feed, IEnumerable<Trade> trades)
    {
        json.WriteNumber("nonce"u8, feed.Nonce);
        json.WriteStartArray("trades"u8);
        foreach (Trade trade in trades)
        {
            TradeRow.Write(json, trade);
        }

        json.WriteEndArray();
        json.WriteStartArray("liquidation_trades"u8);
        json.WriteEndArray();
    }

    public static IEnumerable<Trade> SnapshotOf(Market market) => market.RecentTrades.TakeLast(SnapshotTrades);

    /// <summary>One object for one market, a map for all.</summary>
    public static void WriteStatistics(Utf8JsonWriter json, StreamChannel channel, ExchangeState state)
    {
        ReadOnlySpan<byte> name = channel.Kind == ChannelKind.MarketStats ? "market_stats"u8 : "spot_market_stats"u8;
        json.WriteNumber("timestamp"u8, state.NowMs);
        if (channel.Market != StreamChannel.AllMarkets)
        {
            json.WritePropertyName(name);
            MarketRow.WriteStatistics(json, state.Markets[(short)channel.Market]);
            return;
        }

        json.WriteStartObject(name);
        foreach (Market market in state.Markets.Values)
        {
            if (market.Definition.IsSpot == (channel.Kind == ChannelKind.SpotMarketStats))
            {
                json.WritePropertyName(JsonAmounts.ToText(market.Definition.Id, 0));
                MarketRow.WriteStatistics(json, market);
            }
        }

        json.WriteEndObject();
    }

    private static void BeginBook(Utf8JsonWriter json, ExchangeState state, MarketFeed feed, long beginNonce)
    {
        json.WriteNumber("offset"u8, feed.Offset);
        json.WriteNumber("last_updated_at"u8, state.NowUs);
        json.WriteNumber("timestamp"u8, state.NowMs);
        json.WriteStartObject("order_book"u8);
        json.WriteNumber("code"u8, 0);
        json.WriteNumber("offset"u8, feed.Offset);
        json.WriteNumber("nonce"u8, feed.Nonce);
        json.WriteNumber("begin_nonce"u8, beginNonce);
        json.WriteNumber("last_updated_at"u8, state.NowUs);
    }

    private static void WriteLevel(Utf8JsonWriter json, MarketDefinition market, uint price, long size)
    {
        json.WriteStartObject();
        json.WriteAmount("price"u8, price, market.PriceDecimals);
        json.WriteAmount("size"u8, size, market.SizeDecimals);
        json.WriteEndObject();
    }

    private static void WriteBest(Utf8JsonWriter json, Market market, bool isAsk)
    {
        if (market.Book.Side(isAsk).Best is { } best)
        {
            WriteLevel(json, market.Definition, best.Price, best.TotalBase);
            return;
        }

        json.WriteStartObject();
        json.WriteString("price"u8, "");
        json.WriteString("size"u8, "");
        json.WriteEndObject();
    }
}
