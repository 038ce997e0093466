using System.Threading.Channels;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>
/// One account at one venue, as a trading engine sees it: commands go in, <see cref="Events"/> come out.
/// </summary>
/// <remarks>
/// <para>
/// Command methods never wait for the network. Where nothing else is under way, the caller's thread checks, signs and writes the command
/// itself, some tens of microseconds; otherwise it only leaves the command behind. What becomes of it is an event. They are safe to call
/// from any thread, and commands of one caller keep their order.
/// </para>
/// <para>
/// The outcome of a command is one of three: refused locally (<see cref="OrderDenied"/>, nothing was sent), refused by the
/// venue (<see cref="OrderRejected"/>, <see cref="OrderModifyRejected"/>, <see cref="OrderCancelRejected"/>), or unknown:
/// then no event is emitted until the venue tells, on the account stream or in a report.
/// </para>
/// </remarks>
public interface IExecutionClient : IAsyncDisposable
{
    /// <summary>The name engines route by.</summary>
    ClientId ClientId { get; }

    /// <summary>The account that this client trades.</summary>
    AccountId AccountId { get; }

    /// <summary>The venue of every instrument that this client handles.</summary>
    Venue Venue { get; }

    /// <summary>How the venue keeps positions: one per instrument (netting) or several (hedging).</summary>
    OmsType OmsType { get; }

    /// <summary>The kind of account: it says how balances lock and how margin is counted.</summary>
    AccountType AccountType { get; }

    /// <summary>What the venue and this client can do. Anything outside is denied locally.</summary>
    ExecutionClientCapabilities Capabilities { get; }

    /// <summary>
    /// True from the end of <see cref="ConnectAsync"/> (every account stream live) until a disconnect or the loss of the
    /// connection, and again after each completed reconnect.
    /// </summary>
    bool IsConnected { get; }

    /// <summary>How long ago anything was heard on the connection of the account streams, answers to pings included; null while they are not connected.</summary>
    TimeSpan? StreamAge { get; }

    /// <summary>
    /// Order events, account states, reports and connection notices, in the order in which the client decided them. One reader.
    /// The channel is unbounded by policy: losing an execution event is worse than using memory. It stays open across
    /// disconnects and completes when the client is disposed.
    /// </summary>
    ChannelReader<ExecutionEvent> Events { get; }

    /// <summary>The instruments known so far; complete once <see cref="ConnectAsync"/> has returned.</summary>
    IReadOnlyCollection<Instrument> Instruments { get; }

    /// <summary>
    /// Loads instruments, opens and authenticates the account streams and returns when every one of them is live.
    /// Returns at once when already connected. On any failure everything is torn down again and the call may be repeated.
    /// </summary>
    /// <exception cref="ExecutionClientException">What failed, where, and what to do about it.</exception>
    Task ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Closes the streams and stops background work. Idempotent. Order identity and dedupe state are kept for a later connect.</summary>
    Task DisconnectAsync(CancellationToken cancellationToken = default);

    /// <summary>Submits one order. Emits <see cref="OrderDenied"/>, or <see cref="OrderSubmitted"/> and what the venue makes of it.</summary>
    /// <exception cref="ExecutionClientException">The client has no credentials; nothing was emitted or sent.</exception>
    void SubmitOrder(SubmitOrder command);

    /// <summary>Submits several orders as one batch.</summary>
    /// <exception cref="ExecutionClientException">The client has no credentials; nothing was emitted or sent.</exception>
    void SubmitOrderList(SubmitOrderList command);

    /// <summary>Changes the total quantity, price or trigger price of an order.</summary>
    void ModifyOrder(ModifyOrder command);

    /// <summary>Changes several orders, each on its own: one that fails does not keep the others.</summary>
    void BatchModifyOrders(BatchModifyOrders command);

    /// <summary>Cancels one order, by venue order id if known, else by the client order id.</summary>
    void CancelOrder(CancelOrder command);

    /// <summary>Cancels every open order of the instrument, or those of one side.</summary>
    void CancelAllOrders(CancelAllOrders command);

    /// <summary>Cancels several orders as one batch.</summary>
    void BatchCancelOrders(BatchCancelOrders command);

    /// <summary>
    /// Tells the client of an order at the venue that the engine took over from reports: from now on what happens to it comes as order
    /// events. An order without a venue order id, or one that the client knows already, is left alone.
    /// </summary>
    void RegisterExternalOrder(Order order);

    /// <summary>
    /// Asks the venue for one order; the answer is emitted as an <see cref="OrderStatusReport"/>. Without an answer, also because the client
    /// is disconnected, nothing is emitted and the log says why.
    /// </summary>
    void QueryOrder(QueryOrder command);

    /// <summary>
    /// Asks the venue for balances and margins; the answer is emitted as an <see cref="AccountState"/>. Without an answer, also because the
    /// client is disconnected, nothing is emitted and the log says why.
    /// </summary>
    void QueryAccount(QueryAccount command);

    /// <summary>One order's state at the venue, or null when the venue answered and does not know it.</summary>
    /// <exception cref="ExecutionClientException">The venue could not be asked; never an empty answer.</exception>
    Task<OrderStatusReport?> GenerateOrderStatusReportAsync(GenerateOrderStatusReport command, CancellationToken cancellationToken = default);

    /// <summary>Orders at the venue: all open ones, and unless <c>OpenOnly</c> those closed since <c>Start</c>.</summary>
    /// <exception cref="IncompleteReportsException">Some could not be read; the reports of the others are attached.</exception>
    /// <exception cref="ExecutionClientException">The venue could not be asked; never an empty list.</exception>
    Task<IReadOnlyList<OrderStatusReport>> GenerateOrderStatusReportsAsync(GenerateOrderStatusReports command, CancellationToken cancellationToken = default);

    /// <summary>Fills since <c>Start</c>, oldest first.</summary>
    /// <exception cref="ExecutionClientException">The venue could not be asked; never an empty list.</exception>
    Task<IReadOnlyList<FillReport>> GenerateFillReportsAsync(GenerateFillReports command, CancellationToken cancellationToken = default);

    /// <summary>Positions. With an instrument and no position there: one explicit flat report, the proof of absence.</summary>
    /// <exception cref="ExecutionClientException">The venue could not be asked; never an empty list.</exception>
    Task<IReadOnlyList<PositionStatusReport>> GeneratePositionStatusReportsAsync(GeneratePositionStatusReports command, CancellationToken cancellationToken = default);

    /// <summary>Orders, fills and positions of the whole account, for reconciliation at start-up.</summary>
    /// <param name="lookback">How far back closed orders and fills are asked for; null is all that the venue keeps.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="MassStatusException">A part failed; what worked is attached.</exception>
    /// <exception cref="ExecutionClientException">The client has no credentials.</exception>
    Task<ExecutionMassStatus> GenerateMassStatusAsync(TimeSpan? lookback = null, CancellationToken cancellationToken = default);
}
