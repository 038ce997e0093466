namespace ExecutionAdapters.Tektii.Tests;

/// <summary>What the environment says, and what it must not say.</summary>
public sealed class EnvironmentTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void The_environment_names_a_gateway_or_an_engine()
    {
        var gateway = TektiiOptions.FromEnvironment(Of(("GATEWAY_URL", "https://g.example"), ("TEKTII_TRADING_GATEWAY_API_KEY", Key), ("ENGINE_WS_URL", "ws://localhost:9"), ("SUBSCRIPTIONS", "S:AAPL:candle")));
        Assert.Equal((TektiiDialect.Gateway, new Uri("https://g.example")), (gateway.Dialect, gateway.RestUrl));
        Assert.NotNull(gateway.ApiKey);
        Assert.Equal(("S:AAPL", "candle"), (gateway.Subscriptions.Single().Symbol, gateway.Subscriptions.Single().Events.Single()));
        var engine = TektiiOptions.FromEnvironment(Of(("ENGINE_WS_URL", "ws://localhost:8081"), ("ENGINE_REST_URL", "http://localhost:8080")));
        Assert.Equal((TektiiDialect.Engine, new Uri("ws://localhost:8081/ws")), (engine.Dialect, engine.StreamUrl));
        Assert.Equal(new Uri("http://localhost:8080"), TektiiOptions.FromEnvironment(_ => null).RestUrl);
        Assert.Contains("GATEWAY_URL", Refused(("GATEWAY_URL", "nonsense")), StringComparison.Ordinal);
        Assert.DoesNotContain("a b", Refused(("TRADING_GATEWAY_API_KEY", "a b")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://localhost:8080/", "http://localhost:8080")]
    [InlineData("http://localhost:8080/v1", "http://localhost:8080")]
    [InlineData("http://localhost:8080/v1/ws", "http://localhost:8080")]
    [InlineData("ws://localhost:8080/v1/ws/", "http://localhost:8080")]
    [InlineData("wss://g.example/base/v1/ws", "https://g.example/base")]
    [InlineData("https://g.example/base/v1/", "https://g.example/base")]
    [InlineData("https://g.example/av1", "https://g.example/av1")]
    public void A_gateway_may_be_named_by_its_base_its_api_or_its_stream(string named, string address)
    {
        var options = TektiiOptions.FromEnvironment(Of(("GATEWAY_URL", named)));
        Assert.Equal(new Uri(address), options.RestUrl);
        Assert.Equal(new Uri(address.Replace("http", "ws", StringComparison.Ordinal) + "/v1/ws"), options.ResolveStreamUrl());
        options.Validate();
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/api/v1", "http://127.0.0.1:8081", "ws://127.0.0.1:8081/ws")]
    [InlineData("http://127.0.0.1:8080/", "ws://127.0.0.1:8081/ws/", "ws://127.0.0.1:8081/ws")]
    [InlineData("http://127.0.0.1:8080", "ws://127.0.0.1:8081/other", "ws://127.0.0.1:8081/other")]
    public void An_engine_may_be_named_with_or_without_its_paths(string rest, string stream, string resolved)
    {
        var options = TektiiOptions.FromEnvironment(Of(("ENGINE_REST_URL", rest), ("ENGINE_WS_URL", stream)));
        Assert.Equal((new Uri("http://127.0.0.1:8080"), new Uri(resolved)), (options.RestUrl, options.ResolveStreamUrl()));
        options.Validate();
    }

    [Theory]
    [InlineData("GATEWAY_URL", "http://localhost:8080/?token=hunter2")]
    [InlineData("TRADING_GATEWAY_URL", "http://localhost:8080/v1/ws#hunter2")]
    [InlineData("TEKTII_TRADING_GATEWAY_URL", "https://me:hunter2@g.example")]
    [InlineData("ENGINE_REST_URL", "http://hunter2@localhost:8080")]
    [InlineData("ENGINE_WS_URL", "ws://localhost:8081/ws?key=hunter2")]
    [InlineData("ENGINE_WS_URL", "ftp://hunter2@localhost")]
    public void An_address_with_more_than_a_path_is_refused_and_not_repeated(string name, string value)
    {
        var failure = Refused((name, value));
        Assert.Contains(name, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ENGINE_WS_URL", "ws://engine.example:8081")]
    [InlineData("ENGINE_REST_URL", "http://engine.example:8080")]
    public void Stream_and_orders_never_go_to_different_hosts_by_a_default(string name, string value)
    {
        var failure = Refused((name, value));
        Assert.Contains("ENGINE_WS_URL", failure, StringComparison.Ordinal);
        Assert.Contains("ENGINE_REST_URL", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ENGINE_WS_URL", "ws://localhost:9", "http://localhost:8080", "ws://localhost:9/ws")]
    [InlineData("ENGINE_REST_URL", "http://127.0.0.1:9", "http://127.0.0.1:9", "ws://localhost:8081/ws")]
    public void One_address_is_enough_for_an_engine_on_this_machine(string name, string value, string rest, string stream)
    {
        var options = TektiiOptions.FromEnvironment(Of((name, value)));
        Assert.Equal((new Uri(rest), new Uri(stream)), (options.RestUrl, options.ResolveStreamUrl()));
    }

    [Fact]
    public void Subscriptions_are_read_in_both_forms()
    {
        var list = TektiiSubscription.Parse("S:AAPL:candle, S:AAPL: quote,C:BTCUSD :candle");
        Assert.Equal(["S:AAPL candle+quote", "C:BTCUSD candle"], list.Select(one => one.Symbol + " " + string.Join('+', one.Events)));
        var json = TektiiSubscription.Parse("""[{"platform":"alpaca-paper","instrument":"AAPL","events":["quote","candle_1m"]}]""");
        Assert.Equal(("AAPL", "alpaca-paper", 2), (json.Single().Symbol, json.Single().Platform, json.Single().Events.Count));
        Assert.Empty(TektiiSubscription.Parse("  "));
    }

    [Theory]
    [InlineData("AAPL")]
    [InlineData(":candle")]
    [InlineData("S:AAPL:")]
    [InlineData("S:AAPL: ")]
    [InlineData(" :candle")]
    [InlineData("S:AAPL:candle,,")]
    [InlineData("[1]")]
    [InlineData("[{\"instrument\":\"\",\"events\":[]}]")]
    [InlineData("[{\"instrument\":\"A\",\"events\":[1]}]")]
    [InlineData("[{")]
    [InlineData("{\"instrument\":\"A\"}")]
    [InlineData("{\"instrument\":\"A\",\"events\":[\"quote\"]}")]
    [InlineData("[{\"instrument\":\"\\ud800\",\"events\":[]}]")]
    [InlineData("[{\"instrument\":\"A\",\"events\":[\"\\udc00\"]}]")]
    [InlineData("[{\"instrument\":\"A\",\"events\":[],\"platform\":\"\\ud800\"}]")]
    [InlineData("[{\"\\ud800\":1}]")]
    public void Subscriptions_that_are_wrong_are_named(string text) =>
        Assert.Contains("SUBSCRIPTIONS", Assert.Throws<FormatException>(() => TektiiSubscription.Parse(text)).Message, StringComparison.Ordinal);

    private static string Refused(params (string Name, string Value)[] variables) =>
        Assert.Throws<FormatException>(() => TektiiOptions.FromEnvironment(Of(variables))).ToString();

    private static Func<string, string?> Of(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;

    [Theory]
    [InlineData("https://user:hunter2@g.example", null)]
    [InlineData("ftp://user:hunter2@g.example", null)]
    [InlineData("https://g.example", "wss://user:hunter2@g.example/ws")]
    [InlineData("https://g.example/?token=hunter2", null)]
    public void An_address_with_a_secret_in_it_is_refused_without_showing_it(string rest, string? stream)
    {
        var options = new TektiiOptions { RestUrl = new Uri(rest), StreamUrl = stream is null ? null : new Uri(stream) };
        var exception = Assert.Throws<ArgumentException>(options.Validate);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }
}
