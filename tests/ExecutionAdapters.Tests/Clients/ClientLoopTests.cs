using ExecutionAdapters.Clients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Tests.Clients;

public sealed class ClientLoopTests
{
    [Fact]
    public async Task Work_runs_one_after_the_other_in_the_order_of_posting()
    {
        var ran = new List<int>();
        var loop = new ClientLoop(NullLogger.Instance);
        for (var i = 0; i < 1000; i++)
        {
            var number = i;
            loop.Post(() => ran.Add(number));
        }

        await loop.DisposeAsync();
        Assert.Equal(Enumerable.Range(0, 1000), ran);
    }

    [Fact]
    public async Task Work_is_done_when_Post_returns_if_nothing_else_runs()
    {
        await using var loop = new ClientLoop(NullLogger.Instance);
        var thread = 0;
        loop.Post(() => thread = Environment.CurrentManagedThreadId);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public async Task What_is_called_when_the_loop_is_idle_is_outside_of_it()
    {
        ClientLoop? loop = null;
        var ran = new List<string>();
        var isFirst = true;
        await using var idle = loop = new ClientLoop(NullLogger.Instance, () =>
        {
            ran.Add("idle");
            if (isFirst)
            {
                isFirst = false;
                loop!.Post(() => ran.Add("posted when idle"));
                ran.Add("end");
            }
        });
        loop.Post(() => ran.Add("work"));
        Assert.Equal(["work", "idle", "posted when idle", "idle", "end"], ran);
    }

    [Fact]
    public async Task Work_that_others_left_behind_is_done_before_the_loop_is_idle()
    {
        var ran = new List<string>();
        var idle = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var loop = new ClientLoop(NullLogger.Instance, () => idle.TrySetResult(string.Join(' ', ran)));
        loop.Post(() =>
        {
            loop.Post(() => ran.Add("second"));
            ran.Add("first");
        });
        Assert.Equal("first second", await idle.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        await loop.DisposeAsync();
    }

    [Fact]
    public async Task Posts_of_many_threads_run_each_once_and_never_two_at_a_time()
    {
        const int Threads = 8, Posts = 5_000;
        var loop = new ClientLoop(NullLogger.Instance);
        int inside = 0, overlaps = 0;
        var lastOf = new int[Threads];
        var outOfOrder = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 1; i <= Posts; i++)
            {
                var number = i;
                loop.Post(() =>
                {
                    overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                    outOfOrder += number == lastOf[thread] + 1 ? 0 : 1;
                    lastOf[thread] = number;
                    Interlocked.Decrement(ref inside);
                });
            }
        })));
        await loop.DisposeAsync();
        Assert.Equal((0, 0), (overlaps, outOfOrder));
        Assert.All(lastOf, last => Assert.Equal(Posts, last));
    }

    [Fact]
    public async Task A_caller_is_not_kept_for_the_work_that_others_leave_behind()
    {
        var loop = new ClientLoop(NullLogger.Instance);
        var threads = new List<int>();
        var caller = new Thread(() => loop.Post(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                loop.Post(() => threads.Add(Environment.CurrentManagedThreadId));
            }
        }));
        caller.Start();
        caller.Join();
        await loop.DisposeAsync();
        Assert.Equal(200, threads.Count);
        Assert.DoesNotContain(caller.ManagedThreadId, threads);
    }

    [Fact]
    public async Task Work_that_throws_does_not_end_the_loop()
    {
        await using var loop = new ClientLoop(NullLogger.Instance);
        loop.Post(() => throw new InvalidOperationException("bad frame"));
        Assert.Equal(42, await loop.RunAsync(() => 42));
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_neither_reaches_the_caller_nor_ends_the_loop()
    {
        await using var loop = new ClientLoop(new FullDisk());
        Assert.True(loop.Post(() => throw new InvalidOperationException("bad frame")));
        Assert.Equal(42, await loop.RunAsync(() => 42));
    }

    [Fact]
    public async Task An_exception_of_awaited_work_reaches_its_caller()
    {
        await using var loop = new ClientLoop(NullLogger.Instance);
        await Assert.ThrowsAsync<InvalidOperationException>(() => loop.RunAsync<int>(() => throw new InvalidOperationException("no")));
    }

    [Fact]
    public async Task A_disposed_loop_takes_no_work()
    {
        var loop = new ClientLoop(NullLogger.Instance);
        await loop.DisposeAsync();
        Assert.False(loop.Post(() => { }));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => loop.RunAsync(() => 1));
    }

    private sealed class FullDisk : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new IOException("No space left on device.");
    }
}
