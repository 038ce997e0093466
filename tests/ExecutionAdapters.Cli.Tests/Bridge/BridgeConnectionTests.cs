using static ExecutionAdapters.Cli.Tests.Bridge.BridgeHarness;

namespace ExecutionAdapters.Cli.Tests.Bridge;

public sealed class BridgeConnectionTests
{
    [Fact]
    public async Task The_answer_to_connect_comes_before_the_notice_and_everything_else()
    {
        await using var bridge = await ConnectAsync();
        await bridge.WaitAsync("event", "account_state");
        Assert.Equal("""{"reply":"connect","id":"call-1","ok":true}""", bridge.Lines[0]);
        Assert.Single(bridge.Lines, line => line.StartsWith("""{"notice":"connected"}""", StringComparison.Ordinal));
        AssertOk(await bridge.CallAsync("connect"));
        Assert.Single(bridge.Lines, line => line.Contains("notice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Disconnect_is_answered_and_then_noticed_and_connect_works_again()
    {
        await using var bridge = await ConnectAsync();
        var id = await bridge.PostAsync("disconnect");
        var notice = await bridge.WaitAsync("notice", "disconnected");
        Assert.NotNull((string?)notice["cause"]);
        Assert.False(notice.ContainsKey("attempt"));
        var lines = bridge.Lines.ToList();
        Assert.True(lines.FindIndex(line => line.Contains($"\"{id}\"", StringComparison.Ordinal)) < lines.FindIndex(line => line.Contains("disconnected", StringComparison.Ordinal)));
        AssertOk(await bridge.CallAsync("disconnect"));
        AssertOk(await bridge.CallAsync("connect"));
        await bridge.RestAsync("AGAIN");
    }

    [Fact]
    public async Task Without_credentials_connect_and_commands_are_refused_under_their_own_names()
    {
        await using var bridge = await StartAsync(withCredentials: false);
        var connect = await bridge.CallAsync("connect");
        Assert.Equal("connect", (string?)connect["reply"]);
        Assert.False((bool)connect["ok"]!);
        Assert.Contains("requires credentials", (string?)connect["error"], StringComparison.Ordinal);
        var submit = await bridge.CallAsync("submit_order", Order("A"));
        Assert.Equal("submit_order", (string?)submit["reply"]);
        Assert.Contains("cannot submit without credentials", (string?)submit["error"], StringComparison.Ordinal);
        Assert.Empty((await bridge.CallAsync("orders"))["orders"]!.AsArray());
        AssertOk(await bridge.CallAsync("add_order", Order("A")));
        foreach (var (command, fields) in new[]
        {
            ("submit_order_list", $"\"order_list_id\":\"L\",\"orders\":[{Order("B")["\"order\":".Length..]}]"),
            ("cancel_order", "\"client_order_id\":\"A\""),
            ("modify_order", "\"client_order_id\":\"A\""),
            ("cancel_all_orders", "\"instrument_id\":\"ETH-PERP.LIGHTER\""),
            ("batch_cancel_orders", "\"instrument_id\":\"ETH-PERP.LIGHTER\",\"cancels\":[{\"client_order_id\":\"A\"}]"),
            ("query_order", "\"client_order_id\":\"A\""),
            ("query_order", "\"client_order_id\":\"UNKNOWN\""),
            ("query_account", ""),
            ("order_status_reports", ""),
            ("fill_reports", ""),
            ("position_status_reports", ""),
            ("mass_status", ""),
        })
        {
            var answer = await bridge.CallAsync(command, fields);
            Assert.Equal(command, (string?)answer["reply"]);
            Assert.False((bool)answer["ok"]!);
            Assert.Contains("without credentials", (string?)answer["error"], StringComparison.Ordinal);
        }

        Assert.DoesNotContain(bridge.Parsed(), line => line.ContainsKey("event") || line.ContainsKey("notice"));
    }

    [Fact]
    public async Task A_lost_connection_is_noticed_as_reconnecting_and_reconnected()
    {
        await using var bridge = await ConnectAsync();
        bridge.Venue.Faults.DropConnections();
        var reconnecting = await bridge.WaitAsync("notice", "reconnecting");
        Assert.Equal(1, (int)reconnecting["attempt"]!);
        await bridge.WaitAsync("notice", "reconnected");
        await bridge.RestAsync("AFTER");
    }

    [Fact]
    public async Task A_venue_that_was_restarted_is_found_again_and_attempts_are_counted()
    {
        await using var bridge = await ConnectAsync();
        var start = await bridge.StopVenueAsync();
        await bridge.WaitAsync(line => (string?)line["notice"] == "reconnecting" && (int)line["attempt"]! == 2, "a second attempt");
        AssertOk(await bridge.CallAsync("submit_order", Order("OFFLINE")));
        Assert.Contains("STREAM_RECONCILING", (string?)(await bridge.WaitAsync("event", "order_denied", "OFFLINE"))["reason"], StringComparison.Ordinal);
        await start();
        await bridge.WaitAsync("notice", "reconnected");
        await bridge.RestAsync("ONLINE");
    }

    [Fact]
    public async Task An_order_whose_acknowledgement_was_lost_is_accepted_after_the_reconnect()
    {
        await using var bridge = await ConnectAsync();
        bridge.Venue.Faults.CloseAfterNextTransaction(execute: true);
        AssertOk(await bridge.CallAsync("submit_order", Order("LOST")));
        await bridge.WaitAsync("notice", "reconnected");
        await bridge.WaitAsync("event", "order_accepted", "LOST");
        Assert.Equal(["order_submitted", "order_accepted"], bridge.Story("LOST"));
    }

    [Fact]
    public async Task Other_commands_are_served_while_a_connect_waits_and_its_events_come_after_its_answer()
    {
        await using var bridge = await StartAsync();
        bridge.Venue.Faults.WithholdFirstFrame("user_stats");
        var connect = await bridge.PostAsync("connect");
        AssertOk(await bridge.CallAsync("orders"));
        AssertOk(await bridge.CallAsync("submit_order", Order("D", more: ",\"time_in_force\":\"FOK\"")));
        Assert.DoesNotContain(bridge.Parsed(), line => (string?)line["id"] == connect || line.ContainsKey("event"));
        bridge.Venue.Faults.Release("user_stats");
        AssertOk(await bridge.AnswerAsync(connect));
        await bridge.WaitAsync("event", "order_denied", "D");
        await bridge.WaitAsync("notice", "connected");
    }

    [Fact]
    public async Task A_stream_that_never_comes_fails_the_connect_by_name_and_a_later_one_works()
    {
        await using var bridge = await StartAsync(accountStreamsTimeout: TimeSpan.FromSeconds(4));
        bridge.Venue.Faults.WithholdFirstFrame("account_all_assets");
        var failed = await bridge.CallAsync("connect");
        Assert.Equal("connect", (string?)failed["reply"]);
        Assert.Contains("account_all_assets", (string?)failed["error"], StringComparison.Ordinal);
        Assert.DoesNotContain(bridge.Parsed(), line => (string?)line["notice"] == "connected");
        bridge.Venue.Faults.Release("account_all_assets");
        AssertOk(await bridge.CallAsync("connect"));
    }

    [Fact]
    public async Task Stop_works_while_a_connect_waits_and_everything_is_answered()
    {
        await using var bridge = await StartAsync();
        bridge.Venue.Faults.WithholdFirstFrame("user_stats");
        var connect = await bridge.PostAsync("connect");
        AssertOk(await bridge.CallAsync("orders"));
        AssertOk(await bridge.CallAsync("stop"));
        Assert.False((bool)(await bridge.AnswerAsync(connect))["ok"]!);
        await bridge.EndAsync();
    }

    [Fact]
    public async Task Stop_is_answered_before_the_disconnect_that_it_causes_and_what_comes_after_is_not_served()
    {
        await using var bridge = await ConnectAsync();
        await bridge.SendAsync("{\"cmd\":\"stop\",\"id\":\"s\"}\n{\"cmd\":\"orders\",\"id\":\"late\"}");
        await bridge.EndAsync();
        await bridge.WaitAsync("notice", "disconnected");
        var lines = bridge.Lines.ToList();
        Assert.True(lines.FindIndex(line => line.Contains("\"reply\":\"stop\"", StringComparison.Ordinal)) < lines.FindIndex(line => line.Contains("disconnected", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("late", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_end_of_the_input_is_a_stop()
    {
        await using var bridge = await ConnectAsync();
        await bridge.EndInputAsync();
        await bridge.EndAsync();
        await bridge.WaitAsync("notice", "disconnected");
    }

    [Fact]
    public async Task Cancellation_is_a_stop()
    {
        await using var bridge = await ConnectAsync();
        await bridge.CancelAsync();
        await bridge.EndAsync();
        await bridge.WaitAsync("notice", "disconnected");
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_the_bridge()
    {
        await using var bridge = await ConnectAsync();
        bridge.CloseOutput();
        await bridge.PostAsync("orders");
        await bridge.PostAsync("orders");
        await bridge.EndAsync();
    }
}
