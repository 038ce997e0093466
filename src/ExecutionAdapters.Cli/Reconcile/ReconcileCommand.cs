using System.CommandLine;
using System.Globalization;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;
using ExecutionAdapters.Venues.Lighter;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Cli.Reconcile;

/// <summary><c>reconcile</c>: what an engine would do to its books at its next start. It sends no order and applies nothing.</summary>
internal static class ReconcileCommand
{
    public static Command Create()
    {
        var target = new AccountTarget();
        var journal = new Option<string?>("--journal") { Description = "The journal of the engine; it is only read. Default: the one that the configuration names; without one the books are empty." };
        var lookback = new Option<int?>("--lookback-mins") { Description = "How far back closed orders and trades are asked for. Default: since the journal last agreed, or all." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };
        var command = new Command("reconcile", "Print what a start of the engine would do to bring its books to where the venue is. Nothing is sent or applied.") { journal, lookback, json };
        target.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var minutes = parsed.GetValue(lookback);
            if (minutes is < 1 or > 5_256_000)
            {
                throw new CommandException($"--lookback-mins is {minutes}: it must be from 1 to 5256000.", ExitCode.WrongUsage);
            }

            await using var account = await target.OpenAsync(parsed, new LighterVenueOptions(), cancellationToken).ConfigureAwait(false);
            var path = parsed.GetValue(journal) ?? account.Configuration.Journal;
            if (path is not null && !File.Exists(path))
            {
                throw new CommandException($"There is no journal {path}.");
            }

            await using var demo = account.Venue is { } venue ? await DemoAccount.OpenAsync(venue, cancellationToken).ConfigureAwait(false) : null;
            await using var engine = new ExecutionEngine(
                new ExecutionEngineOptions { TraderId = account.Configuration.TraderId, Lookback = minutes is { } given ? TimeSpan.FromMinutes(given) : null },
                path is null ? null : new SqliteJournalStore(new SqliteJournalOptions { Path = path, IsReadOnly = true }));

            // Connecting would have the integrator approved, which is a transaction.
            var configuration = account.Configuration is LighterConfiguration lighter
                ? lighter with { Options = lighter.Options with { IntegratorAccountIndex = null } }
                : account.Configuration;
            await using var client = configuration.CreateClient(engine.Cache, timeProvider: null, NullLoggerFactory.Instance, memory: null);
            engine.AddClient(client);
            var plan = (await engine.PreviewAsync(cancellationToken).ConfigureAwait(false))[0];
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(Json(plan)).ConfigureAwait(false);
            }
            else
            {
                WriteTable(plan, output);
            }

            return plan.Unresolved.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static void WriteTable(ReconciliationPlan plan, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.AccountId}: {plan.OrdersCompared} orders, {plan.FillsCompared} trades and {plan.PositionsCompared} positions compared; {plan.Skipped} orders of others that were over without a trade, or filtered."));
        TextTable.Write(output, "Events", ["time", "order", "event", "made up"],
        [
            .. plan.Events.Select(orderEvent => new[]
            {
                orderEvent.TsEvent.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
                orderEvent.ClientOrderId.Value, orderEvent.ToString(), orderEvent is OrderFilled { IsInferred: true } ? "yes" : "",
            }),
        ]);
        TextTable.Write(output, "Still to be asked for", ["order", "venue order id"], [.. plan.Queries.Select(query => new[] { query.ClientOrderId.Value, query.VenueOrderId?.Value ?? "-" })]);
        TextTable.Write(output, "May be on their way to the venue", ["order"], [.. plan.OnTheirWay.Select(id => new[] { id.Value })]);
        TextTable.Write(output, "Positions to be compared when their orders are settled", ["instrument"], [.. plan.Unsettled.Select(id => new[] { id.ToString() })]);
        TextTable.Write(output, "Unresolved", ["subject", "reason"], [.. plan.Unresolved.Select(difference => new[] { difference.Subject, difference.Reason })]);
    }

    private static string Json(ReconciliationPlan plan) => JsonOut.Line(writer =>
    {
        writer.WriteString("account_id", plan.AccountId.Value);
        writer.WriteNumber("orders_compared", plan.OrdersCompared);
        writer.WriteNumber("fills_compared", plan.FillsCompared);
        writer.WriteNumber("positions_compared", plan.PositionsCompared);
        writer.WriteNumber("skipped", plan.Skipped);
        writer.Objects("events", plan.Events, EventJson.Write);
        writer.Objects("queries", plan.Queries, static (item, query) => item.WriteString("client_order_id", query.ClientOrderId.Value));
        writer.Objects("on_their_way", plan.OnTheirWay, static (item, id) => item.WriteString("client_order_id", id.Value));
        writer.Objects("unsettled", plan.Unsettled, static (item, id) => item.WriteString("instrument_id", id.ToString()));
        writer.Objects("unresolved", plan.Unresolved, static (item, difference) =>
        {
            item.WriteString("subject", difference.Subject);
            item.WriteString("reason", difference.Reason);
        });
    });
}
