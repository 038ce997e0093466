using System.Text.Json;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

/// <summary>The members of the venue's REST objects, and paging. Optional members that this venue never sends are left out.</summary>
public sealed class RestShapeTests : VenueTest
{
    private const string Order =
        "block_height,base_price,base_size,client_order_id,client_order_index,created_at,filled_base_amount,"
        + "filled_quote_amount,initial_base_amount,integrator_fee_collector_index,integrator_maker_fee,"
        + "integrator_taker_fee,is_ask,market_index,nonce,order_expiry,order_id,order_index,owner_account_index,"
        + "parent_order_id,parent_order_index,price,reduce_only,remaining_base_amount,side,status,time_in_force,timestamp,"
        + "to_cancel_order_id_0,to_trigger_order_id_0,to_trigger_order_id_1,transaction_time,trigger_price,trigger_status,"
        + "trigger_time,type,updated_at";

    private const string Trade =
        "ask_account_id,ask_account_pnl,ask_client_id,ask_client_id_str,ask_id,ask_id_str,bid_account_id,bid_account_pnl,"
        + "bid_client_id,bid_client_id_str,bid_id,bid_id_str,block_height,integrator_maker_fee,"
        + "integrator_maker_fee_collector_index,integrator_taker_fee,integrator_taker_fee_collector_index,is_maker_ask,"
        + "maker_allocated_margin_usdc_after,maker_allocated_margin_usdc_before,maker_entry_quote_before,"
        + "maker_initial_margin_fraction_before,maker_position_sign_changed,maker_position_size_before,market_id,price,"
        + "size,taker_allocated_margin_usdc_after,taker_allocated_margin_usdc_before,taker_entry_quote_before,taker_fee,"
        + "taker_initial_margin_fraction_before,taker_position_sign_changed,taker_position_size_before,timestamp,trade_id,"
        + "trade_id_str,transaction_time,tx_hash,type,usd_amount";

    private const string Position = "allocated_margin,avg_entry_price,initial_margin_fraction,liquidation_price,margin_mode,market_id,"
        + "open_order_count,pending_order_count,position,position_tied_order_count,position_value,realized_pnl,sign,symbol,"
        + "total_discount,total_funding_paid_out,unrealized_pnl";

    private const string Book =
        "base_asset_id,is_maker_fee_enabled,is_taker_fee_enabled,liquidation_fee,maker_fee,market_id,market_type,"
        + "min_base_amount,min_quote_amount,order_quote_limit,quote_asset_id,status,supported_price_decimals,"
        + "supported_quote_decimals,supported_size_decimals,symbol,taker_fee";

    private const string SpotDetail = Book + ",daily_base_token_volume,daily_chart,daily_price_change,daily_price_high,daily_price_low,"
        + "daily_quote_token_volume,daily_trades_count,last_trade_price,price_decimals,size_decimals";

    private const string PerpDetail = SpotDetail + ",base_interest_rate,closeout_margin_fraction,default_initial_margin_fraction,funding_clamp_big,"
        + "funding_clamp_small,maintenance_margin_fraction,market_config,min_initial_margin_fraction,open_interest,"
        + "quote_multiplier,strategy_index";

    private const string AccountShort =
        "account_trading_mode,account_type,available_balance,cancel_all_time,code,collateral,index,l1_address,"
        + "pending_order_count,status,total_isolated_order_count,total_order_count,transaction_time";

    private const string AccountDetailed = AccountShort +
        ",account_index,approved_integrators,assets,can_invite,can_rfq,can_rfq_market_ids,created_at,cross_asset_value,"
        + "cross_initial_margin_requirement,cross_maintenance_margin_requirement,description,name,pending_unlocks,"
        + "pool_info,positions,referral_points_percentage,shares,total_asset_value";

    private const string Tx =
        "account_index,api_key_index,block_height,event_info,executed_at,expire_at,hash,info,l1_address,nonce,"
        + "parent_hash,queued_at,sequence_index,status,transaction_index,transaction_time,type";

