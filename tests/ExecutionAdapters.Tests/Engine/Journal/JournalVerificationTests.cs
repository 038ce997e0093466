using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;
using ExecutionAdapters.Testing.Journal;
using ExecutionAdapters.Tests.Engine.Reconciliation;

namespace ExecutionAdapters.Tests.Engine.Journal;

/// <summary>A verification that finds nothing must have been able to find something.</summary>
public sealed class JournalVerificationTests
{
    private readonly MemoryJournalStore _store = new(new MemoryJournal());

    [Fact]
    public async Task A_journal_as_engines_write_it_is_sound()
    {
        var verification = await VerifyAsync(Story());
        Assert.Empty(verification.Problems);
        Assert.Equal((4L, 1L, 1L), (verification.Events, verification.Orders, verification.Trades));
    }

    [Fact]
    public Task An_event_that_cannot_be_read_is_found() => FindsAsync("cannot be read", story => story with
    {
        Events = [.. story.Events.Take(3), story.Events[3] with { Payload = "{\"nothing\":1}"u8.ToArray() }],
    });

    [Fact]
    public Task An_event_of_no_known_kind_is_found() => FindsAsync("cannot be read", story => story with
    {
        Events = [.. story.Events.Take(3), story.Events[3] with { Kind = "OrderVanished" }],
    });

    [Fact]
    public Task An_order_without_a_beginning_is_found() => FindsAsync("has not begun", story => story with { Events = [.. story.Events.Skip(1)] });

    [Fact]
    public Task An_event_that_does_not_follow_from_the_one_before_is_found() => FindsAsync("event 4", story => story with
    {
        Events = [.. story.Events.Take(3), Kept(4, Denied(story))],
    });

    [Fact]
    public Task A_trade_that_counts_twice_is_found() => FindsAsync("T-1", story => story with
    {
        Events = [.. story.Events, story.Events[3] with { Sequence = 5 }],
    });

    [Fact]
    public Task An_event_that_is_kept_with_another_order_is_found() => FindsAsync("is kept with", story => story with
    {
        Events = [.. story.Events.Take(3), story.Events[3] with { ClientOrderId = new ClientOrderId("O-OTHER") }],
    });

    [Fact]
    public Task A_state_that_its_events_do_not_make_is_found() => FindsAsync("its events make it", story => story with
    {
        Orders = [story.Orders[0] with { FilledQty = 0.5m }],
    });

    [Fact]
    public Task An_order_without_events_is_found() => FindsAsync("no events", story => story with { Events = [], Positions = [] });

    [Fact]
    public Task A_position_that_its_trades_do_not_make_is_found() => FindsAsync("the trades come to", story => story with
    {
        Positions = [story.Positions[0] with { Payload = PositionJson.Write(Held().Snapshot with { SignedQty = 2m, Quantity = Quantity.Parse("2.0000") }) }],
    });

    private async Task FindsAsync(string problem, Func<JournalBatch, JournalBatch> spoil)
    {
        var verification = await VerifyAsync(spoil(Story()));
        Assert.Contains(verification.Problems, found => found.Contains(problem, StringComparison.Ordinal));
    }

    private async Task<JournalVerification> VerifyAsync(JournalBatch batch)
    {
        await _store.OpenAsync();
        await _store.AppendAsync(batch);
        await _store.DisposeAsync();
        await using var store = _store;
        return await JournalVerification.RunAsync(store, await store.OpenAsync());
    }

    private static JournalBatch Story()
    {
        var scene = new Scene();
        var order = scene.Accept(scene.Submit(), "1");
        scene.Fill(Scene.Trade("T-1", "1", "1.0000", order: order.ClientOrderId));
        return new JournalBatch
        {
            Events = [.. order.Events.Select((orderEvent, i) => Kept(i + 1, orderEvent))],
            Orders =
            [
                new JournalOrder
                {
                    ClientOrderId = order.ClientOrderId,
                    InstrumentId = order.InstrumentId,
                    AccountId = order.AccountId,
                    VenueOrderIds = order.VenueOrderIds,
                    Status = order.Status,
                    FilledQty = order.FilledQty.Value,
                    IsClosed = order.IsClosed,
                    TsLast = order.TsLast,
                },
            ],
            Positions = [new JournalPosition(Scene.Account, Scene.Eth, 4, PositionJson.Write(scene.Position(Scene.Eth)!.Snapshot))],
        };
    }

    private static Position Held()
    {
        var scene = new Scene();
        var order = scene.Accept(scene.Submit(), "1");
        scene.Fill(Scene.Trade("T-1", "1", "1.0000", order: order.ClientOrderId));
        return scene.Position(Scene.Eth)!;
    }

    private static OrderDenied Denied(JournalBatch story) => new()
    {
        TraderId = new TraderId("TRADER-001"),
        StrategyId = new StrategyId("S-001"),
        InstrumentId = Scene.Eth,
        ClientOrderId = story.Orders[0].ClientOrderId,
        EventId = Uuid4.New(),
        TsEvent = Scene.Now,
        TsInit = Scene.Now,
        Reason = "no reason",
    };

    private static JournalEvent Kept(long sequence, OrderEvent orderEvent) => new(
        sequence, orderEvent.ClientOrderId, EventJson.KindOf(orderEvent), orderEvent.TsEvent, (orderEvent as OrderFilled)?.TradeId, EventJson.Write(orderEvent));
}
