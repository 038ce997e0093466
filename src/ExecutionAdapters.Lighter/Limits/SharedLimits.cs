using System.Collections.Concurrent;
using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter.Limits;

/// <summary>
/// What the venue counts together, for all clients of this process: requests and transactions per wallet address, stream messages per
/// venue. Kept for the life of the process, since the venue's minute does not end with a client.
/// </summary>
internal sealed class SharedLimits
{
    /// <summary>Updates of leverage have a bucket of their own (venue documentation).</summary>
    public const int LeverageUpdatesPerMinute = 40;

    /// <summary>Messages of a client's streams per minute, transactions not counted (venue documentation).</summary>
    public const int StreamMessagesPerMinute = 200;

    private const int StreamMessagesInFlight = 50;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly ConcurrentDictionary<(string Venue, string Address, TimeProvider Clock), SharedLimits> ByAddress = new();
    private static readonly ConcurrentDictionary<(string Venue, TimeProvider Clock), (RollingQuota Messages, InFlightGate InFlight)> ByVenue = new();

    private SharedLimits((string Venue, string Address, TimeProvider Clock) key)
    {
        Requests = new RollingQuota(key.Clock, Window);
        Transactions = new RollingQuota(key.Clock, Window);
        LeverageUpdates = new RollingQuota(key.Clock, Window);
        (StreamMessages, InFlight) = ByVenue.GetOrAdd(
            (key.Venue, key.Clock), static venue => (new RollingQuota(venue.Clock, Window), new InFlightGate(StreamMessagesInFlight)));
    }

    /// <summary>REST requests, transactions included.</summary>
    public RollingQuota Requests { get; }

    /// <summary>Transactions, by stream and REST together.</summary>
    public RollingQuota Transactions { get; }

    /// <summary>Transactions of the class that the venue limits to 40 per minute.</summary>
    public RollingQuota LeverageUpdates { get; }

    /// <summary>Stream messages other than transactions.</summary>
    public RollingQuota StreamMessages { get; }

    /// <summary>Stream messages not yet answered, transactions included.</summary>
    public InFlightGate InFlight { get; }

    /// <summary>The limits that the clients of one wallet address at one venue share.</summary>
    /// <param name="deployment">The venue.</param>
    /// <param name="address">The wallet's address; when that is not known, anything that names the account.</param>
    /// <param name="clock">Clients of different clocks have nothing in common.</param>
    public static SharedLimits For(LighterDeployment deployment, string address, TimeProvider clock) =>
        ByAddress.GetOrAdd((deployment.RestUrl.Authority, address, clock), static key => new SharedLimits(key));
}
