namespace ExecutionAdapters.Model.Tests.Values;

public class PriceTests
{
    [Theory]
    [InlineData("2361.30", "2361.30", 2)]
    [InlineData("1.500", "1.500", 3)]
    [InlineData("0", "0", 0)]
    [InlineData("0.00", "0.00", 2)]
    [InlineData("-0.00", "0.00", 2)]
    [InlineData("-1.25", "-1.25", 2)]
    [InlineData("+1.25", "1.25", 2)]
    [InlineData("1_000.5", "1000.5", 1)]
    [InlineData("1e-3", "0.001", 3)]
    [InlineData("1E3", "1000", 0)]
    [InlineData("1.50e1", "15.0", 1)]
    [InlineData("2.5e-2", "0.025", 3)]
    [InlineData("0.0000000000000001", "0.0000000000000001", 16)]
    [InlineData("17014118346046", "17014118346046", 0)]
    [InlineData("-17014118346046", "-17014118346046", 0)]
    public void Parse_keeps_every_decimal_that_was_written(string text, string printed, byte precision)
    {
        var price = Price.Parse(text);

        Assert.Equal(printed, price.ToString());
        Assert.Equal(precision, price.Precision);
        Assert.True(Price.TryParse(text, out var tried));
        Assert.Equal(price, tried);
    }

    [Theory]
    [InlineData("", "1 to 64 characters")]
    [InlineData("_", "not a decimal number")]
    [InlineData("abc", "not a decimal number")]
    [InlineData("1,5", "not a decimal number")]
    [InlineData(" 1", "not a decimal number")]
    [InlineData("1 ", "not a decimal number")]
    [InlineData("NaN", "not a decimal number")]
    [InlineData("0x10", "not a decimal number")]
    [InlineData("1e", "not a decimal number")]
    [InlineData("1e999999999999", "not a decimal number")]
    [InlineData("1e40", "not a decimal number")]
    [InlineData("17014118346047", "outside")]
    [InlineData("-17014118346047", "outside")]
    [InlineData("0.12345678901234567", "17 decimals; the maximum is 16")]
    [InlineData("1e-17", "17 decimals")]
    [InlineData("0e-17", "17 decimals")]
    [InlineData("12345678901234.1234567890123456", "28 digits")]
    public void Parse_says_what_is_wrong(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => Price.Parse(text));

        Assert.StartsWith("Price: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.False(Price.TryParse(text, out _));
    }

    [Fact]
    public void Parse_refuses_a_text_too_long_to_be_a_price() => Assert.False(Price.TryParse(new string('1', 65), out _));

    [Theory]
    [InlineData("1.005", 2, "1.00")]
    [InlineData("1.015", 2, "1.02")]
    [InlineData("1.025", 2, "1.02")]
    [InlineData("-1.025", 2, "-1.02")]
    [InlineData("2.5", 0, "2")]
    [InlineData("3.5", 0, "4")]
    [InlineData("1.5", 4, "1.5000")]
    [InlineData("-0.001", 2, "0.00")]
    public void Construction_rounds_half_to_even_and_keeps_the_precision(string value, byte precision, string printed)
        => Assert.Equal(printed, new Price(decimal.Parse(value), precision).ToString());