    [Fact]
    public async Task Markets()
    {
        JsonObject details = await Client.GetAsync("/api/v1/orderBookDetails", withAuth: false);
        AssertMembers(PerpDetail, details["order_book_details"]![0]);
        AssertMembers(SpotDetail, details["spot_order_book_details"]![0]);
        Assert.Equal(["ETH", "BTC", "SOL"], details["order_book_details"]!.AsArray().Select(market => (string)market!["symbol"]!));
        Assert.Equal(JsonValueKind.Number, details["order_book_details"]![0]!["last_trade_price"]!.GetValueKind());
        JsonObject books = await Client.GetAsync("/api/v1/orderBooks?market_id=1", withAuth: false);
        JsonNode book = Assert.Single(books["order_books"]!.AsArray())!;
        AssertMembers(Book, book);
        Assert.Equal(("BTC", "0.0280", "0.0040"), ((string)book["symbol"]!, (string)book["taker_fee"]!, (string)book["maker_fee"]!));
        Assert.Equal(("0.00020", "10.000000"), ((string)book["min_base_amount"]!, (string)book["min_quote_amount"]!));
        JsonObject spot = await Client.GetAsync("/api/v1/orderBookDetails?filter=spot", withAuth: false);
        Assert.Empty(spot["order_book_details"]!.AsArray());
    }

    [Fact]
    public async Task Orders_trades_positions_and_account()
    {
        await TradeAsync(3);
        await ExecuteAsync(Client.Limit(true, 5_000, 240_000));
        AssertMembers(Order, (await ActiveOrdersAsync())[0]);
        AssertMembers(Order, (await InactiveOrdersAsync())[0]);
        JsonObject trades = await Client.GetAsync("/api/v1/trades?account_index=12345&sort_by=timestamp&limit=10");
        AssertMembers(Trade, trades["trades"]![0]);
        JsonObject accounts = await Client.GetAsync("/api/v1/account?by=index&value=12345", withAuth: false);
        AssertMembers("accounts,code,next_cursor,total", accounts);
        JsonNode account = accounts["accounts"]![0]!;
        AssertMembers(AccountDetailed, account);
        AssertMembers(
            "annual_percentage_yield,daily_returns,min_operator_share_rate,operator_fee,operator_shares,share_prices,sharpe_ratio,"
            + "status,strategies,total_shares",
            account["pool_info"]);
        AssertMembers(Position, account["positions"]![0]);
        AssertMembers("asset_id,balance,locked_balance,margin_balance,margin_mode,symbol", account["assets"]![0]);
        JsonObject owned = await Client.GetAsync($"/api/v1/accountsByL1Address?l1_address={Client.Account.L1Address}", withAuth: false);
        AssertMembers(AccountShort, owned["sub_accounts"]![0]);
        JsonObject byAddress = await Client.GetAsync($"/api/v1/account?by=l1_address&value={Client.Account.L1Address}", withAuth: false);
        Assert.Equal(12_345, (long)byAddress["accounts"]![0]!["index"]!);
        JsonObject book = await Client.GetAsync("/api/v1/orderBookOrders?market_id=0&limit=250", withAuth: false);
        AssertMembers(
            "initial_base_amount,order_expiry,order_id,order_index,owner_account_index,price,remaining_base_amount,transaction_time",
            book["asks"]![0]);
    }

