namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class OrderRuleTests
{
    /// <summary>
    /// The venue's matrix, all of it: every type on a perpetual and a spot market with every time in force, with and without
    /// expiry and trigger. Exactly the listed rows are valid.
    /// </summary>
    [Fact]
    public void Only_the_rows_of_the_matrix_are_valid()
    {
        var valid = new HashSet<string>(StringComparer.Ordinal)
        {
            "Limit perp ImmediateOrCancel", "Limit spot ImmediateOrCancel",
            "Limit perp GoodTillTime expiry", "Limit spot GoodTillTime expiry",
            "Limit perp PostOnly expiry", "Limit spot PostOnly expiry",
            "Market perp ImmediateOrCancel", "Market spot ImmediateOrCancel",
            "StopLoss perp ImmediateOrCancel expiry trigger",
            "TakeProfit perp ImmediateOrCancel expiry trigger",
            "StopLossLimit perp ImmediateOrCancel expiry trigger", "StopLossLimit perp GoodTillTime expiry trigger",
            "StopLossLimit perp PostOnly expiry trigger",
            "TakeProfitLimit perp ImmediateOrCancel expiry trigger", "TakeProfitLimit perp GoodTillTime expiry trigger",
            "TakeProfitLimit perp PostOnly expiry trigger",
            "Twap perp GoodTillTime expiry", "Twap spot GoodTillTime expiry",
        };
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (LighterOrderType type in Enum.GetValues<LighterOrderType>())
        {
            foreach (LighterTimeInForce timeInForce in Enum.GetValues<LighterTimeInForce>())
            {
                for (int bits = 0; bits < 8; bits++)
                {
                    bool spot = (bits & 1) != 0, expiry = (bits & 2) != 0, trigger = (bits & 4) != 0;
                    TransactionRuleViolation? violation = Check(Samples.Limit with
                    {
                        MarketIndex = (short)(spot ? 2048 : 254),
                        Type = type,
                        TimeInForce = timeInForce,
                        OrderExpiry = expiry ? 1 : 0,
                        TriggerPrice = trigger ? 1u : 0u,
                    });
                    if (violation is null)
                    {
                        found.Add($"{type} {(spot ? "spot" : "perp")} {timeInForce}{(expiry ? " expiry" : "")}{(trigger ? " trigger" : "")}");
                    }
                }
            }
        }

        Assert.Equal(valid.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, int, LighterOrderInfo> BrokenCombinations => new()
    {
        { "Type", 21704, Samples.Limit with { Type = (LighterOrderType)7 } },
        { "Type", 21704, Samples.Limit with { Type = (LighterOrderType)255 } },
        { "Type", 21618, Samples.Stop with { MarketIndex = 2048, ReduceOnly = false } },
        { "ReduceOnly", 21740, Samples.Limit with { MarketIndex = 2048, ReduceOnly = true } },
        { "TimeInForce", 21705, Samples.Limit with { Type = LighterOrderType.Market } },
        { "TimeInForce", 21705, Samples.Limit with { TimeInForce = (LighterTimeInForce)3 } },
        { "TimeInForce", 21705, Samples.Profit with { TimeInForce = LighterTimeInForce.GoodTillTime } },
        { "TimeInForce", 21705, Samples.Limit with { Type = LighterOrderType.Twap, TimeInForce = LighterTimeInForce.PostOnly } },
        { "OrderExpiry", 21711, Samples.Limit with { OrderExpiry = 0 } },
        { "OrderExpiry", 21711, Samples.Limit with { OrderExpiry = -1 } },
        { "OrderExpiry", 21711, Samples.Limit with { TimeInForce = LighterTimeInForce.ImmediateOrCancel } },
        { "OrderExpiry", 21711, Samples.Profit with { OrderExpiry = 0 } },
        { "TriggerPrice", 21729, Samples.Limit with { TriggerPrice = 1 } },
        { "TriggerPrice", 21729, Samples.Stop with { TriggerPrice = 0 } },
        { "BaseAmount", 21701, Samples.Limit with { BaseAmount = 0 } },
    };

    [Theory]
    [MemberData(nameof(BrokenCombinations))]
    public void Broken_combinations_name_the_member(string member, int code, LighterOrderInfo order)
    {
        TransactionRuleViolation? violation = Check(order);
        Assert.NotNull(violation);
        Assert.Equal((member, code), (violation.Member, violation.VenueCode));
    }

    private static TransactionRuleViolation? Check(LighterOrderInfo order) => (Samples.CreateOrder with { Order = order }).Validate();
}
