using System.Globalization;

namespace ExecutionAdapters.Venues.Lighter.Stream;

internal enum ChannelKind
{
    OrderBook,
    Ticker,
    Trade,
    MarketStats,
    SpotMarketStats,
    Height,
    AccountAllOrders,
    AccountAllTrades,
    AccountAllPositions,
    AccountAllAssets,
    UserStats,
    AccountTx,
    AccountOrders,
}

/// <summary>
/// A channel of the stream. Clients name it with slashes (<c>account_orders/0/77</c>), the venue answers with colons
/// (<c>account_orders:0:77</c>).
/// </summary>
internal readonly record struct StreamChannel(ChannelKind Kind, long Market, long Account)
{
    /// <summary>The market index that stands for all markets (market_stats/all).</summary>
    public const long AllMarkets = -1;

    private static readonly (ChannelKind Kind, string Text, bool HasMarket, bool HasAccount)[] Kinds =
    [
        (ChannelKind.OrderBook, "order_book", true, false),
        (ChannelKind.Ticker, "ticker", true, false),
        (ChannelKind.Trade, "trade", true, false),
        (ChannelKind.MarketStats, "market_stats", true, false),
        (ChannelKind.SpotMarketStats, "spot_market_stats", true, false),
        (ChannelKind.Height, "height", false, false),
        (ChannelKind.AccountAllOrders, "account_all_orders", false, true),
        (ChannelKind.AccountAllTrades, "account_all_trades", false, true),
        (ChannelKind.AccountAllPositions, "account_all_positions", false, true),
        (ChannelKind.AccountAllAssets, "account_all_assets", false, true),
        (ChannelKind.UserStats, "user_stats", false, true),
        (ChannelKind.AccountTx, "account_tx", false, true),
        (ChannelKind.AccountOrders, "account_orders", true, true),
    ];

    public string KindText => Kinds[(int)Kind].Text;

    public bool IsPrivate => Kinds[(int)Kind].HasAccount;

    /// <summary>The name in the venue's frames.</summary>
    public string Name
    {
        get
        {
            (_, string text, bool hasMarket, bool hasAccount) = Kinds[(int)Kind];
            string market = !hasMarket ? "" : Market == AllMarkets ? ":all" : $":{Market}";
            return hasAccount ? $"{text}{market}:{Account}" : text + market;
        }
    }

    /// <summary>Reads a client's name of a channel; colons are accepted as well as slashes.</summary>
    public static bool TryParse(string name, out StreamChannel channel)
    {
        channel = default;
        string[] parts = name.Split(name.Contains('/') ? '/' : ':');
        foreach ((ChannelKind kind, string text, bool hasMarket, bool hasAccount) in Kinds)
        {
            int parameters = (hasMarket ? 1 : 0) + (hasAccount ? 1 : 0);
            if (text != parts[0] || parts.Length != parameters + 1)
            {
                continue;
            }

            long market = 0;
            long account = 0;
            bool isValid = (!hasMarket || TryMarket(kind, parts[1], out market)) && (!hasAccount || TryIndex(parts[^1], out account));
            channel = new StreamChannel(kind, market, account);
            return isValid;
        }

        return false;
    }

    private static bool TryMarket(ChannelKind kind, string text, out long market)
    {
        market = AllMarkets;
        bool isStatistics = kind is ChannelKind.MarketStats or ChannelKind.SpotMarketStats;
        return (isStatistics && text == "all") || TryIndex(text, out market);
    }

    private static bool TryIndex(string text, out long index) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
