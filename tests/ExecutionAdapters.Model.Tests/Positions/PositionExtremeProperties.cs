using System.Numerics;
using ExecutionAdapters.Model.Tests.Orders;

namespace ExecutionAdapters.Model.Tests.Positions;

/// <summary>Fills of mixed precisions and extreme sizes: counted to the last digit, or refused with nothing changed.</summary>
public class PositionExtremeProperties
{
    private const int Sequences = 1_000;
    private const int Steps = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    public void A_fill_is_counted_exactly_or_refused_whole_and_never_throws(int seed)
    {
        var (applied, refused) = (0, 0);
        for (var sequence = 0; sequence < Sequences; sequence++)
        {
            var random = new Random((seed * 100_000) + sequence);
            var instrument = random.Next(3) switch { 0 => Traded.Inverse, 1 => Traded.Spot, _ => (Instrument)Traded.Perpetual };
            var traded = new Traded(instrument);
            var position = traded.Open(traded.Buy("1", "2000.00"));
            var log = new List<string>();
            try
            {
                for (var step = 0; step < Steps; step++)
                {
                    var fill = Next(traded, position, random);
                    log.Add($"{position} <- {fill} commission={fill.Commission}");
                    _ = Check(position, fill) ? applied++ : refused++;
                }
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, sequence {sequence}: {e.Message}\n{string.Join('\n', log)}");
            }
        }

        Assert.True(applied > Sequences && refused > Sequences, $"{applied} applied, {refused} refused");
    }

    private static OrderFilled Next(Traded traded, Position position, Random random)
    {
        var price = random.Next(4) == 0 ? new Price(Extreme.Size(random).Value / 2m, 2).ToString() : "2000.00";
        // Exactly flat now and then; of moderate size mostly, so that a sequence does not end in refusals only.
        var size = random.Next(4) switch
        {
            0 when position.IsOpen => position.Quantity,
            1 => Extreme.Size(random),
            _ => new Quantity(random.Next(1, 1_000_000) / 1_000_000m, (byte)random.Next(6, 17)),
        };
        var fill = random.Next(2) == 0 ? traded.Buy(size.ToString(), price) : traded.Sell(size.ToString(), price);
        return random.Next(8) switch
        {
            0 => fill with { Commission = default(Money) },
            1 => fill with { Commission = new Money(Math.Min(size.Value, 17_014_118_346_046m) / 3m, Currency.ETH) },
            2 => fill with { Commission = new Money(Math.Min(size.Value, 17_014_118_346_046m), Currency.USDC) },
            _ => fill,
        };
    }

    private static bool Check(Position position, OrderFilled fill)
    {
        var before = Observed.Of(position);
        var signed = Extreme.Units(position.SignedQty);

        var error = position.TryApply(fill);

        if (error is not null)
        {
            Assert.Equal(before, Observed.Of(position));
            return false;
        }

        _ = Observed.Of(position); // everything can be read
        var fee = position.Instrument is CurrencyPair && fill.Commission?.Currency == position.Instrument.BaseCurrency ? fill.Commission.Value.Amount : 0m;
        var change = (fill.OrderSide == OrderSide.Buy ? 1 : -1) * Extreme.Units(fill.LastQty.Value);
        Assert.Equal(signed + change - Extreme.Units(fee), Extreme.Units(position.SignedQty));
        Assert.Equal(BigInteger.Abs(Extreme.Units(position.SignedQty)), Extreme.Units(position.Quantity.Value));
        Assert.True(position.Quantity.Precision >= position.Instrument.SizePrecision);
        Assert.True(position.PeakQty >= position.Quantity);
        Assert.Equal(position.IsOpen, position.Side != PositionSide.Flat);
        return true;
    }
}
