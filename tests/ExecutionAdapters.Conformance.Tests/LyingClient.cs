using System.Threading.Channels;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Testing.Conformance;

namespace ExecutionAdapters.Conformance.Tests;

/// <summary>What a client may do wrong.</summary>
public enum Lie
{
    HideAcceptances,
    HideFills,
    RepeatCancels,
    RejectOnLoss,
}

/// <summary>The venue of another harness, whose clients do not tell the truth.</summary>
internal sealed class LyingHarness(IVenueHarness honest, Lie lie) : IVenueHarness
{
    public LinkCuttingProxy Link => honest.Link;

    public SteppedTimeProvider Clock => honest.Clock;

    public IReadOnlyList<long> SequenceNumbers => honest.SequenceNumbers;

    public IExecutionClient CreateClient(ExecutionEngine engine) => new LyingClient(honest.CreateClient(engine), lie, engine.Cache);

    public Task TradeAsync(OrderSide restingSide, Price price, Quantity quantity, CancellationToken cancellationToken) => honest.TradeAsync(restingSide, price, quantity, cancellationToken);

    public Task InjectAsync(VenueFault fault, VenueRequest request, CancellationToken cancellationToken) => honest.InjectAsync(fault, request, cancellationToken);

    public Task ClearFaultsAsync(CancellationToken cancellationToken) => honest.ClearFaultsAsync(cancellationToken);

    public Task<VenueTruth> ReadTruthAsync(CancellationToken cancellationToken) => honest.ReadTruthAsync(cancellationToken);

    public IReadOnlyList<string> Requests(VenueRequest request) => honest.Requests(request);

    public ValueTask DisposeAsync() => honest.DisposeAsync();
}

/// <summary>A client that does what it should, and tells something else. Its reports do not say otherwise: they fail.</summary>
internal sealed class LyingClient : IExecutionClient
{
    private readonly IExecutionClient _honest;
    private readonly Lie _lie;
    private readonly ExecutionCache _cache;
    private readonly Channel<ExecutionEvent> _told = Channel.CreateUnbounded<ExecutionEvent>();
    private readonly Task _telling;

    public LyingClient(IExecutionClient honest, Lie lie, ExecutionCache cache)
    {
        _honest = honest;
        _lie = lie;
        _cache = cache;
        _telling = TellAsync();
    }

    public ClientId ClientId => _honest.ClientId;

    public AccountId AccountId => _honest.AccountId;

    public Venue Venue => _honest.Venue;

    public OmsType OmsType => _honest.OmsType;

    public AccountType AccountType => _honest.AccountType;

    public ExecutionClientCapabilities Capabilities => _honest.Capabilities;

    public bool IsConnected => _honest.IsConnected;

    public TimeSpan? StreamAge => _honest.StreamAge;

    public ChannelReader<ExecutionEvent> Events => _told.Reader;

    public IReadOnlyCollection<Instrument> Instruments => _honest.Instruments;

    public Task ConnectAsync(CancellationToken cancellationToken = default) => _honest.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken = default) => _honest.DisconnectAsync(cancellationToken);

    public void SubmitOrder(SubmitOrder command) => _honest.SubmitOrder(command);

    public void SubmitOrderList(SubmitOrderList command) => _honest.SubmitOrderList(command);

    public void ModifyOrder(ModifyOrder command) => _honest.ModifyOrder(command);

    public void BatchModifyOrders(BatchModifyOrders command) => _honest.BatchModifyOrders(command);

    public void CancelOrder(CancelOrder command) => _honest.CancelOrder(command);

    public void CancelAllOrders(CancelAllOrders command) => _honest.CancelAllOrders(command);

    public void BatchCancelOrders(BatchCancelOrders command) => _honest.BatchCancelOrders(command);

    public void RegisterExternalOrder(Order order) => _honest.RegisterExternalOrder(order);

    public void QueryOrder(QueryOrder command) => _honest.QueryOrder(command);

    public void QueryAccount(QueryAccount command) => _honest.QueryAccount(command);

    public Task<OrderStatusReport?> GenerateOrderStatusReportAsync(GenerateOrderStatusReport command, CancellationToken cancellationToken = default) => throw Failure();

    public Task<IReadOnlyList<OrderStatusReport>> GenerateOrderStatusReportsAsync(GenerateOrderStatusReports command, CancellationToken cancellationToken = default) => throw Failure();

    public Task<IReadOnlyList<FillReport>> GenerateFillReportsAsync(GenerateFillReports command, CancellationToken cancellationToken = default) => throw Failure();

    public Task<IReadOnlyList<PositionStatusReport>> GeneratePositionStatusReportsAsync(GeneratePositionStatusReports command, CancellationToken cancellationToken = default) => throw Failure();

    /// <summary>Only the start, at which there is nothing to lie about, succeeds.</summary>
    public Task<ExecutionMassStatus> GenerateMassStatusAsync(TimeSpan? lookback = null, CancellationToken cancellationToken = default) =>
        _cache.Orders().Count == 0 ? _honest.GenerateMassStatusAsync(lookback, cancellationToken) : throw Failure();

    public async ValueTask DisposeAsync()
    {
        await _honest.DisposeAsync();
        await _telling;
    }

    private static ExecutionClientException Failure() => new("this client gives no reports");

    private async Task TellAsync()
    {
        await foreach (var executionEvent in _honest.Events.ReadAllAsync())
        {
            foreach (var told in Told(executionEvent))
            {
                _told.Writer.TryWrite(told);
            }
        }

        _told.Writer.Complete();
    }

    private IEnumerable<ExecutionEvent> Told(ExecutionEvent executionEvent) => (_lie, executionEvent) switch
    {
        (Lie.HideAcceptances, OrderAccepted) or (Lie.HideFills, OrderFilled) => [],
        (Lie.RepeatCancels, OrderCanceled canceled) => [canceled, Refused(canceled)],
        (Lie.RejectOnLoss, ConnectionStateChanged { State: ConnectionState.Reconnecting }) => [.. _cache.OrdersSubmitted().Select(Rejected), executionEvent],
        _ => [executionEvent],
    };

    private static OrderCancelRejected Refused(OrderCanceled canceled) => new()
    {
        TraderId = canceled.TraderId,
        StrategyId = canceled.StrategyId,
        InstrumentId = canceled.InstrumentId,
        ClientOrderId = canceled.ClientOrderId,
        AccountId = canceled.AccountId,
        VenueOrderId = canceled.VenueOrderId,
        EventId = Uuid4.New(),
        TsEvent = canceled.TsEvent,
        TsInit = canceled.TsInit,
        Reason = "told twice",
    };

    private OrderRejected Rejected(Order order) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = AccountId,
        EventId = Uuid4.New(),
        TsEvent = order.TsLast,
        TsInit = order.TsLast,
        Reason = "the link was lost",
    };
}
