using System.Globalization;
using ExecutionAdapters.Lighter;

namespace ExecutionAdapters.Cli.Configuration;

/// <summary>Reads what a configuration file says about Lighter.</summary>
internal static class LighterSection
{
    public static LighterOptions Read(JsonFields lighter, LighterOptions common, Func<string, string?> environment)
    {
        var deployment = ReadDeployment(lighter);
        var account = lighter.Integer("account_index", 0, LighterCredentials.MaxAccountIndex);
        var slot = lighter.Integer("api_key_index", 0, 254);
        var key = lighter.Text("private_key");
        var options = common with
        {
            Deployment = deployment,
            HttpTimeout = lighter.Seconds("http_timeout_secs") ?? common.HttpTimeout,
            DialTimeout = lighter.Seconds("ws_timeout_secs") ?? common.DialTimeout,
            AccountStreamsTimeout = lighter.Seconds("account_streams_timeout_secs") ?? common.AccountStreamsTimeout,
            MarketOrderSlippageBps = (int?)lighter.Integer("market_order_slippage_bps", 0, 10_000) ?? common.MarketOrderSlippageBps,
            RestQuotaPerMinute = Quota(lighter, "rest_quota_per_min"),
            TransactionQuotaPerMinute = Quota(lighter, "sendtx_quota_per_min"),
            IntegratorAccountIndex = lighter.Integer("integrator_account_index", 1, LighterCredentials.MaxAccountIndex),
        };
        lighter.RequireNoOthers();
        var isTestnet = deployment.ChainId == LighterDeployment.Testnet.ChainId;
        return options with
        {
            Credentials = LighterCredentials.Resolve(
                account?.ToString(CultureInfo.InvariantCulture), slot?.ToString(CultureInfo.InvariantCulture), key, isTestnet, environment),
        };
    }

    /// <summary>0 stands for the default, as null does.</summary>
    private static int? Quota(JsonFields lighter, string name) => lighter.Integer(name, 0, int.MaxValue) is > 0 and var quota ? (int)quota : null;

    private static LighterDeployment ReadDeployment(JsonFields lighter)
    {
        var deployment = lighter.RequireText("environment") switch
        {
            "testnet" => LighterDeployment.Testnet,
            "mainnet" => LighterDeployment.Mainnet,
            _ => throw lighter.Error("environment", "must be \"testnet\" or \"mainnet\""),
        };
        return deployment with
        {
            RestUrl = ConfigurationFile.ReadUrl(lighter, "base_url_http", "http", "https") is { } url ? AsFolder(url) : deployment.RestUrl,
            StreamUrl = ConfigurationFile.ReadUrl(lighter, "base_url_ws", "ws", "wss") ?? deployment.StreamUrl,
        };
    }

    /// <summary>With a slash at the end, so that relative addresses go below it.</summary>
    private static Uri AsFolder(Uri url) => new(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
}
