using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests.Seed;

public sealed class PositionSeeds
{
    /// <summary>test_account_all_positions_empty_snapshot_clears_cache_and_emits_flat_report.</summary>
    [Fact]
    public async Task An_empty_snapshot_is_a_flat_report_and_leaves_no_position()
    {
        await using var harness = await LongAsync();
        await harness.PushPositionsAsync("");
        await AssertFlatAsync(harness);
    }

    /// <summary>test_account_all_positions_invalid_known_market_does_not_flatten_cached_position.</summary>
    [Fact]
    public async Task A_row_that_cannot_be_read_flattens_nothing()
    {
        await using var harness = await LongAsync();
        await harness.PushPositionsAsync(SeedHarness.PositionRow("-1.5000"));
        await harness.MarkAsync();
        Assert.Single(harness.Events<PositionStatusReport>());
        var kept = Assert.Single(await harness.PositionReportsAsync());
        Assert.Equal((Orders.Eth, PositionSide.Long, 1.5m), (kept.InstrumentId, kept.PositionSide, kept.Quantity.Value));
    }

    /// <summary>test_account_all_positions_empty_snapshot_after_reconnect_flattens_prior_position.</summary>
    [Fact]
    public async Task An_empty_snapshot_after_a_reconnect_flattens_what_was_held_before()
    {
        await using var harness = await LongAsync();
        harness.Venue.Faults.DropConnections();
        await harness.NextAsync<ConnectionStateChanged>(notice => notice.State == ConnectionState.Reconnected);
        await AssertFlatAsync(harness);
    }

    private static async Task<ClientHarness> LongAsync()
    {
        var harness = await SeedHarness.ConnectAsync();
        await harness.PushPositionsAsync(SeedHarness.PositionRow("1.5000"));
        var held = await harness.NextAsync<PositionStatusReport>();
        Assert.Equal((Orders.Eth, PositionSide.Long, 1.5m), (held.InstrumentId, held.PositionSide, held.Quantity.Value));
        Assert.Equal(held.Quantity, Assert.Single(await harness.PositionReportsAsync()).Quantity);
        return harness;
    }

    private static async Task AssertFlatAsync(ClientHarness harness)
    {
        var flat = await harness.NextAsync<PositionStatusReport>(report => report.PositionSide == PositionSide.Flat);
        Assert.Equal((Orders.Eth, 0m), (flat.InstrumentId, flat.Quantity.Value));
        await harness.MarkAsync();
        Assert.Equal(2, harness.Events<PositionStatusReport>().Count);
        Assert.Empty(await harness.PositionReportsAsync());
    }
}
