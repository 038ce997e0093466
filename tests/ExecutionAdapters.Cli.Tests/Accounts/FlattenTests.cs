using System.Text.Json.Nodes;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Cli.Flatten;

namespace ExecutionAdapters.Cli.Tests.Accounts;

public sealed class FlattenTests
{
    [Fact]
    public async Task Orders_of_another_session_are_canceled_and_positions_closed()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        var result = await venue.RunAsync("flatten", "--yes", "--json");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.True((bool)json["flat"]!);
        Assert.Equal(3, (int)json["orders_found"]!);
        Assert.Equal(2, (int)json["positions_found"]!);
        var account = await AccountAsync(venue);
        Assert.All(account["orders"]!.AsArray(), order => Assert.NotEqual("open", (string?)order!["status"]));
        Assert.All(account["positions"]!.AsArray(), position => Assert.Equal(0m, decimal.Parse((string)position!["position"]!, System.Globalization.CultureInfo.InvariantCulture)));
        venue.AssertClean(result);
    }

    [Fact]
    public async Task TWAP_orders_are_canceled_too()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        var open = (await AccountAsync(venue))["orders"]!.AsArray().Where(order => (string?)order!["status"] == "open").Select(order => order!.DeepClone()).ToArray();
        foreach (var order in open)
        {
            order["type"] = "twap";
        }

        var answer = new JsonObject { ["code"] = 200, ["orders"] = new JsonArray(open) };
        var fault = new JsonObject { ["fault"] = "answer_request", ["path"] = "accountActiveOrders", ["body"] = answer };
        venue.Venue.Faults.Load(new JsonObject { ["faults"] = new JsonArray(fault) }.ToJsonString());
        var result = await venue.RunAsync("flatten", "--yes", "--json");
        Assert.Equal("", result.Error);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.Equal((true, 3), ((bool)json["flat"]!, (int)json["orders_found"]!));
    }

    [Fact]
    public async Task Every_closing_order_is_reduce_only()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        var before = venue.Venue.Transactions.Count;
        Assert.Equal(0, (await venue.RunAsync("flatten", "--yes")).ExitCode);
        const byte CreateOrder = 14;
        var created = venue.Venue.Transactions.Skip(before).Where(transaction => transaction.TransactionType == CreateOrder).ToList();
        Assert.Equal(2, created.Count);
        Assert.All(created, transaction => Assert.Equal(1, (int)JsonNode.Parse(transaction.TransactionInfo)!["ReduceOnly"]!));
    }

    [Fact]
    public async Task Only_the_named_instrument_is_touched()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        var result = await venue.RunAsync("flatten", "--yes", "--instrument", "ETH-PERP.LIGHTER");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("cancel 2 orders over 1 instruments, close 1 positions", result.Output, StringComparison.Ordinal);
        var status = JsonNode.Parse((await venue.RunAsync("status", "--json")).Output)!["mass_status"]!;
        var order = Assert.Single(status["order_reports"]!.AsArray(), order => (string?)order!["order_status"] == "ACCEPTED");
        Assert.Equal("SOL-PERP.LIGHTER", (string?)order!["instrument_id"]);
        Assert.Equal("BTC-PERP.LIGHTER", (string?)Assert.Single(status["position_reports"]!.AsArray())!["instrument_id"]);
    }

    [Fact]
    public async Task What_the_venue_refuses_to_close_is_told_and_the_exit_code_is_one()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        venue.Venue.Faults.Load("""{"faults":[{"fault":"refuse_transaction","code":21505,"message":"not today","tx_type":14,"times":null}]}""");
        var result = await venue.RunAsync("flatten", "--yes", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("0 orders and 2 positions are left", result.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("not today", result.ErrorLine, StringComparison.Ordinal);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!;
        Assert.False((bool)json["flat"]!);
        Assert.Equal(2, json["positions_left"]!.AsArray().Count);
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_sent()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        var before = venue.Venue.Transactions.Count;
        var result = await venue.RunAsync("flatten");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--yes", result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(before, venue.Venue.Transactions.Count);
    }

    [Fact]
    public async Task An_account_that_cannot_be_asked_is_left_alone()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        await using var demo = await DemoAccount.OpenAsync(venue.Venue, default);
        venue.Venue.Faults.RefuseRest("accountActiveOrders", 503, 503, "out of order", times: 100);
        var before = venue.Venue.Transactions.Count;
        var result = await venue.RunAsync("flatten", "--yes", "--json");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("order_reports", result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        Assert.Equal(before, venue.Venue.Transactions.Count);
    }

    [Fact]
    public async Task An_unknown_instrument_is_wrong_usage()
    {
        await using var venue = await ConfiguredVenue.StartAsync();
        var result = await venue.RunAsync("flatten", "--yes", "--instrument", "DOGE-PERP.LIGHTER");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("DOGE-PERP.LIGHTER", result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("YES ", true)]
    [InlineData("y", false)]
    [InlineData("no", false)]
    [InlineData("", false)]
    public void Only_a_whole_yes_goes_ahead(string answer, bool goesAhead)
    {
        using var input = new StringReader(answer);
        using var output = new StringWriter();
        Assert.Equal(goesAhead, FlattenCommand.Confirm(input, output));
        Assert.Contains("yes/no", output.ToString(), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> AccountAsync(ConfiguredVenue venue) =>
        JsonNode.Parse(await venue.Venue.GetStateAsync())!["accounts"]!.AsArray()
            .First(account => (long)account!["account_index"]! == venue.Venue.TestAccount.AccountIndex)!;
}
