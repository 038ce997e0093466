namespace ExecutionAdapters.Model.Tests.Values;

public class MoneyTests
{
    [Fact]
    public void It_prints_amount_and_code_at_the_precision_of_the_currency()
    {
        Assert.Equal("10000.000000 USDC", new Money(10_000m, Currency.USDC).ToString());
        Assert.Equal("1.50 USD", new Money(1.5m, Currency.USD).ToString());
        Assert.Equal("-3 JPY", new Money(-2.6m, Currency.JPY).ToString());
        Assert.Equal("0", default(Money).ToString());
    }

    [Theory]
    [InlineData("1.50 USDC", "1.500000 USDC")]
    [InlineData("-0.000123 USDC", "-0.000123 USDC")]
    [InlineData("10000.00000000 USDC", "10000.000000 USDC")]
    [InlineData("7 JPY", "7 JPY")]
    public void Parse_reads_what_is_printed(string text, string printed)
    {
        Assert.Equal(printed, Money.Parse(text).ToString());
        Assert.True(Money.TryParse(text, out var money));
        Assert.Equal(printed, money.ToString());
    }

    [Theory]
    [InlineData("1.50", "no currency")]
    [InlineData("USDC", "no currency")]
    [InlineData("x USDC", "not a decimal number")]
    [InlineData("1.50 NOPE", "'NOPE' is not known")]
    [InlineData("1.50  USDC", "is not known")]
    [InlineData("0.0000001 USDC", "more decimals than the 6 of USDC")]
    public void Parse_says_what_is_wrong(string text, string expected)
    {
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Money.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(Money.TryParse(text, out _));
    }

    [Fact]
    public void Amounts_of_one_currency_add_exactly()
    {
        var one = Money.Parse("1.25 USD");
        var two = Money.Parse("2.50 USD");

        Assert.Equal("3.75 USD", (one + two).ToString());
        Assert.Equal("-1.25 USD", (one - two).ToString());
        Assert.Equal("-1.25 USD", (-one).ToString());
        Assert.Equal("3.75 USD", one.CheckedAdd(two).ToString());
        Assert.Equal(2.5m, one * 2m);
        Assert.Equal(0.625m, one / 2m);
        Assert.True(one < two && two > one && one <= two && two >= one);
        Assert.True((one - one).IsZero);
    }

    [Fact]
    public void Amounts_of_two_currencies_neither_add_nor_compare()
    {
        var dollars = Money.Parse("1 USD");
        var euros = Money.Parse("1 EUR");

        Assert.Throws<InvalidOperationException>(() => dollars + euros);
        Assert.Throws<InvalidOperationException>(() => dollars - euros);
        Assert.Throws<InvalidOperationException>(() => dollars.CheckedAdd(euros));
        Assert.Equal(dollars, (object)Money.Parse("1.00 USD"));
        Assert.Throws<InvalidOperationException>(() => dollars < euros);
        Assert.Throws<InvalidOperationException>(() => dollars.CompareTo(euros));
        Assert.False(dollars == euros);
        Assert.True(dollars != euros);
        Assert.NotEqual(dollars.GetHashCode(), euros.GetHashCode());
        Assert.Throws<InvalidOperationException>(() => default(Money).Currency);
    }

    [Fact]
    public void Overflow_throws_or_is_null()
    {
        var most = new Money(17_014_118_346_046m, Currency.USD);

        Assert.Throws<OverflowException>(() => most + Money.Parse("0.01 USD"));
        Assert.Null(most.CheckedAdd(Money.Parse("0.01 USD")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(17_014_118_346_047m, Currency.USD));
    }
}
