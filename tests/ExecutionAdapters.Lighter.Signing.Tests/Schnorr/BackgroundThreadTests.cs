using System.Globalization;

namespace ExecutionAdapters.Lighter.Signing.Tests;

public sealed class BackgroundThreadTests
{
    [Fact]
    public void A_background_thread_is_nicer_than_those_that_trade()
    {
        int niceness = 0;
        Thread thread = BackgroundThread.Start(() => niceness = ReadNiceness(), "test");
        thread.Join();
        Assert.True(OperatingSystem.IsLinux() ? niceness >= BackgroundThread.Niceness : niceness == -1);
    }

    [Fact]
    public void The_thread_that_starts_it_stays_as_it_was()
    {
        int before = ReadNiceness();
        BackgroundThread.Start(() => { }, "test").Join();
        Assert.Equal(before, ReadNiceness());
    }

    /// <summary>Of the calling thread: the 19th field of its stat file, the 17th after the name (proc(5)). -1 where there is no such file.</summary>
    private static int ReadNiceness()
    {
        if (!OperatingSystem.IsLinux())
        {
            return -1;
        }

        string stat = File.ReadAllText("/proc/thread-self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[16], CultureInfo.InvariantCulture);
    }
}
