namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class TransactionAttributesTests
{
    private static TransactionAttributes None => default;

    [Fact]
    public void None_is_the_default()
    {
        Assert.Equal(0, None.Count);
        Assert.False(None.TryGet(1, out _));
        Assert.Equal("{}", None.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => None[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => None[-1]);
    }

    [Fact]
    public void Entries_stand_ascending_however_they_came()
    {
        TransactionAttributes expected = None.With(1, 10).With(2, 20).With(4, 40).With(200, -5);
        foreach (byte[] order in new[] { new byte[] { 200, 4, 2, 1 }, [2, 200, 1, 4], [4, 1, 200, 2] })
        {
            TransactionAttributes attributes = None;
            foreach (byte type in order)
            {
                attributes = attributes.With(type, type == 200 ? -5 : type * 10);
            }

            Assert.Equal(expected, attributes);
            Assert.Equal("{\"1\":10,\"2\":20,\"4\":40,\"200\":-5}", attributes.ToString());
        }
    }

    [Fact]
    public void Same_type_replaces_and_a_fifth_is_refused()
    {
        TransactionAttributes four = None.With(1, 1).With(2, 2).With(3, 3).With(4, 1);
        Assert.Equal(None.With(1, 1).With(2, 9).With(3, 3).With(4, 1), four.With(2, 9));
        Assert.Throws<InvalidOperationException>(() => four.With(5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => None.With(0, 1));
        Assert.Equal(None.With(1, 1).With(3, 3).With(4, 1), four.Without(2));
        Assert.Equal(four, four.Without(9));
        Assert.Equal((3, 3L), four.Without(2)[1]);
    }

    [Fact]
    public void Named_helpers_set_their_types()
    {
        Assert.Equal(None.With(4, 1), None.SkipNonce());
        Assert.Equal(None.With(1, 77).With(2, 5).With(3, 6), None.Integrator(77, 5, 6));
        Assert.Equal(None.With(1, 77), None.Integrator(77, 0, 0));
        Assert.Equal(None.With(1, 78).With(3, 1), None.Integrator(77, 5, 6).Integrator(78, 0, 1));
        Assert.Equal(None.With(5, 12), None.CancelAllMarket(12));
        Assert.Equal(None.With(6, 2), None.SelfTradeBehavior(2));
        Assert.Equal(None.With(7, 1), None.SelfTradeEquality(1));
    }

    [Fact]
    public void Table_has_a_row_for_each_of_the_seven()
    {
        Assert.Equal(Enumerable.Range(1, 7).Select(type => (byte)type), TransactionAttributeTable.Rows.Select(row => row.Type));
        Assert.All(TransactionAttributeTable.Rows, row => Assert.Same(row, TransactionAttributeTable.Find(row.Type)));
        Assert.Null(TransactionAttributeTable.Find(8));
    }

    public static TheoryData<byte, long, bool> Ranges => new()
    {
        { 1, 0, true }, { 1, (1L << 48) - 2, true }, { 1, -1, false }, { 1, (1L << 48) - 1, false },
        { 2, 0, true }, { 2, 1_000_000, true }, { 2, -1, false }, { 2, 1_000_001, false },
        { 3, 0, true }, { 3, 1_000_000, true }, { 3, -1, false }, { 3, 1_000_001, false },
        { 4, 1, true }, { 4, 0, false }, { 4, 2, false },
        { 5, 0, true }, { 5, 255, true }, { 5, -1, false }, { 5, 256, false }, { 5, 2048, false },
        { 6, 0, true }, { 6, 3, true }, { 6, -1, false }, { 6, 4, false },
        { 7, 0, true }, { 7, 1, true }, { 7, -1, false }, { 7, 2, false },
        { 8, long.MinValue, true }, { 255, long.MaxValue, true },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Each_range_ends_where_its_row_says(byte type, long value, bool valid)
    {
        TransactionAttributes attributes = type is 2 or 3 ? None.With(1, 77).With(type, value) : None.With(type, value);
        TransactionRuleViolation? violation = AttributeRules.Check(LighterTransactionType.CancelAllOrders, attributes);
        Assert.Equal(valid ? null : TransactionAttributeTable.Find(type)!.Name, violation?.Member);
    }

    public static TheoryData<string?, TransactionAttributes> Combinations => new()
    {
        { "IntegratorTakerFee", None.With(2, 1) },
        { "IntegratorMakerFee", None.With(3, 1) },
        { "IntegratorTakerFee", None.With(1, 0).With(2, 1) },
        { null, None.With(2, 0).With(3, 0) },
        { null, None.With(1, 1).With(2, 1) },
        { "SelfTradeBehaviorMode", None.With(1, 1).With(2, 1).With(6, 1) },
        { "SelfTradeEqualityMode", None.With(1, 1).With(3, 1).With(7, 1) },
        { null, None.With(1, 1).With(6, 1).With(7, 1) },
        { null, None.With(1, 1).With(2, 1).With(6, 0).With(7, 0) },
        { "SelfTradeBehaviorMode", None.With(6, 3).With(7, 1) },
        { null, None.With(6, 3).With(7, 0) },
        { null, None.With(6, 2).With(7, 1) },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Combinations_are_checked(string? member, TransactionAttributes attributes)
    {
        CreateOrderTransaction order = Samples.CreateOrder with { Header = Samples.Header with { Attributes = attributes } };
        Assert.Equal(member, order.Validate()?.Member);
    }

    [Fact]
    public void Market_scope_is_for_immediate_cancel_alls()
    {
        TransactionHeader scoped = Samples.Header with { Attributes = None.CancelAllMarket(3) };
        TransactionHeader all = Samples.Header with { Attributes = None.CancelAllMarket(255) };
        var immediate = new CancelAllOrdersTransaction { Header = scoped };
        var scheduled = new CancelAllOrdersTransaction { Header = scoped, TimeInForce = LighterCancelAllTimeInForce.Scheduled, Time = 1 };
        Assert.Null(immediate.Validate());
        Assert.Equal("CancelAllMarketIndex", scheduled.Validate()?.Member);
        Assert.Null((scheduled with { Header = all }).Validate());
        Assert.Equal("CancelAllMarketIndex", (Samples.CreateOrder with { Header = scoped }).Validate()?.Member);
        Assert.Null((Samples.CreateOrder with { Header = all }).Validate());
    }
}
