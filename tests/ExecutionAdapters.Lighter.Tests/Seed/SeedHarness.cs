using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Lighter.Tests.Seed;

/// <summary>
/// A venue that behaves as the seed tests' mock: account 12345, key 5, nonce 9999, acknowledgements without id and hash, and beside them
/// only what a test pushes.
/// </summary>
internal static class SeedHarness
{
    public const long FirstNonce = 9999;

    public static readonly string[] AccountStreams = ["account_all_orders", "account_all_trades", "account_all_positions", "account_all_assets", "user_stats"];

    private static long _markers = 281474990000000;

    /// <summary>The venue and a client that is not connected yet.</summary>
    public static async Task<ClientHarness> StartAsync(long? integrator = null, params byte[] makerOnlyKeys)
    {
        var options = new LighterVenueOptions { SyntheticFlow = false, InitialNonce = FirstNonce, MakerOnlyApiKeys = makerOnlyKeys };
        var harness = await ClientHarness.StartAsync(venueOptions: options, configure: clientOptions => clientOptions with { IntegratorAccountIndex = integrator });
        harness.Venue.Faults.OmitHashInAcknowledgements();
        harness.Load("""
            {"fault":"drop_frame","channel":"account_tx","times":null},
            {"fault":"refuse_request","path":"tx","status":404,"times":null}
            """);
        return harness;
    }

    /// <summary>The same, connected.</summary>
    public static async Task<ClientHarness> ConnectAsync()
    {
        var harness = await StartAsync();
        await harness.ConnectClientAsync();
        return harness;
    }

    public static void Load(this ClientHarness harness, string rules) => harness.Venue.Faults.Load($$"""{"faults":[{{rules}}]}""");

    /// <summary>The venue's own frames about orders are lost from now on.</summary>
    public static void LoseOrderFrames(this ClientHarness harness) => harness.Load("""{"fault":"drop_frame","channel":"account_all_orders","times":null}""");

    /// <summary>The next transaction is answered by a frame of type jsonapi/sendtx with nothing but code and message.</summary>
    public static void RefuseNext(this ClientHarness harness, int code, string message) => harness.Load($$$"""
        {"fault":"refuse_transaction","code":{{{code}}},"message":"{{{message}}}"},
        {"fault":"drop_frame","type":"jsonapi/sendtx"},
        {"fault":"push_frame","frame":{"type":"jsonapi/sendtx","code":{{{code}}},"message":"{{{message}}}"}}
        """);

    /// <summary>Submits a limit order whose open row, with that venue order id, is pushed in place of the venue's own.</summary>
    public static async Task<Order> RestAsAsync(this ClientHarness harness, string venueOrderId, OrderSide side, string quantity, string price)
    {
        harness.Load("""{"fault":"drop_frame","channel":"account_all_orders"}""");
        var sent = harness.Received().Count;
        var order = harness.Submit(Orders.Limit(side, quantity, price));
        await harness.UntilAsync(() => harness.Received().Count > sent, "the order at the venue");
        Assert.Equal(200, harness.Received()[sent].Code);
        var clientOrderIndex = harness.Received()[sent].Info.GetProperty("ClientOrderIndex").GetInt64();
        await harness.PushOrderAsync(venueOrderId, clientOrderIndex, side, quantity, price, "open");
        await harness.UntilAsync(() => order.Status == OrderStatus.Accepted, "the pushed row");
        Assert.Equal(venueOrderId, order.VenueOrderId!.Value.Value);
        return order;
    }

