using ExecutionAdapters.Clients;
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
    public async Task Work_that_throws_does_not_end_the_loop()
    {
        await using var loop = new ClientLoop(NullLogger.Instance);
        loop.Post(() => throw new InvalidOperationException("bad frame"));
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
}
