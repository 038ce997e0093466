using ExecutionAdapters.Model.Tests.Positions;

namespace ExecutionAdapters.Model.Tests.Instruments;

public class InstrumentTests
{
    private static readonly CryptoPerpetual Perpetual = Traded.Perpetual;

    [Fact]
    public void A_perpetual_has_its_defaults()
    {
        Assert.Equal((AssetClass.Cryptocurrency, InstrumentClass.Swap), (Perpetual.AssetClass, Perpetual.InstrumentClass));
        Assert.Equal(("1", "1"), (Perpetual.Multiplier.ToString(), Perpetual.LotSize.ToString()));
        Assert.Equal((2, 4), (Perpetual.PricePrecision, Perpetual.SizePrecision));
        Assert.Equal((0m, 0m, 0m, 0m), (Perpetual.MarginInit, Perpetual.MarginMaint, Perpetual.MakerFee, Perpetual.TakerFee));
        Assert.False(Perpetual.IsInverse || Perpetual.IsQuanto);
        Assert.Equal("CryptoPerpetual(ETH-PERP.LIGHTER)", Perpetual.ToString());
    }

    [Fact]
    public void A_currency_pair_settles_in_quote_and_is_never_inverse()
    {
        Assert.Equal((AssetClass.Cryptocurrency, InstrumentClass.Spot), (Traded.Spot.AssetClass, Traded.Spot.InstrumentClass));
        Assert.Equal((Currency.USDC, Currency.USDC, false), (Traded.Spot.SettlementCurrency, Traded.Spot.CostCurrency, Traded.Spot.IsInverse));
        Assert.Null(Traded.Spot.LotSize);
        Assert.Equal(AssetClass.FX, (Traded.Spot with { BaseCurrency = Currency.EUR, QuoteCurrency = Currency.USD }).AssetClass);
        Assert.Throws<ArgumentException>(() => Traded.Spot with { IsInverse = true });
        Assert.Throws<ArgumentException>(() => Traded.Spot with { SettlementCurrency = Currency.USD });
    }

