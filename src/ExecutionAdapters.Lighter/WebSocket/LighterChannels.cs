using System.Globalization;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>Channels of the stream. Outbound they are written with "/", inbound the venue writes ":".</summary>
internal static class LighterChannels
{
    public const string AccountOrders = "account_all_orders";
    public const string AccountTrades = "account_all_trades";
    public const string AccountPositions = "account_all_positions";
    public const string AccountAssets = "account_all_assets";
    public const string UserStats = "user_stats";
    public const string AccountTransactions = "account_tx";
    public const string Ticker = "ticker";

    public static string ForAccount(string channel, long accountIndex) =>
        string.Create(CultureInfo.InvariantCulture, $"{channel}/{accountIndex}");

    public static string ForMarket(string channel, short marketIndex) =>
        string.Create(CultureInfo.InvariantCulture, $"{channel}/{marketIndex}");
}
