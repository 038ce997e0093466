using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Engine;

/// <summary>
/// For those who have no engine of their own: owns the books, sends commands to the client that handles them, applies what clients tell, and
/// brings books and venues to agree at the start and after every reconnect. Make it first, give its <see cref="Cache"/> to the clients, add
/// them, and start it.
/// </summary>
/// <remarks>
/// <para>Everything that changes the books runs on one <see cref="ClientLoop"/>. Commands are safe to call from any thread.</para>
/// <para>
/// With a journal the books outlive the process, however it ends. What was applied in its last moments may be missing from the journal: the
/// orders, trades and positions of that are read from the venue at the next start, each once. The parts, by file: <c>.Commands.cs</c> sends, <c>.Events.cs</c>
/// applies what clients tell, <c>.Journal.cs</c> keeps and brings back, <c>.Reconciliation.cs</c> asks and agrees, <c>.Checks.cs</c> does so again while running, <c>.Subscribers.cs</c> tells who listens.
/// </para>
/// </remarks>
public sealed partial class ExecutionEngine : IAsyncDisposable
{
    private const int MostQuarantined = 1_000;

    private readonly ExecutionEngineOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ClientLoop _loop;
    private readonly EventSubscribers _subscribers;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<EngineClient> _clients = [];
    private readonly List<Task> _background = [];
    private readonly List<Task> _calling = [];
    private readonly Lock _lock = new();
    private readonly Queue<QuarantinedEvent> _quarantined = new();
    private readonly EngineJournal? _journal;
    private bool _isStarted;
    private bool _isDisposed;
    private volatile bool _takesCommands;
    private volatile bool _isRunning;