    [Fact]
    public void Increments_multiplier_and_lot_size_are_above_zero()
    {
        Assert.Contains("PriceIncrement must be above zero", Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual with { PriceIncrement = Price.Parse("0.00") }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual with { PriceIncrement = Price.Parse("-0.01") });
        Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual with { SizeIncrement = Quantity.Zero(4) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual with { Multiplier = Quantity.Zero(0) });
        Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual with { LotSize = Quantity.Zero(0) });
        Assert.Null((Perpetual with { LotSize = null }).LotSize);
    }

    [Fact]
    public void Equality_is_by_id()
    {
        var changed = Perpetual with { TakerFee = 0.1m };
        var other = Perpetual with { Id = InstrumentId.Parse("BTC-PERP.LIGHTER") };
        Instrument pair = Traded.Spot with { Id = Perpetual.Id };

        Assert.Equal(Perpetual, changed);
        Assert.Equal(Perpetual.GetHashCode(), changed.GetHashCode());
        Assert.NotEqual(Perpetual, other);
        Assert.False(Perpetual.Equals((object)pair));
        Assert.Equal(Traded.Spot, Traded.Spot with { TsInit = new UnixNanos(1) });
    }

    [Theory]
    [InlineData("0.01", "1.005", "1.00")]
    [InlineData("0.01", "1.015", "1.02")]
    [InlineData("0.50", "1.26", "1.30")]
    [InlineData("5", "12.5", "12")]
    public void A_price_is_made_with_the_decimals_of_the_increment(string increment, string value, string expected)
        => Assert.Equal(expected, (Perpetual with { PriceIncrement = Price.Parse(increment) }).MakePrice(decimal.Parse(value)).ToString());

    [Theory]
    [InlineData("0.00015", false, "0.0002")]
    [InlineData("0.00025", false, "0.0002")]
    [InlineData("0.00025", true, "0.0002")]
    [InlineData("0.00029", true, "0.0002")]
    [InlineData("0", false, "0.0000")]
    public void A_quantity_is_made_half_even_or_truncated(string value, bool roundDown, string expected)
        => Assert.Equal(expected, Perpetual.MakeQty(decimal.Parse(value), roundDown).ToString());

    [Fact]
    public void A_quantity_that_rounds_to_zero_is_an_error()
    {
        Assert.Contains("rounds to zero", Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual.MakeQty(0.00005m)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual.MakeQty(0.00009m, roundDown: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual.MakeQty(-1m));
    }

    [Fact]
    public void Normalizing_never_rounds()
    {
        var coarse = Perpetual with { PriceIncrement = Price.Parse("0.50"), SizeIncrement = Quantity.Parse("0.0005") };

        Assert.Equal("2000.50", coarse.NormalizePrice(2000.5m).ToString());
        Assert.Equal("2000.50", coarse.NormalizePrice(Price.Parse("2000.5")).ToString());
        Assert.Equal("0.0015", coarse.NormalizeQuantity(0.0015m).ToString());
        Assert.Equal("0.0015", coarse.NormalizeQuantity(Quantity.Parse("0.00150")).ToString());
        Assert.Contains("price 2000.25 is not a multiple of the increment 0.50", Assert.Throws<ArgumentException>(() => coarse.NormalizePrice(2000.25m)).Message, StringComparison.Ordinal);
        Assert.Contains("quantity 0.0012 is not a multiple", Assert.Throws<ArgumentException>(() => coarse.NormalizeQuantity(0.0012m)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => coarse.NormalizePrice(2000.001m));
        Assert.Throws<ArgumentException>(() => coarse.NormalizeQuantity(-0.0005m));
        Assert.Throws<ArgumentException>(() => coarse.NormalizePrice(99_999_999_999_999m));
        Assert.False(coarse.TryNormalizePrice(0.1m, out _, out var error));
        Assert.Contains("ETH-PERP.LIGHTER", error, StringComparison.Ordinal);
        Assert.True(coarse.TryNormalizeQuantity(1m, out var quantity, out error));
        Assert.Equal(("1.0000", null), (quantity.ToString(), error));
    }

    [Fact]
    public void Notional_is_linear_inverse_or_quanto()
    {
        var (quantity, price) = (Quantity.Parse("2"), Price.Parse("2000.00"));
        var quanto = Perpetual with { SettlementCurrency = Currency.BTC };

        Assert.Equal("4000.000000 USDC", Perpetual.Notional(quantity, price).ToString());
        Assert.Equal("40000.000000 USDC", (Perpetual with { Multiplier = Quantity.FromInteger(10) }).Notional(quantity, price).ToString());
        Assert.True(quanto.IsQuanto);
        Assert.Equal("4000.00000000 BTC", quanto.Notional(quantity, price).ToString());
        Assert.Equal("0.00100000 BTC", Traded.Inverse.Notional(quantity, price).ToString());
        Assert.Equal("2.00 USD", Traded.Inverse.Notional(quantity, price, useQuoteForInverse: true).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Traded.Inverse.Notional(quantity, Price.Zero(2)));
    }

    [Fact]
    public void The_cost_currency_is_base_settlement_or_quote()
    {
        Assert.Equal(Currency.BTC, Traded.Inverse.CostCurrency);
        Assert.Equal(Currency.BTC, (Perpetual with { SettlementCurrency = Currency.BTC }).CostCurrency);
        Assert.Equal(Currency.USDC, Perpetual.CostCurrency);
        // The dollar and its stablecoins count as one.
        var tether = Perpetual with { SettlementCurrency = Currency.USDT };
        Assert.False(tether.IsQuanto);
        Assert.Equal(Currency.USDC, tether.CostCurrency);
    }

    [Fact]
    public void Commission_is_notional_times_the_rate_of_the_side()
    {
        var instrument = Perpetual with { MakerFee = -0.0001m, TakerFee = 0.00028m };
        var (quantity, price) = (Quantity.Parse("2.0000"), Price.Parse("2361.30"));

        Assert.Equal("1.322328 USDC", instrument.CalculateCommission(quantity, price, LiquiditySide.Taker).ToString());
        Assert.Equal("-0.472260 USDC", instrument.CalculateCommission(quantity, price, LiquiditySide.Maker).ToString());
        Assert.Contains("liquidity side", Assert.Throws<ArgumentException>(() => instrument.CalculateCommission(quantity, price, LiquiditySide.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_quantity_follows_from_a_quote_quantity()
    {
        Assert.Equal("0.4235", Perpetual.CalculateBaseQuantity(Quantity.Parse("1000"), Price.Parse("2361.30")).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Perpetual.CalculateBaseQuantity(Quantity.Parse("1000"), Price.Zero(2)));
    }

    [Fact]
    public void A_quote_prints_on_one_line()
        => Assert.Equal("ETH-PERP.LIGHTER 1.0 @ 2361.30 / 2.0 @ 2361.40", new QuoteTick(
            Perpetual.Id, Price.Parse("2361.30"), Price.Parse("2361.40"), Quantity.Parse("1.0"), Quantity.Parse("2.0"), default, default).ToString());
}
