using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Configuration;

/// <summary>Reads what a configuration file says about Tektii; what it leaves out comes from the environment variables of Tektii's guides.</summary>
internal static class TektiiSection
{
    public static TektiiOptions Read(JsonFields fields, TektiiOptions common)
    {
        var options = common with
        {
            Dialect = fields.Text("dialect") switch
            {
                null => common.Dialect,
                "gateway" => TektiiDialect.Gateway,
                "engine" => TektiiDialect.Engine,
                _ => throw fields.Error("dialect", "must be \"gateway\" or \"engine\""),
            },
            RestUrl = ConfigurationFile.ReadUrl(fields, "rest_url", "http", "https") ?? common.RestUrl,
            StreamUrl = ConfigurationFile.ReadUrl(fields, "stream_url", "ws", "wss") ?? common.StreamUrl,
            ApiKey = ReadKey(fields) ?? common.ApiKey,
            UseApiKeyHeader = fields.Flag("use_api_key_header"),
            AllowInsecureKey = fields.Flag("allow_insecure_key"),
            Subscriptions = ReadSubscriptions(fields) ?? common.Subscriptions,
            Instruments = fields.Objects("instruments")?.Select(ReadInstrument).ToList() ?? common.Instruments,
            HttpTimeout = fields.Seconds("http_timeout_secs") ?? common.HttpTimeout,
            DialTimeout = fields.Seconds("ws_timeout_secs") ?? common.DialTimeout,
            QueueTimeout = fields.Seconds("queue_timeout_secs") ?? common.QueueTimeout,
        };
        fields.RequireNoOthers();
        return options;
    }

    private static TektiiApiKey? ReadKey(JsonFields fields)
    {
        if (fields.Text("api_key") is not { } text)
        {
            return null;
        }

        try
        {
            return new TektiiApiKey(text);
        }
        catch (ArgumentException)
        {
            throw fields.Error("api_key", "must be printable ASCII without blanks, and not empty");
        }
    }

    private static IReadOnlyList<TektiiSubscription>? ReadSubscriptions(JsonFields fields)
    {
        if (fields.Text("subscriptions") is not { } text)
        {
            return null;
        }

        try
        {
            return TektiiSubscription.Parse(text);
        }
        catch (FormatException exception)
        {
            throw fields.Error("subscriptions", exception.Message);
        }
    }

    /// <summary>The terms of its kind, with the grid that the file names.</summary>
    private static Instrument ReadInstrument(JsonFields fields)
    {
        var symbol = fields.Require<Symbol>("symbol", Symbol.TryCreate, "a symbol as the venue spells it, such as S:AAPL");
        var usual = TektiiInstruments.Default(symbol.Value);
        var price = fields.Price("price_increment") ?? usual.PriceIncrement;
        var size = fields.Quantity("size_increment") ?? usual.SizeIncrement;
        fields.RequireNoOthers();
        return !price.IsPositive ? throw fields.Error("price_increment", "must be above zero")
            : !size.IsPositive ? throw fields.Error("size_increment", "must be above zero")
            : usual with { PriceIncrement = price, SizeIncrement = size };
    }
}
