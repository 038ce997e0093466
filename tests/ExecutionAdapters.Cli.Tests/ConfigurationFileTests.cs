using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Tests;

public sealed class ConfigurationFileTests : IDisposable
{
    private const string Key = "0b8e0f63c24d8baacd9d29ad4e9a4b73c4a8d2bb8b16dc4fa9d7c2e1d3a8b1f0e8d3a4c5b6e7f001";

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Every_field_goes_where_it_belongs()
    {
        var options = Read(Full());
        Assert.Equal(new TraderId("TESTER-001"), options.TraderId);
        Assert.Equal(new ClientId("LIGHTER-A"), options.ClientId);
        Assert.Equal(new AccountId("LIGHTER-001"), options.AccountId);
        Assert.Equal(300, options.Deployment.ChainId);
        Assert.Equal("http://127.0.0.1:9000/", options.Deployment.RestUrl.ToString());
        Assert.Equal("ws://127.0.0.1:9000/stream", options.Deployment.StreamUrl.ToString());
        Assert.Equal(12345, options.Credentials!.AccountIndex);
        Assert.Equal(5, options.Credentials.ApiKeyIndex);
        Assert.Equal(Key, options.Credentials.PrivateKey.ToHex());
        Assert.Equal(TimeSpan.FromSeconds(5), options.HttpTimeout);
        Assert.Equal(TimeSpan.FromSeconds(6.5), options.DialTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.AccountStreamsTimeout);
        Assert.Equal(70, options.MarketOrderSlippageBps);
        Assert.Equal(100, options.RestQuotaPerMinute);
        Assert.Equal(200, options.TransactionQuotaPerMinute);
        Assert.Equal(723813, options.IntegratorAccountIndex);
    }

    [Fact]
    public void What_is_null_or_left_out_is_the_default()
    {
        var defaults = new LighterOptions();
        var options = Read("""{"venue":"lighter","trader_id":null,"journal":null,"lighter":{"environment":"mainnet","http_timeout_secs":null}}""");
        Assert.Equal(defaults with { Deployment = LighterDeployment.Mainnet }, options);
        Assert.Null(options.Credentials);
    }

