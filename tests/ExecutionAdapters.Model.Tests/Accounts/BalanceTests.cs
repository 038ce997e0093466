using FsCheck;
using FsCheck.Fluent;

namespace ExecutionAdapters.Model.Tests.Accounts;

public class BalanceTests
{
    [Theory]
    [InlineData(100, 30, 30, 70)]
    [InlineData(100, -5, 0, 100)]
    [InlineData(100, 130, 100, 0)]
    [InlineData(0, 5, 0, 0)]
    [InlineData(-10, 5, 5, -15)]
    [InlineData(-10, -5, -5, -5)]
    public void Locked_is_clamped_when_the_total_is_not_negative(decimal total, decimal locked, decimal expectedLocked, decimal expectedFree)
    {
        var balance = AccountBalance.FromTotalAndLocked(total, locked, Currency.USDC);

        Assert.Equal((total, expectedLocked, expectedFree), (balance.Total.Amount, balance.Locked.Amount, balance.Free.Amount));
        Assert.Equal(Currency.USDC, balance.Currency);
    }

    [Theory]
    [InlineData(100, 30, 70, 30)]
    [InlineData(100, -5, 100, 0)]
    [InlineData(100, 130, 0, 100)]
    [InlineData(-10, 5, -15, 5)]
    public void Free_is_clamped_when_the_total_is_not_negative(decimal total, decimal free, decimal expectedLocked, decimal expectedFree)
    {
        var balance = AccountBalance.FromTotalAndFree(total, free, Currency.USDC);

        Assert.Equal((total, expectedLocked, expectedFree), (balance.Total.Amount, balance.Locked.Amount, balance.Free.Amount));
    }

    [Fact]
    public void Total_is_locked_plus_free_whatever_the_factory_is_given()
        => Prop.ForAll(Amounts, Amounts, Gen.Elements(Currency.USD, Currency.USDC, Currency.JPY, Currency.BTC).ToArbitrary(), (total, part, currency) =>
        {
            var locked = AccountBalance.FromTotalAndLocked(total, part, currency);
            var free = AccountBalance.FromTotalAndFree(total, part, currency);
            return Holds(locked) && Holds(free) && locked.Total == free.Total;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Three_figures_that_do_not_add_up_are_refused()
    {
        var one = Money.Parse("1 USD");

        Assert.Contains("total = locked + free", Assert.Throws<ArgumentException>(() => new AccountBalance(one, one, one)).Message, StringComparison.Ordinal);
        Assert.Contains("one currency", Assert.Throws<ArgumentException>(() => new AccountBalance(one, one, Money.Parse("0 EUR"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => AccountBalance.FromTotalAndLocked(one, Money.Parse("0 EUR")));
    }

    [Fact]
    public void A_margin_is_in_one_currency_and_not_negative()
    {
        var margin = new MarginBalance(Money.Parse("2 USD"), Money.Parse("1 USD"));

        Assert.Equal(Currency.USD, margin.Currency);
        Assert.Null(margin.InstrumentId);
        Assert.Equal("MarginBalance(account initial=2.00 USD maintenance=1.00 USD)", margin.ToString());
        Assert.Throws<ArgumentException>(() => new MarginBalance(Money.Parse("2 USD"), Money.Parse("1 EUR")));
        Assert.Throws<ArgumentException>(() => new MarginBalance(Money.Parse("-2 USD"), Money.Parse("1 USD")));
        Assert.Throws<ArgumentException>(() => new MarginBalance(Money.Parse("2 USD"), Money.Parse("-1 USD")));
    }

    private static Arbitrary<decimal> Amounts => Gen.Choose(-1_000_000, 1_000_000).Select(n => n / 10_000m).ToArbitrary();

    private static bool Holds(AccountBalance balance)
        => balance.Total == balance.Locked + balance.Free
            && (balance.Total.Amount < 0m || (balance.Locked.Amount >= 0m && balance.Free.Amount >= 0m && balance.Locked <= balance.Total));
}
