using System.Reflection;
using ExecutionAdapters.Model.Tests.Orders;

namespace ExecutionAdapters.Model.Tests.Events;

/// <summary>What events and commands print: one short line that names the order.</summary>
public class TextFormTests
{
    private readonly Given _given = new();

    [Theory]
    [InlineData("Initialized", "OrderInitialized(O-1 ETH-PERP.LIGHTER BUY 10.000 STOP_LIMIT GTC price=2000.00 trigger_price=1990.00)")]
    [InlineData("Denied", "OrderDenied(O-1 ETH-PERP.LIGHTER TRADING_HALTED)")]
    [InlineData("Emulated", "OrderEmulated(O-1 ETH-PERP.LIGHTER)")]
    [InlineData("Released", "OrderReleased(O-1 ETH-PERP.LIGHTER price=1990.00)")]
    [InlineData("Submitted", "OrderSubmitted(O-1 ETH-PERP.LIGHTER)")]
    [InlineData("Accepted", "OrderAccepted(O-1 ETH-PERP.LIGHTER venue_order_id=281474976710657)")]
    [InlineData("Rejected", "OrderRejected(O-1 ETH-PERP.LIGHTER 21739 not enough margin)")]
    [InlineData("Canceled", "OrderCanceled(O-1 ETH-PERP.LIGHTER venue_order_id=281474976710657)")]
    [InlineData("Expired", "OrderExpired(O-1 ETH-PERP.LIGHTER venue_order_id=281474976710657)")]
    [InlineData("Triggered", "OrderTriggered(O-1 ETH-PERP.LIGHTER venue_order_id=281474976710657)")]
    [InlineData("PendingUpdate", "OrderPendingUpdate(O-1 ETH-PERP.LIGHTER)")]
    [InlineData("PendingCancel", "OrderPendingCancel(O-1 ETH-PERP.LIGHTER)")]
    [InlineData("ModifyRejected", "OrderModifyRejected(O-1 ETH-PERP.LIGHTER too late)")]
    [InlineData("CancelRejected", "OrderCancelRejected(O-1 ETH-PERP.LIGHTER too late)")]
    [InlineData("Updated", "OrderUpdated(O-1 ETH-PERP.LIGHTER quantity=10.000 price=2001.00 trigger_price=)")]
    [InlineData("Filled", "OrderFilled(O-1 ETH-PERP.LIGHTER BUY 4.000 @ 2000.00 TAKER trade_id=T-1)")]
    public void Order_events(string kind, string expected) => Assert.Equal(expected, _given.Event(kind).ToString());

    [Fact]
    public void Reconciliation_and_reason_show()
        => Assert.Equal(
            "OrderCanceled(O-1 ETH-PERP.LIGHTER venue_order_id=281474976710657 self-trade reconciliation)",
            ((OrderCanceled)_given.Event("Canceled") with { Reason = "self-trade", Reconciliation = true }).ToString());

    [Fact]
    public void Commands()
    {
        var (trader, strategy, instrument, order) = (Given.Trader, Given.Strategy, Given.Instrument, Given.OrderId);
        var id = Uuid4.FromBytes(new byte[16]);
        var cancel = new CancelOrder { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default, ClientOrderId = order };
        var modify = new ModifyOrder { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default, ClientOrderId = order, Quantity = Quantity.Parse("5") };
        var submit = new SubmitOrder { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default, Order = _given.Terms() with { ExecAlgorithmId = new ExecAlgorithmId("TWAP") } };
        TradingCommand[] commands =
        [
            submit,
            new SubmitOrderList { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default, OrderListId = new OrderListId("OL-1"), Orders = [submit.Order] },
            modify,
            new BatchModifyOrders { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default, Modifies = [modify] },
            cancel,
            new CancelAllOrders { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default },
            new BatchCancelOrders { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default, Cancels = [cancel] },
            new QueryOrder { TraderId = trader, StrategyId = strategy, InstrumentId = instrument, CommandId = id, TsInit = default, ClientOrderId = order },
            new QueryAccount { TraderId = trader, CommandId = id, TsInit = default, AccountId = Given.Account },
            new GenerateOrderStatusReport { TraderId = trader, CommandId = id, TsInit = default, ClientOrderId = order },
            new GenerateOrderStatusReports { TraderId = trader, CommandId = id, TsInit = default, InstrumentId = instrument, OpenOnly = true },
            new GenerateFillReports { TraderId = trader, CommandId = id, TsInit = default, Start = new UnixNanos(5) },
            new GeneratePositionStatusReports { TraderId = trader, CommandId = id, TsInit = default, InstrumentId = instrument },
            new GenerateExecutionMassStatus { TraderId = trader, CommandId = id, TsInit = default, ClientId = new ClientId("LIGHTER") },
        ];

        Assert.Equal((order, new ExecAlgorithmId("TWAP")), (submit.ClientOrderId, submit.ExecAlgorithmId));
        Assert.Equal(
            """
            SubmitOrder(OrderInitialized(O-1 ETH-PERP.LIGHTER BUY 10.000 STOP_LIMIT GTC price=2000.00 trigger_price=1990.00))
            SubmitOrderList(OL-1 orders=1)
            ModifyOrder(O-1 ETH-PERP.LIGHTER quantity=5 price= trigger_price=)
            BatchModifyOrders(ETH-PERP.LIGHTER modifies=1)
            CancelOrder(O-1 ETH-PERP.LIGHTER)
            CancelAllOrders(ETH-PERP.LIGHTER NO_ORDER_SIDE)
            BatchCancelOrders(ETH-PERP.LIGHTER cancels=1)
            QueryOrder(O-1 ETH-PERP.LIGHTER)
            QueryAccount(LIGHTER-001)
            GenerateOrderStatusReport( O-1 )
            GenerateOrderStatusReports(ETH-PERP.LIGHTER open_only=True start= end=)
            GenerateFillReports(  start=5 end=)
            GeneratePositionStatusReports(ETH-PERP.LIGHTER)
            GenerateExecutionMassStatus(LIGHTER )
            """,
            string.Join('\n', commands.Select(command => command.ToString())));
    }

    [Fact]
    public void A_denial_reason_is_a_code_and_its_details()
    {
        Assert.Equal("TRADING_HALTED", DenialReason.Format(DenialReason.TradingHalted, null));
        Assert.Equal("QUANTITY_BELOW_MINIMUM: quantity=1, minimum=2", DenialReason.Format(DenialReason.QuantityBelowMinimum, "quantity=1, minimum=2"));
        var codes = typeof(DenialReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.Name, Value: (string)field.GetRawConstantValue()!)).ToList();
        Assert.Equal(38, codes.Count);
        Assert.All(codes, code => Assert.Equal(code.Name, code.Value.Replace("_", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase));
    }
}
