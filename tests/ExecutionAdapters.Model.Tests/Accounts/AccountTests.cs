using ExecutionAdapters.Model.Tests.Orders;
using ExecutionAdapters.Model.Tests.Positions;

namespace ExecutionAdapters.Model.Tests.Accounts;

public class AccountTests
{
    private static readonly InstrumentId Eth = InstrumentId.Parse("ETH-PERP.LIGHTER");

    [Fact]
    public void Balances_are_taken_over_per_currency()
    {
        var account = new Account(State([Balance("100 USDC", "10 USDC"), Balance("1 ETH", "0 ETH")]));

        account.Apply(State([Balance("90 USDC", "5 USDC")]));

        Assert.Equal("85.000000 USDC", account.Balance(Currency.USDC)!.Free.ToString());
        Assert.Equal("1.00000000 ETH", account.Balance(Currency.ETH)!.Total.ToString());
        Assert.Null(account.Balance(Currency.BTC));
        Assert.Equal((2, 2L), (account.Balances.Count, account.EventCount));
        Assert.Equal((new AccountId("LIGHTER-001"), AccountType.Margin, (Currency?)null), (account.Id, account.AccountType, account.BaseCurrency));
    }

    [Fact]
    public void Margins_are_replaced_as_a_whole_unless_the_state_is_empty()
    {
        var account = new Account(State([Balance("100 USDC", "0 USDC")], [Margin("10 USDC", "5 USDC", Eth), Margin("20 USDC", "8 USDC")]));
        Assert.Equal((1, 1), (account.InstrumentMargins.Count, account.AccountMargins.Count));

        account.Apply(State([]));
        Assert.Equal((1, 1), (account.InstrumentMargins.Count, account.AccountMargins.Count));

        account.Apply(State([], [Margin("30 USDC", "9 USDC")]));
        Assert.Empty(account.InstrumentMargins);
        Assert.Equal("30.000000 USDC", account.AccountMargins[Currency.USDC].Initial.ToString());

        account.Apply(State([Balance("50 USDC", "0 USDC")]));
        Assert.Empty(account.AccountMargins);
    }

    [Fact]
    public void A_wrong_state_changes_nothing()
    {
        var account = new Account(State([Balance("100 USDC", "0 USDC")]));
        var before = Observed.Of(account);

        foreach (var (state, expected) in new[]
        {
            (State([]) with { AccountId = new AccountId("LIGHTER-002") }, "LIGHTER-002"),
            (State([]) with { AccountType = AccountType.Cash }, "CASH"),
            (State([Balance("1 USDC", "0 USDC"), Balance("2 USDC", "0 USDC")]), "two balances in USDC"),
            (State([Balance("1 USDC", "0 USDC")], [Margin("1 USDC", "1 USDC"), Margin("2 USDC", "1 USDC")]), "two margins for USDC"),
            (State([], [Margin("1 USDC", "1 USDC", Eth), Margin("2 USDC", "1 USDC", Eth)]), "two margins for ETH-PERP.LIGHTER"),
        })
        {
            Assert.Contains(expected, account.TryApply(state)?.ToString(), StringComparison.Ordinal);
            Assert.Throws<InvalidOperationException>(() => account.Apply(state));
            Assert.Equal(before, Observed.Of(account));
        }
    }

    [Fact]
    public void A_cash_account_has_no_negative_total_unless_it_may_borrow()
    {
        var debt = State([AccountBalance.FromTotalAndLocked(-1m, 0m, Currency.USDC)]) with { AccountType = AccountType.Cash };

        Assert.Contains("may not borrow", Assert.Throws<ArgumentException>(() => new Account(debt)).Message, StringComparison.Ordinal);
        Assert.Equal(-1m, new Account(debt, allowBorrowing: true).Balance(Currency.USDC)!.Total.Amount);
        Assert.Equal(-1m, new Account(debt with { AccountType = AccountType.Margin }).Balance(Currency.USDC)!.Total.Amount);
    }

    [Fact]
    public void Margins_lock_at_most_the_total_and_never_less_than_nothing()
    {
        var account = new Account(State([Balance("100 USDC", "0 USDC")], [Margin("10 USDC", "5 USDC", Eth), Margin("20 USDC", "8 USDC"), Margin("1 ETH", "1 ETH", InstrumentId.Parse("X.Y"))]));
        Assert.Equal("43.000000 USDC", account.LockedByMargin(Currency.USDC).ToString());
        Assert.Equal("0.00000000 ETH", account.LockedByMargin(Currency.ETH).ToString());

        account.Apply(State([Balance("30 USDC", "0 USDC")], [Margin("20 USDC", "18 USDC")]));
        Assert.Equal("30.000000 USDC", account.LockedByMargin(Currency.USDC).ToString());

        account.Apply(State([AccountBalance.FromTotalAndFree(-5m, 0m, Currency.USDC)], [Margin("20 USDC", "18 USDC")]));
        Assert.Equal("0.000000 USDC", account.LockedByMargin(Currency.USDC).ToString());
    }

