using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Sqlite;

namespace ExecutionAdapters.Cli.Kill;

/// <summary>An engine with its journal and one client, as each run of the kill demo has it: in patience shorter than one for a real venue.</summary>
internal sealed class KillEngine : IAsyncDisposable
{
    public static readonly TraderId Trader = new("TRADER-001");

    /// <summary>How long a signed order is valid: after that one that the venue does not know will never be there.</summary>
    private static readonly TimeSpan OrderLifetime = TimeSpan.FromSeconds(4);

    private KillEngine(LighterOptions options, string journal)
    {
        Engine = new ExecutionEngine(
            new ExecutionEngineOptions
            {
                TraderId = Trader,
                Reconciliation = new ReconciliationOptions { TraderId = Trader, MaximumProcessingTime = OrderLifetime + TimeSpan.FromSeconds(1) },
                ConfirmDifferencesAfter = TimeSpan.FromMilliseconds(500),
                InFlightCheckInterval = TimeSpan.FromMilliseconds(500),
                InFlightThreshold = TimeSpan.FromSeconds(1),
                OpenOrderCheckInterval = TimeSpan.FromSeconds(2),
                PositionCheckInterval = TimeSpan.FromSeconds(5),
            },
            new SqliteJournalStore(journal));
        Client = new LighterExecutionClient(
            options with
            {
                TransactionLifetime = OrderLifetime,
                AcknowledgementTimeout = TimeSpan.FromSeconds(2),
                VerdictTimeout = TimeSpan.FromSeconds(2),
                RestQuotaPerMinute = 1_000_000,
                Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(50), Maximum = TimeSpan.FromSeconds(1), Jitter = TimeSpan.FromMilliseconds(50) },
            },
            Engine.Cache,
            memory: Engine.MemoryOf(options.ClientId));
        Engine.AddClient(Client);
    }

    public ExecutionEngine Engine { get; }

    public LighterExecutionClient Client { get; }

    /// <summary>Opens, reads the journal, connects and reconciles.</summary>
    public static async Task<(KillEngine Engine, ReconciliationReport Report)> StartAsync(LighterOptions options, string journal, CancellationToken stop)
    {
        var engine = new KillEngine(options, journal);
        try
        {
            var reports = await engine.Engine.StartAsync(stop).ConfigureAwait(false);
            foreach (var instrument in engine.Client.Instruments)
            {
                engine.Client.SubscribeQuotes(instrument.Id);
            }

            return (engine, reports[0]);
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().ConfigureAwait(false);
        await Client.DisposeAsync().ConfigureAwait(false);
    }
}
