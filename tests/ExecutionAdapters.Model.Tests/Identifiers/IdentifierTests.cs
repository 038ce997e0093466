namespace ExecutionAdapters.Model.Tests.Identifiers;

public class IdentifierTests
{
    private static readonly Func<string, string>[] Ascii =
    [
        text => new Venue(text).Value, text => new ClientId(text).Value, text => new ClientOrderId(text).Value, text => new VenueOrderId(text).Value,
        text => new OrderListId(text).Value, text => new ExecAlgorithmId(text).Value, text => new TradeId(text).Value,
    ];

    private static readonly Func<string, string>[] AnyText = [text => new Symbol(text).Value, text => new PositionId(text).Value];

    [Fact]
    public void Ids_keep_their_text()
    {
        foreach (var create in Ascii.Concat(AnyText))
        {
            Assert.Equal("Ab 1.-_:", create("Ab 1.-_:"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Empty_ids_are_refused(string text)
    {
        foreach (var create in Ascii.Concat(AnyText))
        {
            Assert.Contains("must not be empty", Assert.Throws<ArgumentException>(() => create(text)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ascii_ids_refuse_other_characters_and_say_where()
    {
        foreach (var create in Ascii)
        {
            Assert.Contains("character 2 is U+00E9", Assert.Throws<ArgumentException>(() => create("Hé")).Message, StringComparison.Ordinal);
        }

        foreach (var create in AnyText)
        {
            Assert.Equal("Hé", create("Hé"));
        }
    }

    [Fact]
    public void Default_ids_print_as_nothing()
    {
        Assert.Equal("", default(Symbol).ToString() + default(Venue) + default(InstrumentId) + default(TraderId) + default(StrategyId) + default(AccountId)
            + default(ClientId) + default(ClientOrderId) + default(VenueOrderId) + default(OrderListId) + default(ExecAlgorithmId) + default(PositionId) + default(TradeId));
        Assert.Equal("", default(InstrumentId).Value);
        Assert.Equal("", default(TraderId).Tag);
    }

    [Fact]
    public void A_trade_id_has_at_most_36_characters_and_no_NUL()
    {
        Assert.Equal(36, new TradeId(new string('7', 36)).Value.Length);
        Assert.Contains("37 characters; the maximum is 36", Assert.Throws<ArgumentException>(() => new TradeId(new string('7', 37))).Message, StringComparison.Ordinal);
        Assert.Contains("NUL", Assert.Throws<ArgumentException>(() => new TradeId("a\0b")).Message, StringComparison.Ordinal);
        Assert.False(TradeId.TryCreate(new string('7', 37), out var none));
        Assert.Equal(default, none);
        Assert.True(TradeId.TryCreate("7", out var some));
        Assert.Equal(new TradeId("7"), some);
        Assert.False(TradeId.TryCreate(null, out _));
    }

    [Fact]
    public void TryCreate_takes_what_the_constructor_takes_and_nothing_else()
    {
        Check<Symbol>(Symbol.TryCreate, new Symbol("a-1"));
        Check<Venue>(Venue.TryCreate, new Venue("a-1"));
        Check<TraderId>(TraderId.TryCreate, new TraderId("a-1"));
        Check<StrategyId>(StrategyId.TryCreate, new StrategyId("a-1"));
        Check<AccountId>(AccountId.TryCreate, new AccountId("a-1"));
        Check<ClientId>(ClientId.TryCreate, new ClientId("a-1"));
        Check<ClientOrderId>(ClientOrderId.TryCreate, new ClientOrderId("a-1"));
        Check<VenueOrderId>(VenueOrderId.TryCreate, new VenueOrderId("a-1"));
        Check<OrderListId>(OrderListId.TryCreate, new OrderListId("a-1"));
        Check<ExecAlgorithmId>(ExecAlgorithmId.TryCreate, new ExecAlgorithmId("a-1"));
        Check<PositionId>(PositionId.TryCreate, new PositionId("a-1"));

        static void Check<T>(TryCreate<T> tryCreate, T expected)
            where T : struct
        {
            Assert.True(tryCreate("a-1", out var id));
            Assert.Equal(expected, id);
            Assert.False(tryCreate(" ", out id));
            Assert.Equal(default, id);
            Assert.False(tryCreate(null, out _));
        }
    }

    private delegate bool TryCreate<T>(string? value, out T id);

    [Theory]
    [InlineData("TESTER")]
    [InlineData("-001")]
    [InlineData("TESTER-")]
    [InlineData(" -1")]
    public void Trader_strategy_and_account_ids_have_two_parts(string text)
    {
        Assert.Contains("name-tag", Assert.Throws<ArgumentException>(() => new TraderId(text)).Message, StringComparison.Ordinal);
        Assert.Contains("name-tag", Assert.Throws<ArgumentException>(() => new StrategyId(text)).Message, StringComparison.Ordinal);
        Assert.Contains("issuer-id", Assert.Throws<ArgumentException>(() => new AccountId(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Their_parts_are_split_at_the_last_or_first_hyphen()
    {
        Assert.Equal("001", new TraderId("A-B-001").Tag);
        Assert.Equal("003", new StrategyId("EMA-CROSS-003").Tag);
        Assert.Equal((new Venue("IB"), "U-123"), (new AccountId("IB-U-123").Issuer, new AccountId("IB-U-123").IssuersId));
    }

    [Fact]
    public void External_is_a_strategy_without_a_tag()
    {
        Assert.Equal("EXTERNAL", StrategyId.External.Value);
        Assert.True(new StrategyId("EXTERNAL").IsExternal);
        Assert.False(new StrategyId("S-001").IsExternal);
        Assert.Equal("EXTERNAL-0", TraderId.External.Value);
    }

    [Theory]
    [InlineData("ETH-PERP.LIGHTER", "ETH-PERP", "LIGHTER")]
    [InlineData("ETH/USDC-SPOT.LIGHTER", "ETH/USDC-SPOT", "LIGHTER")]
    [InlineData("CL.FUT.XNYM", "CL.FUT", "XNYM")]
    [InlineData("WETH.Ethereum:Uniswap", "WETH", "Ethereum:Uniswap")]
    public void An_instrument_id_is_split_at_the_last_point(string text, string symbol, string venue)
    {
        var id = InstrumentId.Parse(text);

        Assert.Equal((symbol, venue, text, text), (id.Symbol.Value, id.Venue.Value, id.Value, id.ToString()));
        Assert.Equal(id, new InstrumentId(new Symbol(symbol), new Venue(venue)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ETH")]
    [InlineData(".LIGHTER")]
    [InlineData("ETH.")]
    [InlineData("ETH.LIGHTÉR")]
    public void Other_texts_are_no_instrument_ids(string text)
    {
        Assert.False(InstrumentId.TryParse(text, out _));
        Assert.Contains("is not an instrument id", Assert.Throws<FormatException>(() => InstrumentId.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instrument_id_that_could_not_be_read_back_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new InstrumentId(new Symbol("A"), new Venue("B.C")));
        Assert.Throws<ArgumentException>(() => new InstrumentId(default, new Venue("B")));
        Assert.Throws<ArgumentException>(() => new InstrumentId(new Symbol("A"), default));
        Assert.False(InstrumentId.TryParse(null, out _));
    }

    [Fact]
    public void Symbols_and_venues_tell_what_they_are()
    {
        Assert.True(new Symbol("CL.FUT").IsComposite && !new Symbol("CL").IsComposite);
        Assert.Equal(("CL", "CL"), (new Symbol("CL.FUT").Root, new Symbol("CL").Root));
        Assert.True(new Venue("Ethereum:Uniswap").IsOnChain && !new Venue("LIGHTER").IsOnChain);
        Assert.True(new Venue("SYNTH").IsSynthetic && !new Venue("LIGHTER").IsSynthetic);
        Assert.True(new PositionId("P-1").IsVirtual && !new PositionId("ETH-PERP.LIGHTER-S-001").IsVirtual);
    }

    [Fact]
    public void A_long_foreign_text_is_cut_in_the_message()
        => Assert.True(Assert.Throws<FormatException>(() => InstrumentId.Parse(new string('x', 10_000))).Message.Length < 200);

    [Fact]
    public void Made_up_ids_have_their_forms()
    {
        var time = UnixNanos.Parse("2026-08-05T04:03:02.999Z");
        var (trader, strategy) = (new TraderId("TESTER-001"), new StrategyId("EMA-CROSS-002"));

        Assert.Equal("O-20260805-040302-001-002-7", IdentifierFormats.ClientOrderId(time, trader, strategy, 7).Value);
        Assert.Equal("O-1-E2", IdentifierFormats.SpawnedClientOrderId(new ClientOrderId("O-1"), 2).Value);
        Assert.Equal("ETH-PERP.LIGHTER-S-001", IdentifierFormats.NettingPositionId(InstrumentId.Parse("ETH-PERP.LIGHTER"), new StrategyId("S-001")).Value);
        Assert.Equal("P-20260805-040302-001-002-7", IdentifierFormats.HedgingPositionId(time, trader, strategy, 7).Value);
        Assert.Equal("P-20260805-040302-001-002-7F", IdentifierFormats.HedgingPositionId(time, trader, strategy, 7, flipped: true).Value);
    }
}
