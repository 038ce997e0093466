using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;
using FsCheck;
using FsCheck.Fluent;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

public sealed class AmountsTests
{
    [Theory]
    [InlineData(12_500, 40, 0)] // 0.5 rounds to even
    [InlineData(37_500, 40, 2)] // 1.5 rounds to even
    [InlineData(12_501, 40, 1)]
    [InlineData(-37_500, 40, -2)]
    [InlineData(281_474_976_710_655, 1_000_000, 281_474_976_710_655)]
    public void Fees_are_rounded_half_to_even(long quote, int rate, long fee) => Assert.Equal(fee, Amounts.Fee(quote, rate));

    [Fact]
    public void Fees_equal_decimal_arithmetic() => Prop.ForAll<long, int>((quote, rate) =>
    {
        long bounded = quote % (1L << 48);
        int ppm = Math.Abs(rate % 1_000_001);
        return Amounts.Fee(bounded, ppm) == (long)Math.Round((decimal)bounded * ppm / 1_000_000m, MidpointRounding.ToEven);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(7, 0, "7")]
    [InlineData(0, 2, "0.00")]
    [InlineData(5, 2, "0.05")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(236_131, 2, "2361.31")]
    [InlineData(long.MaxValue, 6, "9223372036854.775807")]
    [InlineData(long.MinValue, 6, "-9223372036854.775808")]
    public void Ticks_are_written_as_decimals(long ticks, int decimals, string text) =>
        Assert.Equal(text, JsonAmounts.ToText(ticks, decimals));

    [Theory]
    [InlineData("2361.31", 2, 236_131L)]
    [InlineData("2361.3100", 2, 236_131L)]
    [InlineData("2361.311", 2, null)]
    [InlineData("79228162514264337593543950335", 2, null)]
    [InlineData("-1.5", 1, -15L)]
    public void Decimals_become_ticks_only_when_exact(string value, int decimals, long? ticks) =>
        Assert.Equal(ticks, Amounts.TryScale(decimal.Parse(value), decimals));
}
