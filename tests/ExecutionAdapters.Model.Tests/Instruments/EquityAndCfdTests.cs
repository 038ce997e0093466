namespace ExecutionAdapters.Model.Tests.Instruments;

public sealed class EquityAndCfdTests
{
    [Fact]
    public void A_share_settles_in_what_it_is_priced_in()
    {
        var share = Share();
        Assert.Equal((AssetClass.Equity, InstrumentClass.Spot, Currency.USD, false), (share.AssetClass, share.InstrumentClass, share.SettlementCurrency, share.IsInverse));
        Assert.Throws<ArgumentException>(() => Share() with { SettlementCurrency = Currency.USDC });
        Assert.Throws<ArgumentException>(() => Share() with { IsInverse = true });
        Assert.Equal(new Money(1_870.00m, Currency.USD), share.Notional(Quantity.Parse("10"), Price.Parse("187.00")));
    }

    [Fact]
    public void A_contract_for_difference_has_the_class_of_its_underlying()
    {
        var contract = Contract();
        Assert.Equal((AssetClass.FX, InstrumentClass.Cfd, Currency.USD), (contract.AssetClass, contract.InstrumentClass, contract.SettlementCurrency));
        Assert.Throws<ArgumentException>(() => Contract() with { SettlementCurrency = Currency.USDC });
        Assert.Throws<ArgumentException>(() => Contract() with { IsInverse = true });
    }

    [Fact]
    public void Both_are_equal_by_id_alone()
    {
        Assert.Equal(Share(), Share() with { MakerFee = 0.1m });
        Assert.Equal(Contract(), Contract() with { MakerFee = 0.1m });
    }

    private static Equity Share() => new()
    {
        Id = InstrumentId.Parse("AAPL.TEKTII"),
        RawSymbol = new Symbol("AAPL"),
        BaseCurrency = Currency.USD,
        QuoteCurrency = Currency.USD,
        PriceIncrement = Price.Parse("0.01"),
        SizeIncrement = Quantity.Parse("1"),
    };

    private static Cfd Contract() => new()
    {
        Id = InstrumentId.Parse("EURUSD.TEKTII"),
        RawSymbol = new Symbol("F:EURUSD"),
        Underlying = AssetClass.FX,
        BaseCurrency = Currency.USDC,
        QuoteCurrency = Currency.USD,
        PriceIncrement = Price.Parse("0.00001"),
        SizeIncrement = Quantity.Parse("1"),
    };
}