    [Fact]
    public void The_environment_variables_of_the_deployment_fill_in_what_is_missing()
    {
        var json = Full();
        json["lighter"]!.AsObject().Remove("private_key");
        json["lighter"]!["api_key_index"] = null;
        var variables = new Dictionary<string, string> { ["LIGHTER_TESTNET_API_SECRET"] = Key, ["LIGHTER_TESTNET_API_KEY_INDEX"] = "7", ["LIGHTER_API_KEY_INDEX"] = "9" };
        File.WriteAllText(_path, json.ToJsonString());
        var options = Lighter(ConfigurationFile.Read(_path, variables.GetValueOrDefault));
        Assert.Equal(Key, options.Credentials!.PrivateKey.ToHex());
        Assert.Equal(7, options.Credentials.ApiKeyIndex);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        File.WriteAllText(_path, Full().ToJsonString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(12345, Lighter(ConfigurationFile.Read(_path, _ => null)).Credentials!.AccountIndex);
    }

    [Fact]
    public void A_rest_address_below_a_path_keeps_its_path()
    {
        var json = Full();
        json["lighter"]!["base_url_http"] = "https://gateway.example/lighter";
        Assert.Equal(new Uri("https://gateway.example/lighter/api"), new Uri(Read(json).Deployment.RestUrl, "api"));
    }

    [Theory]
    [InlineData("venu", "\"lighter\"", "venu")]
    [InlineData("lighter.enviroment", "\"testnet\"", "lighter.enviroment")]
    [InlineData("venue", "\"binance\"", "venue")]
    [InlineData("venue", "null", "venue")]
    [InlineData("venue", "7", "venue")]
    [InlineData("trader_id", "\"NOTAG\"", "trader_id")]
    [InlineData("account_id", "\"NOISSUER\"", "account_id")]
    [InlineData("client_id", "\"\"", "client_id")]
    [InlineData("journal", "\"\"", "path of a file")]
    [InlineData("journal", "7", "must be")]
    [InlineData("lighter", "null", "lighter")]
    [InlineData("lighter", "[]", "lighter")]
    [InlineData("lighter.environment", "\"devnet\"", "lighter.environment")]
    [InlineData("lighter.base_url_http", "\"127.0.0.1:9000\"", "lighter.base_url_http")]
    [InlineData("lighter.base_url_http", "\"ws://127.0.0.1:9000\"", "lighter.base_url_http")]
    [InlineData("lighter.base_url_ws", "\"http://127.0.0.1:9000\"", "lighter.base_url_ws")]
    [InlineData("lighter.base_url_ws", "5", "lighter.base_url_ws")]
    [InlineData("lighter.account_index", "\"12345\"", "lighter.account_index")]
    [InlineData("lighter.account_index", "-1", "lighter.account_index")]
    [InlineData("lighter.account_index", "1.5", "lighter.account_index")]
    [InlineData("lighter.account_index", "null", "account index")]
    [InlineData("lighter.api_key_index", "255", "lighter.api_key_index")]
    [InlineData("lighter.private_key", "\"abcd\"", "80 hex digits")]
    [InlineData("lighter.private_key", "5", "lighter.private_key")]
    [InlineData("lighter.private_key", "\" \"", "private key")]
    [InlineData("lighter.http_timeout_secs", "0", "lighter.http_timeout_secs")]
    [InlineData("lighter.http_timeout_secs", "1e300", "lighter.http_timeout_secs")]
    [InlineData("lighter.ws_timeout_secs", "-5", "lighter.ws_timeout_secs")]
    [InlineData("lighter.account_streams_timeout_secs", "\"30\"", "lighter.account_streams_timeout_secs")]
    [InlineData("lighter.market_order_slippage_bps", "10001", "lighter.market_order_slippage_bps")]
    [InlineData("lighter.rest_quota_per_min", "-1", "lighter.rest_quota_per_min")]
    [InlineData("lighter.sendtx_quota_per_min", "-1", "lighter.sendtx_quota_per_min")]
    [InlineData("lighter.integrator_account_index", "0", "lighter.integrator_account_index")]
    public void A_bad_field_is_named_and_its_value_is_not_shown(string field, string value, string named)
    {
        var json = Full();
        var parent = field.Contains('.', StringComparison.Ordinal) ? json["lighter"]! : json;
        parent[field.Split('.')[^1]] = JsonNode.Parse(value);
        AssertRefused(json.ToJsonString(), named);
    }

    [Fact]
    public void A_key_in_the_place_of_a_field_name_is_not_shown()
    {
        var json = Full();
        json["lighter"]![Key] = "private_key";
        AssertRefused(json.ToJsonString(), "is not known");
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("{\"venue\":\"lighter\",}", "not JSON")]
    [InlineData("{\"private_key\":\"" + Key + "\"", "not JSON")]
    [InlineData("{\"venue\":\"lighter\",\"venue\":\"lighter\"}", "stands twice")]
    [InlineData("{\"venue\":\"\\ud800\"}", "Unicode")]
    public void What_is_no_configuration_says_so(string text, string why) => AssertRefused(text, why);

    [Fact]
    public void A_file_that_is_not_there_a_folder_and_binary_say_so()
    {
        Assert.Contains("no such file", Refusal(_path + ".absent").Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Refusal(Path.GetTempPath()).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_path, [0xFF, 0xFE, 0x00]);
        Assert.Contains("not UTF-8", Refusal(_path).Message, StringComparison.Ordinal);
    }

    private static JsonObject Full() => JsonNode.Parse($$"""
        {
          "venue": "lighter", "trader_id": "TESTER-001", "account_id": "LIGHTER-001", "client_id": "LIGHTER-A",
          "lighter": {
            "environment": "testnet",
            "base_url_http": "http://127.0.0.1:9000", "base_url_ws": "ws://127.0.0.1:9000/stream",
            "account_index": 12345, "api_key_index": 5, "private_key": "{{Key}}",
            "http_timeout_secs": 5, "ws_timeout_secs": 6.5, "account_streams_timeout_secs": 30,
            "market_order_slippage_bps": 70, "rest_quota_per_min": 100, "sendtx_quota_per_min": 200,
            "integrator_account_index": 723813
          },
          "journal": null
        }
        """)!.AsObject();

    private LighterOptions Read(JsonObject json) => Read(json.ToJsonString());

    private LighterOptions Read(string json)
    {
        File.WriteAllText(_path, json);
        return Lighter(ConfigurationFile.Read(_path, _ => null));
    }

    private void AssertRefused(string json, string named)
    {
        File.WriteAllText(_path, json);
        var refusal = Refusal(_path);
        Assert.Equal(ExitCode.WrongUsage, refusal.ExitCode);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_path, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.DoesNotContain(Key, refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Key[..20], refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Another_venue_is_read_with_its_own_fields()
    {
        File.WriteAllText(_path, """
            {
              "venue": "tektii", "trader_id": "TESTER-001", "client_id": "T", "account_id": "TEKTII-007", "journal": "j.db",
              "tektii": {
                "dialect": "engine", "rest_url": "http://127.0.0.1:9000", "stream_url": "ws://127.0.0.1:9001/ws", "api_key": "secret", "use_api_key_header": true,
                "subscriptions": "S:AAPL:candle,C:BTCUSD:quote", "instruments": [{"symbol": "C:BTCUSD", "price_increment": "0.5", "size_increment": "0.001"}],
                "http_timeout_secs": 5, "ws_timeout_secs": 6.5, "queue_timeout_secs": 2
              }
            }
            """);
        var configuration = Assert.IsType<TektiiConfiguration>(ConfigurationFile.Read(_path, _ => null));
        var options = configuration.Options;
        Assert.Equal("j.db", configuration.Journal);
        Assert.Equal((new TraderId("TESTER-001"), new ClientId("T"), new AccountId("TEKTII-007")), (options.TraderId, options.ClientId, options.AccountId));
        Assert.Equal((TektiiDialect.Engine, new Uri("http://127.0.0.1:9000"), new Uri("ws://127.0.0.1:9001/ws")), (options.Dialect, options.RestUrl, options.StreamUrl));
        Assert.True(options.UseApiKeyHeader);
        Assert.Equal("a *", options.ApiKey!.RemoveFrom("a secret", "*"));
        Assert.Equal(["S:AAPL", "C:BTCUSD"], options.Subscriptions.Select(subscription => subscription.Symbol));
        Assert.Equal((Price.Parse("0.5"), Quantity.Parse("0.001")), (options.Instruments.Single().PriceIncrement, options.Instruments.Single().SizeIncrement));
        Assert.Equal((5, 6.5, 2), (options.HttpTimeout.TotalSeconds, options.DialTimeout.TotalSeconds, options.QueueTimeout.TotalSeconds));
    }

    [Fact]
    public void What_a_file_for_the_other_venue_leaves_out_comes_from_that_venues_variables()
    {
        File.WriteAllText(_path, """{"venue":"tektii"}""");
        var variables = new Dictionary<string, string> { ["GATEWAY_URL"] = "https://g.example", ["TEKTII_TRADING_GATEWAY_API_KEY"] = "secret", ["SUBSCRIPTIONS"] = "AAPL:quote" };
        var options = Assert.IsType<TektiiConfiguration>(ConfigurationFile.Read(_path, variables.GetValueOrDefault)).Options;
        Assert.Equal(new Uri("https://g.example"), options.RestUrl);
        Assert.NotNull(options.ApiKey);
        Assert.Equal("AAPL", options.Subscriptions.Single().Symbol);
    }

    [Theory]
    [InlineData("""{"venue":"tektii","tektii":{"api_key":"with blank"}}""", "tektii.api_key")]
    [InlineData("""{"venue":"tektii","tektii":{"dialect":"other"}}""", "tektii.dialect")]
    [InlineData("""{"venue":"tektii","tektii":{"subscriptions":"nothing"}}""", "tektii.subscriptions")]
    [InlineData("""{"venue":"tektii","tektii":{"instruments":[{"symbol":"A","size_increment":"0"}]}}""", "tektii.instruments[0]")]
    [InlineData("""{"venue":"tektii","tektii":{"rest_url":"http://far.example","api_key":"k"}}""", "unencrypted")]
    [InlineData("""{"venue":"tektii","lighter":{}}""", "lighter")]
    public void What_is_wrong_with_the_other_venue_is_named(string json, string named)
    {
        File.WriteAllText(_path, json);
        Assert.Contains(named, Refusal(_path).Message, StringComparison.Ordinal);
    }

    private static LighterOptions Lighter(ClientConfiguration configuration) => Assert.IsType<LighterConfiguration>(configuration).Options;

    private static CommandException Refusal(string path) => Assert.Throws<CommandException>(() => ConfigurationFile.Read(path, _ => null));
}
