using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tests.Engine.Reconciliation;

namespace ExecutionAdapters.Tests.Engine;

/// <summary>What an engine finds out by looking again, and what it must not conclude.</summary>
public sealed class EngineCheckTests
{
    [Fact]
    public async Task An_order_that_the_venue_does_not_know_is_rejected_only_when_it_cannot_be_on_its_way_any_more()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = scene.Submit();
        await scene.UntilAsync(() => order.Status == OrderStatus.Submitted, "the order to be sent");
        await scene.TurnUntilAsync(() => order.Status == OrderStatus.Rejected, "the rejection");
        var rejected = (OrderRejected)order.Events[^1];
        Assert.Contains("NOT_FOUND_AT_VENUE", rejected.Reason, StringComparison.Ordinal);
        Assert.True(rejected.TsEvent.DurationSince(order.TsSubmitted!.Value) >= (ulong)TimeSpan.FromSeconds(60).TotalNanoseconds);
    }

    [Fact]
    public async Task A_venue_that_cannot_be_asked_ends_no_order()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = scene.Submit();
        scene.Client.Failure = new ExecutionClientException("HTTP 500");
        await scene.TurnUntilAsync(() => scene.Client.Questions >= 20, "the questions of a hundred seconds");
        Assert.Equal(OrderStatus.Submitted, order.Status);
    }

    [Fact]
    public async Task An_acknowledgement_that_was_lost_is_found()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = scene.Submit();
        await scene.UntilAsync(() => order.Status == OrderStatus.Submitted, "the order to be sent");
        scene.Client.Orders = [scene.Report(order, OrderStatus.Accepted)];
        await scene.TurnUntilAsync(() => order.Status == OrderStatus.Accepted, "the acknowledgement");
    }

    [Fact]
    public async Task A_cancel_that_nobody_answers_counts_as_refused_while_the_order_is_open()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = await scene.RestAsync();
        scene.Engine.CancelOrder(scene.Factory.Cancel(order));
        await scene.UntilAsync(() => order.Status == OrderStatus.PendingCancel, "the request");
        await scene.TurnUntilAsync(() => scene.Published.OfType<OrderCancelRejected>().Any(), "the end of the wait");
        Assert.Equal(OrderStatus.Accepted, order.Status);
        Assert.StartsWith("TIMEOUT", Assert.Single(scene.Published.OfType<OrderCancelRejected>()).Reason, StringComparison.Ordinal);
        Assert.True(scene.Client.Questions >= EngineScene.Options.InFlightRetries);
    }

    [Fact]
    public async Task An_order_that_ended_and_was_not_told_is_found_by_the_check_of_open_orders()
    {
        await using var scene = new EngineScene(EngineScene.Options with { PositionCheckInterval = null, InFlightCheckInterval = null });
        await scene.StartAsync();
        var order = await scene.RestAsync();
        scene.Client.Orders = [scene.Report(order, OrderStatus.Canceled)];
        await scene.TurnUntilAsync(() => order.Status == OrderStatus.Canceled, "the cancel");
        Assert.Equal(1, scene.Client.Questions);
    }

    [Fact]
    public async Task A_difference_of_positions_must_last_before_an_order_is_made_up()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        scene.Client.Positions = [Scene.Held(1m, 2000m)];
        scene.Client.WhileAsked = () => scene.Client.Positions = [];
        await scene.TurnUntilAsync(() => scene.Client.MassQuestions >= 5, "more questions than it takes");
        Assert.Null(scene.Engine.Cache.Position(Scene.Eth));

        scene.Client.WhileAsked = null;
        scene.Client.Positions = [Scene.Held(1m, 2000m)];
        await scene.TurnUntilAsync(() => scene.Published.OfType<OrderFilled>().Any(), "the made-up order");
        Assert.Equal(1m, scene.Engine.Cache.Position(Scene.Eth)!.SignedQty);
        Assert.True(Assert.Single(scene.Published.OfType<OrderFilled>()).IsInferred);
    }

    [Fact]
    public async Task What_the_stream_told_while_the_venue_was_asked_is_not_undone_by_its_older_answer()
    {
        await using var scene = new EngineScene();
        await scene.StartAsync();
        var order = await scene.RestAsync();
        scene.Client.WhileAsked = () =>
        {
            scene.Client.WhileAsked = null;
            scene.Client.Emit(new OrderUpdated
            {
                TraderId = order.TraderId,
                StrategyId = order.StrategyId,
                InstrumentId = order.InstrumentId,
                ClientOrderId = order.ClientOrderId,
                AccountId = order.AccountId,
                VenueOrderId = order.VenueOrderId,
                Quantity = order.Quantity,
                Price = Price.Parse("1990.00"),
                EventId = Uuid4.New(),
                TsEvent = UnixNanos.Now(scene.Clock),
                TsInit = UnixNanos.Now(scene.Clock),
            });
            SpinWait.SpinUntil(() => order.Price == Price.Parse("1990.00"), TimeSpan.FromSeconds(10));
        };
        var report = await scene.Engine.ReconcileAsync(Scene.Account);
        Assert.Empty(report.Events);
        Assert.Equal(Price.Parse("1990.00"), order.Price);
    }

    [Fact]
    public async Task A_silent_stream_has_books_and_venue_compared()
    {
        await using var scene = new EngineScene(EngineScene.Options with { PositionCheckInterval = null });
        await scene.StartAsync();
        var before = scene.Client.MassQuestions;
        await scene.TurnUntilAsync(() => scene.Client.OpenQuestions >= 4, "the other checks of two minutes");
        Assert.Equal(before, scene.Client.MassQuestions);
        scene.Client.StreamAge = TimeSpan.FromMinutes(2);
        await scene.TurnUntilAsync(() => scene.Client.MassQuestions > before, "the comparison");
    }

    [Fact]
    public async Task An_account_that_did_not_agree_at_the_start_trades_once_it_does()
    {
        await using var scene = new EngineScene();
        scene.Client.Failure = new ExecutionClientException("HTTP 500");
        var report = Assert.Single(await scene.StartAsync());
        Assert.False(report.IsComplete);
        Assert.False(scene.Engine.CanTrade(Scene.Account));
        scene.Client.Failure = null;
        await scene.TurnUntilAsync(() => scene.Engine.CanTrade(Scene.Account), "the account to trade");
    }
}
