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
}

/// <inheritdoc cref="SynchronousStrategyTests"/>
public sealed class SynchronousAcknowledgementTests : AcknowledgementTests
{
    protected override bool AllowSynchronousContinuations => true;
}
