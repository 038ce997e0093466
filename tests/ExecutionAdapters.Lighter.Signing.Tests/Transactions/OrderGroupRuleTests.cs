using System.Collections.Immutable;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class OrderGroupRuleTests
{
    private const LighterGroupingType Triggers = LighterGroupingType.OneTriggersTheOther;
    private const LighterGroupingType Cancels = LighterGroupingType.OneCancelsTheOther;
    private const LighterGroupingType Both = LighterGroupingType.OneTriggersAOneCancelsTheOther;

    private static LighterOrderInfo Parent => Samples.Limit;

    private static LighterOrderInfo Child => Samples.Stop with { BaseAmount = 0 };

    private static LighterOrderInfo OtherChild => Samples.Profit with { BaseAmount = 0 };

    private static LighterOrderInfo MarketParent => Parent with
    {
        Type = LighterOrderType.Market,
        TimeInForce = LighterTimeInForce.ImmediateOrCancel,
        OrderExpiry = 0,
    };

    public static TheoryData<LighterGroupingType, ImmutableArray<LighterOrderInfo>> Valid => new()
    {
        { Cancels, [Samples.Stop, Samples.Profit] },
        { Cancels, [Samples.Profit, Samples.Stop] },
        { Cancels, [Samples.Stop with { BaseAmount = 0 }, Samples.Profit with { BaseAmount = 0 }] },
        { Triggers, [Parent, Child] },
        { Triggers, [Parent, OtherChild] },
        { Triggers, [MarketParent, Child with { OrderExpiry = 5 }] },
        { Both, [Parent, Child, OtherChild] },
        { Both, [Parent, OtherChild, Child] },
        { Both, [MarketParent, Child with { OrderExpiry = 5 }, OtherChild with { OrderExpiry = 5 }] },
        { Both, [Parent with { ClientOrderIndex = 0 }, Child with { ClientOrderIndex = 0 }, OtherChild with { ClientOrderIndex = 0 }] },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Groups_of_the_three_kinds_are_valid(LighterGroupingType grouping, ImmutableArray<LighterOrderInfo> orders) =>
        Assert.Null(Samples.Group(grouping, orders).Validate());

    public static TheoryData<string, int, LighterGroupingType, ImmutableArray<LighterOrderInfo>> Broken => new()
    {
        { "GroupingType", 21741, LighterGroupingType.None, [Samples.Stop, Samples.Profit] },
        { "GroupingType", 21741, (LighterGroupingType)4, [Samples.Stop, Samples.Profit] },
        { "Orders", 21742, Cancels, default },
        { "Orders", 21742, Cancels, [Samples.Stop] },
        { "Orders", 21742, Cancels, [Samples.Stop, Samples.Profit, Samples.Profit] },
        { "Orders", 21742, Triggers, [Parent] },
        { "Orders", 21742, Triggers, [Parent, Child, OtherChild] },
        { "Orders", 21742, Both, [Parent, Child] },
        { "Orders[0].MarketIndex", 21621, Triggers, [Parent with { MarketIndex = 2048 }, Child] },
        { "Orders[0].MarketIndex", 21602, Triggers, [Parent with { MarketIndex = 255 }, Child] },
        { "Orders[1].MarketIndex", 21602, Triggers, [Parent, Child with { MarketIndex = 4 }] },
        { "Orders[1].ClientOrderIndex", 21727, Triggers, [Parent, Child with { ClientOrderIndex = 1001 }] },
        { "Orders[2].ClientOrderIndex", 21727, Both, [Parent, Child, OtherChild with { ClientOrderIndex = 1002 }] },
        { "Orders[0].Price", 21702, Cancels, [Samples.Stop with { Price = 0 }, Samples.Profit] },
        { "Orders[1].TriggerPrice", 21729, Cancels, [Samples.Stop, Samples.Profit with { TriggerPrice = 0 }] },

        { "Orders[1].BaseAmount", 21701, Cancels, [Samples.Stop, Samples.Profit with { BaseAmount = 2501 }] },
        { "Orders[1].IsAsk", 21703, Cancels, [Samples.Stop, Samples.Profit with { IsAsk = true }] },
        { "Orders[0].ReduceOnly", 21740, Cancels, [Samples.Stop with { ReduceOnly = false }, Samples.Profit] },
        { "Orders[1].ReduceOnly", 21740, Cancels, [Samples.Stop, Samples.Profit with { ReduceOnly = false }] },
        { "Orders[1].OrderExpiry", 21711, Cancels, [Samples.Stop, Samples.Profit with { OrderExpiry = 1 }] },
        { "Orders[1].Type", 21704, Cancels, [Samples.Stop, Samples.Stop with { ClientOrderIndex = 5 }] },
        { "Orders[1].Type", 21704, Cancels, [Samples.Profit, Samples.Profit with { ClientOrderIndex = 5 }] },
        { "Orders[0].Type", 21704, Cancels, [Parent with { ReduceOnly = true, IsAsk = false }, Samples.Profit] },

        { "Orders[0].Type", 21704, Triggers, [Samples.Stop, OtherChild] },
        { "Orders[0].Type", 21704, Triggers, [Parent with { Type = LighterOrderType.Twap }, Child] },
        { "Orders[1].Type", 21704, Triggers, [Parent, Parent with { ClientOrderIndex = 5, IsAsk = false, BaseAmount = 0, ReduceOnly = true }] },
        { "Orders[1].BaseAmount", 21701, Triggers, [Parent, Child with { BaseAmount = 1 }] },
        { "Orders[1].BaseAmount", 21701, Triggers, [Parent, Child with { ReduceOnly = false }] },
        { "Orders[1].IsAsk", 21703, Triggers, [Parent, Child with { IsAsk = true }] },
        { "Orders[1].OrderExpiry", 21711, Triggers, [Parent, Child with { OrderExpiry = 1 }] },

        { "Orders[0].Type", 21704, Both, [Samples.Stop, OtherChild, Child with { ClientOrderIndex = 5 }] },
        { "Orders[2].BaseAmount", 21701, Both, [Parent, Child, OtherChild with { BaseAmount = 1 }] },
        { "Orders[2].IsAsk", 21703, Both, [Parent, Child, OtherChild with { IsAsk = true }] },
        { "Orders[2].OrderExpiry", 21711, Both, [Parent, Child, OtherChild with { OrderExpiry = 1 }] },
        { "Orders[2].OrderExpiry", 21711, Both, [MarketParent, Child, OtherChild with { OrderExpiry = 1 }] },
        { "Orders[2].Type", 21704, Both, [Parent, Child, Child with { ClientOrderIndex = 5 }] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_groups_name_the_order_and_its_member(string member, int code, LighterGroupingType grouping, ImmutableArray<LighterOrderInfo> orders)
    {
        TransactionRuleViolation? violation = Samples.Group(grouping, orders).Validate();
        Assert.NotNull(violation);
        Assert.Equal((member, code), (violation.Member, violation.VenueCode));
    }

    [Fact]
    public void Equality_is_that_of_the_orders()
    {
        Assert.Equal(Samples.ParentAndPair, Samples.ParentAndPair);
        Assert.Equal(Samples.ParentAndPair.GetHashCode(), Samples.ParentAndPair.GetHashCode());
        Assert.NotEqual(Samples.ParentAndPair, Samples.ParentAndChild);
        Assert.NotEqual(Samples.ParentAndPair, Samples.Group(Both, Parent, OtherChild, Child));
        Assert.Equal(default(CreateGroupedOrdersTransaction), new CreateGroupedOrdersTransaction { Orders = [] });
    }
}
