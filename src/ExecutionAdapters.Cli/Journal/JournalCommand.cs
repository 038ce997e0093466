using System.CommandLine;
using System.Globalization;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;

namespace ExecutionAdapters.Cli.Journal;

/// <summary><c>journal</c>: looks into the journal of an engine, and makes it smaller.</summary>
internal static class JournalCommand
{
    public static Command Create()
    {
        var command = new Command("journal", "Look into the journal of an engine: its orders, one order's story, whether it can be believed; or make it smaller.");
        command.Subcommands.Add(CreateList());
        command.Subcommands.Add(CreateShow());
        command.Subcommands.Add(CreateReconciliations());
        command.Subcommands.Add(CreateVerify());
        command.Subcommands.Add(CreateCompact());
        return command;
    }

    private static Command CreateList()
    {
        var file = FileArgument();
        var limit = LimitOption("orders");
        var open = new Option<bool>("--open") { Description = "Only orders that are not over." };
        var json = JsonOption();
        var command = new Command("list", "List the orders, those with the latest event first.") { file, limit, open, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var most = MostOf(parsed.GetValue(limit));
            await using var store = ReadOnly(parsed.GetValue(file)!);
            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            var orders = new List<JournalOrder>();
            await foreach (var order in store.ReadOrdersAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!parsed.GetValue(open) || !order.IsClosed)
                {
                    orders.Add(order);
                }

                if (orders.Count == most)
                {
                    break;
                }
            }

            JournalText.WriteOrders(orders, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateShow()
    {
        var file = FileArgument();
        var id = new Argument<string>("order") { Description = "Our id of the order, or the venue's." };
        var json = JsonOption();
        var command = new Command("show", "Show an order's story: every event, in its order.") { file, id, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var store = ReadOnly(parsed.GetValue(file)!);
            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            var wanted = parsed.GetValue(id)!;
            IReadOnlyList<JournalStory> stories = ClientOrderId.TryCreate(wanted, out var own)
                ? await store.FindAsync(default, [own], [], cancellationToken).ConfigureAwait(false)
                : [];
            if (stories.Count > 0)
            {
                JournalText.WriteStory(stories[0], parsed.GetValue(json), parsed.InvocationConfiguration.Output);
                return ExitCode.Fine;
            }

            // The venue's ids are unique only within an account and an instrument, which are not given: all are looked through.
            var found = new List<JournalOrder>();
            await foreach (var order in store.ReadOrdersAsync(cancellationToken).ConfigureAwait(false))
            {
                if (order.VenueOrderIds.Any(venueId => venueId.Value == wanted))
                {
                    found.Add(order);
                }
            }

            if (found.Count == 0)
            {
                throw new CommandException($"The journal has no order {wanted}.");
            }

            stories = await store.FindAsync(default, [.. found.Select(order => order.ClientOrderId)], [], cancellationToken).ConfigureAwait(false);
            foreach (var story in stories)
            {
                JournalText.WriteStory(story, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateReconciliations()
    {
        var file = FileArgument();
        var limit = LimitOption("reports");
        var json = JsonOption();
        var command = new Command("reconciliations", "List what comparisons with the venue changed and left, the latest first.") { file, limit, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var most = MostOf(parsed.GetValue(limit));
            await using var store = ReadOnly(parsed.GetValue(file)!);
            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            var reports = new List<JournalReconciliation>();
            await foreach (var report in store.ReadReconciliationsAsync(cancellationToken).ConfigureAwait(false))
            {
                reports.Add(report);
                if (reports.Count == most)
                {
                    break;
                }
            }

            JournalText.WriteReconciliations(reports, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command CreateVerify()
    {
        var file = FileArgument();
        var json = JsonOption();
        var command = new Command("verify", "Read the whole journal: its file, every event, what orders came to, that no trade counts twice, positions.") { file, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var store = ReadOnly(parsed.GetValue(file)!);
            var head = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            var verification = await JournalVerification.RunAsync(store, head, cancellationToken).ConfigureAwait(false);
            JournalText.WriteVerification(verification, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
            return verification.Problems.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
        });
        return command;
    }

    private static Command CreateCompact()
    {
        var file = FileArgument();
        var days = new Option<int>("--keep-days") { Description = "Keep the events of orders that were over less than so many days ago.", DefaultValueFactory = _ => 30 };
        var json = JsonOption();
        var command = new Command("compact", "Remove the events of orders that were over long ago; what each filled is kept. The engine must not be running.") { file, days, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var kept = parsed.GetValue(days);
            if (kept is < 0 or > 36_500)
            {
                throw new CommandException($"--keep-days is {kept}: it must be from 0 to 36500.", ExitCode.WrongUsage);
            }

            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
            {
                throw new CommandException($"There is no journal {path}.");
            }

            var before = SizeOf(path);
            (long Orders, long Events) removed;
            await using (var store = new SqliteJournalStore(path))
            {
                await store.OpenAsync(cancellationToken).ConfigureAwait(false);
                var cutOff = UnixNanos.FromSeconds((TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(kept)).ToUnixTimeSeconds());
                removed = await store.CompactAsync(cutOff, cancellationToken).ConfigureAwait(false);
            }

            var after = SizeOf(path);
            var output = parsed.InvocationConfiguration.Output;
            await output.WriteLineAsync(parsed.GetValue(json)
                ? JsonOut.Line(writer =>
                {
                    writer.WriteNumber("orders_compacted", removed.Orders);
                    writer.WriteNumber("events_removed", removed.Events);
                    writer.WriteNumber("bytes_before", before);
                    writer.WriteNumber("bytes_after", after);
                })
                : string.Create(CultureInfo.InvariantCulture, $"{removed.Events} events of {removed.Orders} orders removed; {before:N0} bytes before, {after:N0} now.")).ConfigureAwait(false);
            return ExitCode.Fine;
        });
        return command;
    }

    private static long SizeOf(string path) => new[] { path, path + "-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length);

    private static SqliteJournalStore ReadOnly(string path) => new(new SqliteJournalOptions { Path = path, IsReadOnly = true });

    private static int MostOf(int limit) =>
        limit >= 1 ? limit : throw new CommandException($"--limit is {limit}: it must be at least 1.", ExitCode.WrongUsage);

    private static Option<int> LimitOption(string what) => new("--limit") { Description = $"At most so many {what}, the latest first.", DefaultValueFactory = _ => 50 };

    private static Argument<string> FileArgument() => new("file") { Description = "The journal's file." };

    private static Option<bool> JsonOption() => new("--json") { Description = "Print JSON, one object a line, and nothing else." };
}
