namespace ExecutionAdapters.Cli.Tests.Bridge;

/// <summary>A bridge with a journal: an engine keeps its books, beyond the end of the process.</summary>
public sealed class BridgeJournalTests : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("execution-adapters-");
    private BridgeHarness _venue = null!;

    private string Journal => Path.Combine(_folder.FullName, "journal.db");

    public async Task InitializeAsync() => _venue = await BridgeHarness.StartAsync();

    public async Task DisposeAsync() => await _venue.DisposeAsync();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_next_bridge_knows_the_orders_of_the_one_before_and_what_became_of_them()
    {
        await using (var first = await ConnectAsync())
        {
            BridgeHarness.AssertOk(await first.CallAsync("submit_order", BridgeHarness.Order("A")));
            await first.WaitAsync("event", "order_accepted");
            BridgeHarness.AssertOk(await first.CallAsync("stop"));
            await first.Running;
        }

        await using var second = await ConnectAsync();
        var orders = (await second.CallAsync("orders"))["orders"]!.AsArray();
        Assert.Equal(("A", "ACCEPTED"), ((string)orders.Single()!["client_order_id"]!, (string)orders.Single()!["order_status"]!));
        Assert.DoesNotContain(second.Lines, line => line.Contains("\"event\":\"order_", StringComparison.Ordinal));

        BridgeHarness.AssertOk(await second.CallAsync("cancel_order", "\"client_order_id\":\"A\""));
        await second.WaitAsync("event", "order_canceled");
        var lines = second.Lines.Where(line => line.Contains("cancel", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, lines.Count);
        Assert.StartsWith("{\"reply\":\"cancel_order\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("order_pending_cancel", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_of_others_are_taken_over_with_their_terms_and_can_be_cancelled()
    {
        await using (var other = _venue.Attach())
        {
            BridgeHarness.AssertOk(await other.CallAsync("connect"));
            BridgeHarness.AssertOk(await other.CallAsync("submit_order", BridgeHarness.Order("THEIRS")));
            await other.WaitAsync("event", "order_accepted");
            BridgeHarness.AssertOk(await other.CallAsync("stop"));
            await other.Running;
        }

        await using var bridge = await ConnectAsync();
        var taken = await bridge.WaitAsync("event", "order_initialized");
        Assert.Equal(("EXTERNAL", true), ((string)taken["strategy_id"]!, (bool)taken["reconciliation"]!));
        Assert.NotNull(taken["price"]);
        BridgeHarness.AssertOk(await bridge.CallAsync("cancel_order", $"\"client_order_id\":\"{taken["client_order_id"]}\""));
        await bridge.WaitAsync("event", "order_canceled");
    }

    [Fact]
    public async Task An_order_of_an_id_that_was_used_is_refused_also_by_the_next_bridge()
    {
        await using (var first = await ConnectAsync())
        {
            BridgeHarness.AssertOk(await first.CallAsync("submit_order", BridgeHarness.Order("A")));
            await first.WaitAsync("event", "order_accepted");
        }

        await using var second = await ConnectAsync();
        var refused = await second.CallAsync("submit_order", BridgeHarness.Order("A"));
        Assert.False((bool)refused["ok"]!);
        Assert.Contains("duplicate", (string)refused["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_journal_is_an_answer_and_not_the_end()
    {
        await File.WriteAllTextAsync(Journal, "something else");
        await using var bridge = _venue.Attach(Journal);
        var refused = await bridge.CallAsync("connect");
        Assert.False((bool)refused["ok"]!);
        Assert.Contains("is not a journal", (string)refused["error"]!, StringComparison.Ordinal);
        await bridge.EndAsync();
    }

    [Fact]
    public async Task Before_the_books_are_read_commands_are_refused_and_leave_no_trace()
    {
        await using var bridge = _venue.Attach(Journal);
        Assert.False((bool)(await bridge.CallAsync("submit_order", BridgeHarness.Order("A")))["ok"]!);
        Assert.False((bool)(await bridge.CallAsync("cancel_all_orders", "\"instrument_id\":\"ETH-PERP.LIGHTER\""))["ok"]!);
        BridgeHarness.AssertOk(await bridge.CallAsync("connect"));
        BridgeHarness.AssertOk(await bridge.CallAsync("submit_order", BridgeHarness.Order("A")));
        await bridge.WaitAsync("event", "order_accepted");
    }

    [Fact]
    public async Task Orders_that_an_engine_keeps_itself_cannot_be_added()
    {
        await using var bridge = await ConnectAsync();
        Assert.False((bool)(await bridge.CallAsync("add_order", BridgeHarness.Order("A")))["ok"]!);
        Assert.Empty((await bridge.CallAsync("orders"))["orders"]!.AsArray());
    }

    [Fact]
    public async Task A_cancel_by_the_venues_id_reaches_an_order_that_the_books_do_not_have()
    {
        await using var bridge = await ConnectAsync();
        await using var other = _venue.Attach();
        BridgeHarness.AssertOk(await other.CallAsync("connect"));
        var accepted = await other.RestAsync("THEIRS");
        BridgeHarness.AssertOk(await bridge.CallAsync(
            "cancel_order", $"\"client_order_id\":\"WHATEVER\",\"venue_order_id\":\"{accepted["venue_order_id"]}\",\"instrument_id\":\"ETH-PERP.LIGHTER\""));
        await other.WaitAsync("event", "order_canceled");
    }

    [Fact]
    public async Task Connecting_again_after_a_disconnect_works()
    {
        await using var bridge = await ConnectAsync();
        BridgeHarness.AssertOk(await bridge.CallAsync("disconnect"));
        BridgeHarness.AssertOk(await bridge.CallAsync("connect"));
        BridgeHarness.AssertOk(await bridge.CallAsync("submit_order", BridgeHarness.Order("A")));
        await bridge.WaitAsync("event", "order_accepted");
    }

    private async Task<BridgeHarness> ConnectAsync()
    {
        var bridge = _venue.Attach(Journal);
        BridgeHarness.AssertOk(await bridge.CallAsync("connect"));
        await bridge.WaitAsync("notice", "connected");
        return bridge;
    }
}