    [Fact]
    public void Construction_refuses_more_than_16_decimals_and_values_out_of_range()
    {
        Assert.Contains("precision 17", Assert.Throws<ArgumentOutOfRangeException>(() => new Price(1m, 17)).Message, StringComparison.Ordinal);
        Assert.Contains("outside", Assert.Throws<ArgumentOutOfRangeException>(() => new Price(17_014_118_346_046.1m, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("28 digits", Assert.Throws<ArgumentOutOfRangeException>(() => new Price(17_014_118_346_046m, 16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equality_ordering_and_hash_ignore_the_precision()
    {
        var shorter = Price.Parse("1.5");
        var longer = Price.Parse("1.500");

        Assert.True(shorter == longer);
        Assert.False(shorter != longer);
        Assert.True(shorter.Equals((object)longer));
        Assert.Equal(shorter.GetHashCode(), longer.GetHashCode());
        Assert.Equal(0, shorter.CompareTo(longer));
        Assert.True(Price.Parse("1.49") < shorter && shorter <= longer && Price.Parse("2") > longer && longer >= shorter);
        Assert.False(shorter.Equals("1.5"));
    }

    [Fact]
    public void Sums_are_exact_and_take_the_larger_precision()
    {
        Assert.Equal("1.750", (Price.Parse("1.5") + Price.Parse("0.250")).ToString());
        Assert.Equal("-0.250", (Price.Parse("1.25") - Price.Parse("1.500")).ToString());
        Assert.Equal("0.00", (Price.Parse("1.25") - Price.Parse("1.25")).ToString());
        Assert.Equal("-1.25", (-Price.Parse("1.25")).ToString());
        Assert.Equal("0.00", (-Price.Parse("0.00")).ToString());
    }

    [Fact]
    public void Sums_out_of_range_throw()
        => Assert.Throws<OverflowException>(() => Price.Parse("17014118346046") + Price.Parse("0.1"));

    [Fact]
    public void A_sum_that_would_lose_digits_throws()
        => Assert.Throws<OverflowException>(() => Price.Parse("16014118346046") + Price.Parse("0.0000000000000001"));

    [Fact]
    public void With_a_decimal_or_a_quantity_the_result_is_a_decimal()
    {
        var price = Price.Parse("2.50");

        Assert.Equal(3.75m, price * 1.5m);
        Assert.Equal(1.25m, price / 2m);
        Assert.Equal(4m, price + 1.5m);
        Assert.Equal(1m, price - 1.5m);
        Assert.Equal(5m, price * Quantity.Parse("2"));
        Assert.Equal(5m, Quantity.Parse("2") * price);
    }

    [Theory]
    [InlineData(236130, 2, "2361.30")]
    [InlineData(-5, 3, "-0.005")]
    [InlineData(0, 4, "0.0000")]
    [InlineData(17014118346046, 0, "17014118346046")]
    [InlineData(long.MaxValue, 16, "922.3372036854775807")]
    public void Ticks_are_units_of_the_last_decimal(long ticks, byte precision, string printed)
    {
        var price = Price.FromTicks(ticks, precision);

        Assert.Equal(printed, price.ToString());
        Assert.Equal(ticks, price.ToTicks());
    }

    [Fact]
    public void Ticks_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromTicks(long.MinValue, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromTicks(1, 17));
        Assert.Throws<OverflowException>(() => Price.Parse("1000.0000000000000000").ToTicks());
        Assert.Equal("-922.3372036854775808", Price.FromTicks(long.MinValue, 16).ToString());
        Assert.Throws<OverflowException>(() => Price.FromTicks(long.MinValue, 16).ToTicks());
    }

    [Theory]
    [InlineData(12345, -2, 1, "123.4")]
    [InlineData(12355, -2, 1, "123.6")]
    [InlineData(-12345, -2, 1, "-123.4")]
    [InlineData(15, 2, 0, "1500")]
    [InlineData(15, 0, 2, "15.00")]
    [InlineData(0, 100, 2, "0.00")]
    [InlineData(0, -100, 2, "0.00")]
    [InlineData(5, -1, 0, "0")]
    [InlineData(long.MaxValue, -100, 2, "0.00")]
    [InlineData(long.MinValue, -18, 2, "-9.22")]
    public void Mantissa_and_exponent_round_half_to_even(long mantissa, int exponent, byte precision, string printed)
        => Assert.Equal(printed, Price.FromMantissa(mantissa, exponent, precision).ToString());

    [Theory]
    [InlineData(1, 14)]
    [InlineData(1, int.MaxValue)]
    [InlineData(long.MaxValue, 10)]
    public void Mantissa_and_exponent_out_of_range_are_refused(long mantissa, int exponent)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromMantissa(mantissa, exponent, 2));

    [Fact]
    public void A_decimal_gives_its_own_scale_as_precision() => Assert.Equal("1.50", Price.FromDecimal(1.50m).ToString());

    [Fact]
    public void Default_is_zero()
    {
        Assert.Equal("0", default(Price).ToString());
        Assert.True(default(Price).IsZero);
        Assert.False(default(Price).IsPositive);
        Assert.Equal("0.00", Price.Zero(2).ToString());
    }
}
