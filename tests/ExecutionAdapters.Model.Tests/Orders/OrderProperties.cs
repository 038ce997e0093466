using System.Globalization;

namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>Long random sequences of events, legal and not, against the rules that must hold whatever comes.</summary>
public class OrderProperties
{
    private const int Sequences = 1_000;
    private const int Steps = 40;

    private static readonly string[] Kinds =
    [
        "Initialized", "Denied", "Emulated", "Released", "Submitted", "Accepted", "Rejected", "Canceled", "Expired", "Triggered",
        "PendingUpdate", "PendingCancel", "ModifyRejected", "CancelRejected", "Updated", "Filled",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(20260825)]
    public void No_sequence_of_events_breaks_an_order(int seed)
    {
        var reached = new HashSet<OrderStatus>();
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var random = new Random((seed * 100_000) + sequence);
            var given = new Given();
            var order = new Order(given.Terms((OrderType)random.Next(1, 10)));
            var log = new List<string>();
            try
            {
                for (var step = 0; step < Steps; step++)
                {
                    Check(order, Next(given, order, random), log);
                    reached.Add(order.Status);
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, sequence {sequence}: {e.Message}\n{string.Join('\n', log)}");
            }
        }

        Assert.Equal(Enum.GetValues<OrderStatus>().Length, reached.Count);
    }

    private static OrderEvent Next(Given given, Order order, Random random)
    {
        // Denied and closed are dead ends: make them rarer, so that sequences live long enough.
        var kind = Kinds[random.Next(Kinds.Length)];
        if (kind is "Denied" or "Rejected" or "Canceled" or "Expired" && random.Next(4) != 0)
        {
            kind = order.Lifecycle < OrderLifecycle.Submitted ? "Submitted" : "Filled";
        }

        return kind switch
        {
            "Updated" => given.Updated(
                Decimal(random.Next(0, 15_000)),
                random.Next(3) == 0 ? Decimal(random.Next(1, 5_000_000)) : null,
                random.Next(5) == 0 ? "0.00" : null,
                random.Next(4) == 0 ? $"{random.Next(3)}" : null),
            "Filled" => given.Filled(
                Decimal(random.Next(0, 4_000)),
                Decimal(random.Next(1, 5_000_000)),
                random.Next(3) == 0 ? $"T-{random.Next(8)}" : null,
                random.Next(2) == 0 ? $"{Decimal(random.Next(-500, 500))} USDC" : null,
                random.Next(20) == 0 ? OrderSide.Sell : OrderSide.Buy),
            _ => given.Event(kind),
        };
    }

    private static void Check(Order order, OrderEvent happening, List<string> log)
    {
        var before = Observed.Of(order);
        var (wasClosed, lifecycle, closedAt, filled, isDuplicate) =
            (order.IsClosed, order.Lifecycle, order.TsClosed, order.FilledQty, happening is OrderFilled f && order.TradeIds.Contains(f.TradeId));

        var error = order.TryApply(happening);
        log.Add($"{happening} -> {error?.ToString() ?? order.ToString()}");

        if (error is not null)
        {
            Assert.Equal(before, Observed.Of(order));
            Assert.False(happening is OrderFilled { LastQty.IsPositive: true, OrderSide: OrderSide.Buy } && lifecycle != OrderLifecycle.Denied && !isDuplicate, "a real fill was refused");
            Assert.False(happening is OrderCancelRejected or OrderModifyRejected && lifecycle >= OrderLifecycle.Submitted && lifecycle != OrderLifecycle.Denied, "a refusal was refused");
            return;
        }

        Assert.False(isDuplicate, "a trade counted twice");
        Assert.Same(happening, order.Events[^1]);
        if (wasClosed)
        {
            Assert.True(order.IsClosed && !order.IsOpen && !order.IsInFlight, "a closed order came alive");
            Assert.Equal((lifecycle, closedAt), (order.Lifecycle, order.TsClosed));
        }

        Assert.True(order.FilledQty >= filled);
        CheckSums(order);
        CheckStatus(order);
    }

    private static void CheckSums(Order order)
    {
        var fills = order.Events.OfType<OrderFilled>().ToList();
        Assert.Equal(fills.Sum(fill => fill.LastQty.Value), order.FilledQty.Value);
        Assert.Equal(fills.Select(fill => fill.TradeId), order.TradeIds);
        Assert.Equal(order.TradeIds.Count, order.TradeIds.Distinct().Count());
        Assert.True(order.FilledQty.Value + order.LeavesQty.Value >= order.Quantity.Value);
        Assert.Equal(order.Quantity.Value + order.OverfillQty.Value, order.FilledQty.Value + order.LeavesQty.Value);
        Assert.Equal(fills.Sum(fill => fill.Commission?.Amount ?? 0m), order.Commissions.GetValueOrDefault(Currency.USDC).Amount);
        Assert.Equal(fills.Count == 0 ? null : fills.Sum(fill => fill.LastPx * fill.LastQty) / order.FilledQty.Value, order.AvgPx);
    }

    private static void CheckStatus(Order order)
    {
        Assert.Equal(1, (order.IsActiveLocal ? 1 : 0) + (order.IsClosed ? 1 : 0) + (order.IsOpen || order.Status == OrderStatus.Submitted ? 1 : 0));
        Assert.Equal(order.IsClosed, order.TsClosed is not null);
        Assert.False(order.IsClosed && (order.IsPendingCancel || order.IsPendingUpdate));
        Assert.False(!order.IsClosed && order.Status.IsClosed(), "a closed status on an open order");
        Assert.False(order.Status == OrderStatus.PendingCancel && !order.IsPendingCancel);
        Assert.False(order.Status == OrderStatus.PendingUpdate && !order.IsPendingUpdate);
        Assert.False(order.Status == OrderStatus.Rejected && order.FilledQty.IsPositive, "rejected, but filled");
        Assert.False(!order.IsClosed && order.FilledQty.IsPositive && order.LeavesQty.IsZero, "nothing is left, but it is not closed");
        Assert.True(!order.IsTriggered || order.OrderType.IsTriggerable());
        Assert.True(!order.HasLateFill || order.IsClosed);
        Assert.Equal(order.VenueOrderIds.Count, order.VenueOrderIds.Distinct().Count());
        Assert.True(order.VenueOrderId is not { } id || order.VenueOrderIds.Contains(id));
    }

    /// <summary>A decimal with three places.</summary>
    private static string Decimal(int thousandths) => (thousandths / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
}