    [Fact]
    public async Task Transactions()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));
        JsonObject list = await Client.GetAsync("/api/v1/accountTxs?by=account_index&value=12345&limit=10");
        AssertMembers(Tx, list["txs"]![0]);
        JsonObject bySequence = await Client.GetAsync("/api/v1/tx?by=sequence_index&value=1", withAuth: false);
        AssertMembers(Tx + ",code,committed_at,verified_at", bySequence);
        JsonNode eventInfo = JsonNode.Parse((string)bySequence["event_info"]!)!;
        AssertMembers("ae,m,t,to", eventInfo);
        AssertMembers("a,c0,e,f,i,ia,ifci,imf,is,itf,ot,p,ro,rs,st,t0,t1,tp,ts,u", eventInfo["to"]);
        (int status, JsonObject missing) = await Client.GetRawAsync("/api/v1/tx?by=hash&value=00", null);
        Assert.Equal((400, 21500), (status, (int)missing["code"]!));
    }

    [Fact]
    public async Task Keys_limits_assets_and_system()
    {
        JsonObject keys = await Client.GetAsync("/api/v1/apikeys?account_index=12345", withAuth: false);
        JsonNode key = Assert.Single(keys["api_keys"]!.AsArray())!;
        AssertMembers("account_index,api_key_index,nonce,public_key,transaction_time", key);
        Assert.Equal(Client.Account.PublicKey, (string)key["public_key"]!);
        JsonObject limits = await Client.GetAsync("/api/v1/accountLimits?account_index=12345");
        AssertMembers(
            "can_create_public_pool,code,current_maker_fee_tick,current_taker_fee_tick,effective_lit_stakes,leased_lit,"
            + "max_llp_amount,max_llp_percentage,user_tier,user_tier_name",
            limits);
        Assert.Equal("premium", (string)limits["user_tier"]!);
        Assert.Equal((40, 280), ((int)limits["current_maker_fee_tick"]!, (int)limits["current_taker_fee_tick"]!));
        JsonObject makerOnly = await Client.GetAsync("/api/v1/getMakerOnlyApiKeys?account_index=12345");
        Assert.Empty(makerOnly["api_key_indexes"]!.AsArray());
        JsonObject assets = await Client.GetAsync("/api/v1/assetDetails?asset_id=3", withAuth: false);
        Assert.Equal("USDC", (string)Assert.Single(assets["asset_details"]!.AsArray())!["symbol"]!);
        JsonObject config = await Client.GetAsync("/api/v1/systemConfig", withAuth: false);
        Assert.Equal(11, config.Count);
        AssertMembers("network_id,status,timestamp", await Client.GetAsync("/", withAuth: false));
        AssertMembers("contract_address", await Client.GetAsync("/info", withAuth: false));
    }

    [Theory]
    [InlineData("/api/v1/nothing", 404, 29404)]
    [InlineData("/api/v1/account?by=index&value=%2012345", 400, 20001)]
    [InlineData("/api/v1/account?by=index&value=12345%20", 400, 20001)]
    [InlineData("/api/v1/account?by=index&value=%2B12345", 400, 20001)]
    [InlineData("/api/v1/account?by=index&value=-1", 400, 20001)]
    [InlineData("/nothing", 404, 29404)]
    [InlineData("/api/v1/sendTx", 404, 29404)] // a POST endpoint
    [InlineData("/api/v1/account?by=index", 400, 20001)]
    [InlineData("/api/v1/account?by=name&value=1", 400, 20001)]
    [InlineData("/api/v1/account?by=index&value=1", 400, 21100)]
    [InlineData("/api/v1/nextNonce?account_index=12345&api_key_index=6", 400, 21109)]
    [InlineData("/api/v1/nextNonce?account_index=12345&api_key_index=x", 400, 20001)]
    [InlineData("/api/v1/recentTrades?market_id=0&limit=101", 400, 20001)]
    [InlineData("/api/v1/recentTrades?market_id=9&limit=10", 400, 21602)]
    [InlineData("/api/v1/accountActiveOrders?account_index=12345", 400, 20013)]
    [InlineData("/api/v1/accountActiveOrders?account_index=12345&auth=rubbish", 400, 20013)]
    public async Task Bad_requests_say_what_is_wrong(string path, int status, int code)
    {
        (int actualStatus, JsonObject body) = await Client.GetRawAsync(path, token: null);
        Assert.Equal((status, code), (actualStatus, (int)body["code"]!));
        Assert.False(string.IsNullOrEmpty((string)body["message"]!));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_a_bad_request()
    {
        using var broken = new StringContent("this is no multipart body");
        broken.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        (int status, JsonObject body) = await Client.PostAsync("/api/v1/sendTx", broken);
        Assert.Equal((400, 20001), (status, (int)body["code"]!));
        Assert.Equal(20001, (int)(await Client.PostAsync("/api/v1/sendTx", ("tx_type", "x"), ("tx_info", "{}"))).Body["code"]!);
        Assert.Equal(20001, (int)(await Client.PostAsync("/api/v1/sendTx", ("tx_type", "14"))).Body["code"]!);
        Assert.Equal(404, (await Client.PostAsync("/api/v1/nothing")).Status);
    }

    [Fact]
    public async Task A_token_may_stand_in_the_query_and_must_be_valid_for_the_account_now()
    {
        const string Path = "/api/v1/accountActiveOrders?account_index=12345";
        Assert.Equal(200, (await Client.GetRawAsync($"{Path}&auth={Client.Token()}", token: null)).Status);
        Assert.Equal(400, (await Client.GetRawAsync(Path, Client.Token(secondsAhead: 0))).Status);
        Assert.Equal(400, (await Client.GetRawAsync(Path, Client.Token(secondsAhead: (8 * 3_600) + 1))).Status);
        await Venue.AddAccountAsync(Venues.Lighter.LighterTestAccount.FromSeed(1, 555), 0);
        Assert.Equal(400, (await Client.GetRawAsync("/api/v1/accountActiveOrders?account_index=555", Client.Token())).Status);
        string valid = Client.Token();
        string forged = valid[..^1] + (valid[^1] == '0' ? '1' : '0');
        Assert.Equal(400, (await Client.GetRawAsync(Path, forged)).Status);
    }

    [Fact]
    public async Task Inactive_orders_and_trades_come_in_pages_newest_first()
    {
        await TradeAsync(5);
        List<long> orders = await PagesAsync("/api/v1/accountInactiveOrders?account_index=12345&limit=2", "orders", "order_index");
        List<long> trades = await PagesAsync("/api/v1/trades?account_index=12345&sort_by=trade_id&limit=2", "trades", "trade_id");
        Assert.Equal(5, orders.Distinct().Count());
        Assert.Equal(5, trades.Distinct().Count());
        Assert.Equal(orders.OrderDescending(), orders);
        Assert.Equal(trades.OrderDescending(), trades);
    }

    [Fact]
    public async Task Histories_can_be_narrowed()
    {
        await TradeAsync(1);
        long firstSecond = Client.NowMs / 1_000;
        Clock.Advance(TimeSpan.FromSeconds(60));
        await TradeAsync(2);
        string orders = "/api/v1/accountInactiveOrders?account_index=12345&limit=100";
        Assert.Single((await Client.GetAsync($"{orders}&between_timestamps={firstSecond}-{firstSecond + 30}"))["orders"]!.AsArray());
        JsonObject later = await Client.GetAsync($"{orders}&between_timestamps={firstSecond + 30}-{firstSecond + 90}");
        Assert.Equal(2, later["orders"]!.AsArray().Count);
        Assert.Empty((await Client.GetAsync($"{orders}&ask_filter=1"))["orders"]!.AsArray());
        Assert.Empty((await Client.GetAsync($"{orders}&market_type=spot"))["orders"]!.AsArray());
        string trades = "/api/v1/trades?account_index=12345&sort_by=timestamp&limit=100";
        Assert.Equal(2, (await Client.GetAsync($"{trades}&from={Client.NowMs - 30_000}"))["trades"]!.AsArray().Count);
        Assert.Empty((await Client.GetAsync($"{trades}&role=maker"))["trades"]!.AsArray());
        long index = (long)(await InactiveOrdersAsync())[0]!["order_index"]!;
        Assert.Single((await Client.GetAsync($"{trades}&order_index={index}"))["trades"]!.AsArray());
        Assert.Equal(3, (await Client.GetAsync("/api/v1/recentTrades?market_id=0&limit=100", withAuth: false))["trades"]!.AsArray().Count);
        Assert.False((await Client.GetAsync("/api/v1/recentTrades?market_id=2&limit=100", withAuth: false)).ContainsKey("trades"));
    }

    private static void AssertMembers(string expected, JsonNode? actual) => Assert.Equal(
        expected.Split(',').Order(StringComparer.Ordinal), actual!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal));

    private async Task<List<long>> PagesAsync(string path, string list, string id)
    {
        List<long> ids = [];
        string cursor = "";
        do
        {
            JsonObject page = await Client.GetAsync(path + (cursor.Length > 0 ? $"&cursor={cursor}" : ""));
            Assert.InRange(page[list]!.AsArray().Count, 0, 2);
            ids.AddRange(page[list]!.AsArray().Select(row => (long)row![id]!));
            cursor = (string)page["next_cursor"]!;
        }
        while (cursor.Length > 0);
        return ids;
    }

    private async Task TradeAsync(int count)
    {
        await Venue.PlaceHouseOrderAsync(0, isAsk: true, count * 0.5m, 2361m);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(0, await ExecuteAsync(Client.Limit(false, 5_000, 236_100, timeInForce: LighterTimeInForce.ImmediateOrCancel)));
        }
    }
}
