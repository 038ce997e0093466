using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

public sealed class AccountRulesTests
{
    private static readonly OrderRequest Bid =
        new() { BaseAmount = 100, Price = 230_000, IsAsk = false, TimeInForce = LighterTimeInForce.GoodTillTime };

    private readonly EngineDriver _driver = new();

    [Fact]
    public void A_thousand_resting_orders_in_a_market_are_the_limit_there()
    {
        Account account = _driver.AddAccount(1, 1_000_000_000);
        Fill(account, 999, Bid, _driver.Eth);
        Assert.Null(Check(account, _driver.Eth));
        _driver.Limit(account, isAsk: false, 100, 230_000);
        Assert.Equal(21718, Check(account, _driver.Eth));
        Assert.Null(Check(account, _driver.Exchange.Market(1)!));
    }

    [Fact]
    public void Fifteen_hundred_resting_orders_are_the_limit_of_an_account()
    {
        Account account = _driver.AddAccount(1, 1_000_000_000);
        Fill(account, 900, Bid, _driver.Eth);
        Fill(account, 600, Bid with { Price = 800_000 }, _driver.Exchange.Market(1)!);
        Assert.Equal(21717, Check(account, _driver.Exchange.Market(2)!));
    }

    [Fact]
    public void Five_hundred_pending_orders_are_the_limit_of_an_account()
    {
        Account account = _driver.AddAccount(1);
        var stop = new OrderRequest
        {
            BaseAmount = 100,
            Price = 229_000,
            IsAsk = true,
            Type = LighterOrderType.StopLoss,
            TriggerPrice = 1,
            TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        };
        Fill(account, 500, stop, _driver.Eth);
        Assert.Equal(21719, AccountRules.CheckCreate(account, _driver.Exchange.Market(1)!, stop)?.Code);
        Assert.Null(Check(account, _driver.Eth));
    }

    [Fact]
    public void Orders_that_only_reduce_need_no_further_margin()
    {
        Account account = _driver.AddAccount(1, 1_000);
        _driver.GivePosition(account, 80_000, 236_130); // 18,890 USDC at 5 %: 944.52 of the 1,000 USDC
        var sale = new OrderRequest { BaseAmount = 80_000, Price = 236_130, IsAsk = true, TimeInForce = LighterTimeInForce.GoodTillTime };
        Assert.Null(AccountRules.CheckCreate(account, _driver.Eth, sale));
        Assert.Equal(21739, AccountRules.CheckCreate(account, _driver.Eth, sale with { IsAsk = false })?.Code);
        Assert.Equal(21739, AccountRules.CheckCreate(account, _driver.Eth, sale with { BaseAmount = 200_000 })?.Code);
    }

    private static int? Check(Account account, Market market) => AccountRules.CheckCreate(account, market, Bid)?.Code;

    private void Fill(Account account, int count, OrderRequest request, Market market)
    {
        for (int i = 0; i < count; i++)
        {
            _driver.Place(account, market, request);
        }
    }
}
