using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Threading.Channels;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tests.Engine.Reconciliation;

namespace ExecutionAdapters.Tests.Engine;

/// <summary>
/// A client of the smallest venue there is: its books are lists in the test's hands, it answers what it is asked, and of commands it does what the test
/// says, or nothing. The test sets the lists while the engine reads them, so they are immutable.
/// </summary>
internal sealed class SmallVenueClient(string name, string account) : IExecutionClient
{
    private readonly Channel<ExecutionEvent> _events = Channel.CreateUnbounded<ExecutionEvent>();

    public ClientId ClientId { get; } = new(name);

    public AccountId AccountId { get; } = new(account);

    public Venue Venue => Scene.Eth.Venue;

    public OmsType OmsType => OmsType.Netting;

    public AccountType AccountType => AccountType.Margin;

    public ExecutionClientCapabilities Capabilities { get; } = new() { OrderTypes = new[] { OrderType.Limit }.ToFrozenSet(), TimesInForce = new[] { TimeInForce.GTC }.ToFrozenSet() };

    public bool IsConnected { get; private set; }

    public TimeSpan? StreamAge { get; set; } = TimeSpan.Zero;

    public ChannelReader<ExecutionEvent> Events => _events.Reader;

    public IReadOnlyCollection<Instrument> Instruments { get; } = [.. Scene.Instruments.Values];

    public ImmutableList<OrderStatusReport> Orders { get; set; } = [];

    public ImmutableList<FillReport> Fills { get; set; } = [];

    public ImmutableList<PositionStatusReport> Positions { get; set; } = [];

    public ImmutableList<Order> Registered { get; private set; } = [];

    public ImmutableList<TradingCommand> Commands { get; private set; } = [];

    /// <summary>Orders that the venue was asked for by themselves.</summary>
    public int Questions { get; private set; }

    /// <summary>How often it was asked for its open orders.</summary>
    public int OpenQuestions { get; private set; }

    /// <summary>How often it was asked for everything.</summary>
    public int MassQuestions { get; private set; }

    /// <summary>What it throws instead of an answer; null: it answers.</summary>
    public ExecutionClientException? Failure { get; set; }

    /// <summary>Runs while it is being asked for everything.</summary>
    public Action? WhileAsked { get; set; }

    /// <summary>What it does when it gets a command; may throw.</summary>
    public Action<TradingCommand>? OnCommand { get; set; }

    public void Emit(ExecutionEvent executionEvent) => _events.Writer.TryWrite(executionEvent);

    public Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        IsConnected = true;
        return Task.CompletedTask;
    }

    public Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        IsConnected = false;
        return Task.CompletedTask;
    }

    public void SubmitOrder(SubmitOrder command) => Take(command);

    public void SubmitOrderList(SubmitOrderList command) => Take(command);

    public void ModifyOrder(ModifyOrder command) => Take(command);

    public void BatchModifyOrders(BatchModifyOrders command) => Take(command);

    public void CancelOrder(CancelOrder command) => Take(command);

    public void CancelAllOrders(CancelAllOrders command) => Take(command);

    public void BatchCancelOrders(BatchCancelOrders command) => Take(command);

    public void QueryOrder(QueryOrder command) => Take(command);

    public void QueryAccount(QueryAccount command) => Take(command);

    public void RegisterExternalOrder(Order order) => Registered = Registered.Add(order);

    public Task<OrderStatusReport?> GenerateOrderStatusReportAsync(GenerateOrderStatusReport command, CancellationToken cancellationToken = default)
    {
        Questions++;
        return Answer(() => Orders.Find(report => report.ClientOrderId == command.ClientOrderId || report.VenueOrderId == command.VenueOrderId));
    }

    public Task<IReadOnlyList<OrderStatusReport>> GenerateOrderStatusReportsAsync(GenerateOrderStatusReports command, CancellationToken cancellationToken = default)
    {
        OpenQuestions++;
        return Answer<IReadOnlyList<OrderStatusReport>>(() => [.. Orders.Where(report => !command.OpenOnly || report.OrderStatus.IsOpen())]);
    }

    public Task<IReadOnlyList<FillReport>> GenerateFillReportsAsync(GenerateFillReports command, CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<FillReport>>(() => [.. Fills]);

    public Task<IReadOnlyList<PositionStatusReport>> GeneratePositionStatusReportsAsync(GeneratePositionStatusReports command, CancellationToken cancellationToken = default) =>
        Answer<IReadOnlyList<PositionStatusReport>>(() => [.. Positions]);

    public Task<ExecutionMassStatus> GenerateMassStatusAsync(TimeSpan? lookback = null, CancellationToken cancellationToken = default)
    {
        MassQuestions++;
        var answer = Answer(() => ExecutionMassStatus.Create(Uuid4.New(), Scene.Now, ClientId, AccountId, Venue, Orders, Fills, Positions));
        WhileAsked?.Invoke();
        return answer;
    }

    public ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    private void Take(TradingCommand command)
    {
        Commands = Commands.Add(command);
        OnCommand?.Invoke(command);
    }

    private Task<T> Answer<T>(Func<T> answer) => Failure is { } failure ? Task.FromException<T>(failure) : Task.FromResult(answer());
}
