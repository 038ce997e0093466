using System.Text;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Journal;

/// <summary>Makes stores for <see cref="JournalStoreConformance"/>: all of one harness are about the same, at first empty, journal.</summary>
public interface IJournalStoreHarness
{
    /// <summary>A store that is not open.</summary>
    IJournalStore Create();

    /// <summary>Ends a store as the end of its process would: without a chance to write anything more.</summary>
    Task CrashAsync(IJournalStore store);
}

/// <summary>What every <see cref="IJournalStore"/> must do.</summary>
public static class JournalStoreConformance
{
    private static readonly AccountId Account = new("VENUE-001");
    private static readonly AccountId OtherAccount = new("VENUE-002");
    private static readonly InstrumentId Instrument = InstrumentId.Parse("ETH-PERP.VENUE");
    private static readonly ClientId Client = new("VENUE");

    /// <summary>All cases.</summary>
    public static IReadOnlyList<ConformanceCase<IJournalStoreHarness>> Cases { get; } =
    [
        new("A new journal is empty", EmptyAsync),
        new("What was appended is there after the process has crashed", SurvivesCrashAsync),
        new("Only orders that are not over are given at the start", OpenOnlyAsync),
        new("Orders are found by our id and by every id of the venue", FindAsync),
        new("The ids of all orders are given, compacted ones included", IdsAsync),
        new("A venue order id of another account is another order", AccountsAsync),
        new("The last state of an order, a position and a value counts", LastCountsAsync),
        new("A batch that is written twice changes nothing", TwiceAsync),
        new("Another event in the place of one that is there is refused, and the whole batch with it", ConflictAsync),
        new("Reconciliations come back, the latest first; compaction keeps the latest agreement, positions and values", ReconciliationsAsync),
        new("The latest agreement of each account is given at the start", AgreementsAsync),
        new("Events come back in their order and as they were", EventsAsync),
        new("Compaction keeps of an order what it filled, and every order that is not over", CompactAsync),
        new("The sequence goes on after everything was compacted", SequenceAsync),
        new("A second engine is refused while the first has the journal", SecondAsync),
        new("A store that is not damaged says so", CheckAsync),
    ];