    /// <summary>Creates the engine; nothing is connected or opened.</summary>
    /// <param name="options">Settings; validated here.</param>
    /// <param name="journal">Where books are kept; the engine disposes it. Null: they end with the process.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="logger">Where to log; null: nowhere.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ExecutionEngine(
        ExecutionEngineOptions options, IJournalStore? journal = null, TimeProvider? timeProvider = null, ILogger<ExecutionEngine>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _logger = logger ?? Microsoft.Extensions.Logging.Abstractions.NullLogger<ExecutionEngine>.Instance;
        _loop = new ClientLoop(_logger);
        _subscribers = new EventSubscribers(options.SubscriberLimit);
        _journal = journal is null ? null : new EngineJournal(journal, options.JournalLimit, _timeProvider, _logger);
        _memories = new ClientMemories(_journal);
    }

    /// <summary>The books. Only the engine changes them.</summary>
    public ExecutionCache Cache { get; } = new();

    /// <summary>The latest events that could not be applied, at most 1,000, oldest first.</summary>
    public IReadOnlyList<QuarantinedEvent> Quarantined
    {
        get
        {
            lock (_lock)
            {
                return [.. _quarantined];
            }
        }
    }

    /// <summary>Adds a client, before the start.</summary>
    /// <exception cref="InvalidOperationException">The engine is started.</exception>
    /// <exception cref="ArgumentException">A client of that id, or for that account, is there already.</exception>
    public void AddClient(IExecutionClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        lock (_lock)
        {
            if (_isStarted)
            {
                throw new InvalidOperationException("Clients are added before the engine is started.");
            }

            if (_clients.Any(other => other.Client.ClientId == client.ClientId || other.Client.AccountId == client.AccountId))
            {
                throw new ArgumentException($"A client {client.ClientId}, or one for the account {client.AccountId}, is there already.", nameof(client));
            }

            _clients.Add(new EngineClient(client));
        }
    }

    /// <summary>
    /// Reads the journal, connects every client and brings every account to agree with its venue. Accounts that do not agree are treated as
    /// <see cref="ExecutionEngineOptions.OnStartupFailure"/> says.
    /// </summary>
    /// <remarks>An engine starts once: after a failure dispose of it and its clients, and make new ones.</remarks>
    /// <returns>What was compared, changed and left, by account.</returns>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    /// <exception cref="JournalException">The journal cannot be opened, read or written; no client stays connected.</exception>
    /// <exception cref="ExecutionClientException">A client could not connect, or an account does not agree and the options say Halt; nothing is connected then.</exception>
    public async Task<IReadOnlyList<ReconciliationReport>> StartAsync(CancellationToken cancellationToken = default)
    {
        BeginOnce();
        try
        {
            await OpenJournalAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(_clients.Select(client => ConnectAsync(client, cancellationToken))).ConfigureAwait(false);
            _takesCommands = true;
            _clients.ForEach(client => RunInBackground(() => PumpAsync(client)));
            var reports = await Task.WhenAll(_clients.Select(client => ReconcileAsync(client, LookbackOf(client), cancellationToken))).ConfigureAwait(false);
            foreach (var report in reports)
            {
                Judge(report);
            }

            await FlushAtStartAsync(cancellationToken).ConfigureAwait(false);
            _isRunning = true;
            foreach (var (client, report) in _clients.Zip(reports))
            {
                client.CanTrade = report.IsComplete || _options.OnStartupFailure == StartupFailure.Continue;
            }

            foreach (var client in _clients)
            {
                RunInBackground(() => CheckAsync(client));
            }

            return reports;
        }
        catch
        {
            _takesCommands = false;
            await DisconnectAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the account takes new orders.</summary>
    public bool CanTrade(AccountId accountId) => _clients.Exists(client => client.Client.AccountId == accountId && client.CanTrade);

    /// <summary>
    /// Disconnects the clients, applies and journals what they had told until then, and ends the event streams. The clients are the caller's to dispose.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _takesCommands = false;
        await DisconnectAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await EndAsync(_background).ConfigureAwait(false);
        foreach (var client in _clients.Where(_ => _isRunning))
        {
            while (client.Client.Events.TryRead(out var executionEvent))
            {
                _loop.Post(() => OnEvent(client, executionEvent));
            }
        }

        await _loop.DisposeAsync().ConfigureAwait(false);
        await EndAsync(_background).ConfigureAwait(false);
        if (_journal is not null)
        {
            await _journal.DisposeAsync().ConfigureAwait(false);
        }

        _subscribers.End();
        await EndAsync(_calling).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task EndAsync(List<Task> tasks)
    {
        Task[] running;
        lock (_lock)
        {
            running = [.. tasks];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What the start changed is kept before anybody trades on it. A journal that cannot be written is no reason to wait for ever.</summary>
    private async Task FlushAtStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushJournalAsync(cancellationToken).WaitAsync(_options.ReconciliationTimeout, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new JournalException($"The journal could not be written within {_options.ReconciliationTimeout.TotalSeconds:0.#} s of the start; the log says why.", exception);
        }
    }

    /// <exception cref="InvalidOperationException">It has begun before.</exception>
    private void BeginOnce()
    {
        lock (_lock)
        {
            if (_isStarted)
            {
                throw new InvalidOperationException("The engine is started already.");
            }

            _isStarted = true;
        }
    }

    /// <exception cref="ExecutionClientException">The account does not agree, and the options say Halt.</exception>
    private void Judge(ReconciliationReport report)
    {
        if (report.IsComplete)
        {
            return;
        }

        Log.StartIncomplete(_logger, report.AccountId.ToString(), report.Unresolved.Count, report.Unresolved[0].Subject, report.Unresolved[0].Reason);
        if (_options.OnStartupFailure == StartupFailure.Halt)
        {
            throw new ExecutionClientException(
                $"Account {report.AccountId} does not agree with its venue: {report.Unresolved.Count} differences, the first about {report.Unresolved[0].Subject}: {report.Unresolved[0].Reason}.");
        }
    }

    private async Task ConnectAsync(EngineClient client, CancellationToken cancellationToken)
    {
        await client.Client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        LearnInstruments(client);

        // Its events have waited: to apply a fill takes its instrument, and the position as it was.
        await RestorePositionsAsync(client).ConfigureAwait(false);
    }

    /// <summary>Some venues list no instruments: their clients know one once it was traded.</summary>
    private void LearnInstruments(EngineClient client)
    {
        foreach (var instrument in client.Client.Instruments)
        {
            Cache.AddInstrument(instrument);
        }
    }

    private async Task DisconnectAsync()
    {
        foreach (var client in _clients)
        {
            client.CanTrade = false;
            try
            {
                await client.Client.DisconnectAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Log.DisconnectFailed(_logger, client.Client.ClientId.ToString(), exception);
            }
        }
    }

    /// <summary>Whatever goes wrong in it is logged: it must not end unseen.</summary>
    private void RunInBackground(Func<Task> work)
    {
        lock (_lock)
        {
            _background.RemoveAll(task => task.IsCompleted);
            _background.Add(Task.Run(() => LoggedAsync(work), CancellationToken.None));
        }
    }

    private async Task LoggedAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The engine ends.
        }
        catch (Exception exception)
        {
            Log.BackgroundFailed(_logger, exception);
        }
    }

    /// <summary>A client and what the engine knows of its account.</summary>
    private sealed class EngineClient(IExecutionClient client)
    {
        private volatile bool _canTrade;

        public IExecutionClient Client => client;

        public bool CanTrade
        {
            get => _canTrade;
            set => _canTrade = value;
        }

        /// <summary>One reconciliation of an account at a time.</summary>
        public SemaphoreSlim Reconciling { get; } = new(1);

        /// <summary>The orders that something happened to since the venue was asked; null while it is not being asked. Belongs to the loop.</summary>
        public HashSet<ClientOrderId>? Touched { get; set; }

        /// <summary>A reconciliation is asked for and has not begun: what asks for another has what it wants.</summary>
        public bool IsReconciliationWanted { get; set; }

        /// <summary>The agreement that the journal has.</summary>
        public UnixNanos? JournaledAt { get; set; }

        /// <summary>When books and venue agreed last, in this run or, by the journal, before it.</summary>
        public UnixNanos? AgreedAt { get; set; }

        /// <summary>What could not be brought back from the journal.</summary>
        public List<UnresolvedDifference> NotRestored { get; } = [];
    }
}
