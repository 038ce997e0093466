using System.Globalization;
using ExecutionAdapters.Model.Tests.Orders;

namespace ExecutionAdapters.Model.Tests.Positions;

public class PositionProperties
{
    private const int Sequences = 400;
    private const int Steps = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(20260825)]
    public void Random_fills_keep_every_invariant(int seed)
        => Run(seed, static (random, position, traded) =>
        {
            var signedBefore = position.SignedQty;
            var totalBefore = position.TotalRealizedPnl;
            var fill = RandomFill(random, traded);
            Assert.Null(position.TryApply(fill));

            var change = fill.OrderSide == OrderSide.Buy ? fill.LastQty.Value : -fill.LastQty.Value;
            Assert.Equal(signedBefore + change, position.SignedQty);
            Assert.Equal(Math.Sign(position.SignedQty), position.Side switch { PositionSide.Long => 1, PositionSide.Short => -1, _ => 0 });
            Assert.Equal(Math.Abs(position.SignedQty), position.Quantity.Value);
            Assert.True(position.PeakQty >= position.Quantity);
            Assert.Equal(position.SignedQty, position.BuyQty.Value - position.SellQty.Value);
            Assert.Equal(position.SignedQty == 0m, position.TsClosed is not null);
            Assert.Equal(position.SignedQty == 0m, position.ClosingOrderId is not null);
            Assert.Equal(position.Fills.Sum(f => f.Commission?.Amount ?? 0m), position.Commissions.GetValueOrDefault(Currency.USDC).Amount);
            if (signedBefore * change >= 0m)
            {
                // Exact inside; each of the two figures is rounded to 6 decimals once, where it is read.
                Assert.InRange(totalBefore.Amount - fill.Commission!.Value.Amount - position.TotalRealizedPnl.Amount, -0.000001m, 0.000001m);
            }
        });

    [Theory]
    [InlineData(2)]
    [InlineData(20260826)]
    public void A_flip_is_a_close_and_an_open(int seed)
        => Run(seed, static (random, position, traded) =>
        {
            var fill = RandomFill(random, traded);
            var open = Math.Abs(position.SignedQty);
            var flips = position.SignedQty != 0m && position.IsLong == (fill.OrderSide == OrderSide.Sell) && fill.LastQty.Value > open;
            if (flips)
            {
                var share = new Money(fill.Commission!.Value.Amount * open / fill.LastQty.Value, Currency.USDC);
                var twin = Twin(position);
                Assert.Null(twin.TryApply(fill with { LastQty = Quantity.FromDecimal(open), Commission = share, TradeId = new TradeId("first") }));
                Assert.True(twin.IsClosed);
                Assert.Null(twin.TryApply(fill with { LastQty = fill.LastQty - Quantity.FromDecimal(open), Commission = fill.Commission.Value - share, TradeId = new TradeId("second") }));
                Assert.Null(position.TryApply(fill));
                Assert.Equal(WithoutTrades(twin), WithoutTrades(position));
                Assert.Equal(["PositionClosed", "PositionOpened"], position.LastEvents.Select(e => e.GetType().Name));
            }
            else
            {
                Assert.Null(position.TryApply(fill));
            }
        });

    [Fact]
    public void Opening_and_closing_at_one_price_loses_exactly_the_commissions()
    {
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var random = new Random(sequence);
            var traded = new Traded(Traded.Perpetual);
            var price = $"{random.Next(1, 9_000_000) / 100m:0.00}";
            var parts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 50_000)).ToArray();
            var fills = parts.Select(part => traded.Buy(Size(part), price, Fee(random)))
                .Concat(parts.Reverse().Select(part => traded.Sell(Size(part), price, Fee(random)))).ToList();
            var position = traded.Open(fills[0]);
            fills.Skip(1).ToList().ForEach(fill => Assert.Null(position.TryApply(fill)));

            Assert.True(position.IsClosed, $"sequence {sequence}");
            Assert.Equal(-fills.Sum(fill => fill.Commission!.Value.Amount), position.RealizedPnl.Amount);
            Assert.Equal(0m, position.RealizedReturn);
        }
    }

    [Fact]
    public void Profit_and_loss_over_all_episodes_is_the_cash_that_came_in()
        => Run(3, static (random, position, traded) =>
        {
            Assert.Null(position.TryApply(RandomFill(random, traded)));
        }, static (position, fills) =>
        {
            var cash = fills.Sum(fill => (fill.OrderSide == OrderSide.Sell ? 1m : -1m) * (fill.LastPx * fill.LastQty));
            var worth = position.SignedQty * 1234.56m;
            var commissions = fills.Sum(fill => fill.Commission!.Value.Amount);
            var gained = position.TotalRealizedPnl.Amount + position.UnrealizedPnl(Price.Parse("1234.56")).Amount;
            // Averages have 28 digits and each of the two figures is rounded to 6 decimals once.
            Assert.InRange(gained - (cash + worth - commissions), -0.000001m, 0.000001m);
        });

    private static void Run(int seed, Action<Random, Position, Traded> step, Action<Position, List<OrderFilled>>? end = null)
    {
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var random = new Random((seed * 100_000) + sequence);
            var traded = new Traded(Traded.Perpetual);
            var first = RandomFill(random, traded);
            var position = traded.Open(first);
            var fills = new List<OrderFilled> { first };
            try
            {
                for (var i = 0; i < Steps; i++)
                {
                    var known = position.LastEvents;
                    step(random, position, traded);
                    Assert.NotSame(known, position.LastEvents);
                    fills.AddRange(end is null ? [] : [Last(position)]);
                }

                end?.Invoke(position, fills);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, sequence {sequence}: {e.Message}");
            }
        }
    }

    /// <summary>The last fill whole, also when it was split.</summary>
    private static OrderFilled Last(Position position)
    {
        var last = position.Fills[^1];
        if (position.LastEvents is not [PositionClosed closed, PositionOpened])
        {
            return last;
        }

        var closing = closed.Position.Fills[^1];
        return last with { LastQty = last.LastQty + closing.LastQty, Commission = last.Commission + closing.Commission };
    }

    private static Position Twin(Position position)
    {
        // A flip needs only the current episode: rebuild it fill by fill.
        var twin = new Position(position.Instrument, position.Id, position.Fills[0]);
        foreach (var fill in position.Fills.Skip(1))
        {
            Assert.Null(twin.TryApply(fill));
        }

        return twin;
    }

    private static string WithoutTrades(Position position)
    {
        var snapshot = position.Snapshot with { Fills = [.. position.Snapshot.Fills.Select(fill => fill with { TradeId = new TradeId("any") })] };
        return string.Join('\n', Observed.Of(snapshot).Split('\n').Where(line =>
            !line.StartsWith("TotalRealizedPnl=", StringComparison.Ordinal) && !line.StartsWith("EarlierRealizedAmount=", StringComparison.Ordinal)));
    }

    private static OrderFilled RandomFill(Random random, Traded traded)
    {
        // Few sizes, so that positions often become exactly flat.
        var (quantity, price) = (Size(random.Next(1, 6) * 5_000), (random.Next(100_000, 300_000) / 100m).ToString("0.00", CultureInfo.InvariantCulture));
        return random.Next(2) == 0 ? traded.Buy(quantity, price, Fee(random)) : traded.Sell(quantity, price, Fee(random));
    }

    private static string Size(int tenThousandths) => (tenThousandths / 10_000m).ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Fee(Random random) => $"{(random.Next(-1_000, 5_000) / 1_000_000m).ToString("0.000000", CultureInfo.InvariantCulture)} USDC";
}
