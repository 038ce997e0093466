using ExecutionAdapters.Model;
using ExecutionAdapters.Tests.Engine.Reconciliation;

namespace ExecutionAdapters.Tests.Engine;

/// <summary>Which client gets a command, and that each command that leads nowhere ends in an event.</summary>
public sealed class EngineRoutingTests
{
    [Fact]
    public async Task Of_two_accounts_at_one_venue_one_must_be_named_and_each_has_its_own_position()
    {
        await using var scene = new EngineScene(null, new SmallVenueClient("A", "SMALL-001"), new SmallVenueClient("B", "SMALL-002"));
        await scene.StartAsync();
        var unnamed = scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00"));
        scene.Engine.SubmitOrder(scene.Factory.Submit(unnamed));
        await scene.UntilAsync(() => scene.Engine.Cache.Order(unnamed.ClientOrderId)!.Status == OrderStatus.Denied, "the denial");

        var first = await scene.RestAsync(scene.Clients[0]);
        var second = await scene.RestAsync(scene.Clients[1]);
        Assert.Single(scene.Clients[0].Commands);
        Assert.Single(scene.Clients[1].Commands);
        scene.Clients[0].Emit(Trade(first, "1.0000"));
        scene.Clients[1].Emit(Trade(second, "0.5000"));
        await scene.UntilAsync(() => first.Status == OrderStatus.Filled && second.Status == OrderStatus.PartiallyFilled, "both fills");
        Assert.Equal(1m, scene.Engine.Cache.Position(new AccountId("SMALL-001"), Scene.Eth)!.SignedQty);
        Assert.Equal(0.5m, scene.Engine.Cache.Position(new AccountId("SMALL-002"), Scene.Eth)!.SignedQty);
        Assert.Throws<InvalidOperationException>(() => scene.Engine.Cache.Position(Scene.Eth));

        // The cancel names no client: the order's account decides.
        scene.Engine.CancelOrder(scene.Factory.Cancel(second));
        await scene.UntilAsync(() => scene.Clients[1].Commands[^1] is CancelOrder, "the cancel");

        // One of all goes to both, each with its own orders.
        scene.Engine.CancelAllOrders(scene.Factory.CancelAll(Scene.Eth));
        await scene.UntilAsync(() => scene.Clients[0].Commands[^1] is CancelAllOrders && scene.Clients[1].Commands[^1] is CancelAllOrders, "the cancels");
    }

    [Fact]
    public async Task A_client_that_throws_has_its_order_denied_and_its_requests_refused()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = await scene.RestAsync();
        scene.Client.OnCommand = _ => throw new InvalidOperationException("no key");
        var denied = scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00"));
        scene.Engine.SubmitOrder(scene.Factory.Submit(denied));
        await scene.UntilAsync(() => scene.Engine.Cache.Order(denied.ClientOrderId)!.IsClosed, "the denial");
        Assert.StartsWith(DenialReason.SubmitFailed, ((OrderDenied)scene.Engine.Cache.Order(denied.ClientOrderId)!.Events[^1]).Reason, StringComparison.Ordinal);
        scene.Engine.ModifyOrder(scene.Factory.Modify(order, price: Price.Parse("1990.00")));
        scene.Engine.CancelOrder(scene.Factory.Cancel(order));
        scene.Engine.CancelAllOrders(scene.Factory.CancelAll(Scene.Eth));
        await scene.UntilAsync(() => scene.Published.OfType<OrderCancelRejected>().Count() == 2, "the refusals");
        Assert.Equal(
            [nameof(OrderPendingUpdate), nameof(OrderModifyRejected), nameof(OrderPendingCancel), nameof(OrderCancelRejected), nameof(OrderPendingCancel), nameof(OrderCancelRejected)],
            order.Events.Skip(3).Select(orderEvent => orderEvent.GetType().Name));
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public async Task An_event_that_cannot_be_applied_is_put_aside_with_what_stood_there_and_told_to_nobody()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = await scene.RestAsync();
        scene.Client.Emit(Trade(order, "1.0000") with { LastQty = default });
        await scene.UntilAsync(() => scene.Engine.Quarantined.Count == 1, "the event to be put aside");
        Assert.Contains(order.ClientOrderId.Value, scene.Engine.Quarantined[0].Order!, StringComparison.Ordinal);
        Assert.Empty(scene.Published.OfType<OrderFilled>());
        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public async Task Several_things_are_read_of_one_moment()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = await scene.RestAsync();
        var trades = 100;
        var writing = Task.Run(() =>
        {
            for (var i = 0; i < trades; i++)
            {
                scene.Client.Emit(Trade(order, "0.0100"));
            }
        });
        var started = TimeProvider.System.GetTimestamp();
        while (order.Status != OrderStatus.Filled)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "not all trades were applied");
            var (filled, held) = scene.Engine.Cache.Read(cache => (order.FilledQty.Value, cache.Position(Scene.Eth)?.SignedQty ?? 0));
            Assert.Equal(filled, held);
        }

        await writing;
    }

    [Fact]
    public async Task An_order_that_the_books_do_not_have_is_cancelled_by_the_venues_id_and_refused_without_it()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var template = scene.Factory.Cancel(await scene.RestAsync());
        var unknown = template with { ClientOrderId = new ClientOrderId("THEIRS"), VenueOrderId = new VenueOrderId("77") };
        scene.Engine.CancelOrder(unknown);
        await scene.UntilAsync(() => scene.Client.Commands[^1] == unknown, "the cancel to be sent");
        scene.Engine.BatchCancelOrders(new BatchCancelOrders
        {
            TraderId = template.TraderId,
            StrategyId = template.StrategyId,
            InstrumentId = template.InstrumentId,
            CommandId = Uuid4.New(),
            TsInit = template.TsInit,
            Cancels = [template, unknown with { VenueOrderId = null }],
        });
        await scene.UntilAsync(() => scene.Published.OfType<OrderCancelRejected>().Any(), "the refusal");
        Assert.Equal("THEIRS", scene.Published.OfType<OrderCancelRejected>().Single().ClientOrderId.Value);
        await scene.UntilAsync(() => scene.Client.Commands[^1] is BatchCancelOrders, "the others to be sent");
        Assert.Equal([template], ((BatchCancelOrders)scene.Client.Commands[^1]).Cancels);
    }

    [Fact]
    public async Task An_engine_takes_commands_only_once_it_has_read_its_books_and_until_it_ends()
    {
        var scene = new EngineScene();
        await using (scene)
        {
            var order = scene.Factory.Limit(Scene.Eth, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00"));
            Assert.Throws<InvalidOperationException>(() => scene.Engine.SubmitOrder(scene.Factory.Submit(order)));
            Assert.Empty(scene.Engine.Cache.Orders());
            await scene.StartAsync();
            scene.Engine.SubmitOrder(scene.Factory.Submit(order));
        }

        Assert.Throws<InvalidOperationException>(() => scene.Engine.CancelAllOrders(scene.Factory.CancelAll(Scene.Eth)));
        await scene.Engine.DisposeAsync();
    }

    private static OrderFilled Trade(Order order, string quantity) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = order.AccountId!.Value,
        VenueOrderId = order.VenueOrderId!.Value,
        TradeId = new TradeId(Uuid4.New().ToString()),
        OrderSide = order.Side,
        OrderType = order.OrderType,
        LastQty = Quantity.Parse(quantity),
        LastPx = Price.Parse("2000.00"),
        Currency = Currency.USDC,
        LiquiditySide = LiquiditySide.Maker,
        EventId = Uuid4.New(),
        TsEvent = order.TsLast,
        TsInit = order.TsLast,
    };
}
