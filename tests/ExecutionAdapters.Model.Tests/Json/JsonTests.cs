using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ExecutionAdapters.Model.Tests.Json;

/// <summary>The JSON forms, through a source-generated context.</summary>
public class JsonTests
{
    [Fact]
    public void Every_value_has_its_form_and_comes_back_with_its_precision()
    {
        var sample = new Sample
        {
            Price = Price.Parse("-2361.30"),
            Quantity = Quantity.Parse("1.5000"),
            Money = Money.Parse("1.5 USDC"),
            Currency = Currency.ETH,
            Time = new UnixNanos(ulong.MaxValue),
            Id = Uuid4.Parse("2d89666b-1a1e-4a75-b193-4eb3b454c757"),
            Symbol = new Symbol("ETH.\"PERP\""),
            Venue = new Venue("LIGHTER"),
            InstrumentId = InstrumentId.Parse("ETH.PERP.LIGHTER"),
            TraderId = new TraderId("TESTER-001"),
            StrategyId = new StrategyId("EXTERNAL"),
            AccountId = new AccountId("LIGHTER-001"),
            ClientId = new ClientId("LIGHTER"),
            ClientOrderId = new ClientOrderId("O-1"),
            VenueOrderId = new VenueOrderId("281474976710657"),
            OrderListId = new OrderListId("L-1"),
            ExecAlgorithmId = new ExecAlgorithmId("TWAP"),
            TradeId = new TradeId("T-1"),
            PositionId = new PositionId("P-1"),
        };

        var json = JsonSerializer.Serialize(sample, ModelJson.Default.Sample);
        var back = JsonSerializer.Deserialize(json, ModelJson.Default.Sample)!;

        Assert.Equal(
            """
            {"Price":"-2361.30","Quantity":"1.5000","Money":"1.500000 USDC","NoMoney":null,"Currency":"ETH","Time":18446744073709551615,
            "Id":"2d89666b-1a1e-4a75-b193-4eb3b454c757","Symbol":"ETH.\u0022PERP\u0022","Venue":"LIGHTER","InstrumentId":"ETH.PERP.LIGHTER",
            "TraderId":"TESTER-001","StrategyId":"EXTERNAL","AccountId":"LIGHTER-001","ClientId":"LIGHTER","ClientOrderId":"O-1",
            "VenueOrderId":"281474976710657","OrderListId":"L-1","ExecAlgorithmId":"TWAP","TradeId":"T-1","PositionId":"P-1"}
            """.ReplaceLineEndings(""),
            json);
        Assert.Equal(sample, back);
        Assert.Equal((2, 4, 6), (back.Price.Precision, back.Quantity.Precision, back.Money.Amount.Scale));
    }

    [Theory]
    [InlineData("""{"Price":1.5}""", "Price is a string")]
    [InlineData("""{"Price":"abc"}""", "'abc' is not a legal Price")]
    [InlineData("""{"Price":null}""", "Price")]
    [InlineData("""{"Quantity":"-1"}""", "'-1' is not a legal Quantity")]
    [InlineData("""{"Money":"1.50"}""", "not a legal Money")]
    [InlineData("""{"Money":"1.50 NOSUCH"}""", "not a legal Money")]
    [InlineData("""{"Money":"0.0000001 USDC"}""", "not a legal Money")]
    [InlineData("""{"Currency":"NOSUCH"}""", "'NOSUCH' is not a legal Currency")]
    [InlineData("""{"Time":-1}""", "nanoseconds")]
    [InlineData("""{"Time":1.5}""", "nanoseconds")]
    [InlineData("""{"Time":"1"}""", "nanoseconds")]
    [InlineData("""{"Time":18446744073709551616}""", "nanoseconds")]
    [InlineData("""{"Id":"2d89666b-1a1e-1a75-b193-4eb3b454c757"}""", "not a legal Uuid4")]
    [InlineData("""{"Symbol":""}""", "not a legal Symbol")]
    [InlineData("""{"Venue":"é"}""", "not a legal Venue")]
    [InlineData("""{"InstrumentId":"ETH"}""", "not a legal InstrumentId")]
    [InlineData("""{"TraderId":"TESTER"}""", "not a legal TraderId")]
    [InlineData("""{"StrategyId":"S"}""", "not a legal StrategyId")]
    [InlineData("""{"AccountId":"LIGHTER"}""", "not a legal AccountId")]
    [InlineData("""{"TradeId":"1234567890123456789012345678901234567"}""", "not a legal TradeId")]
    [InlineData("""{"PositionId":7}""", "PositionId is a string")]
    public void What_is_no_such_value_is_an_error_that_says_so(string json, string expected)
        => Assert.Contains(
            expected, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ModelJson.Default.Sample)).Message, StringComparison.Ordinal);

    [Fact]
    public void Currencies_and_identifiers_name_properties()
    {
        Both(new Dictionary<Currency, Money> { [Currency.USDC] = Money.Parse("-1.5 USDC") }, """{"USDC":"-1.500000 USDC"}""", ModelJson.Default.DictionaryCurrencyMoney);
        Both(
            new Dictionary<InstrumentId, Quantity> { [InstrumentId.Parse("ETH-PERP.LIGHTER")] = Quantity.Parse("0.10") },
            """{"ETH-PERP.LIGHTER":"0.10"}""",
            ModelJson.Default.DictionaryInstrumentIdQuantity);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"NOSUCH":"1 USDC"}""", ModelJson.Default.DictionaryCurrencyMoney));
    }

    [Fact]
    public void Null_is_a_missing_value()
    {
        Assert.Null(JsonSerializer.Deserialize("null", ModelJson.Default.NullablePrice));
        Assert.Null(JsonSerializer.Deserialize("""{"Currency":null,"NoMoney":null}""", ModelJson.Default.Sample)!.Currency);
    }

    [Fact]
    public void An_amount_that_its_currency_cannot_hold_is_an_error_and_not_another_exception()
    {
        Assert.True(Currency.Register(new Currency("JSONFINE", 16, 0, "Sixteen decimals", CurrencyType.Crypto)));

        Assert.False(Money.TryParse("17014118346046 JSONFINE", out _));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"Money":"17014118346046 JSONFINE"}""", ModelJson.Default.Sample));
    }

    [Fact]
    public void What_has_no_text_is_not_written()
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Serialize(new Sample(), ModelJson.Default.Sample));

        Assert.Contains("default(Money) has no text form", error.Message, StringComparison.Ordinal);
    }

    private static void Both<T>(T value, string json, JsonTypeInfo<T> type)
    {
        Assert.Equal(json, JsonSerializer.Serialize(value, type));
        Assert.Equal(value, JsonSerializer.Deserialize(json, type));
    }
}
