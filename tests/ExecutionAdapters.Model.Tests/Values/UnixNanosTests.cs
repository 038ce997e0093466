namespace ExecutionAdapters.Model.Tests.Values;

public class UnixNanosTests
{
    [Fact]
    public void Units_convert_and_truncate()
    {
        var time = new UnixNanos(1_700_000_000_123_456_789);

        Assert.Equal(1_700_000_000, time.ToSeconds());
        Assert.Equal(1_700_000_000_123, time.ToMilliseconds());
        Assert.Equal(1_700_000_000_123_456, time.ToMicroseconds());
        Assert.Equal(1_700_000_000_000_000_000UL, UnixNanos.FromSeconds(1_700_000_000).Value);
        Assert.Equal(1_700_000_000_123_000_000UL, UnixNanos.FromMilliseconds(1_700_000_000_123).Value);
        Assert.Equal(1_700_000_000_123_456_000UL, UnixNanos.FromMicroseconds(1_700_000_000_123_456).Value);
        Assert.Equal(1_700_000_000_123_456_700UL, UnixNanos.FromDateTimeOffset(time.ToDateTimeOffset()).Value);
        Assert.Equal("1700000000123456789", time.ToString());
    }

    [Fact]
    public void Times_before_1970_or_past_the_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixNanos.FromMilliseconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixNanos.FromMilliseconds(long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixNanos.FromDateTimeOffset(DateTimeOffset.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixNanos.FromDateTimeOffset(DateTimeOffset.MaxValue));
        Assert.Equal(ulong.MaxValue / 1_000_000, (ulong)UnixNanos.FromMilliseconds(18_446_744_073_709).ToMilliseconds());
        Assert.Equal(2554, new UnixNanos(ulong.MaxValue).ToDateTimeOffset().Year);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1700000000123456789", 1_700_000_000_123_456_789)]
    [InlineData("1700000000.5", 1_700_000_000_500_000_000)]
    [InlineData("1700000000.123456789", 1_700_000_000_123_456_789)]
    [InlineData("2023-11-14T22:13:20Z", 1_700_000_000_000_000_000)]
    [InlineData("2023-11-14T22:13:20.123456789Z", 1_700_000_000_123_456_789)]
    [InlineData("2023-11-14t22:13:20.5z", 1_700_000_000_500_000_000)]
    [InlineData("2023-11-15T00:13:20+02:00", 1_700_000_000_000_000_000)]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    public void Parse_reads_nanoseconds_seconds_and_rfc3339(string text, ulong nanos)
        => Assert.Equal(nanos, UnixNanos.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("18446744073709551616.0")]
    [InlineData("18446744074.0")]
    [InlineData("1.0000000001")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("2023-11-14T22:13:20")]
    [InlineData("2023-11-14T22:13:20.5")]
    [InlineData("2023-13-14T22:13:20Z")]
    [InlineData("2023-11-14T22:13:20.Z")]
    [InlineData("2023-11-14T22:13:20.1234567890Z1")]
    [InlineData("2600-01-01T00:00:00Z")]
    [InlineData("2023-11-14")]
    public void Parse_refuses_what_is_no_time(string text)
    {
        Assert.False(UnixNanos.TryParse(text, out _));
        Assert.Throws<FormatException>(() => UnixNanos.Parse(text));
    }

    [Fact]
    public void Rfc3339_is_read_back()
    {
        var time = new UnixNanos(1_700_000_000_000_000_007);

        Assert.Equal("2023-11-14T22:13:20.000000007Z", time.ToRfc3339());
        Assert.Equal(time, UnixNanos.Parse(time.ToRfc3339()));
    }

    [Fact]
    public void Arithmetic_throws_saturates_or_is_null_out_of_range()
    {
        var time = new UnixNanos(100);

        Assert.Equal(new UnixNanos(300), time + TimeSpan.FromTicks(2));
        Assert.Equal(UnixNanos.Zero, time - TimeSpan.FromTicks(1));
        Assert.Equal(new UnixNanos(200), time - TimeSpan.FromTicks(-1));
        Assert.Throws<OverflowException>(() => time - TimeSpan.FromTicks(2));
        Assert.Throws<OverflowException>(() => new UnixNanos(ulong.MaxValue) + TimeSpan.FromTicks(1));
        Assert.Null(time.CheckedSub(101));
        Assert.Equal(new UnixNanos(99), time.CheckedSub(1));
        Assert.Null(new UnixNanos(ulong.MaxValue).CheckedAdd(1));
        Assert.Equal(new UnixNanos(ulong.MaxValue), new UnixNanos(ulong.MaxValue).SaturatingAdd(1));
        Assert.Equal(default, time.SaturatingSub(101));
        Assert.Equal(60UL, time.DurationSince(new UnixNanos(40)));
        Assert.Null(time.DurationSince(new UnixNanos(101)));
        Assert.True(new UnixNanos(1) < time && time > new UnixNanos(1) && time <= new UnixNanos(100) && time >= new UnixNanos(100));
    }

    [Fact]
    public void Now_asks_the_time_provider() => Assert.Equal(UnixNanos.FromSeconds(1_700_000_000), UnixNanos.Now(new FixedTime()));

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    }
}