    /// <summary>
    /// Waits until the venue has received all that the client sends for what it was told so far, and the client has handled all that the
    /// venue sent: what was not received or emitted by then was not caused by it. The markers are one more subscription on the client's
    /// connection, then the row of a closed order of somebody else.
    /// </summary>
    public static async Task MarkAsync(this ClientHarness harness)
    {
        var subscribed = Tickers();
        harness.Client.SubscribeQuotes(harness.Client.Instruments.ElementAt(subscribed).Id);
        await harness.UntilAsync(() => Tickers() > subscribed, "the marking subscription");
        var marker = Interlocked.Increment(ref _markers).ToString(CultureInfo.InvariantCulture);
        await harness.PushOrderAsync(marker, clientOrderIndex: 0, OrderSide.Buy, "0.0100", "1000.00", "canceled", channel: "marker");
        await harness.NextAsync<OrderStatusReport>(report => report.VenueOrderId.Value == marker);

        int Tickers() => harness.Venue.Requests.Select(request => request.Path).Where(path => path.StartsWith("/stream/ticker/", StringComparison.Ordinal)).Distinct().Count();
    }

    public static Task PushOrderAsync(
        this ClientHarness harness, string venueOrderId, long clientOrderIndex, OrderSide side, string quantity, string price, string status,
        string channel = "account_all_orders:12345")
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var isAsk = side == OrderSide.Sell ? "true" : "false";
        return harness.Venue.Faults.PushFrameAsync(null, $$$"""
            {"type":"update/account_all_orders","channel":"{{{channel}}}","orders":{"0":[{
            "order_index":{{{venueOrderId}}},"order_id":"{{{venueOrderId}}}","client_order_index":{{{clientOrderIndex}}},"client_order_id":"{{{clientOrderIndex}}}",
            "owner_account_index":12345,"market_index":0,"initial_base_amount":"{{{quantity}}}","remaining_base_amount":"{{{quantity}}}",
            "filled_base_amount":"0.0000","filled_quote_amount":"0.000000","price":"{{{price}}}","trigger_price":"0.00","is_ask":{{{isAsk}}},"side":"",
            "type":"limit","time_in_force":"good-till-time","reduce_only":false,"status":"{{{status}}}","trigger_status":"na",
            "order_expiry":{{{now + 86_400_000}}},"timestamp":{{{now}}},"created_at":{{{now}}},"updated_at":{{{now}}}}]}}
            """);
    }

    public static Task PushPositionsAsync(this ClientHarness harness, string rows) => harness.Venue.Faults.PushFrameAsync(
        null, $$$"""{"type":"update/account_all_positions","channel":"account_all_positions:12345","positions":{{{{rows}}}}}""");

    /// <summary>A row of a position of the ETH perp, held long at 2300.00; a negative size makes it unreadable.</summary>
    public static string PositionRow(string size) =>
        $$"""
        "0":{"market_id":0,"symbol":"ETH","sign":1,"position":"{{size}}","avg_entry_price":"2300.00","position_value":"3450.00"}
        """;

    /// <summary>Position reports as the engine asks for them.</summary>
    public static Task<IReadOnlyList<PositionStatusReport>> PositionReportsAsync(this ClientHarness harness) => harness.Client.GeneratePositionStatusReportsAsync(
        new GeneratePositionStatusReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default });

    /// <summary>REST requests to an endpoint, or connections for "/stream", or subscriptions for "/stream/{channel}".</summary>
    public static IReadOnlyList<CapturedRequest> Requests(this ClientHarness harness, string path) =>
        [.. harness.Venue.Requests.Where(request => request.Path == (path.StartsWith('/') ? path : "/api/v1/" + path))];

    /// <summary>Subscriptions to an account stream.</summary>
    public static IReadOnlyList<CapturedRequest> Subscriptions(this ClientHarness harness, string stream) => harness.Requests($"/stream/{stream}/12345");

    public static long Number(this JsonElement info, string name) => info.GetProperty(name).GetInt64();

    /// <summary>It came with a token: deadline:account:key:signature.</summary>
    public static void AssertToken(CapturedRequest request)
    {
        var parts = Assert.IsType<string>(request.Authorization).Split(':');
        Assert.Equal(4, parts.Length);
        Assert.Equal(("12345", "5"), (parts[1], parts[2]));
    }
}
