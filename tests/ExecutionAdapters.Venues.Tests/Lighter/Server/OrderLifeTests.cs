using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

/// <summary>Orders over the wire, from creation to their end.</summary>
public sealed class OrderLifeTests : VenueTest
{
    [Fact]
    public async Task A_modification_sets_the_new_total_and_price_and_keeps_the_index()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 4));
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.2m, 2360m, LighterTimeInForce.ImmediateOrCancel);
        long index = (long)(await ActiveOrdersAsync())[0]!["order_index"]!;

        Assert.Equal(0, await ExecuteAsync(new ModifyOrderTransaction
        {
            Header = Client.Header(),
            MarketIndex = 0,
            Index = index,
            BaseAmount = 8_000,
            Price = 235_000,
        }));

        JsonNode order = Assert.Single(await ActiveOrdersAsync())!;
        Assert.Equal((index, "0.8000", "0.6000", "0.2000", "2350.00"), (
            (long)order["order_index"]!, (string)order["initial_base_amount"]!, (string)order["remaining_base_amount"]!,
            (string)order["filled_base_amount"]!, (string)order["price"]!));
    }

    [Fact]
    public async Task A_modification_with_amount_zero_keeps_the_size()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 4));
        await ExecuteAsync(new ModifyOrderTransaction { Header = Client.Header(), Index = 4, BaseAmount = 0, Price = 235_000 });
        Assert.Equal("0.5000", (string)Assert.Single(await ActiveOrdersAsync())!["initial_base_amount"]!);
    }

    [Fact]
    public async Task Cancel_all_cancels_everything_or_one_market()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));
        await ExecuteAsync(Client.Limit(false, 500, 870_000, market: 1));
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, market: 2048));

        Assert.Equal(0, await ExecuteAsync(CancelAll(default(TransactionAttributes).CancelAllMarket(0))));
        Assert.Equal([2048, 1], (await ActiveOrdersAsync()).Select(order => (int)order!["market_index"]!));
        Assert.Equal(0, await ExecuteAsync(CancelAll(default)));
        Assert.Empty(await ActiveOrdersAsync());
    }

    [Fact]
    public async Task The_dead_mans_switch_can_be_seen_put_off_and_taken_back()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));
        long due = Client.NowMs + 300_000;
        Assert.Equal(0, await ExecuteAsync(Schedule(due)));
        Assert.Equal(due, await CancelAllTimeAsync());
        Assert.Equal(0, await ExecuteAsync(Schedule(due + 60_000)));
        Assert.Equal(due + 60_000, await CancelAllTimeAsync());
        Assert.Equal(0, await ExecuteAsync(CancelAll(default) with { TimeInForce = LighterCancelAllTimeInForce.AbortScheduled }));
        Assert.Equal(0, await CancelAllTimeAsync());
        Assert.Equal(0, await ExecuteAsync(Schedule(due)));

        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Empty(await ActiveOrdersAsync());
        Assert.Equal("canceled", (string)Assert.Single(await InactiveOrdersAsync())!["status"]!);
    }

    [Fact]
    public async Task A_stop_waits_pending_and_is_filled_when_the_mark_price_is_set()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361m);
        await ExecuteAsync(Client.Limit(false, 5_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel));
        await Client.SubscribeAsync("account_all_orders/12345");
        Assert.Equal(0, await ExecuteAsync(Client.Create(new LighterOrderInfo
        {
            MarketIndex = 0,
            ClientOrderIndex = 9,
            BaseAmount = 0,
            Price = 229_000,
            IsAsk = true,
            ReduceOnly = true,
            Type = LighterOrderType.StopLoss,
            TimeInForce = LighterTimeInForce.ImmediateOrCancel,
            TriggerPrice = 230_000,
            OrderExpiry = Client.NowMs + 86_400_000,
        })));
        JsonNode pending = Assert.Single(await ActiveOrdersAsync())!;
        Assert.Equal(("pending", "mark-price", "stop-loss", "2300.00"), (
            (string)pending["status"]!, (string)pending["trigger_status"]!, (string)pending["type"]!, (string)pending["trigger_price"]!));

        await Venue.PlaceHouseOrderAsync(0, isAsk: false, 1m, 2295m);
        await Venue.SetMarkPriceAsync(0, 2299.99m);

        JsonObject update = await Client.WaitAsync(frame =>
            (string?)frame["type"] == "update/account_all_orders" && (string)VenueClient.Rows(frame, "orders")[0]!["status"]! != "pending");
        JsonNode done = VenueClient.Rows(update, "orders")[0]!;
        Assert.Equal(("filled", "ready"), ((string)done["status"]!, (string)done["trigger_status"]!));
        Assert.Equal("0.5000", (string)done["filled_base_amount"]!);
        JsonObject account = await Client.GetAsync("/api/v1/account?by=index&value=12345&active_only=true", withAuth: false);
        Assert.Empty(account["accounts"]![0]!["positions"]!.AsArray());
    }

    [Fact]
    public async Task An_order_expires_on_the_clock()
    {
        CreateOrderTransaction order = Client.Limit(false, 5_000, 236_000);
        await ExecuteAsync(order with { Order = order.Order with { OrderExpiry = Client.NowMs + 300_000 } });

        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("canceled-expired", (string)Assert.Single(await InactiveOrdersAsync())!["status"]!);
    }

    [Fact]
    public async Task A_spot_purchase_locks_cash_pays_the_fee_and_delivers_the_asset()
    {
        await ExecuteAsync(Client.Limit(false, 10_000, 236_000, market: 2048));
        JsonNode locked = await AssetAsync("USDC");
        Assert.Equal("2360.670800", (string)locked["locked_balance"]!); // quote 2360, taker fee 0.6608, a micro USDC per tick

        await Venue.PlaceHouseOrderAsync(2048, isAsk: true, 1m, 2360m, LighterTimeInForce.ImmediateOrCancel);

        JsonNode usdc = await AssetAsync("USDC");
        Assert.Equal("0.000000", (string)usdc["locked_balance"]!);
        Assert.Equal("97639.905600", (string)usdc["balance"]!); // 100000 - 2360 - 0.0944 maker fee
        Assert.Equal("101.00000000", (string)(await AssetAsync("ETH"))["balance"]!);
    }

    [Fact]
    public async Task A_fee_is_a_rate_of_the_notional_and_leaves_the_collateral()
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, 1m, 2361m);
        await ExecuteAsync(Client.Limit(false, 5_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel));

        JsonObject state = (JsonObject)JsonNode.Parse(await Venue.GetStateAsync())!;
        JsonNode account = state["accounts"]![0]!;
        Assert.Equal("0.330540", (string)account["fees_paid"]!); // 1180.50 USDC × 280 ppm
        Assert.Equal("999999.669460", (string)account["collateral"]!);
        Assert.Equal(280, (int)account["trades"]![0]!["taker_fee"]!);
    }

    [Fact]
    public async Task An_order_whose_owner_lost_its_margin_is_canceled_when_it_would_fill()
    {
        await ExecuteAsync(Client.Limit(true, 80_000_000, 236_200));
        await Venue.SetMarkPriceAsync(0, 2600m);

        await Venue.PlaceHouseOrderAsync(0, isAsk: false, 8_000m, 2362m, LighterTimeInForce.ImmediateOrCancel);

        JsonNode order = Assert.Single(await InactiveOrdersAsync())!;
        Assert.Equal(("canceled-margin-not-allowed", "0.0000"), ((string)order["status"]!, (string)order["filled_base_amount"]!));
    }

    private CancelAllOrdersTransaction CancelAll(TransactionAttributes attributes) => new() { Header = Client.Header(attributes) };

    private CancelAllOrdersTransaction Schedule(long timeMs) =>
        new() { Header = Client.Header(), TimeInForce = LighterCancelAllTimeInForce.Scheduled, Time = timeMs };

    private async Task<long> CancelAllTimeAsync() =>
        (long)(await Client.GetAsync("/api/v1/account?by=index&value=12345", withAuth: false))["accounts"]![0]!["cancel_all_time"]!;

    private async Task<JsonNode> AssetAsync(string symbol)
    {
        JsonObject account = await Client.GetAsync("/api/v1/account?by=index&value=12345", withAuth: false);
        return account["accounts"]![0]!["assets"]!.AsArray().Single(asset => (string)asset!["symbol"]! == symbol)!;
    }
}
