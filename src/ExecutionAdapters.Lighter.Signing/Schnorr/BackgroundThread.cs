using System.Runtime.InteropServices;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>A thread for work that may wait: it must take no time from those that trade.</summary>
internal static partial class BackgroundThread
{
    /// <summary>About a tenth of what an ordinary thread gets where both want the core; more niceness would starve it beside threads that spin.</summary>
    public const int Niceness = 10;

    private const int Process = 0;

    /// <summary>Starts the thread with a low priority.</summary>
    public static Thread Start(Action run, string name)
    {
        var thread = new Thread(() =>
        {
            LowerPriorityOnLinux();
            run();
        })
        {
            IsBackground = true,
            Priority = ThreadPriority.Lowest,
            Name = name,
        };
        thread.Start();
        return thread;
    }

    /// <summary>
    /// .NET does nothing with a thread's priority on Linux. There setpriority for "process" 0 means the calling thread alone, against
    /// POSIX (setpriority(2), notes), and becoming nicer needs no right. Should it fail, the thread runs as any other.
    /// </summary>
    private static void LowerPriorityOnLinux()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(Process, 0, Niceness);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
