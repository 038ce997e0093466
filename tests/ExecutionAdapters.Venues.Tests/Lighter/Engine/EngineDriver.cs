using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Tests.Lighter.Engine;

/// <summary>Drives an exchange by hand: ETH perp, a clock in seconds, accounts with cash.</summary>
internal sealed class EngineDriver
{
    public const long StartUs = 1_790_000_000_000_000;

    private long _nextClientIndex = 1;

    public Exchange Exchange { get; } = new(BuiltInMarkets.All, StartUs);

    public ExchangeState State => Exchange.State;

    public Market Eth => Exchange.Market(0)!;

    public Market Spot => Exchange.Market(2048)!;

    public Account AddAccount(
        long index,
        long collateralUsdc = 100_000,
        int takerFee = 280,
        int makerFee = 40,
        string? l1Address = null,
        long spotUsdc = 100_000,
        long spotEth = 100)
    {
        var account = new Account
        {
            Index = index,
            L1Address = l1Address ?? $"0x{index:x40}",
            TakerFee = takerFee,
            MakerFee = makerFee,
            Collateral = collateralUsdc * Amounts.MicroPerUsdc,
        };
        account.Balance(Asset.UsdcId).Balance = spotUsdc * Amounts.MicroPerUsdc;
        account.Balance(Asset.EthId).Balance = spotEth * 100_000_000;
        Exchange.Add(account);
        return account;
    }

    public ExecutionReport Place(Account account, Market market, in OrderRequest request) =>
        Exchange.Desk.Create(account, market, request with { ClientIndex = _nextClientIndex++ }, State.TakeSystemHash());

    public Order Limit(
        Account account, bool isAsk, long size, uint price, LighterTimeInForce timeInForce = LighterTimeInForce.GoodTillTime) =>
        Place(account, Eth, new OrderRequest { BaseAmount = size, Price = price, IsAsk = isAsk, TimeInForce = timeInForce }).Order!;

    public Order Market_(Account account, bool isAsk, long size, uint worstPrice) =>
        Place(account, Eth, new OrderRequest
        {
            BaseAmount = size,
            Price = worstPrice,
            IsAsk = isAsk,
            Type = LighterOrderType.Market,
            TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        }).Order!;

    /// <summary>Long (positive) or short (negative) this many ticks at the price, against a counterparty of its own.</summary>
    public void GivePosition(Account account, long signedSize, uint price)
    {
        Account counterparty = State.Accounts.GetValueOrDefault(77_777) ?? AddAccount(77_777, 1_000_000_000);
        Limit(counterparty, signedSize > 0, Math.Abs(signedSize), price);
        Limit(account, signedSize < 0, Math.Abs(signedSize), price);
    }

    public void AdvanceSeconds(long seconds) => Exchange.Advance(State.NowUs + (seconds * 1_000_000));
}
