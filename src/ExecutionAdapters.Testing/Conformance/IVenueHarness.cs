using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>A venue whose client is tried by <see cref="ExecutionConformance"/>.</summary>
/// <param name="Name">Its name in reports, such as <c>lighter</c>: a column of the table.</param>
/// <param name="Traits">What it can do: chooses the scenarios.</param>
/// <param name="StartAsync">
/// Starts a fresh venue with the market that <see cref="VenueTraits.Bid"/> and <see cref="VenueTraits.Ask"/> say, and a funded account without orders and
/// positions. Each scenario has a venue of its own; two may run at the same time.
/// </param>
public sealed record ConformanceVenue(string Name, VenueTraits Traits, Func<CancellationToken, Task<IVenueHarness>> StartAsync)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>
/// One running venue, as scenarios need it: clients of one account on it, other participants, faults, and its own books. This is all that an adapter implements
/// to run the suite. Disposing of it stops the venue; clients are disposed of before, by those who made them.
/// </summary>
public interface IVenueHarness : IAsyncDisposable
{
    /// <summary>The way from clients to the venue, REST and stream: scenarios cut it.</summary>
    LinkCuttingProxy Link { get; }

    /// <summary>The clock of venue, clients and engines. Where the venue cannot follow it, <see cref="VenueTraits.StepsTime"/> is false.</summary>
    SteppedTimeProvider Clock { get; }

    /// <summary>
    /// A client of the account, not connected, that reaches the venue by <see cref="Link"/> and runs on <see cref="Clock"/>. Called again for each restart. Its
    /// patience is to be short, a second or so for an answer: scenarios wait for it.
    /// </summary>
    /// <param name="engine">Gives it its books (<see cref="ExecutionEngine.Cache"/>) and memory (<see cref="ExecutionEngine.MemoryOf"/>).</param>
    IExecutionClient CreateClient(ExecutionEngine engine);

    /// <summary>Lets another participant trade against what rests at a price inside the spread. What is cancelled meanwhile is not traded.</summary>
    /// <param name="restingSide">The side of the resting orders: the other participant has the opposite one.</param>
    /// <param name="price">Their price.</param>
    /// <param name="quantity">How much is traded, at most what rests there.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>Completes when it is in the venue's books; the client need not have heard of it.</returns>
    Task TradeAsync(OrderSide restingSide, Price price, Quantity quantity, CancellationToken cancellationToken);

    /// <summary>Arms a fault for everything that arrives from now on.</summary>
    /// <param name="fault">One of <see cref="VenueTraits.Faults"/>.</param>
    /// <param name="request">The requests that it strikes; faults of frames, reads and tokens ignore it.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    Task InjectAsync(VenueFault fault, VenueRequest request, CancellationToken cancellationToken);

    /// <summary>Takes all faults back and sends what they hold.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    Task ClearFaultsAsync(CancellationToken cancellationToken);

    /// <summary>The venue's own books of the account, read behind the client's back.</summary>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    Task<VenueTruth> ReadTruthAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The trading requests that the venue has received so far, in order of arrival, whatever became of them: each the text of its body. A batch is one request.
    /// </summary>
    /// <param name="request">Which kind; <see cref="VenueRequest.Any"/> for all.</param>
    IReadOnlyList<string> Requests(VenueRequest request);

    /// <summary>The sequence numbers (nonces) that the requests carried, in order of arrival; empty when they carry none.</summary>
    IReadOnlyList<long> SequenceNumbers { get; }
}
