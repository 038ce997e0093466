using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>Bringing books and venue to agree: the venue is asked, the planner plans, the plan is applied, until nothing is left to do or to ask.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Reconciles an account now.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="lookback">
    /// How far back closed orders and trades are asked for; null: since books and venue last agreed. From less than that no agreement follows, and nothing is made up.
    /// </param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="ArgumentException">No client has this account.</exception>
    public Task<ReconciliationReport> ReconcileAsync(AccountId accountId, TimeSpan? lookback = null, CancellationToken cancellationToken = default) =>
        _clients.Find(client => client.Client.AccountId == accountId) is { } client
            ? ReconcileAsync(client, lookback ?? LookbackOf(client), cancellationToken)
            : throw new ArgumentException($"No client has the account {accountId}.", nameof(accountId));

    /// <summary>Connects the client of an account again, that was disconnected since the start, and reconciles. One that is connected is only reconciled.</summary>
    /// <exception cref="ArgumentException">No client has this account.</exception>
    /// <exception cref="ExecutionClientException">The client could not connect.</exception>
    public async Task<ReconciliationReport> ReconnectAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var client = _clients.Find(client => client.Client.AccountId == accountId) ?? throw new ArgumentException($"No client has the account {accountId}.", nameof(accountId));
        await client.Client.ConnectAsync(cancellationToken).ConfigureAwait(false);
        LearnInstruments(client);
        return await ReconcileAsync(client, LookbackOf(client), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads the journal, connects, and tells of every account what a start would do, made-up fills and orders included. Nothing is applied, and the
    /// clients are disconnected again. Instead of <see cref="StartAsync"/>, not beside it.
    /// </summary>
    /// <exception cref="JournalException">The journal cannot be opened or read.</exception>
    /// <exception cref="ExecutionClientException">A client could not connect.</exception>
    public async Task<IReadOnlyList<ReconciliationPlan>> PreviewAsync(CancellationToken cancellationToken = default)
    {
        BeginOnce();
        _isPreview = true;
        try
        {
            using var timeout = new CancellationTokenSource(_options.ReconciliationTimeout, _timeProvider);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            await OpenJournalAsync(cancellationToken).ConfigureAwait(false);
            return await Task.WhenAll(_clients.Select(client => PreviewAsync(client, linked.Token))).ConfigureAwait(false);
        }
        finally
        {
            await DisconnectAsync().ConfigureAwait(false);
        }
    }

    private async Task<ReconciliationPlan> PreviewAsync(EngineClient client, CancellationToken cancellationToken)
    {
        await ConnectAsync(client, cancellationToken).ConfigureAwait(false);
        var venue = await AskAsync(client.Client, LookbackOf(client), cancellationToken).ConfigureAwait(false);
        var settled = await BringBackAsync(client, venue.Orders.Items, venue.Fills.Items, cancellationToken).ConfigureAwait(false);
        var plan = await _loop.RunAsync(() => Plan(client, venue, settled, isConfirmed: true)).ConfigureAwait(false);
        var failures = new List<UnresolvedDifference>();
        if (plan.Queries.Count > 0)
        {
            var answers = new Dictionary<ClientOrderId, OrderStatusReport?>();
            await AskAboutAsync(client.Client, plan.Queries, answers, failures, cancellationToken).ConfigureAwait(false);
            plan = await _loop.RunAsync(() => Plan(client, venue with { Answers = answers }, settled, isConfirmed: true)).ConfigureAwait(false);
        }

        return plan with { Unresolved = [.. client.NotRestored, .. plan.Unresolved, .. failures] };
    }

    private async Task<ReconciliationReport> ReconcileAsync(EngineClient client, TimeSpan? lookback, CancellationToken cancellationToken)
    {
        var reachesBack = lookback is null || (LookbackOf(client) is { } needed && lookback >= needed - LookbackMargin);
        var report = await ReconcileAsync(
            client,
            async stop =>
            {
                var venue = await AskAsync(client.Client, lookback, stop).ConfigureAwait(false);
                return reachesBack || !venue.Fills.IsComplete
                    ? venue
                    : venue with { Fills = Evidence.Partial(venue.Fills.Items, $"they were asked for over {lookback} only, and books and venue agreed longer ago") };
            },
            _options.ReconciliationRounds,
            cancellationToken).ConfigureAwait(false);
        foreach (var difference in report.Unresolved)
        {
            Log.Differs(_logger, report.AccountId.ToString(), difference.Subject, difference.Reason);
        }

        EngineTelemetry.Unresolved(report.Unresolved.Count);
        Keep(client, report);
        if (report.IsComplete)
        {
            client.AgreedAt = report.AsOf;
        }

        if (_isRunning && reachesBack)
        {
            client.CanTrade = client.Client.IsConnected && (report.IsComplete || _options.OnStartupFailure == StartupFailure.Continue);
        }

        return report;
    }

    /// <summary>Of agreements that change nothing one in a while is enough: it says from when on a restart has to ask.</summary>
    private void Keep(EngineClient client, ReconciliationReport report)
    {
        var isNews = report.Events.Count > 0 || !report.IsComplete || client.JournaledAt is not { } before
            || report.AsOf.DurationSince(before) >= (ulong)KeptAgreementInterval.TotalNanoseconds;
        if (_journal is not null && isNews)
        {
            client.JournaledAt = report.IsComplete ? report.AsOf : client.JournaledAt;
            _journal.Record(report, report.AsOf);
        }
    }

    private async Task<ReconciliationReport> ReconcileAsync(
        EngineClient client, Func<CancellationToken, Task<VenueSnapshot>> ask, int rounds, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ReconciliationTimeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _stop.Token);
        var isTurn = false;
        try
        {
            await client.Reconciling.WaitAsync(linked.Token).ConfigureAwait(false);
            isTurn = true;
            lock (_lock)
            {
                client.IsReconciliationWanted = false;
            }

            return await ReconcileInRoundsAsync(client, ask, rounds, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            var late = new UnresolvedDifference("account", $"the venue did not answer within {_options.ReconciliationTimeout.TotalSeconds:0.#} s");
            return Report(client, 0, UnixNanos.Now(_timeProvider), null, [], [late]);
        }
        finally
        {
            if (isTurn)
            {
                client.Touched = null;
                client.Reconciling.Release();
            }
        }
    }

    /// <summary>
    /// A difference that the venue's answers leave is looked at again after a while. Only one that is still the same then is explained by something
    /// made up, where that is allowed.
    /// </summary>
    private async Task<ReconciliationReport> ReconcileInRoundsAsync(
        EngineClient client, Func<CancellationToken, Task<VenueSnapshot>> ask, int rounds, CancellationToken cancellationToken)
    {
        var applied = new List<OrderEvent>();
        HashSet<UnresolvedDifference>? before = null;
        for (var round = 1; ; round++)
        {
            var failures = new List<UnresolvedDifference>();
            await _loop.RunAsync(() => client.Touched = []).ConfigureAwait(false);
            var venue = await ask(cancellationToken).ConfigureAwait(false);
            LearnInstruments(client);
            var settled = await BringBackAsync(client, venue.Orders.Items, venue.Fills.Items, cancellationToken).ConfigureAwait(false);
            var (plan, isConfirmed) = await PlanAndApplyAsync(client, venue, settled, before, isLast: round >= rounds, applied).ConfigureAwait(false);
            if (plan.Queries.Count > 0)
            {
                var answers = new Dictionary<ClientOrderId, OrderStatusReport?>();
                await AskAboutAsync(client.Client, plan.Queries, answers, failures, cancellationToken).ConfigureAwait(false);
                (plan, isConfirmed) = await PlanAndApplyAsync(client, venue with { Answers = answers }, settled, before, isLast: round >= rounds, applied).ConfigureAwait(false);
            }

            List<UnresolvedDifference> unresolved = [.. client.NotRestored, .. plan.Unresolved, .. failures];
            if (plan.Unresolved.Count + failures.Count == 0 || (isConfirmed && plan.Events.Count == 0) || round >= rounds)
            {
                return Report(client, round, venue.AsOf, plan, applied, unresolved);
            }

            before = [.. plan.Unresolved];
            await Task.Delay(_options.ConfirmDifferencesAfter, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static readonly TimeSpan KeptAgreementInterval = TimeSpan.FromMinutes(5);

    private static ReconciliationReport Report(
        EngineClient client, int rounds, UnixNanos asOf, ReconciliationPlan? plan, IReadOnlyList<OrderEvent> applied, IReadOnlyList<UnresolvedDifference> unresolved) => new()
        {
            ClientId = client.Client.ClientId,
            AccountId = client.Client.AccountId,
            AsOf = asOf,
            Rounds = rounds,
            OrdersCompared = plan?.OrdersCompared ?? 0,
            FillsCompared = plan?.FillsCompared ?? 0,
            PositionsCompared = plan?.PositionsCompared ?? 0,
            Events = applied,
            Unresolved = unresolved,
            OnTheirWay = plan?.OnTheirWay ?? [],
            Unsettled = plan?.Unsettled ?? [],
        };

    /// <summary>Between planning and applying nothing else touches the books.</summary>
    private Task<(ReconciliationPlan Plan, bool IsConfirmed)> PlanAndApplyAsync(
        EngineClient client,
        VenueSnapshot venue,
        IReadOnlyDictionary<(InstrumentId Instrument, VenueOrderId Id), decimal> settled,
        HashSet<UnresolvedDifference>? before,
        bool isLast,
        List<OrderEvent> applied) => _loop.RunAsync(() =>
    {
        var plan = Plan(client, venue, settled, isConfirmed: false);
        var isConfirmed = before is not null && before.SetEquals(plan.Unresolved);
        if (isConfirmed)
        {
            plan = Plan(client, venue, settled, isConfirmed: true);
        }

        if (!isLast && IsFirstLook(client, venue, plan, isConfirmed))
        {
            return (plan, false);
        }

        // What is applied here is what the venue told: the orders have not moved on from that.
        var touched = client.Touched;
        client.Touched = null;
        ApplyPlan(client, plan);
        client.Touched = touched;
        applied.AddRange(plan.Events);
        return (plan, isConfirmed);
    });

    /// <summary>
    /// An account of which nothing is known yet, and whose trades do not explain what it holds: those wait until the difference has lasted and the venue's answer is
    /// complete, since what was held before them must come before them.
    /// </summary>
    private static bool IsFirstLook(EngineClient client, VenueSnapshot venue, ReconciliationPlan plan, bool isConfirmed)
    {
        var isSettled = isConfirmed && plan.Queries.Count == 0 && venue.Orders.IsComplete && venue.Fills.IsComplete && venue.Positions.IsComplete;
        return client.AgreedAt is null && plan.Unresolved.Count > 0 && !isSettled;
    }

    private ReconciliationPlan Plan(
        EngineClient client, VenueSnapshot venue, IReadOnlyDictionary<(InstrumentId Instrument, VenueOrderId Id), decimal> settled, bool isConfirmed) =>
        ReconciliationPlanner.Plan(
            Cache.Snapshot(venue.AccountId, venue.Venue) with { Settled = settled, Moving = client.Touched ?? [], RunStartedAt = _runStartedAt },
            venue,
            OptionsFor(client) with { IsConfirmed = isConfirmed });

    /// <summary>An order may arrive as long as the venue takes it, whatever the options say.</summary>
    private ReconciliationOptions OptionsFor(EngineClient client)
    {
        var options = _options.ReconciliationOrDefault;
        return client.Client.Capabilities.LongestOrderTransit > options.MaximumProcessingTime
            ? options with { MaximumProcessingTime = client.Client.Capabilities.LongestOrderTransit }
            : options;
    }

    private void ApplyPlan(EngineClient client, ReconciliationPlan plan)
    {
        var taken = new List<Order>();
        foreach (var orderEvent in plan.Events)
        {
            if (orderEvent is OrderInitialized initialized)
            {
                taken.Add(Cache.AddOrder(initialized));
                Tell(initialized, plan.AccountId);
            }
            else
            {
                Apply(orderEvent);
            }
        }

        foreach (var order in taken.Where(order => !order.IsClosed))
        {
            client.Client.RegisterExternalOrder(order);
        }
    }

    /// <summary>What a client tells of orders that it does not follow.</summary>
    private void ApplyReports(
        EngineClient client,
        IReadOnlyList<OrderStatusReport> orders,
        IReadOnlyList<FillReport> fills,
        IReadOnlyDictionary<(InstrumentId Instrument, VenueOrderId Id), decimal> settled)
    {
        const string Reason = "told by the stream";
        var venue = new VenueSnapshot
        {
            AccountId = client.Client.AccountId,
            Venue = client.Client.Venue,
            Orders = Evidence.Partial(orders, Reason),
            Fills = Evidence.Partial(fills, Reason),
            Positions = Evidence.NotAsked<PositionStatusReport>(),
            AsOf = UnixNanos.Now(_timeProvider),
        };
        var reported = orders.Select(report => (report.ClientOrderId, report.InstrumentId, report.VenueOrderId))
            .Concat(fills.Select(report => (report.ClientOrderId, report.InstrumentId, report.VenueOrderId))).ToList();
        ApplyPlan(client, ReconciliationPlanner.Plan(Cache.Snapshot(venue.AccountId, reported) with { Settled = settled }, venue, _options.ReconciliationOrDefault));
    }

    private async Task<VenueSnapshot> AskAsync(IExecutionClient client, TimeSpan? lookback, CancellationToken cancellationToken)
    {
        var asOf = UnixNanos.Now(_timeProvider);
        try
        {
            return VenueSnapshot.From(await client.GenerateMassStatusAsync(lookback, cancellationToken).ConfigureAwait(false), asOf);
        }
        catch (MassStatusException exception)
        {
            return VenueSnapshot.From(exception, asOf);
        }
        catch (ExecutionClientException exception)
        {
            return new VenueSnapshot
            {
                AccountId = client.AccountId,
                Venue = client.Venue,
                Orders = Evidence.Failed<OrderStatusReport>(exception.Message),
                Fills = Evidence.Failed<FillReport>(exception.Message),
                Positions = Evidence.Failed<PositionStatusReport>(exception.Message),
                AsOf = asOf,
            };
        }
    }

    private async Task AskAboutAsync(
        IExecutionClient client,
        IReadOnlyList<TargetedQuery> queries,
        Dictionary<ClientOrderId, OrderStatusReport?> answers,
        List<UnresolvedDifference> failures,
        CancellationToken cancellationToken)
    {
        foreach (var query in queries)
        {
            try
            {
                answers[query.ClientOrderId] = await client.GenerateOrderStatusReportAsync(
                    new GenerateOrderStatusReport
                    {
                        TraderId = _options.TraderId,
                        CommandId = Uuid4.New(),
                        TsInit = UnixNanos.Now(_timeProvider),
                        InstrumentId = query.InstrumentId,
                        ClientOrderId = query.ClientOrderId,
                        VenueOrderId = query.VenueOrderId,
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (ExecutionClientException exception)
            {
                failures.Add(new UnresolvedDifference(query.ClientOrderId.ToString(), "the venue could not be asked for the order: " + exception.Message));
            }
        }
    }
}
