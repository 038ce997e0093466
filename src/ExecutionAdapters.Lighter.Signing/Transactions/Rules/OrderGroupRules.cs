using System.Collections.Immutable;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>The rules between the orders of a group.</summary>
internal static class OrderGroupRules
{
    public static TransactionRuleViolation? Check(LighterGroupingType grouping, ImmutableArray<LighterOrderInfo> orders)
    {
        int? size = grouping switch
        {
            LighterGroupingType.OneTriggersTheOther or LighterGroupingType.OneCancelsTheOther => 2,
            LighterGroupingType.OneTriggersAOneCancelsTheOther => 3,
            _ => null,
        };
        if (size is null)
        {
            return TransactionRules.Broken("GroupingType", VenueCodes.InvalidGroupingType,
                $"GroupingType is {(byte)grouping}; it must be 1 (one triggers the other), 2 (one cancels the other) or 3 (both).");
        }

        if (orders.Length != size)
        {
            return TransactionRules.Broken("Orders", VenueCodes.InvalidOrderGroupSize,
                $"Orders has {orders.Length} members; {grouping} takes {size}.");
        }

        return EachOrder(orders)
            ?? UniqueClientIndices(orders)
            ?? grouping switch
            {
                LighterGroupingType.OneTriggersTheOther => Parent(orders[0]) ?? Child(orders, 1),
                LighterGroupingType.OneCancelsTheOther => Pair(orders),
                _ => Parent(orders[0]) ?? Child(orders, 1) ?? Child(orders, 2) ?? SameExpiry(orders, 1, 2) ?? OneOfEach(orders, 1, 2),
            };
    }

    private static TransactionRuleViolation? EachOrder(ImmutableArray<LighterOrderInfo> orders)
    {
        for (int i = 0; i < orders.Length; i++)
        {
            LighterOrderInfo order = orders[i];
            TransactionRuleViolation? violation = OrderRules.Check(order) ?? TransactionRules.PerpMarket(order.MarketIndex);
            if (violation is not null)
            {
                return violation with { Member = $"Orders[{i}].{violation.Member}", Message = $"Orders[{i}]: {violation.Message}" };
            }

            if (order.MarketIndex != orders[0].MarketIndex)
            {
                return Broken(i, nameof(order.MarketIndex), VenueCodes.InvalidMarketIndex,
                    $"is {order.MarketIndex}; all orders of a group are on one market, here {orders[0].MarketIndex}.");
            }
        }

        return null;
    }

    private static TransactionRuleViolation? UniqueClientIndices(ImmutableArray<LighterOrderInfo> orders)
    {
        for (int i = 1; i < orders.Length; i++)
        {
            for (int earlier = 0; earlier < i; earlier++)
            {
                long index = orders[i].ClientOrderIndex;
                if (index != 0 && index == orders[earlier].ClientOrderIndex)
                {
                    return Broken(i, nameof(LighterOrderInfo.ClientOrderIndex), VenueCodes.InvalidClientOrderIndex,
                        $"is {index}, as of Orders[{earlier}]; it must be unique within the group, or 0.");
                }
            }
        }

        return null;
    }

    private static TransactionRuleViolation? Parent(in LighterOrderInfo parent) =>
        parent.Type is LighterOrderType.Limit or LighterOrderType.Market
            ? null
            : Broken(0, nameof(parent.Type), VenueCodes.InvalidOrderType, $"is {parent.Type}; the parent is a limit or market order.");

    private static TransactionRuleViolation? Child(ImmutableArray<LighterOrderInfo> orders, int index)
    {
        LighterOrderInfo parent = orders[0];
        LighterOrderInfo child = orders[index];
        if (!OrderRules.IsStopLoss(child.Type) && !OrderRules.IsTakeProfit(child.Type))
        {
            return Broken(index, nameof(child.Type), VenueCodes.InvalidOrderType,
                $"is {child.Type}; a child is a stop loss or a take profit.");
        }

        if (child.BaseAmount != 0)
        {
            return Broken(index, nameof(child.BaseAmount), VenueCodes.InvalidBaseAmount,
                $"is {child.BaseAmount}; a child takes its size from the parent's fill: 0.");
        }

        if (child.IsAsk == parent.IsAsk)
        {
            return Broken(index, nameof(child.IsAsk), VenueCodes.InvalidIsAsk, "is the parent's; a child is on the other side.");
        }

        return parent.OrderExpiry != 0 ? SameExpiry(orders, 0, index) : null;
    }

    /// <summary>One cancels the other: a stop loss and a take profit of the same position.</summary>
    private static TransactionRuleViolation? Pair(ImmutableArray<LighterOrderInfo> orders)
    {
        LighterOrderInfo first = orders[0];
        LighterOrderInfo second = orders[1];
        if (second.BaseAmount != first.BaseAmount)
        {
            return Broken(1, nameof(second.BaseAmount), VenueCodes.InvalidBaseAmount,
                $"is {second.BaseAmount}; it must be that of Orders[0], {first.BaseAmount}.");
        }

        if (second.IsAsk != first.IsAsk)
        {
            return Broken(1, nameof(second.IsAsk), VenueCodes.InvalidIsAsk, "differs from Orders[0]; both are on one side.");
        }

        if (!first.ReduceOnly || !second.ReduceOnly)
        {
            return Broken(first.ReduceOnly ? 1 : 0, nameof(first.ReduceOnly), VenueCodes.InvalidReduceOnlyMode,
                "is not set; both orders only reduce.");
        }

        return SameExpiry(orders, 0, 1) ?? OneOfEach(orders, 0, 1);
    }

    private static TransactionRuleViolation? SameExpiry(ImmutableArray<LighterOrderInfo> orders, int first, int second) =>
        orders[first].OrderExpiry == orders[second].OrderExpiry
            ? null
            : Broken(second, nameof(LighterOrderInfo.OrderExpiry), VenueCodes.InvalidOrderExpiry,
                $"is {orders[second].OrderExpiry}; it must be that of Orders[{first}], {orders[first].OrderExpiry}.");

    private static TransactionRuleViolation? OneOfEach(ImmutableArray<LighterOrderInfo> orders, int first, int second)
    {
        LighterOrderType one = orders[first].Type;
        LighterOrderType other = orders[second].Type;
        if (!OrderRules.IsStopLoss(one) && !OrderRules.IsTakeProfit(one))
        {
            return Broken(first, nameof(LighterOrderInfo.Type), VenueCodes.InvalidOrderType,
                $"is {one}; it must be a stop loss or a take profit.");
        }

        bool oneOfEach = OrderRules.IsStopLoss(one) ? OrderRules.IsTakeProfit(other) : OrderRules.IsStopLoss(other);
        return oneOfEach
            ? null
            : Broken(second, nameof(LighterOrderInfo.Type), VenueCodes.InvalidOrderType,
                $"is {other} beside {one} in Orders[{first}]; one is a stop loss, the other a take profit.");
    }

    private static TransactionRuleViolation Broken(int index, string member, int venueCode, string message) =>
        TransactionRules.Broken($"Orders[{index}].{member}", venueCode, $"Orders[{index}].{member} {message}");
}
