using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Tests.Lighter.Server;

/// <summary>What is refused at once, with which code, and that a refusal consumes no nonce.</summary>
public sealed class AdmissionRefusalTests : VenueTest
{
    [Fact]
    public async Task Unknown_account_is_21100() =>
        Assert.Equal(21100, await RefusedAsync(Order(Client.Header() with { AccountIndex = 999 })));

    [Fact]
    public async Task Unknown_api_key_is_21109() =>
        Assert.Equal(21109, await RefusedAsync(Order(Client.Header() with { ApiKeyIndex = 9 })));

    [Theory]
    [InlineData(1, 21104)]
    [InlineData(-1, 21104)]
    public async Task A_nonce_that_is_not_the_next_one_is_refused(long offset, int code)
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000));
        Client.NextNonce += offset;
        Assert.Equal(code, await RefusedAsync(Client.Limit(false, 5_000, 236_000)));
    }

    [Fact]
    public async Task A_nonce_may_skip_ahead_with_attribute_4_but_not_back()
    {
        Client.NextNonce = 50;
        Assert.Equal(0, await ExecuteAsync(Order(Client.Header(default(TransactionAttributes).SkipNonce()))));
        Client.NextNonce = 20;
        Assert.Equal(21104, await RefusedAsync(Order(Client.Header(default(TransactionAttributes).SkipNonce()))));
    }

    [Theory]
    [InlineData(-60_000)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(660_000)]
    public async Task A_transaction_lifetime_past_or_beyond_ten_minutes_is_21501(long aheadMs)
    {
        Assert.Equal(21501, await RefusedAsync(Order(Client.Header() with { ExpiredAt = Client.NowMs + aheadMs })));
    }

    [Fact]
    public async Task The_near_ends_of_the_windows_themselves_are_admitted()
    {
        LighterOrderInfo order = Client.Limit(false, 5_000, 236_000).Order with { OrderExpiry = Client.NowMs + 300_000 };
        Client.NextNonce = 1;
        CreateOrderTransaction create = Client.Create(order);
        Assert.Equal(0, await ExecuteAsync(create with { Header = create.Header with { ExpiredAt = Client.NowMs + 1 } }));
    }

    [Fact]
    public async Task A_changed_transaction_is_21120()
    {
        SignedTransaction signed = Client.Sign(Client.Limit(false, 5_000, 236_000));
        string info = Encoding.UTF8.GetString(signed.TxInfo.Span).Replace("\"Price\":236000", "\"Price\":236001");
        (int status, JsonObject body) = await Client.PostAsync("/api/v1/sendTx", ("tx_type", "14"), ("tx_info", info));
        Assert.Equal((400, 21120), (status, (int)body["code"]!));
    }

    [Fact]
    public async Task A_transaction_for_another_chain_is_21120()
    {
        await using var mainnet = new VenueClient(Venue, Clock) { ChainId = 304 };
        (_, JsonObject body) = await mainnet.PostTxAsync(mainnet.Limit(false, 5_000, 236_000));
        Assert.Equal(21120, (int)body["code"]!);
    }

    [Theory]
    [InlineData("\"Price\":236000", "\"Price\":0", 21702)]
    [InlineData("\"Price\":236000", "\"Price\":\"236000\"", 21501)]
    [InlineData("\"Price\":236000", "\"Price\":236000.5", 21501)]
    [InlineData("\"Price\":236000", "\"Price\":236000,\"Extra\":1", 21501)]
    [InlineData("\"Price\":236000", "\"Price\":236000,\"Price\":236000", 21501)]
    [InlineData("\"BaseAmount\":5000", "\"BaseAmount\":0", 21701)]
    [InlineData("\"TimeInForce\":1", "\"TimeInForce\":9", 21705)]
    [InlineData("\"TriggerPrice\":0", "\"TriggerPrice\":5", 21729)]
    public async Task Content_that_breaks_the_form_or_a_range_is_refused_before_the_signature_is_looked_at(string from, string to, int code)
    {
        SignedTransaction signed = Client.Sign(Client.Limit(false, 5_000, 236_000));
        string info = Encoding.UTF8.GetString(signed.TxInfo.Span);
        Assert.Contains(from, info, StringComparison.Ordinal);
        (int status, JsonObject body) = await Client.PostAsync("/api/v1/sendTx", ("tx_type", "14"), ("tx_info", info.Replace(from, to)));
        Assert.Equal((400, code), (status, (int)body["code"]!));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("0")]
    [InlineData("26")]
    public async Task A_type_that_users_do_not_send_is_21505(string type)
    {
        (_, JsonObject body) = await Client.PostAsync("/api/v1/sendTx", ("tx_type", type), ("tx_info", "{}"));
        Assert.Equal(21505, (int)body["code"]!);
    }

    [Fact]
    public async Task A_type_that_this_venue_does_not_execute_is_verified_and_then_21505()
    {
        var subAccount = new CreateSubAccountTransaction { Header = Client.Header() };
        Assert.Equal(21505, await RefusedAsync(subAccount));
        Assert.Equal(21104, await RefusedAsync(subAccount with { Header = Client.Header() with { Nonce = 77 } }));
    }

    [Theory]
    [InlineData(7, 5_000, 236_000, 21602)] // no such market
    [InlineData(0, 49, 236_000, 21706)] // below the minimum size
    [InlineData(2, 50, 142_150, 21706)] // below the minimum notional
    [InlineData(0, 1_300_000_000, 236_000, 21706)] // above the order quote limit
    [InlineData(0, 5_000, 290_000, 21733)] // buying 23 % above the mark
    [InlineData(0, 5_000, 10_000, 21734)] // 96 % below the mark
    [InlineData(0, 999_999_999, 236_000, 21739)] // more than the account can carry
    [InlineData(2048, 900_000_000, 236_000, 21304)] // more than the wallet holds
    public async Task An_order_that_cannot_be_is_refused_with_the_code_that_says_why(int market, long size, int price, int code) =>
        Assert.Equal(code, await RefusedAsync(Client.Limit(false, size, (uint)price, market: (short)market)));

    [Fact]
    public async Task Selling_far_below_the_mark_is_accidental_unless_price_protection_is_off()
    {
        SignedTransaction signed = Client.Sign(Client.Limit(true, 5_000, 180_000));
        string info = Encoding.UTF8.GetString(signed.TxInfo.Span);
        (_, JsonObject refused) = await Client.PostAsync("/api/v1/sendTx", ("tx_type", "14"), ("tx_info", info));
        (int status, JsonObject admitted) = await Client.PostAsync(
            "/api/v1/sendTx", ("tx_type", "14"), ("tx_info", info), ("price_protection", "false"));
        Assert.Equal(21733, (int)refused["code"]!);
        Assert.Equal((200, 200), (status, (int)admitted["code"]!));
    }

    [Fact]
    public async Task Price_protection_can_be_switched_off_for_a_modification_too()
    {
        await ExecuteAsync(Client.Limit(true, 5_000, 240_000, clientIndex: 4));
        Assert.Equal(21733, await OutcomeAsync(await ModifyAsync("true")));
        Assert.Equal("2400.00", (string)(await ActiveOrdersAsync())[0]!["price"]!);
        Assert.Equal(0, await OutcomeAsync(await ModifyAsync("false")));
        Assert.Equal("1800.00", (string)(await ActiveOrdersAsync())[0]!["price"]!);

        async Task<string> ModifyAsync(string protection)
        {
            SignedTransaction signed = Client.Sign(new ModifyOrderTransaction
            {
                Header = Client.Header(),
                MarketIndex = 0,
                Index = 4,
                BaseAmount = 5_000,
                Price = 180_000,
            });
            (int status, JsonObject body) = await Client.PostAsync(
                "/api/v1/sendTx",
                ("tx_type", $"{(int)signed.Type}"),
                ("tx_info", Encoding.UTF8.GetString(signed.TxInfo.Span)),
                ("price_protection", protection));
            Assert.Equal(200, status);
            return (string)body["tx_hash"]!;
        }
    }

    [Fact]
    public async Task A_stop_priced_far_from_its_trigger_is_21735() =>
        Assert.Equal(21735, await RefusedAsync(Client.Create(Stop(trigger: 230_000, price: 150_000))));

    [Theory]
    [InlineData(60_000)]
    [InlineData(299_999)]
    [InlineData(31L * 86_400_000)]
    public async Task An_expiry_outside_five_minutes_to_thirty_days_is_21711(long aheadMs)
    {
        CreateOrderTransaction order = Client.Limit(false, 5_000, 236_000);
        Assert.Equal(21711, await RefusedAsync(order with { Order = order.Order with { OrderExpiry = Client.NowMs + aheadMs } }));
    }

    [Fact]
    public async Task TWAP_and_grouped_orders_are_not_offered()
    {
        CreateOrderTransaction order = Client.Limit(false, 5_000, 236_000);
        Assert.Equal(21710, await RefusedAsync(order with { Order = order.Order with { Type = LighterOrderType.Twap } }));
        long expiry = Client.NowMs + 86_400_000;
        LighterOrderInfo stop = Stop(230_000, 229_000) with { ReduceOnly = true, OrderExpiry = expiry };
        LighterOrderInfo target = stop with { Type = LighterOrderType.TakeProfit, TriggerPrice = 250_000, Price = 249_000 };
        Assert.Equal(21741, await RefusedAsync(new CreateGroupedOrdersTransaction
        {
            Header = Client.Header(),
            GroupingType = LighterGroupingType.OneCancelsTheOther,
            Orders = [stop, target],
        }));
    }

    [Fact]
    public async Task A_client_order_index_in_use_is_21728_and_free_again_when_the_order_is_done()
    {
        await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 5));
        Assert.Equal(21728, await RefusedAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 5)));
        Assert.Equal(0, await ExecuteAsync(new CancelOrderTransaction { Header = Client.Header(), MarketIndex = 0, Index = 5 }));
        Assert.Equal(0, await ExecuteAsync(Client.Limit(false, 5_000, 236_000, clientIndex: 5)));
    }

    [Fact]
    public async Task The_seventeenth_pending_order_in_a_market_is_21720()
    {
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(0, await ExecuteAsync(Client.Create(Stop(230_000, 229_000))));
        }

        Assert.Equal(21720, await RefusedAsync(Client.Create(Stop(230_000, 229_000))));
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(299_999)]
    [InlineData(16L * 86_400_000)]
    public async Task A_dead_mans_switch_outside_five_minutes_to_fifteen_days_is_21714(long aheadMs) =>
        Assert.Equal(21714, await RefusedAsync(new CancelAllOrdersTransaction
        {
            Header = Client.Header(),
            TimeInForce = LighterCancelAllTimeInForce.Scheduled,
            Time = Client.NowMs + aheadMs,
        }));

    [Fact]
    public async Task A_leverage_above_the_markets_maximum_is_refused() => Assert.Equal(
        21113, await RefusedAsync(new UpdateLeverageTransaction { Header = Client.Header(), MarketIndex = 0, InitialMarginFraction = 100 }));

    [Theory]
    [InlineData(100u, "", 21504)] // a fee cap needs the wallet's signature
    [InlineData(1_001u, "", 21134)] // above what systemConfig allows
    public async Task An_integrator_cap_that_cannot_be_is_refused(uint cap, string l1Signature, int code) =>
        Assert.Equal(code, await RefusedAsync(
        new ApproveIntegratorTransaction
        {
            Header = Client.Header(),
            IntegratorAccountIndex = 723_813,
            MaxPerpsTakerFee = cap,
            ApprovalExpiry = Client.NowMs + 1_000_000,
            L1Signature = l1Signature,
        }));

    [Fact]
    public async Task Integrator_attributes_need_an_approval_that_has_not_expired()
    {
        TransactionAttributes tagged = default(TransactionAttributes).With(1, 723_813);
        LighterOrderInfo order = Client.Limit(false, 5_000, 236_000).Order;
        Client.NextNonce = 1;
        Assert.Equal(21149, await RefusedAsync(Client.Create(order, tagged)));
        Assert.Equal(0, await ExecuteAsync(new ApproveIntegratorTransaction
        {
            Header = Client.Header(),
            IntegratorAccountIndex = 723_813,
            ApprovalExpiry = Client.NowMs + 600_000,
        }));
        JsonObject account = await Client.GetAsync("/api/v1/account?by=index&value=12345", withAuth: false);
        Assert.Equal(723_813, (long)Assert.Single(account["accounts"]![0]!["approved_integrators"]!.AsArray())!["account_index"]!);
        Assert.Equal(0, await ExecuteAsync(Client.Create(order, tagged)));
        Assert.Equal(21149, await RefusedAsync(Client.Create(order, default(TransactionAttributes).Integrator(723_813, 10, 0))));
        Clock.Advance(TimeSpan.FromMinutes(11));
        await Client.ReconnectAsync(); // 11 minutes of silence ended the connection
        Assert.Equal(21149, await RefusedAsync(Client.Create(order with { OrderExpiry = Client.NowMs + 600_000 }, tagged)));
    }

    [Fact]
    public async Task An_approval_can_be_revoked()
    {
        LighterOrderInfo order = Client.Limit(false, 5_000, 236_000).Order;
        Client.NextNonce = 1;
        var approval = new ApproveIntegratorTransaction { IntegratorAccountIndex = 723_813, ApprovalExpiry = Client.NowMs + 600_000 };
        Assert.Equal(0, await ExecuteAsync(approval with { Header = Client.Header() }));
        Assert.Equal(0, await ExecuteAsync(approval with { Header = Client.Header(), ApprovalExpiry = 0 }));
        Assert.Equal(21149, await RefusedAsync(Client.Create(order, default(TransactionAttributes).With(1, 723_813))));
    }

    private CreateOrderTransaction Order(TransactionHeader header) => Client.Limit(false, 5_000, 236_000) with { Header = header };

    private LighterOrderInfo Stop(uint trigger, uint price) => new()
    {
        MarketIndex = 0,
        BaseAmount = 5_000,
        Price = price,
        IsAsk = true,
        Type = LighterOrderType.StopLoss,
        TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        TriggerPrice = trigger,
        OrderExpiry = Client.NowMs + 86_400_000,
    };
}
