using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;

namespace ExecutionAdapters.Lighter.Tests.Engine;

/// <summary>An engine ends, in order or not, and the next one goes on from its journal.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_warm_restart_gives_no_events_and_the_same_books()
    {
        await using var first = await StartAsync();
        var filled = await FillAsync(first, "0.0500");
        var resting = await first.RestAsync(OrderSide.Buy, "0.0300", "1900.00");
        await first.EndAsync();

        await using var second = first.Next();
        var report = Assert.Single(await second.Engine.StartAsync());
        Assert.Empty(report.Events);
        Assert.True(report.IsComplete, string.Join("; ", report.Unresolved));
        var again = second.Engine.Cache.Order(resting.ClientOrderId)!;
        Assert.Equal((resting.StrategyId, resting.VenueOrderId, OrderStatus.Accepted), (again.StrategyId, again.VenueOrderId, again.Status));
        Assert.Equal(filled.AvgPx, second.Engine.Cache.Position(Orders.Eth)!.AvgPxOpen);
        await second.AssertAgreesAsync();

        second.Engine.CancelOrder(Orders.Cancel(again.ClientOrderId.Value));
        await second.UntilAsync(() => again.Status == OrderStatus.Canceled, "the cancel of an order of the run before");
    }

    [Fact]
    public async Task A_fill_while_no_engine_ran_is_learnt_once_and_belongs_to_its_order()
    {
        await using var first = await StartAsync();
        var resting = await first.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await first.Engine.FlushJournalAsync();
        await first.KillAsync();
        await first.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.02m, price: 2000m);

        await using var second = first.Next();
        await second.Engine.StartAsync();
        var order = second.Engine.Cache.Order(resting.ClientOrderId)!;
        await second.UntilAsync(() => order.FilledQty.Value == 0.02m, "the fill");
        await second.AssertAgreesAsync();
        await first.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.03m, price: 2000m);
        await second.UntilAsync(() => order.Status == OrderStatus.Filled, "the rest of it, told by the stream");
        await second.AssertAgreesAsync();
    }

    [Fact]
    public async Task A_fill_that_was_told_and_not_journaled_is_applied_once_after_the_restart()
    {
        await using var first = await StartAsync();
        var resting = await first.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await first.Engine.FlushJournalAsync();
        first.Journal.Crash();
        await first.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        await first.UntilAsync(() => resting.Status == OrderStatus.Filled, "the fill, before the end");
        await first.KillAsync();

        await using var second = first.Next();
        await second.Engine.StartAsync();
        var order = second.Engine.Cache.Order(resting.ClientOrderId)!;
        await second.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        Assert.Equal(0.05m, second.Engine.Cache.Position(Orders.Eth)!.SignedQty);
        await second.AssertAgreesAsync();
    }

    [Fact]
    public async Task An_order_that_was_sent_and_not_journaled_is_taken_over()
    {
        await using var first = await StartAsync();
        first.Journal.Crash();
        var lost = await first.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await first.KillAsync();

        await using var second = first.Next();
        await second.Engine.StartAsync();
        Assert.Null(second.Engine.Cache.Order(lost.ClientOrderId));
        var taken = Assert.Single(second.Engine.Cache.OrdersOpen());
        Assert.Equal((lost.VenueOrderId, ReconciliationOptions.External), (taken.VenueOrderId, taken.StrategyId));
        await second.AssertAgreesAsync();
    }

    [Fact]
    public async Task An_order_whose_acknowledgement_was_pending_is_found_at_the_venue_under_its_own_id()
    {
        await using var first = await StartAsync();
        first.Venue.Faults.Load("""{"faults":[{"fault":"withhold_ack","delay_ms":60000,"times":null},{"fault":"drop_frame","times":null}]}""");
        var pending = first.Submit(Orders.Limit(OrderSide.Buy, "0.0500", "2000.00"));
        await first.UntilAsync(() => pending.Status == OrderStatus.Submitted, "the order to be sent");
        await UntilAtVenueAsync(first);
        await first.Engine.FlushJournalAsync();
        await first.KillAsync();
        first.Venue.Faults.Clear();

        await using var second = first.Next();
        await second.Engine.StartAsync();
        var order = second.Engine.Cache.Order(pending.ClientOrderId)!;
        await second.UntilAsync(() => order.Status == OrderStatus.Accepted, "the order to be accepted");
        Assert.Equal(Orders.Strategy, order.StrategyId);
        Assert.Single(second.Engine.Cache.Orders());
        await second.AssertAgreesAsync();
    }

    [Fact]
    public async Task An_order_that_was_begun_and_perhaps_sent_is_never_taken_for_two()
    {
        await using var first = await StartAsync();
        first.Journal.CrashAfter(1);
        var lost = await first.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        await first.KillAsync();

        await using var second = first.Next();
        await second.Engine.StartAsync();
        await second.UntilAsync(() => second.Engine.Cache.Orders().Count == 1 && second.Engine.Cache.Orders()[0].Status == OrderStatus.Accepted, "one order, accepted");
        Assert.Equal(lost.VenueOrderId, second.Engine.Cache.Orders()[0].VenueOrderId);
        await second.AssertAgreesAsync();
    }

    [Fact]
    public async Task An_order_that_never_reached_the_venue_is_rejected_when_it_can_no_longer_arrive_and_is_not_sent_again()
    {
        await using var first = await StartAsync();
        first.Venue.Faults.Load("""{"faults":[{"fault":"close_connection","when":"before_execution","times":null}]}""");
        var lost = first.Submit(Orders.Limit(OrderSide.Buy, "0.0500", "2000.00"));
        await first.UntilAsync(() => lost.Status == OrderStatus.Submitted, "the order to be sent");
        await first.Engine.FlushJournalAsync();
        await first.KillAsync();
        first.Venue.Faults.Clear();

        await using var second = first.Next();
        var report = Assert.Single(await second.Engine.StartAsync());
        Assert.True(report.IsComplete, string.Join("; ", report.Unresolved));
        var order = second.Engine.Cache.Order(lost.ClientOrderId)!;
        await second.UntilAsync(() => order.Status == OrderStatus.Rejected, "the end of an order that never arrived");
        await second.AssertAgreesAsync();
    }

    [Fact]
    public async Task A_kill_during_the_reconciliation_leaves_nothing_half_done()
    {
        await using var first = await StartAsync();
        var resting = await first.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        var other = await first.RestAsync(OrderSide.Buy, "0.0300", "1999.00");
        await first.Engine.FlushJournalAsync();
        await first.KillAsync();
        await first.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.06m, price: 1999m);

        for (var batches = 0; batches < 4; batches++)
        {
            await using var killed = first.Next();
            killed.Journal.CrashAfter(batches);
            await killed.Engine.StartAsync();
            await killed.KillAsync();
        }

        await using var last = first.Next();
        await last.Engine.StartAsync();
        await last.UntilAsync(() => last.Engine.Cache.Order(resting.ClientOrderId)?.Status == OrderStatus.Filled && last.Engine.Cache.Order(other.ClientOrderId)?.FilledQty.Value == 0.01m, "both fills");
        await last.AssertAgreesAsync();
        await last.EndAsync();
        await AssertJournalIsSoundAsync();
    }

    [Fact]
    public async Task Orders_whose_events_were_compacted_away_are_not_taken_over_again()
    {
        await using var first = await StartAsync();
        await FillAsync(first, "0.0500");
        await first.EndAsync();
        await using (var store = new SqliteJournalStore(_folder.Path))
        {
            await store.OpenAsync();
            Assert.Equal(1, (await store.CompactAsync(new UnixNanos(long.MaxValue))).Orders);
        }

        await using var second = first.Next();
        var report = Assert.Single(await second.Engine.StartAsync());
        Assert.Empty(report.Events);
        Assert.True(report.IsComplete, string.Join("; ", report.Unresolved));
        Assert.Equal(0.05m, second.Engine.Cache.Position(Orders.Eth)!.SignedQty);
    }

    [Fact]
    public async Task While_the_journal_cannot_be_written_no_order_is_sent_and_afterwards_nothing_is_missing()
    {
        await using var harness = await StartAsync();
        var resting = await harness.RestAsync(OrderSide.Buy, "0.0500", "2000.00");
        harness.Journal.IsFailing = true;
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.02m, price: 2000m);
        await harness.UntilAsync(() => resting.FilledQty.Value == 0.02m, "a fill that cannot be written");
        await harness.UntilAsync(
            () => harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1800.00")).Status == OrderStatus.Denied && harness.Published.OfType<OrderDenied>().Any(), "a denial");
        Assert.Contains("journal", harness.Published.OfType<OrderDenied>().First().Reason, StringComparison.Ordinal);
        harness.Journal.IsFailing = false;
        await harness.Engine.FlushJournalAsync();
        await harness.RestAsync(OrderSide.Buy, "0.0100", "1700.00");
        await harness.EndAsync();
        await AssertJournalIsSoundAsync();

        await using var second = harness.Next();
        Assert.Empty(Assert.Single(await second.Engine.StartAsync()).Events);
        await second.AssertAgreesAsync();
    }

    [Fact]
    public async Task What_a_client_wants_to_remember_is_there_after_the_restart()
    {
        await using var first = await StartAsync();
        first.Engine.MemoryOf(first.Client.ClientId).Set("answer", "42");
        await first.EndAsync();
        await using var second = first.Next();
        await second.Engine.StartAsync();
        Assert.Equal("42", second.Engine.MemoryOf(second.Client.ClientId).Get("answer"));
    }

    private Task<EngineHarness> StartAsync() => EngineHarness.StartAsync(journal: _folder.Path);

    private static async Task<Order> FillAsync(EngineHarness harness, string quantity)
    {
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture), price: 2000m);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, quantity, "2000.00"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        return order;
    }

    private static async Task UntilAtVenueAsync(EngineHarness harness)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!(await harness.Venue.GetStateAsync()).Contains("\"status\":\"open\"", StringComparison.Ordinal))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "the order did not reach the venue");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private async Task AssertJournalIsSoundAsync()
    {
        await using var store = new SqliteJournalStore(_folder.Path);
        Assert.Empty((await JournalVerification.RunAsync(store, await store.OpenAsync())).Problems);
    }
}
