using System.CommandLine;
using System.Globalization;
using System.Text;
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
        command.Subcommands.Add(CreateVerify());
        command.Subcommands.Add(CreateCompact());
        return command;
    }

    private static Command CreateList()
    {
        var file = FileArgument();
        var limit = new Option<int>("--limit") { Description = "At most so many orders, the latest first.", DefaultValueFactory = _ => 50 };
        var open = new Option<bool>("--open") { Description = "Only orders that are not over." };
        var json = JsonOption();
        var command = new Command("list", "List the orders, those with the latest event first.") { file, limit, open, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) < 1)
            {
                throw new CommandException($"--limit is {parsed.GetValue(limit)}: it must be at least 1.", ExitCode.WrongUsage);
            }

            await using var store = ReadOnly(parsed.GetValue(file)!);
            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            var orders = new List<JournalOrder>();
            await foreach (var order in store.ReadOrdersAsync(cancellationToken).ConfigureAwait(false))
            {
                if (!parsed.GetValue(open) || !order.IsClosed)
                {
                    orders.Add(order);
                }

                if (orders.Count == parsed.GetValue(limit))
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

    private static Argument<string> FileArgument() => new("file") { Description = "The journal's file." };

    private static Option<bool> JsonOption() => new("--json") { Description = "Print JSON, one object a line, and nothing else." };
}

/// <summary>What the journal commands print.</summary>
internal static class JournalText
{
    public static void WriteOrders(IReadOnlyList<JournalOrder> orders, bool json, TextWriter output)
    {
        if (!json)
        {
            TextTable.Write(output, "Orders", ["client order id", "instrument", "status", "filled", "venue order id", "account", "last event"],
            [
                .. orders.Select(order => new[]
                {
                    order.ClientOrderId.Value, order.InstrumentId.ToString(), order.Status.ToWireString() + (order.IsCompacted ? " (compacted)" : ""),
                    order.FilledQty.ToString(CultureInfo.InvariantCulture), order.VenueOrderIds.Count > 0 ? order.VenueOrderIds[^1].Value : "-",
                    order.AccountId?.Value ?? "-", Time(order.TsLast),
                }),
            ]);
            return;
        }

        foreach (var order in orders)
        {
            output.WriteLine(JsonOut.Line(writer =>
            {
                writer.WriteString("client_order_id", order.ClientOrderId.Value);
                writer.WriteString("instrument_id", order.InstrumentId.ToString());
                writer.Text("account_id", order.AccountId?.Value);
                writer.WriteString("order_status", order.Status.ToWireString());
                writer.WriteString("filled_qty", order.FilledQty.ToString(CultureInfo.InvariantCulture));
                writer.WriteStartArray("venue_order_ids");
                foreach (var id in order.VenueOrderIds)
                {
                    writer.WriteStringValue(id.Value);
                }

                writer.WriteEndArray();
                writer.WriteBoolean("closed", order.IsClosed);
                writer.WriteBoolean("compacted", order.IsCompacted);
                writer.WriteNumber("ts_last", order.TsLast.Value);
            }));
        }
    }

    public static void WriteStory(JournalStory story, bool json, TextWriter output)
    {
        if (!json)
        {
            output.WriteLine($"{story.Order.ClientOrderId} {story.Order.InstrumentId} {story.Order.Status.ToWireString()}, filled {story.Order.FilledQty.ToString(CultureInfo.InvariantCulture)}");
            if (story.Order.IsCompacted)
            {
                output.WriteLine("  Its events were compacted away.");
            }
        }

        foreach (var kept in story.Events)
        {
            if (json)
            {
                output.WriteLine(JsonOut.Line(writer =>
                {
                    writer.WriteNumber("sequence", kept.Sequence);
                    writer.WriteString("kind", kept.Kind);
                    writer.WritePropertyName("event");
                    writer.WriteRawValue(Encoding.UTF8.GetString(kept.Payload.Span));
                }));
            }
            else
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kept.Sequence,8}  {Time(kept.TsEvent)}  {JournalReader.EventOf(kept)}"));
            }
        }
    }

    public static void WriteVerification(JournalVerification verification, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonOut.Line(writer =>
            {
                writer.WriteBoolean("ok", verification.Problems.Count == 0);
                writer.WriteNumber("events", verification.Events);
                writer.WriteNumber("orders", verification.Orders);
                writer.WriteNumber("trades", verification.Trades);
                writer.WriteStartArray("problems");
                foreach (var problem in verification.Problems)
                {
                    writer.WriteStringValue(problem);
                }

                writer.WriteEndArray();
            }));
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verification.Events} events, {verification.Orders} orders, {verification.Trades} trades."));
        foreach (var problem in verification.Problems)
        {
            output.WriteLine("  " + problem);
        }

        output.WriteLine(verification.Problems.Count == 0 ? "Nothing is wrong with the journal." : string.Create(CultureInfo.InvariantCulture, $"{verification.Problems.Count} problems."));
    }

    private static string Time(UnixNanos time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
