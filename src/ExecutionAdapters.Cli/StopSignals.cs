using System.Runtime.InteropServices;

namespace ExecutionAdapters.Cli;

/// <summary>
/// Ctrl+C and the signals that ask a process to end. They are listened to before the command starts, so that none finds nobody. The
/// first asks the command to end in order; when that takes too long, or another comes, the process ends at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // Time to disconnect in order, also on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;
    private ITimer? _watchdog;
    private int _signals;

    public StopSignals(CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnSignal),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        Array.ForEach(_registrations, registration => registration.Dispose());
        _watchdog?.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref _signals) > 1)
        {
            // Asked twice: the default action ends the process.
            return;
        }

        context.Cancel = true;
        _watchdog = TimeProvider.System.CreateTimer(static _ => Environment.Exit(ExitCode.Failed), null, Patience, Timeout.InfiniteTimeSpan);
        _stop.Cancel();
    }
}
