using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Cli.Demo;
using ExecutionAdapters.Cli.Venue;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Kill;

/// <summary>
/// <c>demo --kill</c>: an engine with a journal trades in a process of its own and is killed, again and again, at moments drawn from the seed, while the
/// venue runs on. In the end one more engine starts on the same journal, closes everything, and journal and books are compared with the venue's.
/// </summary>
internal sealed class KillDemo
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(60);

    private readonly LighterVenue _venue;
    private readonly string _journal;
    private readonly Random _random;
    private readonly TextWriter? _progress;
    private readonly List<string> _problems = [];
    private int _inStart;

    private KillDemo(LighterVenue venue, string journal, ulong seed, TextWriter? progress)
    {
        _venue = venue;
        _journal = journal;
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        _progress = progress;
    }

    public static async Task<KillResult> RunAsync(int kills, ulong seed, TextWriter? progress, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("execution-adapters-");
        try
        {
            await using var venue = await VenueCommand.StartAsync(new LighterVenueOptions { Seed = seed }, stop).ConfigureAwait(false);
            var demo = new KillDemo(venue, Path.Combine(folder.FullName, "journal.db"), seed, progress);
            for (var run = 1; run <= kills; run++)
            {
                await demo.RunAndKillAsync(run, stop).ConfigureAwait(false);
            }

            return await demo.FinishAsync(kills, stop).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One in three is killed while it starts: opening the journal, connecting, reconciling. The others while they trade.</summary>
    private async Task RunAndKillAsync(int run, CancellationToken stop)
    {
        using var child = KillChild.Start(_venue, _journal, run, _random.Next());
        var duringStart = _random.Next(3) == 0;
        var after = TimeSpan.FromMilliseconds(duringStart ? _random.Next(100, 1_500) : _random.Next(10, 1_200));
        var ready = child.StandardOutput.ReadLineAsync(stop).AsTask();
        try
        {
            var line = duringStart ? null : await ready.WaitAsync(StartLimit, TimeProvider.System, stop).ConfigureAwait(false);
            await Task.Delay(after, TimeProvider.System, stop).ConfigureAwait(false);
            if (child.HasExited)
            {
                _problems.Add($"run {run} ended by itself: {(await child.StandardError.ReadToEndAsync(stop).ConfigureAwait(false)).Trim()}");
                return;
            }

            Note(run, line, duringStart, after);
            if (line is not null)
            {
                Judge(run, line);
            }
        }
        catch (TimeoutException)
        {
            _problems.Add($"run {run} did not start to trade within {StartLimit.TotalSeconds:0} s");
        }
        finally
        {
            // On Unix this is SIGKILL: nothing of the process runs any more.
            child.Kill();
            await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>A run that could not agree with the venue, or did not understand it, has failed whatever comes later.</summary>
    private void Judge(int run, string line)
    {
        if (line.Split(' ') is not [KillChild.Ready, _, "0", "0"])
        {
            _problems.Add($"run {run} began with differences or events put aside: {line}");
        }
    }

    private void Note(int run, string? line, bool duringStart, TimeSpan after)
    {
        _inStart += duringStart ? 1 : 0;
        if (_progress is null)
        {
            return;
        }

        var figures = line?.Split(' ') is [KillChild.Ready, var events, var unresolved, _]
            ? $"reconciled with {events} events, {unresolved} unresolved; killed after {after.TotalMilliseconds:0} ms of trading"
            : $"killed {after.TotalMilliseconds:0} ms after its start";
        _progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run}: {figures}"));
    }

    private async Task<KillResult> FinishAsync(int kills, CancellationToken stop)
    {
        using var key = DemoAccount.OptionsFor(_venue).Credentials!.PrivateKey;
        var (engine, report) = await KillEngine.StartAsync(DemoAccount.OptionsFor(_venue), _journal, stop).ConfigureAwait(false);
        AuditResult audit;
        ReconciliationReport again;
        IReadOnlyCollection<Order> orders;
        IReadOnlyCollection<OrderFilled> fills;
        await using (engine)
        {
            _problems.AddRange(report.Unresolved.Select(difference => $"the last start left {difference}"));
            await CloseAllAsync(engine, stop).ConfigureAwait(false);
            again = await engine.Engine.ReconcileAsync(engine.Client.AccountId, cancellationToken: stop).ConfigureAwait(false);
            _problems.AddRange(again.Unresolved.Select(difference => $"in the end there is left {difference}"));
            if (!engine.Engine.CanTrade(engine.Client.AccountId))
            {
                _problems.Add("in the end the account may not trade");
            }

            _problems.AddRange(again.Events.Select(orderEvent => $"a second reconciliation still gave {orderEvent}"));
            await engine.Engine.FlushJournalAsync(stop).ConfigureAwait(false);
            (orders, fills) = await ReadJournalAsync(stop).ConfigureAwait(false);
            if (fills.Count == 0)
            {
                _problems.Add("nothing was traded, so nothing is shown");
            }

            audit = await VenueAudit.RunAsync(() => BooksOf(engine, orders, fills), _venue, stop).ConfigureAwait(false);
        }

        return new KillResult
        {
            Ok = audit.Discrepancies.Count == 0,
            Venue = "lighter",
            Kills = kills,
            KillsDuringStart = _inStart,
            Orders = orders.Count,
            Adopted = orders.Count(order => order.StrategyId == ReconciliationOptions.External),
            Fills = fills.Count,
            LastStartEvents = report.Events.Count,
            SignaturesVerified = audit.SignaturesVerified,
            Discrepancies = audit.Discrepancies.Count,
            DiscrepancyTexts = audit.Discrepancies,
        };
    }

    /// <summary>An order that was on its way when a run was killed is known to have failed only when its signature has expired.</summary>
    private static async Task CloseAllAsync(KillEngine engine, CancellationToken stop)
    {
        var factory = new OrderFactory(KillEngine.Trader, ReconciliationOptions.External);
        var started = TimeProvider.System.GetTimestamp();
        while (engine.Engine.Cache.Orders().Where(order => !order.IsClosed).ToList() is { Count: > 0 } left)
        {
            if (TimeProvider.System.GetElapsedTime(started) > CloseLimit)
            {
                throw new CommandException($"Waited {CloseLimit.TotalSeconds:0} s in vain for every order to close: {string.Join(", ", left)}.");
            }

            foreach (var instrument in left.Where(order => order.IsOpen && !order.IsPendingCancel).Select(order => order.InstrumentId).Distinct())
            {
                engine.Engine.CancelAllOrders(factory.CancelAll(instrument));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Every order from the first run on, made anew from what the journal has of it, and every fill as it was told.</summary>
    private async Task<(IReadOnlyCollection<Order> Orders, IReadOnlyCollection<OrderFilled> Fills)> ReadJournalAsync(CancellationToken stop)
    {
        await using var store = new SqliteJournalStore(new SqliteJournalOptions { Path = _journal, IsReadOnly = true });
        var head = await store.OpenAsync(stop).ConfigureAwait(false);
        var verification = await JournalVerification.RunAsync(store, head, stop).ConfigureAwait(false);
        _problems.AddRange(verification.Problems);
        var kept = await store.ReadOrdersAsync(stop).ToListAsync(stop).ConfigureAwait(false);
        var orders = new List<Order>();
        foreach (var account in kept.GroupBy(order => order.AccountId))
        {
            var stories = await store.FindAsync(account.Key ?? default, [.. account.Select(order => order.ClientOrderId)], [], stop).ConfigureAwait(false);
            orders.AddRange(stories.Select(JournalReader.OrderOf));
        }

        var events = await store.ReadEventsAsync(cancellationToken: stop).ToListAsync(stop).ConfigureAwait(false);
        return (orders, [.. events.Select(JournalReader.EventOf).OfType<OrderFilled>()]);
    }

    private AuditedBooks BooksOf(KillEngine engine, IReadOnlyCollection<Order> orders, IReadOnlyCollection<OrderFilled> fills) => new()
    {
        Instruments = engine.Client.Instruments,

        // One that never got an answer at all was never sent; the venue has nothing to compare it with.
        Orders = [.. orders.Where(order => order.Lifecycle != OrderLifecycle.Initialized)],
        Fills = fills,
        Problems = [.. _problems, .. engine.Engine.Quarantined.Select(quarantined => $"{quarantined.Event}: {quarantined.Reason}")],
        Positions = engine.Engine.Cache.Positions().ToDictionary(position => position.InstrumentId),
        Account = engine.Engine.Cache.Account(engine.Client.AccountId),
        MayLackEmptyOrders = true,
    };
}

/// <summary>What <c>demo --kill</c> ends with.</summary>
internal sealed record KillResult
{
    public required bool Ok { get; init; }

    public required string Venue { get; init; }

    public required int Kills { get; init; }

    public required int KillsDuringStart { get; init; }

    /// <summary>All orders of the journal.</summary>
    public required int Orders { get; init; }

    /// <summary>Orders that were sent, and that the kill kept out of the journal: taken over from the venue.</summary>
    public required int Adopted { get; init; }

    public required int Fills { get; init; }

    /// <summary>Events that the last start's reconciliation found missing.</summary>
    public required int LastStartEvents { get; init; }

    public required long SignaturesVerified { get; init; }

    public required int Discrepancies { get; init; }

    [JsonIgnore]
    public IReadOnlyList<string> DiscrepancyTexts { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, KillJson.Default.KillResult);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KillResult))]
internal sealed partial class KillJson : JsonSerializerContext;
