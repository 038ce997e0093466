using System.Text.Json.Nodes;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task Mass_status_tells_orders_fills_and_positions_of_the_account()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var open = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var filled = await harness.RestAsync(OrderSide.Buy, "0.0200", "2300.00");
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.02m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        await harness.UntilAsync(() => filled.IsClosed, "the fill");
        await harness.NextAsync<PositionStatusReport>(report => report.Quantity.Value == 0.02m); // a stream of its own tells it
        var status = await harness.Client.GenerateMassStatusAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrderStatus.Accepted, status.OrderReports[open.VenueOrderId!.Value].OrderStatus);
        Assert.Equal(open.ClientOrderId, status.OrderReports[open.VenueOrderId!.Value].ClientOrderId);
        Assert.Equal(OrderStatus.Filled, status.OrderReports[filled.VenueOrderId!.Value].OrderStatus);
        Assert.Equal(0.02m, Assert.Single(status.FillReports[filled.VenueOrderId!.Value]).LastQty.Value);
        Assert.Equal(0.02m, Assert.Single(status.PositionReports[Orders.Eth]).Quantity.Value);
    }

    [Fact]
    public async Task A_fill_told_by_the_stream_is_not_told_again_by_a_fill_report()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var filled = await harness.RestAsync(OrderSide.Buy, "0.0200", "2300.00");
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, 0.02m, 2300m, LighterTimeInForce.ImmediateOrCancel);
        await harness.UntilAsync(() => filled.IsClosed, "the fill");
        Assert.Empty(await harness.Client.GenerateFillReportsAsync(new GenerateFillReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default }));
    }

    [Fact]
    public async Task A_source_that_fails_is_an_exception_and_never_an_empty_list()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Venue.Faults.RefuseRest("trades", 400, 29500, "internal server error", times: 10);
        var exception = await Assert.ThrowsAsync<MassStatusException>(() => harness.Client.GenerateMassStatusAsync());
        Assert.Contains("trades", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["fill_reports"], exception.FailedParts);
        Assert.Equal(order.ClientOrderId, Assert.Single(exception.Partial.OrderReports.Values).ClientOrderId);
    }

    [Theory]
    [InlineData("twap", OrderType.Limit)]
    [InlineData("twap-sub", OrderType.Limit)]
    [InlineData("liquidation", OrderType.Market)]
    public async Task Orders_of_types_that_this_client_does_not_send_are_reported_as_what_comes_nearest(string type, OrderType nearest)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Venue.Faults.Load(Answer("accountActiveOrders", await RowAsync(harness, ("type", type))));
        var report = (await harness.Client.GenerateMassStatusAsync()).OrderReports[order.VenueOrderId!.Value];
        Assert.Equal((nearest, OrderStatus.Accepted, "2000.00"), (report.OrderType, report.OrderStatus, report.Price.ToString()));
    }

    [Fact]
    public async Task Orders_that_cannot_be_read_are_named_and_do_not_hide_the_others()
    {
        using var log = new CapturedLog();
        await using var harness = await ClientHarness.ConnectAsync(logger: log.CreateLogger<LighterExecutionClient>());
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        string[] rows =
        [
            await RowAsync(harness, ("type", "iceberg"), ("order_id", "7")),
            await RowAsync(harness),
            await RowAsync(harness, ("status", "suspended"), ("order_id", "8")),
            await RowAsync(harness, ("initial_base_amount", "many"), ("order_id", "9")),
        ];
        harness.Venue.Faults.Load(Answer("accountActiveOrders", rows));
        for (var i = 0; i < 2; i++)
        {
            var exception = await Assert.ThrowsAsync<MassStatusException>(() => harness.Client.GenerateMassStatusAsync());
            Assert.Equal(["order_reports"], exception.FailedParts);
            Assert.Equal(order.ClientOrderId, Assert.Single(exception.Partial.OrderReports.Values).ClientOrderId);
            Assert.Contains("iceberg", exception.Message, StringComparison.Ordinal);
        }

        await harness.SettleAsync();
        Assert.Single(log.Lines, line => line.Contains("order 7: order type 'iceberg'", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("order 8: order status 'suspended'", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("'initial_base_amount' is no decimal number", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_that_may_be_one_of_those_that_cannot_be_read_is_not_told_as_absent()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var command = new GenerateOrderStatusReport { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default, VenueOrderId = order.VenueOrderId };
        var odd = await RowAsync(harness, ("initial_base_amount", "many"), ("order_id", "9"));
        harness.Venue.Faults.Load(Answer("accountActiveOrders", odd, await RowAsync(harness)));
        Assert.Equal(order.VenueOrderId, (await harness.Client.GenerateOrderStatusReportAsync(command))!.VenueOrderId);
        await Assert.ThrowsAsync<ExecutionClientException>(
            () => harness.Client.GenerateOrderStatusReportAsync(command with { VenueOrderId = new VenueOrderId("9") }));
    }

    [Fact]
    public async Task A_flat_instrument_is_an_explicit_flat_report()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var reports = await harness.Client.GeneratePositionStatusReportsAsync(
            new GeneratePositionStatusReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default, InstrumentId = Orders.Eth });
        Assert.Equal(PositionSide.Flat, Assert.Single(reports).PositionSide);
    }

    [Fact]
    public async Task An_order_is_found_by_its_client_order_id_also_after_it_is_closed()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.IsClosed, "the cancel");
        var report = await harness.Client.GenerateOrderStatusReportAsync(
            new GenerateOrderStatusReport { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default, ClientOrderId = order.ClientOrderId });
        Assert.Equal((OrderStatus.Canceled, order.VenueOrderId), (report!.OrderStatus, report.VenueOrderId));
    }

    [Fact]
    public async Task Queries_are_answered_as_events()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Client.QueryOrder(new QueryOrder
        {
            TraderId = Orders.Trader,
            StrategyId = Orders.Strategy,
            InstrumentId = Orders.Eth,
            CommandId = Uuid4.New(),
            TsInit = default,
            ClientOrderId = order.ClientOrderId,
        });
        Assert.Equal(order.ClientOrderId, (await harness.NextAsync<OrderStatusReport>()).ClientOrderId);
        var states = harness.Events<AccountState>().Count;
        harness.Client.QueryAccount(new QueryAccount { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default, AccountId = harness.Client.AccountId });
        await harness.UntilAsync(() => harness.Events<AccountState>().Count > states, "an account state");
    }

    [Fact]
    public async Task Queries_of_a_disconnected_client_are_told_in_the_log()
    {
        using var log = new CapturedLog();
        await using var harness = await ClientHarness.ConnectAsync(logger: log.CreateLogger<LighterExecutionClient>());
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        await harness.Client.DisconnectAsync();
        harness.Client.QueryAccount(new QueryAccount { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default, AccountId = harness.Client.AccountId });
        await harness.UntilAsync(() => IsTold("The query of the account"), "the account query in the log");
        harness.Client.QueryOrder(new QueryOrder
        {
            TraderId = Orders.Trader,
            StrategyId = Orders.Strategy,
            InstrumentId = Orders.Eth,
            CommandId = Uuid4.New(),
            TsInit = default,
            ClientOrderId = order.ClientOrderId,
        });
        await harness.UntilAsync(() => IsTold("The query of order"), "the order query in the log");

        bool IsTold(string query) => log.Lines.Any(line =>
            line.Contains(query, StringComparison.Ordinal) && line.Contains("not connected. Connect and query again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mass_status_has_every_page_and_only_what_its_lookback_reaches()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        for (var i = 0; i < 230; i++)
        {
            harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "1900.00"));
        }

        await harness.UntilAsync(() => harness.Cache.Orders().All(order => order.IsOpen), "the orders");
        harness.Client.CancelAllOrders(Orders.CancelAll());
        await harness.UntilAsync(() => harness.Cache.Orders().All(order => order.IsClosed), "the cancels");
        Assert.Equal(230, (await harness.Client.GenerateMassStatusAsync()).OrderReports.Count);
        Assert.Equal(230, (await harness.Client.GenerateMassStatusAsync(TimeSpan.FromHours(1))).OrderReports.Count);
        var later = new GenerateOrderStatusReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default, Start = UnixNanos.Now(TimeProvider.System) + TimeSpan.FromSeconds(2) };
        Assert.Empty(await harness.Client.GenerateOrderStatusReportsAsync(later));
    }

    [Fact]
    public async Task Reports_of_one_instrument_leave_the_others_out()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var bitcoin = InstrumentId.Parse("BTC-PERP.LIGHTER");
        var command = new GenerateOrderStatusReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default };
        Assert.Single(await harness.Client.GenerateOrderStatusReportsAsync(command with { InstrumentId = Orders.Eth }));
        Assert.Empty(await harness.Client.GenerateOrderStatusReportsAsync(command with { InstrumentId = bitcoin }));
        await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.GenerateOrderStatusReportsAsync(command with { InstrumentId = InstrumentId.Parse("NO-PERP.LIGHTER") }));
    }

    [Fact]
    public async Task Without_a_connection_positions_come_from_REST()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 0.05m, price: 2000m);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, "0.0500", "2000.00"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the fill");
        await harness.NextAsync<PositionStatusReport>(report => report.Quantity.Value == 0.05m); // a stream of its own tells it
        var command = new GeneratePositionStatusReports { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default };
        var live = Assert.Single(await harness.Client.GeneratePositionStatusReportsAsync(command));
        await harness.Client.DisconnectAsync();
        var asked = Assert.Single(await harness.Client.GeneratePositionStatusReportsAsync(command));
        Assert.Equal((live.PositionSide, live.Quantity, live.InstrumentId), (asked.PositionSide, asked.Quantity, asked.InstrumentId));
    }

    [Fact]
    public async Task Every_part_that_failed_is_named_and_the_others_are_there()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.RefuseRest("trades", 400, 29500, "internal server error", times: 10);
        harness.Venue.Faults.RefuseRest("accountInactiveOrders", 400, 29500, "internal server error", times: 10);
        var exception = await Assert.ThrowsAsync<MassStatusException>(() => harness.Client.GenerateMassStatusAsync());
        Assert.Equal(["order_reports", "fill_reports"], exception.FailedParts);
    }

    /// <summary>The account's first order as the venue writes it, with some members changed.</summary>
    private static async Task<string> RowAsync(ClientHarness harness, params (string Member, string Value)[] changes)
    {
        var row = JsonNode.Parse((await harness.TruthAsync()).GetProperty("orders").EnumerateArray().First().GetRawText())!;
        foreach (var (member, value) in changes)
        {
            row[member] = value;
        }

        return row.ToJsonString();
    }

    /// <summary>A script: the venue answers with these rows, always.</summary>
    private static string Answer(string path, params string[] rows) =>
        "{\"faults\":[{\"fault\":\"answer_request\",\"times\":null,\"path\":\"" + path + "\",\"body\":{\"code\":200,\"orders\":[" + string.Join(',', rows) + "]}}]}";
}
