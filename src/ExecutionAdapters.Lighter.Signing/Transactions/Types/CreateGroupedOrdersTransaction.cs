using System.Collections.Immutable;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Creates two or three orders of one perpetual market that trigger or cancel each other.</summary>
public readonly record struct CreateGroupedOrdersTransaction : ILighterTransaction
{
    /// <inheritdoc/>
    public LighterTransactionType Type => LighterTransactionType.CreateGroupedOrders;

    /// <inheritdoc/>
    public TransactionHeader Header { get; init; }

    /// <summary>How the orders depend on each other.</summary>
    public LighterGroupingType GroupingType { get; init; }

    /// <summary>
    /// The orders: parent first. One triggers the other: a parent and its child; one cancels the other: a stop loss and a take
    /// profit; both: a parent and two children. Children of a parent have a <see cref="LighterOrderInfo.BaseAmount"/> of 0.
    /// </summary>
    public ImmutableArray<LighterOrderInfo> Orders
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    /// <inheritdoc/>
    public TransactionRuleViolation? Validate() =>
        TransactionRules.Header(Type, Header)
        ?? OrderGroupRules.Check(GroupingType, Orders)
        ?? AttributeRules.Check(Type, Header.Attributes);

    /// <inheritdoc/>
    void ILighterTransaction.Describe<TVisitor>(ref TVisitor visitor) => visitor.Accept(this with
    {
        GroupingType = (LighterGroupingType)visitor.Byte("GroupingType"u8, (byte)GroupingType),
        Orders = visitor.Orders("Orders"u8, Orders),
    });

    /// <summary>Whether both have the same header, grouping and orders in the same sequence.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(CreateGroupedOrdersTransaction other) =>
        Header == other.Header && GroupingType == other.GroupingType && Orders.AsSpan().SequenceEqual(other.Orders.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Header);
        hash.Add(GroupingType);
        foreach (LighterOrderInfo order in Orders)
        {
            hash.Add(order);
        }

        return hash.ToHashCode();
    }
}
