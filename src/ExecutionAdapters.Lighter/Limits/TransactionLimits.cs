using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter.Limits;

/// <summary>How much a client may send: what it shares with others, and the limit as it knows it.</summary>
/// <param name="Shared">What was sent by everybody.</param>
/// <param name="PerMinute">The most transactions within a minute.</param>
internal sealed record TransactionLimits(SharedLimits Shared, int PerMinute)
{
    /// <summary>
    /// Takes quota for transactions that leave together. Of the minute's quota a tenth is left to cancels: who cannot trade any more must
    /// still be able to get out.
    /// </summary>
    public bool TryTake(int count, bool areCancels, bool isLeverageUpdate, out TimeSpan wait)
    {
        if (isLeverageUpdate && !Shared.LeverageUpdates.HasRoom(count, SharedLimits.LeverageUpdatesPerMinute, out wait))
        {
            return false;
        }

        if (!Shared.Transactions.TryTake(count, areCancels ? PerMinute : PerMinute - (PerMinute / 10), out wait))
        {
            return false;
        }

        Shared.LeverageUpdates.Charge(isLeverageUpdate ? count : 0);
        return true;
    }

    /// <summary>The gate for one more unanswered message.</summary>
    public InFlightGate InFlight => Shared.InFlight;
}
