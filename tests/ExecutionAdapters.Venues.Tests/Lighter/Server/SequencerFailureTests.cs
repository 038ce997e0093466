using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

/// <summary>What is acknowledged with 200 and fails afterwards: visible in tx and account_tx, the nonce consumed.</summary>
public sealed class SequencerFailureTests : VenueTest
{
    [Theory]
    [InlineData(77)]
    [InlineData(281_474_976_710_999)]
    public async Task Canceling_an_order_that_is_not_active_fails_with_21600(long index)
    {
        Assert.Equal(21600, await ExecuteAsync(Cancel(index)));
        Assert.Equal(2, await NextNonceAsync());
    }

    [Fact]
    public async Task Canceling_twice_fails_the_second_time()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 4));
        long venueIndex = (long)(await ActiveOrdersAsync())[0]!["order_index"]!;

        Assert.Equal(0, await ExecuteAsync(Cancel(4)));
        Assert.Equal(21600, await ExecuteAsync(Cancel(4)));
        Assert.Equal(21600, await ExecuteAsync(Cancel(venueIndex)));
    }

    [Fact]
    public async Task The_order_of_another_account_fails_with_21707()
    {
        LighterTestAccount other = LighterTestAccount.FromSeed(9, 555);
        await Venue.AddAccountAsync(other, 10_000m);
        await using var stranger = new VenueClient(Venue, Clock, other);
        await stranger.PostTxAsync(stranger.Limit(false, 5_000, 236_000));
        JsonObject book = await Client.GetAsync("/api/v1/orderBookOrders?market_id=0&limit=1", withAuth: false);
        long index = (long)book["bids"]![0]!["order_index"]!;

        Assert.Equal(21707, await ExecuteAsync(Cancel(index)));
        Assert.Equal(21707, await ExecuteAsync(Modify(index, 6_000, 236_000)));
    }

    [Fact]
    public async Task Modifying_an_order_that_is_not_active_fails_with_21715() =>
        Assert.Equal(21715, await ExecuteAsync(Modify(77, 5_000, 236_000)));

    [Fact]
    public async Task An_order_is_looked_for_in_the_market_named()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 4));
        Assert.Equal(21600, await ExecuteAsync(Cancel(4) with { MarketIndex = 1 }));
    }

    [Fact]
    public async Task A_modification_that_cannot_be_leaves_the_order_as_it_was()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 4));
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.2m, 2360m, LighterTimeInForce.ImmediateOrCancel);
        JsonNode before = (await ActiveOrdersAsync())[0]!;

        Assert.Equal(21729, await ExecuteAsync(Modify(4, 5_000, 236_000) with { TriggerPrice = 1 }));
        Assert.Equal(21701, await ExecuteAsync(Modify(4, 2_000, 236_000)));
        Assert.Equal(21733, await ExecuteAsync(Modify(4, 5_000, 290_000)));
        Assert.Equal(21739, await ExecuteAsync(Modify(4, 999_000_000, 236_000)));

        Assert.Equal(before.ToJsonString(), (await ActiveOrdersAsync())[0]!.ToJsonString());
    }

    [Fact]
    public async Task A_spot_order_does_not_grow_beyond_the_wallet()
    {
        await ExecuteAsync(Client.Limit(false, 10_000, 236_000, clientIndex: 4, market: 2048));
        Assert.Equal(21304, await ExecuteAsync(Modify(4, 1_000_000, 236_000) with { MarketIndex = 2048 }));
        Assert.Equal(0, await ExecuteAsync(Modify(4, 20_000, 236_000) with { MarketIndex = 2048 }));
    }

    [Fact]
    public async Task A_post_only_order_that_would_take_fails_and_ends_canceled_post_only()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361m);

        Assert.Equal(21737, await ExecuteAsync(Client.Limit(false, 5_000, 236_100, 8, LighterTimeInForce.PostOnly)));

        Assert.Equal("canceled-post-only", (string)Assert.Single(await InactiveOrdersAsync())!["status"]!);
    }

    [Fact]
    public async Task A_reduce_only_order_without_a_position_fails_and_ends_canceled_reduce_only()
    {
        CreateOrderTransaction order = Client.Limit(false, 5_000, 236_000, 8);
        Assert.Equal(21732, await ExecuteAsync(order with { Order = order.Order with { ReduceOnly = true } }));

        Assert.Equal("canceled-reduce-only", (string)Assert.Single(await InactiveOrdersAsync())!["status"]!);
    }

    [Fact]
    public async Task Leverage_that_the_positions_do_not_allow_fails_with_21508()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 1_000m, 2361m);
        Assert.Equal(0, await ExecuteAsync(Client.Limit(false, 5_000_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel)));

        Assert.Equal(21508, await ExecuteAsync(Leverage(9_999)));
        Assert.Equal(0, await ExecuteAsync(Leverage(1_000)));
    }

    [Fact]
    public async Task The_failure_shows_in_the_account_tx_channel_too()
    {
        await Client.SubscribeAsync("account_tx/12345");

        await Client.PostTxAsync(Client.Sign(Cancel(77)));

        JsonNode pending = (await Client.UpdateAsync("update/account_tx"))["txs"]![0]!;
        JsonNode failed = (await Client.UpdateAsync("update/account_tx"))["txs"]![0]!;
        Assert.Equal((1, ""), ((int)pending["status"]!, (string)pending["event_info"]!));
        Assert.Equal((0, (string)pending["hash"]!), ((int)failed["status"]!, (string)failed["hash"]!));
        JsonNode eventInfo = JsonNode.Parse((string)failed["event_info"]!)!;
        Assert.Equal((12_345, 77), ((long)eventInfo["a"]!, (long)eventInfo["i"]!));
        Assert.Equal(21600, (int)JsonNode.Parse((string)eventInfo["ae"]!)!["code"]!);
    }

    private CancelOrderTransaction Cancel(long index) => new() { Header = Client.Header(), MarketIndex = 0, Index = index };

    private ModifyOrderTransaction Modify(long index, long total, uint price) =>
        new() { Header = Client.Header(), MarketIndex = 0, Index = index, BaseAmount = total, Price = price };

    private UpdateLeverageTransaction Leverage(ushort fraction) =>
        new() { Header = Client.Header(), MarketIndex = 0, InitialMarginFraction = fraction, MarginMode = 0 };
}
