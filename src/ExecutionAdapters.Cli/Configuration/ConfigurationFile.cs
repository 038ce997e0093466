using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Configuration;

/// <summary>What a configuration file says.</summary>
/// <param name="Options">How to reach the account; owns its key.</param>
/// <param name="Journal">The file of the engine's journal; null: books end with the process.</param>
internal sealed record ClientConfiguration(LighterOptions Options, string? Journal);

/// <summary>Reads the configuration file of a client. Everything that is wrong with it is one line that names the field, never a value.</summary>
internal static class ConfigurationFile
{
    private const int LargestFile = 1024 * 1024;

    /// <param name="path">The file.</param>
    /// <param name="environment">Gives an environment variable or null: credentials that the file does not hold come from there.</param>
    /// <exception cref="CommandException">With the exit code for wrong usage.</exception>
    public static ClientConfiguration Read(string path, Func<string, string?> environment)
    {
        try
        {
            using var document = StrictJson.ParseObject(Load(path));
            return ReadRoot(new JsonFields(document.RootElement, ""), environment);
        }
        catch (Exception exception) when (exception is FieldException or FormatException or ExecutionClientException or ArgumentException)
        {
            throw new CommandException($"{path}: {exception.Message}", ExitCode.WrongUsage);
        }
    }

    private static ReadOnlyMemory<byte> Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[LargestFile + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= LargestFile ? bytes.AsMemory(0, length) : throw new FormatException("larger than 1 MiB.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var why = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file." : "cannot be read.";
            throw new FormatException(why, exception);
        }
    }

    private static ClientConfiguration ReadRoot(JsonFields root, Func<string, string?> environment)
    {
        if (root.RequireText("venue") != "lighter")
        {
            throw root.Error("venue", "must be \"lighter\"");
        }

        var journal = root.Text("journal");
        if (journal is { Length: 0 })
        {
            throw root.Error("journal", "must be the path of a file, or null for none");
        }

        var defaults = new LighterOptions();
        var common = defaults with
        {
            TraderId = root.Parse<TraderId>("trader_id", TraderId.TryCreate, "a name and a tag, such as TESTER-001") ?? defaults.TraderId,
            ClientId = root.Parse<ClientId>("client_id", ClientId.TryCreate, "an ASCII text, such as LIGHTER") ?? defaults.ClientId,
            AccountId = root.Parse<AccountId>("account_id", AccountId.TryCreate, "an issuer and an id, such as LIGHTER-001"),
        };
        var lighter = root.Object("lighter") ?? throw root.Missing("lighter");
        root.RequireNoOthers();
        var options = ReadLighter(lighter, common, environment);
        options.Validate();
        return new ClientConfiguration(options, journal);
    }

    private static LighterOptions ReadLighter(JsonFields lighter, LighterOptions common, Func<string, string?> environment)
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
            RestUrl = ReadUrl(lighter, "base_url_http", "http", "https") is { } url ? AsFolder(url) : deployment.RestUrl,
            StreamUrl = ReadUrl(lighter, "base_url_ws", "ws", "wss") ?? deployment.StreamUrl,
        };
    }

    /// <summary>With a slash at the end, so that relative addresses go below it.</summary>
    private static Uri AsFolder(Uri url) => new(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");

    private static Uri? ReadUrl(JsonFields lighter, string name, string plain, string secure)
    {
        if (lighter.Text(name) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == plain || url.Scheme == secure) && url.Host.Length > 0
            ? url
            : throw lighter.Error(name, $"must be a URL that starts with {plain}:// or {secure}://");
    }
}
