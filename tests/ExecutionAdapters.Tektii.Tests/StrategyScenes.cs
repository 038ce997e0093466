using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>Tests that hold whichever thread a strategy reads on.</summary>
public abstract class StrategyScenes
{
    protected virtual bool AllowSynchronousContinuations => false;

    private protected Task<TektiiScene> StartAsync(
        TektiiVenueOptions? venue = null, Func<TektiiOptions, TektiiOptions>? options = null, bool connect = true, bool engineDialect = false) =>
        TektiiScene.StartAsync(
            venue, made => (options?.Invoke(made) ?? made) with { AllowSynchronousContinuations = AllowSynchronousContinuations }, connect, engineDialect);
}

/// <summary>The strategy runs on the thread that reads the stream.</summary>
public sealed class SynchronousStrategyTests : StrategyTests
{
    protected override bool AllowSynchronousContinuations => true;

    [Fact]
    public async Task A_handler_that_does_not_wait_stays_on_the_thread_that_reads_the_stream()
    {
        await using var scene = await StartAsync(Backtest(), connect: false);
        var events = scene.Client.StrategyEvents(static heard => heard is TektiiCandleEvent);
        var isOnIt = false;
        var reading = Task.Run(async () =>
        {
            await foreach (var heard in events)
            {
                isOnIt = IsReadingTheStream();
            }
        });
        await scene.ConnectAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(isOnIt);
    }

    private static bool IsReadingTheStream() => Environment.StackTrace.Contains("ReconnectingWebSocket", StringComparison.Ordinal);
}

/// <inheritdoc cref="SynchronousStrategyTests"/>
public sealed class SynchronousPacingTests : PacingTests
{
    protected override bool AllowSynchronousContinuations => true;

    [Fact]
    public async Task A_handler_that_blocks_the_thread_of_the_stream_is_told_of_all_the_same()
    {
        await using var scene = await StartAsync(options: options => options with { HandlerLimit = TimeSpan.FromMilliseconds(300) });
        await using var reader = scene.Client.StrategyEvents(static heard => heard is TektiiUnknownEvent).GetAsyncEnumerator();
        using var mayGoOn = new ManualResetEventSlim();
        var handling = HandleAsync();
        scene.Venue.Faults.PushFrame("""{"type":"novel","event_id":"evt-1"}""");
        await scene.UntilAsync(() => scene.Events.OfType<VenueAlert>().Any(alert => alert.Code == "HANDLER_STALLED"), "the alert");
        mayGoOn.Set();
        Assert.True(await handling);

        async Task<bool> HandleAsync()
        {
            Assert.True(await reader.MoveNextAsync());
            return mayGoOn.Wait(TimeSpan.FromSeconds(20));
        }
    }

    [Fact]
    public async Task What_was_not_handed_over_yet_when_the_strategy_stops_is_acknowledged()
    {
        await using var scene = await StartAsync(connect: false);
        scene.Venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.HoldResponse, Method = "GET", Path = "/v1/account" });
        using var stop = new CancellationTokenSource();
        using var areHeard = new ManualResetEventSlim();
        using var isInLoop = new ManualResetEventSlim();
        using var isStopped = new ManualResetEventSlim();
        var reader = scene.Client.StrategyEvents(heard =>
        {
            if (heard is TektiiUnknownEvent { Type: "marker" })
            {
                areHeard.Set();
                return false;
            }

            if (heard.EventId == "evt-2")
            {
                // On the loop, which hands over when it has nothing left to do.
                isInLoop.Set();
                isStopped.Wait(TimeSpan.FromSeconds(20));
            }

            return true;
        }).GetAsyncEnumerator(stop.Token);
        var next = reader.MoveNextAsync().AsTask();
        var connecting = scene.ConnectAsync();
        await scene.UntilAsync(() => scene.Venue.Requests.Any(request => request.Path.Contains("account", StringComparison.Ordinal)), "the question for the account");
        scene.Venue.Faults.PushFrame("""{"type":"novel","event_id":"evt-1"}""");
        scene.Venue.Faults.PushFrame("""{"type":"novel","event_id":"evt-2"}""");

        // Both wait for the session to go live; what paces nothing does not.
        scene.Venue.Faults.PushFrame("""{"type":"marker"}""");
        Assert.True(await Task.Run(() => areHeard.Wait(TimeSpan.FromSeconds(20))));
        scene.Venue.Faults.Release();
        Assert.True(await Task.Run(() => isInLoop.Wait(TimeSpan.FromSeconds(20))));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await reader.DisposeAsync();
        isStopped.Set();
        await connecting;
        await scene.UntilAsync(() => scene.Client.AcknowledgedEvents == 2, "the acknowledgements");
    }
}

/// <inheritdoc cref="SynchronousStrategyTests"/>
public sealed class SynchronousAcknowledgementTests : AcknowledgementTests
{
    protected override bool AllowSynchronousContinuations => true;
}
