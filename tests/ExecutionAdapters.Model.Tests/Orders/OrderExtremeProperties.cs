using System.Numerics;

namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>Fills and amendments of mixed precisions and extreme sizes: applied to the last digit, or refused with nothing changed.</summary>
public class OrderExtremeProperties
{
    private const int Sequences = 1_500;
    private const int Steps = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    public void A_fill_or_amendment_is_applied_exactly_or_refused_whole_and_never_throws(int seed)
    {
        var (applied, refused) = (0, 0);
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var random = new Random((seed * 100_000) + sequence);
            var given = new Given();
            var order = new Order(given.Terms(OrderType.Limit, Extreme.Size(random).ToString()));
            order.Apply(given.Event("Submitted"));
            var log = new List<string> { order.ToString() };
            try
            {
                for (var step = 0; step < Steps; step++)
                {
                    var happening = Next(given, random);
                    log.Add(happening.ToString());
                    _ = Check(order, happening) ? applied++ : refused++;
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, sequence {sequence}: {e.Message}\n{string.Join('\n', log)}");
            }
        }

        Assert.True(applied > Sequences && refused > Sequences, $"{applied} applied, {refused} refused");
    }

    private static OrderEvent Next(Given given, Random random)
    {
        if (random.Next(4) == 0)
        {
            return given.Updated(Extreme.Size(random).ToString());
        }

        var fill = given.Filled(Extreme.Size(random).ToString(), new Price(Extreme.Size(random).Value / 2m, 2).ToString());
        return random.Next(8) switch
        {
            0 => fill with { Commission = default(Money) },
            1 => fill with { Commission = new Money(17_014_118_346_046m, Currency.USDC) },
            2 => fill with { Commission = new Money(-0.000001m, Currency.USDC) },
            _ => fill,
        };
    }

    private static bool Check(Order order, OrderEvent happening)
    {
        var (before, wasClosed, expected) = (Observed.Of(order), order.IsClosed, IsLegal(order, happening));
        var units = Extreme.Units(order.FilledQty.Value);

        var error = order.TryApply(happening);

        Assert.Equal(expected, error is null);
        if (error is not null)
        {
            Assert.Equal(before, Observed.Of(order));
            return false;
        }

        _ = Observed.Of(order); // everything can be read
        units += happening is OrderFilled fill ? Extreme.Units(fill.LastQty.Value) : 0;
        Assert.Equal(units, Extreme.Units(order.FilledQty.Value));
        var rest = Extreme.Units(order.Quantity.Value) - units;
        Assert.Equal(BigInteger.Max(rest, 0), Extreme.Units(order.LeavesQty.Value));
        Assert.Equal(BigInteger.Max(-rest, 0), Extreme.Units(order.OverfillQty.Value));
        Assert.Equal(wasClosed || rest <= 0, order.IsClosed);
        return true;
    }

    private static bool IsLegal(Order order, OrderEvent happening)
    {
        var filled = Extreme.Units(order.FilledQty.Value);
        var (quantity, precision) = (order.Quantity, (int)order.FilledQty.Precision);
        if (happening is OrderUpdated updated)
        {
            quantity = updated.Quantity;
            return !order.IsClosed && HoldsRest();
        }

        var fill = (OrderFilled)happening;
        filled += Extreme.Units(fill.LastQty.Value);
        precision = Math.Max(precision, fill.LastQty.Precision);
        return Extreme.CanHold(filled, precision) && HoldsRest() && CommissionFits();

        bool HoldsRest() => Extreme.CanHold(Extreme.Units(quantity.Value) - filled, Math.Max(quantity.Precision, precision));

        bool CommissionFits()
        {
            if (fill.Commission is not { } commission)
            {
                return true;
            }

            var paid = order.Commissions.GetValueOrDefault(Currency.USDC).Amount + commission.Amount;
            return commission != default && paid <= 17_014_118_346_046m;
        }
    }
}
