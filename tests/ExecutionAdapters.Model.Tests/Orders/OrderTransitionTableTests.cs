namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>
/// The reference's transition table as an oracle for every pair of status and event, and beside it the cells where this model differs on purpose.
/// </summary>
public class OrderTransitionTableTests
{
    private static readonly string[] Columns =
    [
        "Denied", "Emulated", "Released", "Submitted", "Accepted", "Rejected", "Canceled", "Expired", "Triggered",
        "PendingUpdate", "PendingCancel", "ModifyRejected", "CancelRejected", "Updated", "Filled",
    ];

    /// <summary>Rows: from. Columns: event. Cell: to; "·" is illegal; "prev" is the status before the request (Accepted on the shortest way).</summary>
    private const string Reference = """
        INI DEN EMU REL SUB ACC REJ CAN EXP TRG ·   ·   ·    ·    INI  ·
        DEN ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    ·
        EMU ·   ·   REL ·   ·   ·   CAN EXP ·   ·   ·   ·    ·    EMU  ·
        REL DEN ·   ·   SUB ·   ·   CAN ·   ·   ·   ·   ·    ·    REL  ·
        SUB ·   ·   ·   ·   ACC REJ CAN ·   ·   PUP PCX ·    ·    SUB  FILL
        ACC ·   ·   ·   ·   ·   REJ CAN EXP TRG PUP PCX ·    ·    ACC  FILL
        REJ ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    ·
        CAN ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    FILL
        EXP ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    ·
        TRG ·   ·   ·   ·   ·   REJ CAN EXP ·   PUP PCX ·    ·    TRG  FILL
        PUP ·   ·   ·   ·   ACC REJ CAN EXP TRG PUP PCX prev ·    prev FILL
        PCX ·   ·   ·   ·   ACC REJ CAN EXP ·   ·   PCX ·    prev ·    FILL
        PFL ·   ·   ·   ·   ACC ·   CAN EXP ·   PUP PCX ·    ·    PFL  FILL
        FIL ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    ·
        """;

    /// <summary>Cells that are illegal in the reference and legal here; all others must be as in the reference.</summary>
    private const string Ours = """
        INI ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    FILL
        DEN ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    ·
        EMU ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    FILL
        REL ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    ·    ·    FILL
        SUB ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   SUB  SUB  ·    ·
        ACC ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ACC  ACC  ·    ·
        REJ ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   REJ  REJ  ·    FILL
        CAN ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   CAN  CAN  ·    ·
        EXP ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   EXP  EXP  ·    FILL
        TRG ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   TRG  TRG  ·    ·
        PUP ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·    PUP  ·    ·
        PCX ·   ·   ·   ·   ·   ·   ·   ·   TRG ·   ·   PCX  ·    PCX  ·
        PFL ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   PFL  PFL  ·    ·
        FIL ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   FIL  FIL  ·    FILL
        """;

    [Fact]
    public void The_reference_table_has_65_legal_cells()
        => Assert.Equal(65, Cells(Reference).Count(cell => cell.To != "·"));

    public static TheoryData<OrderStatus, string, string> AllPairs()
    {
        var ours = Cells(Ours).ToDictionary(cell => (cell.From, cell.Event), cell => cell.To);
        var data = new TheoryData<OrderStatus, string, string>();
        foreach (var (from, column, to) in Cells(Reference))
        {
            var extra = ours[(from, column)];
            Assert.True(to == "·" || extra == "·", "a cell of ours must not override one of the reference");
            data.Add(from, column, to == "·" ? extra : to);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void Every_single_step_is_as_in_the_table(OrderStatus from, string kind, string cell)
    {
        var given = new Given();
        if (cell == "FILL")
        {
            Step(given, from, "Filled", from == OrderStatus.Filled ? OrderStatus.Filled : OrderStatus.PartiallyFilled);
            Step(given, from, "Filled!", OrderStatus.Filled);
        }
        else if (cell == "·")
        {
            Refused(given, from, kind);
        }
        else
        {
            Step(given, from, kind, cell == "prev" ? OrderStatus.Accepted : Named(cell));
        }
    }

    [Fact]
    public void Initialized_is_never_legal_a_second_time()
    {
        foreach (var from in Enum.GetValues<OrderStatus>())
        {
            Refused(new Given(), from, "Initialized");
        }
    }

    [Theory]
    [InlineData(OrderStatus.Submitted)]
    [InlineData(OrderStatus.Accepted)]
    [InlineData(OrderStatus.Triggered)]
    [InlineData(OrderStatus.PartiallyFilled)]
    public void A_refused_command_restores_the_status_before_the_request(OrderStatus before)
    {
        foreach (var (request, refusal) in new[] { ("PendingUpdate", "ModifyRejected"), ("PendingCancel", "CancelRejected"), ("PendingUpdate", "Updated") })
        {
            var given = new Given();
            var order = given.In(before);
            order.Apply(given.Event(request));
            order.Apply(given.Event(refusal));

            Assert.Equal(before, order.Status);
            Assert.False(order.IsPendingUpdate || order.IsPendingCancel);
        }
    }

    private static void Step(Given given, OrderStatus from, string kind, OrderStatus to)
    {
        var order = given.In(from);
        var happening = given.Event(kind);
        var wasClosed = order.IsClosed;

        Assert.Null(order.TryApply(happening));

        Assert.Equal(to, order.Status);
        Assert.Same(happening, order.Events[^1]);
        Assert.Equal(happening.TsEvent, order.TsLast);
        Assert.Equal(wasClosed || to.IsClosed(), order.IsClosed);
        if (!wasClosed)
        {
            Assert.Equal(to.IsOpen(), order.IsOpen);
            Assert.Equal(to.IsActiveLocal(), order.IsActiveLocal);
            Assert.Equal(to.IsClosed() ? happening.TsEvent : null, order.TsClosed);
        }
    }

    private static void Refused(Given given, OrderStatus from, string kind)
    {
        var order = given.In(from);
        var before = Observed.Of(order);
        var happening = given.Event(kind);

        var error = order.TryApply(happening);

        Assert.NotNull(error);
        Assert.Equal(OrderApplyErrorKind.IllegalTransition, error.Kind);
        Assert.Contains("O-1", error.Message, StringComparison.Ordinal);
        Assert.Contains(happening.GetType().Name, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Observed.Of(order));
        Assert.Equal(error.Message, Assert.Throws<InvalidOrderEventException>(() => order.Apply(happening)).Message);
    }

    private static IEnumerable<(OrderStatus From, string Event, string To)> Cells(string table)
    {
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(Columns.Length + 1, words.Length);
            for (var i = 0; i < Columns.Length; i++)
            {
                yield return (Named(words[0]), Columns[i], words[i + 1]);
            }
        }
    }

    private static OrderStatus Named(string abbreviation) => abbreviation switch
    {
        "INI" => OrderStatus.Initialized,
        "DEN" => OrderStatus.Denied,
        "EMU" => OrderStatus.Emulated,
        "REL" => OrderStatus.Released,
        "SUB" => OrderStatus.Submitted,
        "ACC" => OrderStatus.Accepted,
        "REJ" => OrderStatus.Rejected,
        "CAN" => OrderStatus.Canceled,
        "EXP" => OrderStatus.Expired,
        "TRG" => OrderStatus.Triggered,
        "PUP" => OrderStatus.PendingUpdate,
        "PCX" => OrderStatus.PendingCancel,
        "PFL" => OrderStatus.PartiallyFilled,
        "FIL" => OrderStatus.Filled,
        _ => throw new ArgumentOutOfRangeException(nameof(abbreviation), abbreviation, "no such status"),
    };
}