    private static async Task EmptyAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = harness.Create();
        var head = await store.OpenAsync(stop).ConfigureAwait(false);
        Require.Equal(0, head.LastSequence, "last sequence");
        Require.Equal(0, head.OpenOrders.Count + head.Positions.Count + head.Values.Count + head.AgreedAt.Count, "entries");
    }

    private static async Task SurvivesCrashAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        var store = harness.Create();
        await store.OpenAsync(stop).ConfigureAwait(false);
        await store.AppendAsync(Batch(1, Order("O-1", isClosed: false, "7")), stop).ConfigureAwait(false);
        await store.AppendAsync(Batch(2, Order("O-1", isClosed: false, "7")), stop).ConfigureAwait(false);
        await harness.CrashAsync(store).ConfigureAwait(false);

        await using var again = harness.Create();
        var head = await again.OpenAsync(stop).ConfigureAwait(false);
        Require.Equal(2, head.LastSequence, "last sequence");
        Require.Sequence([1L, 2L], head.OpenOrders.Single().Events.Select(kept => kept.Sequence), "events");
    }

    private static async Task OpenOnlyAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(harness, stop, Batch(1, Order("O-1", isClosed: true)), Batch(2, Order("O-2", isClosed: false))).ConfigureAwait(false);
        var head = await ReopenAsync(harness, store, stop).ConfigureAwait(false);
        Require.Sequence(["O-2"], head.OpenOrders.Select(story => story.Order.ClientOrderId.Value), "open orders");
    }

    private static async Task FindAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(harness, stop, Batch(1, Order("O-1", isClosed: true, "7", "8")), Batch(2, Order("O-2", isClosed: false))).ConfigureAwait(false);
        var byOurs = await store.FindAsync(Account, [new ClientOrderId("O-2"), new ClientOrderId("O-9")], [], stop).ConfigureAwait(false);
        Require.Sequence(["O-2"], byOurs.Select(story => story.Order.ClientOrderId.Value), "by our id");
        foreach (var id in new[] { "7", "8" })
        {
            var found = await store.FindAsync(Account, [], [(Instrument, new VenueOrderId(id))], stop).ConfigureAwait(false);
            Require.Sequence(["O-1"], found.Select(story => story.Order.ClientOrderId.Value), $"by the venue's id {id}");
            Require.Sequence(["7", "8"], found[0].Order.VenueOrderIds.Select(venueId => venueId.Value), "ids of the venue");
            Require.Equal(1, found[0].Events.Count, "events");
        }

        var both = await store.FindAsync(Account, [new ClientOrderId("O-1")], [(Instrument, new VenueOrderId("7"))], stop).ConfigureAwait(false);
        Require.Equal(1, both.Count, "one order that is named twice");
    }

    private static async Task IdsAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(harness, stop, Batch(1, Order("O-1", isClosed: true) with { TsLast = new UnixNanos(10) }), Batch(2, Order("O-2", isClosed: false))).ConfigureAwait(false);
        await store.CompactAsync(new UnixNanos(20), stop).ConfigureAwait(false);
        var ids = await store.ReadClientOrderIdsAsync(stop).ToListAsync(stop).ConfigureAwait(false);
        Require.Sequence(["O-1", "O-2"], ids.Select(id => id.Value).Order(StringComparer.Ordinal), "ids");
    }

    private static async Task AccountsAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(
            harness, stop, Batch(1, Order("O-1", isClosed: true, "7")), Batch(2, Order("O-2", isClosed: true, "7") with { AccountId = OtherAccount })).ConfigureAwait(false);
        var found = await store.FindAsync(OtherAccount, [], [(Instrument, new VenueOrderId("7"))], stop).ConfigureAwait(false);
        Require.Sequence(["O-2"], found.Select(story => story.Order.ClientOrderId.Value), "of the other account");
    }

    private static async Task LastCountsAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        var first = Batch(1, Order("O-1", isClosed: false)) with { Positions = [Position(1, "{}")], Values = [new JournalValue(Client, "nonce", "1")] };
        var second = Batch(2, Order("O-1", isClosed: false, "7") with { FilledQty = 1.25m }) with { Positions = [Position(2, "{ }")], Values = [new JournalValue(Client, "nonce", "2")] };
        await using var store = await OpenAsync(harness, stop, first, second).ConfigureAwait(false);
        var head = await ReopenAsync(harness, store, stop).ConfigureAwait(false);
        Require.Equal(1.25m, head.OpenOrders.Single().Order.FilledQty, "filled");
        Require.Equal("{ }", Encoding.UTF8.GetString(head.Positions.Single().Payload.Span), "position");
        Require.Equal(2, head.Positions.Single().Sequence, "sequence of the position");
        Require.Equal(new JournalValue(Client, "nonce", "2"), head.Values.Single(), "value");
    }

    private static async Task TwiceAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        var batch = Batch(1, Order("O-1", isClosed: false, "7"));
        await using var store = await OpenAsync(harness, stop, batch, batch).ConfigureAwait(false);
        var head = await ReopenAsync(harness, store, stop).ConfigureAwait(false);
        Require.Equal(1, head.OpenOrders.Single().Events.Count, "events");
    }

    private static async Task ConflictAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(harness, stop, Batch(1, Order("O-1", isClosed: false))).ConfigureAwait(false);
        var other = new JournalEvent(1, new ClientOrderId("O-2"), "OrderAccepted", new UnixNanos(1), null, "{\"other\":1}"u8.ToArray());
        await Require.ThrowsAsync<JournalException>(
            () => store.AppendAsync(new JournalBatch { Events = [other], Orders = [Order("O-2", isClosed: false)] }, stop), "the other event").ConfigureAwait(false);
        var head = await ReopenAsync(harness, store, stop).ConfigureAwait(false);
        Require.Sequence(["O-1"], head.OpenOrders.Select(story => story.Order.ClientOrderId.Value), "orders");
    }

    private static async Task ReconciliationsAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        var batch = new JournalBatch
        {
            Positions = [Position(1, "{}")],
            Values = [new JournalValue(Client, "nonce", "1")],
            Reconciliations =
            [
                new JournalReconciliation(Account, new UnixNanos(10), true, "{}"u8.ToArray()),
                new JournalReconciliation(Account, new UnixNanos(20), true, "{\"a\":1}"u8.ToArray()),
                new JournalReconciliation(Account, new UnixNanos(30), false, "{}"u8.ToArray()),
            ],
        };
        await using var store = await OpenAsync(harness, stop, batch, batch).ConfigureAwait(false);
        var all = await store.ReadReconciliationsAsync(stop).ToListAsync(stop).ConfigureAwait(false);
        Require.Sequence([30UL, 20UL, 10UL], all.Select(made => made.At.Value), "reconciliations");
        Require.Equal("{\"a\":1}", Encoding.UTF8.GetString(all[1].Payload.Span), "what one holds");
        await store.CompactAsync(new UnixNanos(100), stop).ConfigureAwait(false);
        var head = await ReopenAsync(harness, store, stop).ConfigureAwait(false);
        Require.Sequence([(Account, 20UL)], head.AgreedAt.Select(entry => (entry.Key, entry.Value.Value)), "agreements after compaction");
        Require.Equal((1, 1), (head.Positions.Count, head.Values.Count), "positions and values after compaction");
    }

    private static async Task AgreementsAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        var batch = new JournalBatch
        {
            Reconciliations =
            [
                new JournalReconciliation(Account, new UnixNanos(10), true, "{}"u8.ToArray()),
                new JournalReconciliation(Account, new UnixNanos(20), true, "{}"u8.ToArray()),
                new JournalReconciliation(Account, new UnixNanos(30), false, "{}"u8.ToArray()),
                new JournalReconciliation(OtherAccount, new UnixNanos(40), false, "{}"u8.ToArray()),
            ],
        };
        await using var store = await OpenAsync(harness, stop, batch).ConfigureAwait(false);
        var head = await ReopenAsync(harness, store, stop).ConfigureAwait(false);
        Require.Sequence([(Account, 20UL)], head.AgreedAt.Select(entry => (entry.Key, entry.Value.Value)), "agreements");
    }

    private static async Task EventsAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        var kept = new JournalEvent(1, new ClientOrderId("O-1"), "OrderFilled", new UnixNanos(5), new TradeId("T-1"), "{\"é\":1}"u8.ToArray());
        await using var store = await OpenAsync(
            harness, stop, new JournalBatch { Events = [kept], Orders = [Order("O-1", isClosed: false)] }, Batch(2, Order("O-1", isClosed: false))).ConfigureAwait(false);
        var events = await store.ReadEventsAsync(cancellationToken: stop).ToListAsync(stop).ConfigureAwait(false);
        Require.Sequence([1L, 2L], events.Select(entry => entry.Sequence), "sequences");
        Require.Equal(kept with { Payload = default }, events[0] with { Payload = default }, "event");
        Require.That(events[0].Payload.Span.SequenceEqual(kept.Payload.Span), "the payload came back changed");
        Require.Sequence([2L], (await store.ReadEventsAsync(2, stop).ToListAsync(stop).ConfigureAwait(false)).Select(entry => entry.Sequence), "from 2 on");
    }

    private static async Task CompactAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(
            harness, stop,
            Batch(1, Order("O-1", isClosed: true, "7") with { FilledQty = 2m, TsLast = new UnixNanos(10) }),
            Batch(2, Order("O-2", isClosed: false, "8") with { TsLast = new UnixNanos(10) }),
            Batch(3, Order("O-3", isClosed: true, "9") with { TsLast = new UnixNanos(30) })).ConfigureAwait(false);
        Require.Equal((1L, 1L), await store.CompactAsync(new UnixNanos(20), stop).ConfigureAwait(false), "compacted");
        var old = (await store.FindAsync(Account, [], [(Instrument, new VenueOrderId("7"))], stop).ConfigureAwait(false)).Single();
        Require.Equal((true, 2m, 0), (old.Order.IsCompacted, old.Order.FilledQty, old.Events.Count), "what is kept");
        Require.Sequence([2L, 3L], (await store.ReadEventsAsync(cancellationToken: stop).ToListAsync(stop).ConfigureAwait(false)).Select(entry => entry.Sequence), "events left");
        Require.Equal((0L, 0L), await store.CompactAsync(new UnixNanos(20), stop).ConfigureAwait(false), "compacted a second time");
    }

    private static async Task SequenceAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(harness, stop, Batch(1, Order("O-1", isClosed: true) with { TsLast = new UnixNanos(10) })).ConfigureAwait(false);
        await store.CompactAsync(new UnixNanos(20), stop).ConfigureAwait(false);
        Require.Equal(1, (await ReopenAsync(harness, store, stop).ConfigureAwait(false)).LastSequence, "last sequence");
    }

    private static async Task SecondAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(harness, stop).ConfigureAwait(false);
        await using var second = harness.Create();
        await Require.ThrowsAsync<JournalException>(() => second.OpenAsync(stop), "the second").ConfigureAwait(false);
    }

    private static async Task CheckAsync(IJournalStoreHarness harness, CancellationToken stop)
    {
        await using var store = await OpenAsync(harness, stop, Batch(1, Order("O-1", isClosed: true))).ConfigureAwait(false);
        Require.Sequence([], await store.CheckAsync(stop).ConfigureAwait(false), "damage");
    }

    private static async Task<IJournalStore> OpenAsync(IJournalStoreHarness harness, CancellationToken stop, params JournalBatch[] batches)
    {
        var store = harness.Create();
        await store.OpenAsync(stop).ConfigureAwait(false);
        foreach (var batch in batches)
        {
            await store.AppendAsync(batch, stop).ConfigureAwait(false);
        }

        return store;
    }

    private static async Task<JournalHead> ReopenAsync(IJournalStoreHarness harness, IJournalStore store, CancellationToken stop)
    {
        await store.DisposeAsync().ConfigureAwait(false);
        await using var again = harness.Create();
        return await again.OpenAsync(stop).ConfigureAwait(false);
    }

    private static JournalBatch Batch(long sequence, JournalOrder order) => new()
    {
        Events = [new JournalEvent(sequence, order.ClientOrderId, "OrderAccepted", new UnixNanos((ulong)sequence), null, "{}"u8.ToArray())],
        Orders = [order],
    };

    private static JournalOrder Order(string id, bool isClosed, params string[] venueOrderIds) => new()
    {
        ClientOrderId = new ClientOrderId(id),
        InstrumentId = Instrument,
        AccountId = Account,
        VenueOrderIds = [.. venueOrderIds.Select(venueId => new VenueOrderId(venueId))],
        Status = isClosed ? OrderStatus.Canceled : OrderStatus.Accepted,
        FilledQty = 0,
        IsClosed = isClosed,
        TsLast = new UnixNanos(1),
    };

    private static JournalPosition Position(long sequence, string payload) => new(Account, Instrument, sequence, Encoding.UTF8.GetBytes(payload));
}
