using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;
using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>The payloads of the account channels.</summary>
internal static class AccountFrames
{
    private const int SnapshotTrades = 100;

    /// <summary>Map of market to orders. The first frame leaves the orders' side empty.</summary>
    public static void WriteOrders(Utf8JsonWriter json, ExchangeState state, StreamChannel channel, IEnumerable<Order> orders, bool isFirst)
    {
        if (channel.Kind == ChannelKind.AccountOrders)
        {
            json.WriteNumber("account"u8, channel.Account);
            json.WriteNumber("nonce"u8, state.Nonce);
        }

        json.WriteStartObject("orders"u8);
        foreach (IGrouping<short, Order> market in orders.GroupBy(order => order.Market.Definition.Id))
        {
            json.WriteStartArray(JsonAmounts.ToText(market.Key, 0));
            foreach (Order order in market)
            {
                OrderRow.Write(json, order, withSide: !isFirst);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>The latest trades as a plain list, oldest first: the first frame is a list, updates are maps.</summary>
    public static void WriteTradeList(Utf8JsonWriter json, Account account)
    {
        json.WriteStartArray("trades"u8);
        foreach (Trade trade in account.Trades.Latest(SnapshotTrades))
        {
            TradeRow.Write(json, trade);
        }

        json.WriteEndArray();
        WriteVolume(json, account);
    }

    public static void WriteTradeMap(Utf8JsonWriter json, Account account, IEnumerable<Trade> trades)
    {
        json.WriteStartObject("trades"u8);
        foreach (IGrouping<short, Trade> market in trades.GroupBy(trade => trade.Market.Definition.Id))
        {
            json.WriteStartArray(JsonAmounts.ToText(market.Key, 0));
            foreach (Trade trade in market)
            {
                TradeRow.Write(json, trade);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        WriteVolume(json, account);
    }

    /// <summary>All positions, each time.</summary>
    public static void WritePositions(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject("positions"u8);
        foreach (Position position in account.Positions.Values)
        {
            json.WritePropertyName(JsonAmounts.ToText(position.Market.Definition.Id, 0));
            PositionRow.Write(json, account, position);
        }

        json.WriteEndObject();
        json.WriteStartArray("shares"u8);
        json.WriteEndArray();
        json.WriteNull("last_funding_round"u8);
        json.WriteNull("last_funding_discount"u8);
    }

    public static void WriteAssets(Utf8JsonWriter json, ExchangeState state, Account account)
    {
        json.WriteStartObject("assets"u8);
        foreach (AssetBalance balance in account.Wallet)
        {
            json.WritePropertyName(JsonAmounts.ToText(balance.Asset.Id, 0));
            AssetRow.Write(json, account, balance);
        }

        json.WriteEndObject();
        json.WriteNumber("timestamp"u8, state.NowMs);
    }

    public static void WriteStatistics(Utf8JsonWriter json, ExchangeState state, Account account)
    {
        json.WriteStartObject("stats"u8);
        AccountRow.WriteStatistics(json, account);
        json.WriteEndObject();
        json.WriteNumber("timestamp"u8, state.NowMs);
    }

    public static void WriteTransactions(Utf8JsonWriter json, IEnumerable<TransactionRecord> records, bool asPending)
    {
        json.WriteStartArray("txs"u8);
        foreach (TransactionRecord record in records)
        {
            TransactionRow.Write(json, record, asPending);
        }

        json.WriteEndArray();
    }

    private static void WriteVolume(Utf8JsonWriter json, Account account)
    {
        json.WriteNumber("total_trades_count"u8, account.Trades.Total);
        json.WriteAmountNumber("total_volume"u8, account.Volume, MarketDefinition.QuoteDecimals);
    }
}
