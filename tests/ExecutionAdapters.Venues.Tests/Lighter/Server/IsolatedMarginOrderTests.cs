using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

public sealed class IsolatedMarginOrderTests : VenueTest
{
    [Fact]
    public async Task An_isolated_position_shows_its_margin_and_the_figures_agree()
    {
        await Venue.SetMarkPriceAsync(0, 2361m);
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 1m, price: 2361m);
        Assert.Equal(0, await ExecuteAsync(Leverage(mode: 1)));
        await Client.SubscribeAsync("account_all_positions/12345");
        await Client.SubscribeAsync("user_stats/12345");
        await Client.PostTxAsync(Client.Sign(Client.Limit(false, 10_000, 236_100)));
        JsonObject positions = await Client.UpdateAsync("update/account_all_positions");
        JsonNode stats = (await Client.UpdateAsync("update/user_stats"))["stats"]!;

        JsonNode row = positions["positions"]!["0"]!;
        Assert.Equal((1, "236.100000", "10.00"), ((int)row["margin_mode"]!, (string)row["allocated_margin"]!, (string)row["initial_margin_fraction"]!));
        Assert.Equal("999999.338920", (string)stats["collateral"]!); // less the fee: 2361 USDC × 280 ppm
        Assert.Equal("999763.238920", (string)stats["cross_stats"]!["portfolio_value"]!);
        Assert.Equal("999763.238920", (string)stats["available_balance"]!);
        Assert.Equal("999999.338920", (string)stats["total_stats"]!["portfolio_value"]!);
        Assert.Equal("0.00", (string)stats["cross_stats"]!["leverage"]!);

        Assert.Equal(0, await ExecuteAsync(Margin(64_000_000, direction: 1)));
        JsonNode account = (await Client.GetAsync("/api/v1/account?by=index&value=12345"))["accounts"]![0]!;
        Assert.Equal("300.100000", (string)account["positions"]![0]!["allocated_margin"]!);
        Assert.Equal(
            ("999999.338920", "999699.238920", "0.000000"),
            ((string)account["total_asset_value"]!, (string)account["cross_asset_value"]!, (string)account["cross_initial_margin_requirement"]!));
    }

    [Fact]
    public async Task What_cannot_be_done_with_margin_fails_with_its_code()
    {
        Assert.Equal(21614, await ExecuteAsync(Margin(1_000_000, direction: 1))); // no position
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 1m, price: 2361m);
        await ExecuteAsync(Client.Limit(false, 10_000, 236_100));
        Assert.Equal(21613, await ExecuteAsync(Margin(1_000_000, direction: 1))); // a cross position
        Assert.Equal(21132, await ExecuteAsync(Leverage(mode: 1)));
        Assert.Equal(21602, await RefusedAsync(Margin(1_000_000, direction: 1) with { MarketIndex = 77 }));
    }

    private UpdateLeverageTransaction Leverage(byte mode) =>
        new() { Header = Client.Header(), MarketIndex = 0, InitialMarginFraction = 1_000, MarginMode = mode };

    private UpdateMarginTransaction Margin(long amount, byte direction) =>
        new() { Header = Client.Header(), MarketIndex = 0, USDCAmount = amount, Direction = direction };
}
