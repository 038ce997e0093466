using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>Bringing books and venue to agree: the venue is asked, the planner plans, the plan is applied, until nothing is left to do or to ask.</content>
public sealed partial class ExecutionEngine
{
    /// <summary>Reconciles an account now.</summary>
    /// <exception cref="ArgumentException">No client has this account.</exception>
    public Task<ReconciliationReport> ReconcileAsync(AccountId accountId, TimeSpan? lookback = null, CancellationToken cancellationToken = default) =>
        _clients.Find(client => client.Client.AccountId == accountId) is { } client
            ? ReconcileAsync(client, lookback, cancellationToken)
            : throw new ArgumentException($"No client has the account {accountId}.", nameof(accountId));

    /// <summary>What a reconciliation would do now. Nothing is applied.</summary>
    /// <exception cref="ArgumentException">No client has this account.</exception>
    public async Task<ReconciliationPlan> PlanAsync(AccountId accountId, TimeSpan? lookback = null, CancellationToken cancellationToken = default)
    {
        var client = _clients.Find(candidate => candidate.Client.AccountId == accountId)
            ?? throw new ArgumentException($"No client has the account {accountId}.", nameof(accountId));
        var venue = await AskAsync(client.Client, lookback, cancellationToken).ConfigureAwait(false);
        return await _loop.RunAsync(() => ReconciliationPlanner.Plan(Cache.Snapshot(accountId, venue.Venue), venue, _options.ReconciliationOrDefault)).ConfigureAwait(false);
    }

    private async Task<ReconciliationReport> ReconcileAsync(EngineClient client, TimeSpan? lookback, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ReconciliationTimeout, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _stop.Token);
        await client.Reconciling.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ReconcileInRoundsAsync(client, lookback, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            var late = new UnresolvedDifference("account", $"the venue did not answer within {_options.ReconciliationTimeout.TotalSeconds:0.#} s");
            return Report(client, 0, null, [], [late]);
        }
        finally
        {
            client.Reconciling.Release();
        }
    }

    private async Task<ReconciliationReport> ReconcileInRoundsAsync(EngineClient client, TimeSpan? lookback, CancellationToken cancellationToken)
    {
        var applied = new List<OrderEvent>();
        var answers = new Dictionary<ClientOrderId, OrderStatusReport?>();
        ReconciliationPlan? plan = null;
        var failures = new List<UnresolvedDifference>();
        var round = 0;
        while (round < _options.ReconciliationRounds && plan is not { IsEmpty: true })
        {
            round++;
            failures.Clear();
            var venue = await AskAsync(client.Client, lookback, cancellationToken).ConfigureAwait(false) with { Answers = answers };
            plan = await _loop.RunAsync(() => PlanAndApply(client, venue)).ConfigureAwait(false);
            applied.AddRange(plan.Events);
            await AskAboutAsync(client.Client, plan.Queries, answers, failures, cancellationToken).ConfigureAwait(false);
        }

        var open = plan!.Queries.Where(query => !answers.ContainsKey(query.ClientOrderId))
            .Select(query => new UnresolvedDifference(query.ClientOrderId.ToString(), "the venue did not list the order and was not asked for it by itself"));
        return Report(client, round, plan, applied, [.. plan.Unresolved, .. failures, .. open]);
    }

    private static ReconciliationReport Report(
        EngineClient client, int rounds, ReconciliationPlan? plan, IReadOnlyList<OrderEvent> applied, IReadOnlyList<UnresolvedDifference> unresolved) => new()
        {
            ClientId = client.Client.ClientId,
            AccountId = client.Client.AccountId,
            Rounds = rounds,
            OrdersCompared = plan?.OrdersCompared ?? 0,
            FillsCompared = plan?.FillsCompared ?? 0,
            PositionsCompared = plan?.PositionsCompared ?? 0,
            Events = applied,
            Unresolved = unresolved,
        };

    /// <summary>Between planning and applying nothing else touches the books.</summary>
    private ReconciliationPlan PlanAndApply(EngineClient client, VenueSnapshot venue)
    {
        var plan = ReconciliationPlanner.Plan(Cache.Snapshot(venue.AccountId, venue.Venue), venue, _options.ReconciliationOrDefault);
        ApplyPlan(client, plan);
        return plan;
    }

    private void ApplyPlan(EngineClient client, ReconciliationPlan plan)
    {
        var taken = new List<Order>();
        foreach (var orderEvent in plan.Events)
        {
            if (orderEvent is OrderInitialized initialized)
            {
                taken.Add(Cache.AddOrder(initialized));
                _subscribers.Publish(initialized);
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

    /// <summary>What a client tells of orders that it does not know as ours.</summary>
    private void ApplyReports(EngineClient client, IReadOnlyList<OrderStatusReport> orders, IReadOnlyList<FillReport> fills)
    {
        const string Reason = "told by the stream";
        ApplyPlan(client, ReconciliationPlanner.Plan(
            Cache.Snapshot(client.Client.AccountId, client.Client.Venue),
            new VenueSnapshot
            {
                AccountId = client.Client.AccountId,
                Venue = client.Client.Venue,
                Orders = Evidence.Partial(orders, Reason),
                Fills = Evidence.Partial(fills, Reason),
                Positions = Evidence.Partial<PositionStatusReport>([], Reason),
                AsOf = UnixNanos.Now(_timeProvider),
            },
            _options.ReconciliationOrDefault));
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
