using System.Text.Json.Nodes;
using static ExecutionAdapters.Cli.Tests.Bridge.BridgeHarness;

namespace ExecutionAdapters.Cli.Tests.Bridge;

public sealed class BridgeReportTests
{
    [Fact]
    public async Task Order_reports_hold_open_orders_and_unless_asked_otherwise_closed_ones()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("OPEN");
        await bridge.RestAsync("CLOSED", price: "1999.00");
        AssertOk(await bridge.CallAsync("cancel_order", "\"client_order_id\":\"CLOSED\""));
        await bridge.WaitAsync("event", "order_canceled", "CLOSED");
        Assert.Equal(["ACCEPTED", "CANCELED"], Statuses(await bridge.CallAsync("order_status_reports")));
        Assert.Equal(["ACCEPTED"], Statuses(await bridge.CallAsync("order_status_reports", "\"open_only\":true,\"instrument_id\":\"ETH-PERP.LIGHTER\"")));
        Assert.Empty(Statuses(await bridge.CallAsync("order_status_reports", "\"instrument_id\":\"BTC-PERP.LIGHTER\",\"start\":0,\"end\":2000000000000000000")));
    }

    [Fact]
    public async Task Fill_and_position_reports_and_the_mass_status_have_their_shapes()
    {
        await using var bridge = await ConnectAsync();
        await bridge.Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2500m);
        AssertOk(await bridge.CallAsync("submit_order", Order("F", price: "2500.00")));
        await bridge.WaitAsync("event", "order_filled", "F");

        // The stream has told this fill; the report of a running client does not tell it again.
        Assert.Empty((await bridge.CallAsync("fill_reports"))["reports"]!.AsArray());
        await using var other = bridge.Attach();
        AssertOk(await other.CallAsync("connect"));
        var fills = await other.CallAsync("fill_reports", "\"instrument_id\":\"ETH-PERP.LIGHTER\"");
        Assert.Equal("0.0100", (string?)Assert.Single(fills["reports"]!.AsArray())!["last_qty"]);

        await bridge.WaitAsync("report", "position_status"); // a stream of its own tells positions
        var positions = await bridge.CallAsync("position_status_reports");
        var position = Assert.Single(positions["reports"]!.AsArray())!.AsObject();
        Assert.Equal(["report", "instrument_id", "position_side", "quantity", "avg_px_open"], position.Select(member => member.Key));
        var flat = await bridge.CallAsync("position_status_reports", "\"instrument_id\":\"BTC-PERP.LIGHTER\"");
        Assert.Equal("FLAT", (string?)Assert.Single(flat["reports"]!.AsArray())!["position_side"]);

        var status = (await bridge.CallAsync("mass_status", "\"lookback_mins\":60"))["mass_status"]!.AsObject();
        Assert.Equal(["report", "order_reports", "fill_reports", "position_reports"], status.Select(member => member.Key));
        Assert.Equal("mass_status", (string?)status["report"]);
        Assert.Equal("FILLED", (string?)Assert.Single(status["order_reports"]!.AsArray())!["order_status"]);
        Assert.Equal("F", (string?)Assert.Single(status["fill_reports"]!.AsArray())!["client_order_id"]);
        Assert.Single(status["position_reports"]!.AsArray());
    }

    [Fact]
    public async Task A_source_that_fails_is_named_and_the_parts_that_worked_stand_beside()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("OPEN");
        bridge.Venue.Faults.RefuseRest("trades", 500, 29500, "internal error", times: 20);
        var fills = await bridge.CallAsync("fill_reports");
        Assert.Equal("fill_reports", (string?)fills["reply"]);
        Assert.False((bool)fills["ok"]!);
        Assert.StartsWith("fill_reports failed: ", (string?)fills["error"], StringComparison.Ordinal);
        Assert.False(fills.ContainsKey("reports"));

        var answer = await bridge.CallAsync("mass_status");
        Assert.False((bool)answer["ok"]!);
        Assert.Contains("fill_reports", (string?)answer["error"], StringComparison.Ordinal);
        var status = answer["mass_status"]!.AsObject();
        Assert.Single(status["order_reports"]!.AsArray());
        Assert.Empty(status["position_reports"]!.AsArray());
        Assert.False(status.ContainsKey("fill_reports"));
    }

    [Fact]
    public async Task An_order_of_an_earlier_run_is_found_by_its_client_order_id_alone()
    {
        await using var bridge = await ConnectAsync();
        await bridge.RestAsync("EARLIER");
        await using var later = bridge.Attach();
        AssertOk(await later.CallAsync("connect"));
        AssertOk(await later.CallAsync("query_order", "\"client_order_id\":\"EARLIER\""));
        await later.WaitAsync("report", "order_status", "EARLIER");
        var unknown = await later.CallAsync("query_order", "\"client_order_id\":\"NEVER\"");
        Assert.Equal("query_order", (string?)unknown["reply"]);
        Assert.Contains("does not know order NEVER", (string?)unknown["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_are_served_while_others_wait()
    {
        await using var bridge = await ConnectAsync();
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await bridge.PostAsync("mass_status"));
        }

        foreach (var id in ids)
        {
            AssertOk(await bridge.AnswerAsync(id));
        }
    }

    private static IEnumerable<string> Statuses(JsonObject answer)
    {
        AssertOk(answer);
        return answer["reports"]!.AsArray().Select(report => (string)report!["order_status"]!);
    }
}
