namespace ExecutionAdapters.Model.Tests.Reports;

public class ReportTests
{
    private static readonly InstrumentId Eth = InstrumentId.Parse("ETH-PERP.LIGHTER");

    [Fact]
    public void An_order_report_says_filled_only_when_all_is_filled()
    {
        var order = Order("1", "10", "4", OrderStatus.PartiallyFilled);

        Assert.Equal("6", order.LeavesQty.ToString());
        Assert.Null(order.Validate());
        Assert.Null((order with { OrderStatus = OrderStatus.Canceled }).Validate());
        Assert.Contains("order 1 is FILLED with 4 of 10", (order with { OrderStatus = OrderStatus.Filled }).Validate(), StringComparison.Ordinal);
        Assert.Equal("0", (order with { FilledQty = Quantity.Parse("11") }).LeavesQty.ToString());
        Assert.Equal("OrderStatusReport( 1 ETH-PERP.LIGHTER BUY 4/10 LIMIT PARTIALLY_FILLED)", order.ToString());
    }

    [Theory]
    [InlineData(PositionSide.Long, "2", "2", null)]
    [InlineData(PositionSide.Short, "2", "-2", null)]
    [InlineData(PositionSide.Flat, "0", "0", null)]
    [InlineData(PositionSide.Flat, "2", "0", "FLAT with 2")]
    [InlineData(PositionSide.Long, "0", "0", "LONG with zero")]
    [InlineData(PositionSide.NoPositionSide, "0", "0", "has no side")]
    public void A_position_report_has_a_sign(PositionSide side, string quantity, string signed, string? error)
    {
        var report = Position(Eth, side, quantity);

        Assert.Equal(decimal.Parse(signed), report.SignedDecimalQty);
        if (error is null)
        {
            Assert.Null(report.Validate());
        }
        else
        {
            Assert.Contains(error, report.Validate(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mass_status_groups_and_the_last_report_of_an_order_stays()
    {
        var (first, second, last) = (Order("1", "10", "0", OrderStatus.Accepted), Order("2", "5", "0", OrderStatus.Accepted), Order("1", "10", "4", OrderStatus.PartiallyFilled));
        var (fillA, fillB, fillC) = (Fill("1", "a"), Fill("1", "b"), Fill("2", "c"));
        var btc = InstrumentId.Parse("BTC-PERP.LIGHTER");

        var status = ExecutionMassStatus.Create(
            default, new UnixNanos(7), new ClientId("LIGHTER"), new AccountId("LIGHTER-001"), new Venue("LIGHTER"),
            [first, second, last], [fillA, fillB, fillC], [Position(Eth, PositionSide.Long, "4"), Position(btc, PositionSide.Flat, "0")], ["market 99 is unknown"]);

        Assert.Equal(2, status.OrderReports.Count);
        Assert.Same(last, status.OrderReports[new VenueOrderId("1")]);
        Assert.Equal([fillA, fillB], status.FillReports[new VenueOrderId("1")]);
        Assert.Equal([fillC], status.FillReports[new VenueOrderId("2")]);
        Assert.Equal(PositionSide.Flat, Assert.Single(status.PositionReports[btc]).PositionSide);
        Assert.Equal("ExecutionMassStatus(LIGHTER LIGHTER-001 orders=2 fills=2 positions=2 unmapped=1)", status.ToString());
    }

    [Fact]
    public void Order_and_fills_belong_together()
        => Assert.Equal("OrderWithFills(1 ETH-PERP.LIGHTER fills=1)", new OrderWithFills
        {
            ReportId = default,
            TsInit = default,
            AccountId = new AccountId("LIGHTER-001"),
            Order = Order("1", "10", "4", OrderStatus.PartiallyFilled),
            Fills = [Fill("1", "a")],
        }.ToString());

    private static OrderStatusReport Order(string id, string quantity, string filled, OrderStatus status) => new()
    {
        ReportId = default,
        TsInit = new UnixNanos(1),
        AccountId = new AccountId("LIGHTER-001"),
        InstrumentId = Eth,
        VenueOrderId = new VenueOrderId(id),
        OrderSide = OrderSide.Buy,
        OrderType = OrderType.Limit,
        TimeInForce = TimeInForce.GTC,
        OrderStatus = status,
        Quantity = Quantity.Parse(quantity),
        FilledQty = Quantity.Parse(filled),
        TsAccepted = new UnixNanos(1),
        TsLast = new UnixNanos(1),
    };

    private static FillReport Fill(string order, string trade) => new()
    {
        ReportId = default,
        TsInit = new UnixNanos(1),
        AccountId = new AccountId("LIGHTER-001"),
        InstrumentId = Eth,
        VenueOrderId = new VenueOrderId(order),
        TradeId = new TradeId(trade),
        OrderSide = OrderSide.Buy,
        LastQty = Quantity.Parse("4"),
        LastPx = Price.Parse("2000.00"),
        Commission = Money.Parse("0.1 USDC"),
        LiquiditySide = LiquiditySide.Maker,
        TsEvent = new UnixNanos(1),
    };

    private static PositionStatusReport Position(InstrumentId instrument, PositionSide side, string quantity) => new()
    {
        ReportId = default,
        TsInit = new UnixNanos(1),
        AccountId = new AccountId("LIGHTER-001"),
        InstrumentId = instrument,
        PositionSide = side,
        Quantity = Quantity.Parse(quantity),
        TsLast = new UnixNanos(1),
    };
}
