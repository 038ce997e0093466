namespace ExecutionAdapters.Model.Tests.Values;

public class QuantityTests
{
    [Theory]
    [InlineData("-1", "outside 0 to")]
    [InlineData("-0.0001", "outside 0 to")]
    [InlineData("34028236692094", "outside 0 to")]
    [InlineData("one", "not a decimal number")]
    public void A_negative_or_too_large_quantity_is_refused(string text, string expected)
    {
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Quantity.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(Quantity.TryParse(text, out _));
    }

    [Fact]
    public void Zero_is_a_quantity()
    {
        Assert.Equal("0.000", Quantity.Zero(3).ToString());
        Assert.Equal("0", new Quantity(-0m, 0).ToString());
        Assert.True(default(Quantity).IsZero);
    }

    [Fact]
    public void NonZero_refuses_what_rounds_to_zero()
    {
        Assert.Equal("0.01", Quantity.NonZero(0.006m, 2).ToString());
        Assert.Contains("zero at 2 decimals", Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.NonZero(0.005m, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_below_zero_throws_saturates_or_is_null()
    {
        var small = Quantity.Parse("1.0");
        var large = Quantity.Parse("2.00");

        Assert.Throws<OverflowException>(() => small - large);
        Assert.Equal("0.00", small.SaturatingSub(large).ToString());
        Assert.Null(small.CheckedSub(large));
        Assert.Equal("1.00", (large - small).ToString());
        Assert.Equal("1.00", large.SaturatingSub(small).ToString());
        Assert.Equal("1.00", large.CheckedSub(small).ToString());
    }

    [Fact]
    public void A_sum_that_is_too_large_throws_or_is_null()
    {
        var most = Quantity.Parse("34028236692093");

        Assert.Throws<OverflowException>(() => most + Quantity.Parse("0.1"));
        Assert.Null(most.CheckedAdd(Quantity.Parse("1")));
        Assert.Equal(most, Quantity.Zero(0).CheckedAdd(most));
    }

    [Fact]
    public void A_product_rounds_half_to_even_to_the_larger_precision()
    {
        Assert.Equal("0.12", (Quantity.Parse("0.5") * Quantity.Parse("0.25")).ToString());
        Assert.Equal("6", (Quantity.FromInteger(2) * Quantity.FromInteger(3)).ToString());
    }

    [Fact]
    public void With_a_decimal_the_result_is_a_decimal()
    {
        var quantity = Quantity.Parse("2.5");

        Assert.Equal(-5m, quantity * -2m);
        Assert.Equal(1.25m, quantity / 2m);
        Assert.Equal(-7.5m, quantity - 10m);
        Assert.Equal(3m, quantity + 0.5m);
    }

    [Fact]
    public void Equality_and_ordering_ignore_the_precision()
    {
        Assert.True(Quantity.Parse("1.50") == Quantity.Parse("1.5"));
        Assert.True(Quantity.Parse("1.50") != Quantity.Parse("1.51"));
        Assert.Equal(Quantity.Parse("1.50").GetHashCode(), Quantity.Parse("1.5").GetHashCode());
        Assert.Equal("1.5", Quantity.Min(Quantity.Parse("1.5"), Quantity.Parse("1.6")).ToString());
        Assert.Equal("1.6", Quantity.Max(Quantity.Parse("1.5"), Quantity.Parse("1.6")).ToString());
        Assert.True(Quantity.Parse("1") <= Quantity.Parse("1.0") && Quantity.Parse("2") >= Quantity.Parse("1.0"));
        Assert.True(Quantity.Parse("1") < Quantity.Parse("1.1") && Quantity.Parse("2") > Quantity.Parse("1.1"));
        Assert.True(Quantity.Parse("1").Equals((object)Quantity.Parse("1.0")));
        Assert.Equal(-1, Quantity.Parse("1").CompareTo(Quantity.Parse("2")));
    }

    [Fact]
    public void Ticks_mantissa_and_integers_give_quantities()
    {
        Assert.Equal("1.5000", Quantity.FromTicks(15000, 4).ToString());
        Assert.Equal(15000, Quantity.Parse("1.5000").ToTicks());
        Assert.Equal("1.50", Quantity.FromMantissa(15, -1, 2).ToString());
        Assert.Equal("7", Quantity.FromInteger(7).ToString());
        Assert.Equal("1.50", Quantity.FromDecimal(1.50m).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.FromInteger(-7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.FromTicks(-1, 4));
    }
}
