namespace ExecutionAdapters.Model.Tests.Values;

public class CurrencyTests
{
    [Theory]
    [InlineData("USDC", 6, CurrencyType.Crypto)]
    [InlineData("USDT", 8, CurrencyType.Crypto)]
    [InlineData("BTC", 8, CurrencyType.Crypto)]
    [InlineData("USD", 2, CurrencyType.Fiat)]
    [InlineData("JPY", 0, CurrencyType.Fiat)]
    [InlineData("XAU", 9, CurrencyType.CommodityBacked)]
    public void The_well_known_are_registered(string code, byte precision, CurrencyType type)
    {
        Assert.True(Currency.TryGet(code, out var currency));
        Assert.Equal(precision, currency.Precision);
        Assert.Equal(type, currency.Type);
        Assert.Equal(code, currency.ToString());
    }

    [Fact]
    public void An_unknown_code_becomes_a_crypto_currency_with_8_decimals_once()
    {
        Assert.False(Currency.TryGet("TESTCOIN1", out _));
        var created = Currency.GetOrCreateCrypto(" TESTCOIN1 ");

        Assert.Equal("TESTCOIN1", created.Code);
        Assert.Equal(8, created.Precision);
        Assert.Equal("TESTCOIN1", created.Name);
        Assert.Same(created, Currency.GetOrCreateCrypto("TESTCOIN1"));
        Assert.Same(Currency.USDC, Currency.GetOrCreateCrypto("USDC"));
    }

    [Fact]
    public void An_empty_code_is_an_error_and_not_a_fallback()
    {
        Assert.Throws<ArgumentException>(() => Currency.GetOrCreateCrypto("  "));
        Assert.Throws<ArgumentException>(() => new Currency("A B", 2, 0, "Two words", CurrencyType.Crypto));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Currency("ABC", 17, 0, "Too fine", CurrencyType.Crypto));
        Assert.False(Currency.TryGet(null, out _));
    }

    [Fact]
    public void Registering_keeps_the_first_unless_told_to_overwrite()
    {
        var first = new Currency("TESTCOIN2", 4, 0, "First", CurrencyType.Crypto);
        var second = new Currency("TESTCOIN2", 5, 0, "Second", CurrencyType.Crypto);

        Assert.True(Currency.Register(first));
        Assert.False(Currency.Register(second));
        Assert.True(Currency.TryGet("TESTCOIN2", out var found));
        Assert.Same(first, found);
        Assert.True(Currency.Register(second, overwrite: true));
        Assert.True(Currency.TryGet("TESTCOIN2", out found));
        Assert.Same(second, found);
    }

    [Fact]
    public void Equality_is_by_code()
    {
        var other = new Currency("USDC", 2, 0, "Another", CurrencyType.Fiat);

        Assert.True(other == Currency.USDC);
        Assert.Equal(other.GetHashCode(), Currency.USDC.GetHashCode());
        Assert.True(Currency.USDC != Currency.USDT);
        Assert.False(Currency.USDC.Equals((object?)null));
        Assert.True((Currency?)null == null);
    }
}
