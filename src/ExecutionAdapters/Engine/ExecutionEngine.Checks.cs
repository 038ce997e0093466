using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine;

/// <content>
/// Looking again while running: orders that await an answer, open orders, positions, streams that are silent. Nothing ends by absence or by time alone:
/// a check asks, and what the venue answers goes the way of every reconciliation.
/// </content>
public sealed partial class ExecutionEngine
{
    private static readonly TimeSpan ForgettingInterval = TimeSpan.FromMinutes(1);

    /// <summary>How often an account that does not agree is looked at.</summary>
    private static readonly TimeSpan RecoveryInterval = TimeSpan.FromSeconds(5);

    private async Task CheckAsync(EngineClient client)
    {
        var intervals = new[] { _options.InFlightCheckInterval, _options.OpenOrderCheckInterval, _options.PositionCheckInterval, _options.StreamAgeLimit, RecoveryInterval };
        var shortest = intervals.Min()!.Value;
        var waiting = new Dictionary<ClientOrderId, Unanswered>();
        var inFlight = new Due(_options.InFlightCheckInterval, _timeProvider);
        var openOrders = new Due(_options.OpenOrderCheckInterval, _timeProvider);
        var positions = new Due(_options.PositionCheckInterval, _timeProvider);
        var silence = new Due(_options.StreamAgeLimit, _timeProvider);
        var recovery = new Due(RecoveryInterval, _timeProvider);
        var forgetting = new Due(_journal is null ? null : ForgettingInterval, _timeProvider);
        using var timer = new PeriodicTimer(shortest, _timeProvider);
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
        {
            if (forgetting.IsDue() && _journal?.Trouble is null)
            {
                var before = _timeProvider.GetUtcNow() - _options.KeepClosedOrders;
                Cache.RemoveClosed(UnixNanos.FromSeconds(before.ToUnixTimeSeconds()));
            }

            if (!client.Client.IsConnected)
            {
                continue;
            }

            try
            {
                if (inFlight.IsDue())
                {
                    await CheckInFlightAsync(client, waiting).ConfigureAwait(false);
                }

                if (positions.IsDue() || (recovery.IsDue() && !client.CanTrade) || (silence.IsDue() && IsSilent(client)))
                {
                    await ReconcileAsync(client, LookbackOf(client), _stop.Token).ConfigureAwait(false);
                }
                else if (openOrders.IsDue())
                {
                    await CheckOpenOrdersAsync(client).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                // One check that fails must not end all others.
                Log.CheckFailed(_logger, client.Client.ClientId.ToString(), exception);
            }
        }
    }

    private bool IsSilent(EngineClient client)
    {
        if (client.Client.StreamAge is not { } age || age < _options.StreamAgeLimit)
        {
            return false;
        }

        Log.StreamSilent(_logger, client.Client.ClientId.ToString(), age);
        return true;
    }

    private async Task CheckOpenOrdersAsync(EngineClient client)
    {
        var report = await ReconcileAsync(client, stop => AskForOpenOrdersAsync(client.Client, stop), rounds: 1, _stop.Token).ConfigureAwait(false);
        if (!report.IsComplete)
        {
            await ReconcileAsync(client, LookbackOf(client), _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<VenueSnapshot> AskForOpenOrdersAsync(IExecutionClient client, CancellationToken cancellationToken)
    {
        var asOf = UnixNanos.Now(_timeProvider);
        var reports = await client.GenerateOrderStatusReportsAsync(
            new GenerateOrderStatusReports { TraderId = _options.TraderId, CommandId = Uuid4.New(), TsInit = asOf, OpenOnly = true }, cancellationToken).ConfigureAwait(false);
        return OrdersOnly(client, Evidence.Complete(reports), asOf);
    }

    /// <summary>Orders whose answer is overdue are asked for by themselves; one that was asked for often enough is no longer pending.</summary>
    private async Task CheckInFlightAsync(EngineClient client, Dictionary<ClientOrderId, Unanswered> waiting)
    {
        var overdue = Overdue(await _loop.RunAsync(() => InFlightOf(client)).ConfigureAwait(false), waiting);
        if (overdue.Count == 0)
        {
            return;
        }

        var answers = new Dictionary<ClientOrderId, OrderStatusReport?>();
        var failures = new List<UnresolvedDifference>();
        var report = await ReconcileAsync(client, async stop =>
        {
            answers.Clear();
            failures.Clear();
            var asOf = UnixNanos.Now(_timeProvider);
            await AskAboutAsync(client.Client, overdue, answers, failures, stop).ConfigureAwait(false);
            return OrdersOnly(client.Client, Evidence.NotAsked<OrderStatusReport>(), asOf) with { Answers = answers };
        }, rounds: 1, _stop.Token).ConfigureAwait(false);
        foreach (var failure in failures)
        {
            Log.Differs(_logger, report.AccountId.ToString(), failure.Subject, failure.Reason);
        }

        await _loop.RunAsync(() => GiveUpRequests(answers, waiting)).ConfigureAwait(false);
        if (!report.IsComplete)
        {
            await ReconcileAsync(client, LookbackOf(client), _stop.Token).ConfigureAwait(false);
        }
    }

    private List<(TargetedQuery Query, int Events)> InFlightOf(EngineClient client) =>
    [
        .. Cache.OrdersInFlight()
            .Where(order => order.AccountId is { } account ? account == client.Client.AccountId : order.InstrumentId.Venue == client.Client.Venue)
            .Select(order => (new TargetedQuery(order.ClientOrderId, order.VenueOrderId, order.InstrumentId), order.Events.Count)),
    ];

    /// <summary>An order that something happened to awaits anew.</summary>
    private List<TargetedQuery> Overdue(List<(TargetedQuery Query, int Events)> inFlight, Dictionary<ClientOrderId, Unanswered> waiting)
    {
        var overdue = new List<TargetedQuery>();
        foreach (var gone in waiting.Keys.Except(inFlight.Select(order => order.Query.ClientOrderId)).ToList())
        {
            waiting.Remove(gone);
        }

        foreach (var (query, events) in inFlight)
        {
            if (!waiting.TryGetValue(query.ClientOrderId, out var since) || since.Events != events)
            {
                waiting[query.ClientOrderId] = new Unanswered(events, _timeProvider.GetTimestamp(), _timeProvider.GetTimestamp(), 0);
            }
            else if (_timeProvider.GetElapsedTime(since.AskedAt) >= _options.InFlightThreshold)
            {
                waiting[query.ClientOrderId] = since with { AskedAt = _timeProvider.GetTimestamp(), Times = since.Times + 1 };
                overdue.Add(query);
            }
        }

        return overdue;
    }

    /// <summary>
    /// A modification or cancellation that the venue does not answer, of an order that it has as it was each time it was asked: whoever waits is told
    /// that it came to nothing. Should it be carried out after all, that is told then.
    /// </summary>
    private bool GiveUpRequests(Dictionary<ClientOrderId, OrderStatusReport?> answers, Dictionary<ClientOrderId, Unanswered> waiting)
    {
        foreach (var (id, since) in waiting.Where(entry => entry.Value.Times >= _options.InFlightRetries).ToList())
        {
            if (Cache.Order(id) is not { IsClosed: false } order || order.Events.Count != since.Events || answers.GetValueOrDefault(id) is not { } answer || !answer.OrderStatus.IsOpen())
            {
                continue;
            }

            var age = _timeProvider.GetElapsedTime(since.Since);
            var reason = $"TIMEOUT: the venue did not answer for {age.TotalSeconds:0.#} s and has the order as it was";
            Log.RequestUnanswered(_logger, id.ToString(), age, since.Times);
            if (order.IsPendingUpdate)
            {
                Apply(LocalEvents.ModifyRejected(order, reason, null, Now));
            }

            if (order.IsPendingCancel)
            {
                Apply(LocalEvents.CancelRejected(order, reason, null, Now));
            }
        }

        return true;
    }

    private static VenueSnapshot OrdersOnly(IExecutionClient client, Evidence<OrderStatusReport> orders, UnixNanos asOf) => new()
    {
        AccountId = client.AccountId,
        Venue = client.Venue,
        Orders = orders,
        Fills = Evidence.NotAsked<FillReport>(),
        Positions = Evidence.NotAsked<PositionStatusReport>(),
        AsOf = asOf,
    };

    /// <summary>An order whose answer is awaited.</summary>
    /// <param name="Events">How many events it had then.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="AskedAt">When the venue was asked for it last, or since when.</param>
    /// <param name="Times">How often it was asked.</param>
    private sealed record Unanswered(int Events, long Since, long AskedAt, int Times);

    /// <summary>Whether a check's time has come.</summary>
    private sealed class Due(TimeSpan? interval, TimeProvider timeProvider)
    {
        private long _since = timeProvider.GetTimestamp();

        public bool IsDue()
        {
            if (interval is not { } length || timeProvider.GetElapsedTime(_since) < length)
            {
                return false;
            }

            _since = timeProvider.GetTimestamp();
            return true;
        }
    }
}