    [Fact]
    public void Margin_follows_from_notional_rate_and_leverage()
    {
        var instrument = Traded.Perpetual with { MarginInit = 0.1m, MarginMaint = 0.05m };
        var (quantity, price) = (Quantity.Parse("2.0000"), Price.Parse("2000.00"));
        var account = new Account(State([Balance("100 USDC", "0 USDC")])) { DefaultLeverage = 2m };
        Assert.Equal("200.000000 USDC", account.CalculateInitialMargin(instrument, quantity, price).ToString());

        account.SetLeverage(instrument.Id, 10m);
        Assert.Equal("40.000000 USDC", account.CalculateInitialMargin(instrument, quantity, price).ToString());
        Assert.Equal("20.000000 USDC", account.CalculateMaintenanceMargin(instrument, quantity, price).ToString());
        Assert.Equal((10m, 2m), (account.Leverage(instrument.Id), account.Leverage(Traded.Spot.Id)));

        var standard = new Account(State([Balance("100 USDC", "0 USDC")]), marginModel: MarginModel.Standard);
        Assert.Equal("400.000000 USDC", standard.CalculateInitialMargin(instrument, quantity, price).ToString());

        var inverse = Traded.Inverse with { MarginInit = 0.01m };
        Assert.Equal("0.00025000 BTC", standard.CalculateInitialMargin(inverse, Quantity.Parse("1000"), Price.Parse("40000.00")).ToString());
        var quanto = instrument with { SettlementCurrency = Currency.BTC };
        Assert.Equal((Currency.BTC, "400.000000 USDC"), (quanto.CostCurrency, standard.CalculateInitialMargin(quanto, quantity, price).ToString()));
        Assert.Throws<ArgumentOutOfRangeException>(() => account.SetLeverage(instrument.Id, 0m));
        Assert.Throws<ArgumentOutOfRangeException>(() => account.DefaultLeverage = -1m);
    }

    [Fact]
    public void A_cash_order_holds_quote_for_a_buy_base_for_a_sell_and_nothing_when_reduce_only()
    {
        var (quantity, price) = (Quantity.Parse("2.0000"), Price.Parse("2000.00"));

        Assert.Equal("4000.000000 USDC", Account.CalculateCashLocked(Traded.Spot, OrderSide.Buy, quantity, price).ToString());
        Assert.Equal("2.00000000 ETH", Account.CalculateCashLocked(Traded.Spot, OrderSide.Sell, quantity, price).ToString());
        Assert.Equal("0.000000 USDC", Account.CalculateCashLocked(Traded.Spot, OrderSide.Buy, quantity, price, reduceOnly: true).ToString());
        Assert.Throws<ArgumentException>(() => Account.CalculateCashLocked(Traded.Spot, OrderSide.NoOrderSide, quantity, price));
    }

    [Fact]
    public void It_prints_on_one_line()
    {
        var account = new Account(State([Balance("100 USDC", "10 USDC")]));

        Assert.Equal("Account(LIGHTER-001 MARGIN [AccountBalance(total=100.000000 USDC locked=10.000000 USDC free=90.000000 USDC)])", account.ToString());
        Assert.StartsWith("AccountState(LIGHTER-001 MARGIN [", account.LastEvent.ToString(), StringComparison.Ordinal);
    }

    private static AccountBalance Balance(string total, string locked) => AccountBalance.FromTotalAndLocked(Money.Parse(total), Money.Parse(locked));

    private static MarginBalance Margin(string initial, string maintenance, InstrumentId? instrument = null)
        => new(Money.Parse(initial), Money.Parse(maintenance), instrument);

    private static AccountState State(IReadOnlyList<AccountBalance> balances, IReadOnlyList<MarginBalance>? margins = null) => new()
    {
        AccountId = new AccountId("LIGHTER-001"),
        AccountType = AccountType.Margin,
        Balances = balances,
        Margins = margins ?? [],
        IsReported = true,
        EventId = default,
        TsEvent = new UnixNanos(1),
        TsInit = new UnixNanos(2),
    };
}
