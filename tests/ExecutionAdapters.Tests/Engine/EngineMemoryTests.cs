using ExecutionAdapters.Model;
using ExecutionAdapters.Testing.Journal;
using ExecutionAdapters.Tests.Engine.Reconciliation;

namespace ExecutionAdapters.Tests.Engine;

/// <summary>What an engine keeps in memory, what only the journal has, and who is told.</summary>
public sealed class EngineMemoryTests
{
    [Fact]
    public async Task An_order_that_was_over_long_ago_leaves_memory_and_its_late_fill_still_counts_once()
    {
        await using var scene = new EngineScene(null, new MemoryJournal());
        await scene.StartAsync();
        var order = await scene.RestAsync();
        scene.Client.Emit(Canceled(order));
        await scene.UntilAsync(() => order.IsClosed, "the cancel");
        scene.Client.Orders = [];
        await scene.TurnUntilAsync(() => scene.Engine.Cache.Order(order.ClientOrderId) is null, "the order to leave memory", TimeSpan.FromMinutes(1));

        var fill = Filled(order);
        scene.Client.Emit(fill);
        scene.Client.Emit(fill);
        await scene.UntilAsync(() => scene.Engine.Cache.Order(order.ClientOrderId)?.FilledQty.Value == 1m, "the late fill");
        Assert.Equal(1m, scene.Engine.Cache.Position(Scene.Eth)!.SignedQty);
        Assert.True(scene.Engine.Cache.Order(order.ClientOrderId)!.IsClosed);
        await scene.UntilAsync(() => scene.Published.OfType<OrderFilled>().Any(), "the news of it");
        Assert.Single(scene.Published.OfType<OrderFilled>());
        Assert.Empty(scene.Engine.Quarantined);
    }

    [Fact]
    public async Task The_first_look_at_an_account_puts_what_it_held_before_its_known_trades_before_them()
    {
        await using var scene = new EngineScene();
        var venue = new Scene();
        scene.Client.Orders = [venue.Foreign("7", OrderStatus.Filled, "1.0000", OrderSide.Sell) with { AvgPx = 2500m }];
        scene.Client.Fills = [Scene.Trade("T7", "7", "1.0000", "2500.00", OrderSide.Sell)];
        scene.Client.Positions = [Scene.Held(1m, 2000m)];
        var report = Assert.Single(await scene.StartAsync());
        Assert.True(report.IsComplete);
        Assert.Equal((1m, 2000m, new Money(499.9m, Currency.USDC)), scene.Engine.Cache.Read(books => Of(books.Position(Scene.Eth)!)));
        Assert.Empty((await scene.Engine.ReconcileAsync(Scene.Account)).Events);

        static (decimal, decimal, Money) Of(Position position) => (position.SignedQty, position.AvgPxOpen, position.RealizedPnl);
    }

    [Fact]
    public async Task Without_a_journal_nothing_is_forgotten()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = await scene.RestAsync();
        scene.Client.Emit(Canceled(order));
        await scene.UntilAsync(() => order.IsClosed, "the cancel");
        scene.Client.Orders = [];
        await scene.TurnUntilAsync(() => scene.Client.MassQuestions > 200, "more than three hours", TimeSpan.FromMinutes(1));
        Assert.Same(order, scene.Engine.Cache.Order(order.ClientOrderId));
    }

    [Fact]
    public async Task An_id_of_an_earlier_run_is_refused_also_when_its_order_is_not_in_memory()
    {
        var journal = new MemoryJournal();
        ClientOrderId used;
        await using (var first = new EngineScene(null, journal))
        {
            await first.StartAsync();
            var order = await first.RestAsync();
            used = order.ClientOrderId;
            first.Client.Emit(Canceled(order));
            await first.UntilAsync(() => order.IsClosed, "the cancel");
        }

        await using var second = new EngineScene(null, journal);
        await second.StartAsync();
        Assert.Null(second.Engine.Cache.Order(used));
        var again = second.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")) with { ClientOrderId = used };
        Assert.Throws<ArgumentException>(() => second.Engine.SubmitOrder(second.Factory.Submit(again)));
        Assert.Empty(second.Client.Commands);
    }

    [Fact]
    public async Task Who_wants_to_be_called_is_called_in_order_until_it_ends_the_calls_whatever_it_throws()
    {
        await using var scene = new EngineScene();
        var called = new List<string>();
        using var subscription = scene.Engine.Subscribe(executionEvent =>
        {
            lock (called)
            {
                called.Add(executionEvent.GetType().Name);
            }

            throw new InvalidOperationException("a bug of the subscriber");
        });
        await scene.StartAsync();
        await scene.RestAsync();
        string[] expected = [nameof(OrderInitialized), nameof(OrderSubmitted), nameof(OrderAccepted)];
        await scene.UntilAsync(
            () =>
            {
                lock (called)
                {
                    return called.SequenceEqual(expected);
                }
            },
            "the calls");
        subscription.Dispose();
        await scene.RestAsync();
        await scene.UntilAsync(() => scene.Published.OfType<OrderAccepted>().Count() == 2, "the news to those who still listen");
        lock (called)
        {
            Assert.Equal(expected, called);
        }
    }

    private static OrderCanceled Canceled(Order order) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = order.AccountId,
        VenueOrderId = order.VenueOrderId,
        EventId = Uuid4.New(),
        TsEvent = order.TsLast,
        TsInit = order.TsLast,
    };

    private static OrderFilled Filled(Order order) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = order.AccountId!.Value,
        VenueOrderId = order.VenueOrderId!.Value,
        TradeId = new TradeId("T-1"),
        OrderSide = order.Side,
        OrderType = order.OrderType,
        LastQty = order.Quantity,
        LastPx = Price.Parse("2000.00"),
        Currency = Currency.USDC,
        LiquiditySide = LiquiditySide.Maker,
        EventId = Uuid4.New(),
        TsEvent = order.TsLast,
        TsInit = order.TsLast,
    };
}
