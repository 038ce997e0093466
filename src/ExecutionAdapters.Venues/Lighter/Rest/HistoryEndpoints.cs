using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;
using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Rest;

/// <summary>An account's orders, trades and transactions. Lists are newest first; a cursor continues below the last row.</summary>
internal static class HistoryEndpoints
{
    private const int MaximumPage = 100;
    private const int MaximumActiveOrders = 10_000;

    public static void ActiveOrders(RestContext context, Utf8JsonWriter json)
    {
        Account account = context.AuthorizedAccount();
        Func<MarketDefinition, bool> filter = context.MarketFilter("market_type");
        json.WriteStartArray("orders"u8);
        IEnumerable<Order> orders = account.ActiveOrders.Values.Where(order => filter(order.Market.Definition));
        foreach (Order order in orders.Reverse().Take(MaximumActiveOrders))
        {
            OrderRow.Write(json, order);
        }

        json.WriteEndArray();
    }

    public static void InactiveOrders(RestContext context, Utf8JsonWriter json)
    {
        Account account = context.AuthorizedAccount();
        Func<MarketDefinition, bool> market = context.MarketFilter("market_type");
        int limit = context.Request.Limit(MaximumPage);
        Func<bool, bool> side = SideFilter(context.Request);
        (long fromMs, long toMs) = Period(context.Request.Optional("between_timestamps"));
        History<Order> orders = account.InactiveOrders;
        long next = Math.Min(Cursor(context.Request, orders.Total), orders.Total) - 1;
        List<Order> page = [];
        for (; next >= orders.First && page.Count < limit; next--)
        {
            Order order = orders[next];
            long updatedMs = order.UpdatedUs / 1_000;
            if (market(order.Market.Definition) && side(order.IsAsk) && updatedMs >= fromMs && updatedMs <= toMs)
            {
                page.Add(order);
            }
        }

        WriteCursor(json, next >= orders.First ? next + 1 : 0);
        json.WriteStartArray("orders"u8);
        page.ForEach(order => OrderRow.Write(json, order));
        json.WriteEndArray();
    }

    public static void Trades(RestContext context, Utf8JsonWriter json)
    {
        RestRequest request = context.Request;
        request.Choice("sort_by", "", "block_height", "timestamp", "trade_id");
        request.Choice("sort_dir", "desc", "desc");
        int limit = request.Limit(MaximumPage);
        IEnumerable<Trade> trades = TradesOf(context, out long accountIndex);
        Func<Trade, bool> filter = TradeFilter(context, accountIndex);
        long below = Cursor(request, long.MaxValue);
        List<Trade> page = [];
        bool isMore = false;
        foreach (Trade trade in trades)
        {
            if (page.Count == limit)
            {
                isMore = true;
                break;
            }

            if (trade.Id < below && filter(trade))
            {
                page.Add(trade);
            }
        }

        WriteCursor(json, isMore ? page[^1].Id : 0);
        json.WriteStartArray("trades"u8);
        page.ForEach(trade => TradeRow.Write(json, trade));
        json.WriteEndArray();
    }

    public static void AccountTransactions(RestContext context, Utf8JsonWriter json)
    {
        RestRequest request = context.Request;
        request.Choice("by", "", "account_index");
        Account account = context.RequiredAccount(RestRequest.ParseIndex("value", request.Required("value")));
        if (request.AuthToken is not null)
        {
            context.Authorize(account.Index);
        }

        int limit = request.Limit(MaximumPage);
        long below = request.Integer("index", long.MaxValue);
        json.WriteStartArray("txs"u8);
        foreach (TransactionRecord record in context.Core.Sequencer.Log.Of(account.Index, below).Take(limit))
        {
            TransactionRow.Write(json, record);
        }

        json.WriteEndArray();
    }

    public static void Transaction(RestContext context, Utf8JsonWriter json)
    {
        string value = context.Request.Required("value");
        TransactionLog log = context.Core.Sequencer.Log;
        TransactionRecord record = (context.Request.Choice("by", "", "hash", "sequence_index") == "hash"
            ? log.FindByHash(value)
            : log.FindBySequence(RestRequest.ParseIndex("value", value))) ?? throw new RestRefusedException(VenueErrors.TxNotFound);
        TransactionRow.WriteMembers(json, record);
        json.WriteNumber("committed_at"u8, 0);
        json.WriteNumber("verified_at"u8, 0);
    }

    /// <summary>An account's own trades with its token; without an account the markets' recent trades. Newest first.</summary>
    private static IEnumerable<Trade> TradesOf(RestContext context, out long accountIndex)
    {
        accountIndex = context.Request.Integer("account_index", -1);
        if (accountIndex >= 0)
        {
            return context.AuthorizedAccount().Trades.NewestFirst();
        }

        return context.State.Markets.Values.SelectMany(market => market.RecentTrades).OrderByDescending(trade => trade.Id);
    }

    private static Func<Trade, bool> TradeFilter(RestContext context, long accountIndex)
    {
        RestRequest request = context.Request;
        Func<MarketDefinition, bool> market = context.MarketFilter("market_type");
        long orderIndex = request.Integer("order_index", -1);
        long fromMs = request.Integer("from", -1);
        string role = request.Choice("role", "all", "all", "maker", "taker");
        string type = request.Choice("type", "all", "all", "trade", "liquidation", "deleverage", "market-settlement");
        Func<bool, bool> side = SideFilter(request);
        return trade => market(trade.Market.Definition)
            && (orderIndex < 0 || trade.Ask.OrderIndex == orderIndex || trade.Bid.OrderIndex == orderIndex)
            && trade.TimeUs / 1_000 >= fromMs
            && (type is "all" or "trade")
            && (role == "all" || (role == "maker" ? trade.Maker : trade.Taker).AccountIndex == accountIndex)
            && (accountIndex < 0 || side(trade.Ask.AccountIndex == accountIndex));
    }

    /// <summary>ask_filter: -1 any, 0 bids, 1 asks.</summary>
    private static Func<bool, bool> SideFilter(RestRequest request) => request.Integer("ask_filter", -1) switch
    {
        -1 => _ => true,
        0 => isAsk => !isAsk,
        1 => isAsk => isAsk,
        _ => throw RestRequest.Invalid("ask_filter must be -1, 0 or 1"),
    };

    /// <summary>between_timestamps is "start-end" in seconds.</summary>
    private static (long FromMs, long ToMs) Period(string? text)
    {
        if (text is null)
        {
            return (0, long.MaxValue);
        }

        string[] parts = text.Split('-');
        if (parts.Length != 2)
        {
            throw RestRequest.Invalid("between_timestamps must be start-end in seconds");
        }

        return (Seconds(parts[0]) * 1_000, (Seconds(parts[1]) * 1_000) + 999);

        static long Seconds(string part) => Math.Min(RestRequest.ParseIndex("between_timestamps", part), long.MaxValue / 2_000);
    }

    private static long Cursor(RestRequest request, long start) =>
        request.Optional("cursor") is { } text ? RestRequest.ParseIndex("cursor", text) : start;

    private static void WriteCursor(Utf8JsonWriter json, long next) =>
        json.WriteString("next_cursor"u8, next > 0 ? next.ToString(CultureInfo.InvariantCulture) : "");
}
