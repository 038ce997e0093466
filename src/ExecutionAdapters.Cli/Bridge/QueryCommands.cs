using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>The commands that only ask: the venue by way of the client, or the bridge's own cache.</summary>
internal sealed class QueryCommands(BridgeSession session, IExecutionClient client, ExecutionCache cache, TraderId traderId, bool hasEngine)
{
    private const int LongestLookbackMinutes = 10_000_000;

    private static UnixNanos Now => UnixNanos.Now(TimeProvider.System);

    public void QueryOrder(BridgeRequest request)
    {
        var clientOrderId = request.Fields.RequireClientOrderId();
        var venueOrderId = request.Fields.VenueOrderId();
        var order = cache.Order(clientOrderId);
        var instrumentId = request.Fields.InstrumentId() ?? order?.InstrumentId;
        request.Fields.RequireNoOthers();
        if (instrumentId is not { } known)
        {
            OrderOfUnknownInstrument(request, clientOrderId, venueOrderId);
            return;
        }

        var command = new QueryOrder
        {
            TraderId = traderId,
            StrategyId = order?.StrategyId ?? OrderReader.DefaultStrategy,
            InstrumentId = known,
            CommandId = Uuid4.New(),
            TsInit = Now,
            ClientOrderId = clientOrderId,
            VenueOrderId = venueOrderId ?? order?.VenueOrderId,
        };
        session.HandOver(request, () => client.QueryOrder(command));
    }

    public void QueryAccount(BridgeRequest request)
    {
        request.Fields.Allow("client_order_id", "venue_order_id");
        request.Fields.RequireNoOthers();
        var command = new QueryAccount { TraderId = traderId, CommandId = Uuid4.New(), TsInit = Now, AccountId = client.AccountId };
        session.HandOver(request, () => client.QueryAccount(command));
    }

    public void OrderStatusReports(BridgeRequest request)
    {
        var scope = ReadScope(request.Fields);
        var command = new GenerateOrderStatusReports
        {
            TraderId = traderId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            InstrumentId = scope.InstrumentId,
            OpenOnly = scope.OpenOnly,
            Start = scope.Start,
            End = scope.End,
        };
        Ask(request, stop => client.GenerateOrderStatusReportsAsync(command, stop), ReportJson.Write);
    }

    public void FillReports(BridgeRequest request)
    {
        var scope = ReadScope(request.Fields);
        var command = new GenerateFillReports
        {
            TraderId = traderId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            InstrumentId = scope.InstrumentId,
            Start = scope.Start,
            End = scope.End,
        };
        Ask(request, stop => hasEngine ? FillsOfAccountAsync(command, stop) : client.GenerateFillReportsAsync(command, stop), ReportJson.Write);
    }

    /// <summary>
    /// A fill that the client reports at run time is not told by its stream any more, and an engine that did not ask would never hear of it: what it asks at the start takes
    /// nothing away.
    /// </summary>
    private async Task<IReadOnlyList<FillReport>> FillsOfAccountAsync(GenerateFillReports command, CancellationToken stop)
    {
        TimeSpan? lookback = command.Start is { } start ? TimeSpan.FromMilliseconds(Math.Max(1, Now.ToMilliseconds() - start.ToMilliseconds())) : null;
        ExecutionMassStatus status;
        try
        {
            status = await client.GenerateMassStatusAsync(lookback, stop).ConfigureAwait(false);
        }
        catch (MassStatusException exception) when (!exception.FailedParts.Contains("fill_reports"))
        {
            status = exception.Partial;
        }

        return
        [
            .. status.FillReports.Values.SelectMany(fills => fills)
                .Where(fill => (command.InstrumentId is not { } instrument || fill.InstrumentId == instrument)
                    && (command.Start is not { } from || fill.TsEvent >= from) && (command.End is not { } to || fill.TsEvent <= to))
                .OrderBy(fill => fill.TsEvent),
        ];
    }

    public void PositionStatusReports(BridgeRequest request)
    {
        var scope = ReadScope(request.Fields);
        var command = new GeneratePositionStatusReports
        {
            TraderId = traderId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            InstrumentId = scope.InstrumentId,
            Start = scope.Start,
            End = scope.End,
        };
        Ask(request, stop => client.GeneratePositionStatusReportsAsync(command, stop), ReportJson.Write);
    }

    public void MassStatus(BridgeRequest request)
    {
        TimeSpan? lookback = request.Fields.Integer("lookback_mins", 1, LongestLookbackMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        request.Fields.RequireNoOthers();
        session.Start(request, async stop =>
        {
            try
            {
                var status = await client.GenerateMassStatusAsync(lookback, stop).ConfigureAwait(false);
                return new SlowResult { Body = writer => Write(writer, status, []) };
            }
            catch (MassStatusException exception)
            {
                return new SlowResult { Error = exception.Message, Body = writer => Write(writer, exception.Partial, exception.FailedParts) };
            }
        });

        static void Write(Utf8JsonWriter writer, ExecutionMassStatus status, IReadOnlyList<string> failedParts)
        {
            writer.WriteStartObject("mass_status");
            ReportJson.Write(writer, status, failedParts);
            writer.WriteEndObject();
        }
    }

    /// <summary>Asks for an order in all instruments, which the client's own query does not; the report follows the answer.</summary>
    private void OrderOfUnknownInstrument(BridgeRequest request, ClientOrderId clientOrderId, VenueOrderId? venueOrderId)
    {
        var command = new GenerateOrderStatusReport
        {
            TraderId = traderId,
            CommandId = Uuid4.New(),
            TsInit = Now,
            ClientOrderId = clientOrderId,
            VenueOrderId = venueOrderId,
        };
        session.Start(request, async stop =>
        {
            var report = await client.GenerateOrderStatusReportAsync(command, stop).ConfigureAwait(false);
            return new SlowResult { Report = report, Error = report is null ? $"the venue does not know order {clientOrderId}" : null };
        });
    }

    public void Orders(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        session.Answer(request, body: writer => cache.Read(books =>
        {
            writer.Objects("orders", books.Orders().OrderBy(order => order.TsInit).ThenBy(order => order.ClientOrderId.Value, StringComparer.Ordinal), ReportJson.Write);
            return true;
        }));
    }

    public void Positions(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        session.Answer(request, body: writer => cache.Read(books =>
        {
            writer.Objects("positions", books.Positions().OrderBy(position => position.InstrumentId.ToString(), StringComparer.Ordinal), ReportJson.Write);
            return true;
        }));
    }

    public void Account(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        var account = cache.Account(client.AccountId);
        session.Answer(request, body: writer =>
        {
            if (account is null)
            {
                writer.WriteNull("account");
                return;
            }

            writer.WriteStartObject("account");
            EventJson.Write(writer, account.LastEvent);
            writer.WriteEndObject();
        });
    }

    private void Ask<T>(BridgeRequest request, Func<CancellationToken, Task<IReadOnlyList<T>>> generate, Action<Utf8JsonWriter, T> write) =>
        session.Start(request, async stop =>
        {
            try
            {
                var reports = await generate(stop).ConfigureAwait(false);
                return new SlowResult { Body = writer => writer.Objects("reports", reports, write) };
            }
            catch (ExecutionClientException exception)
            {
                return new SlowResult { Error = $"{request.Command} failed: {exception.Message}" };
            }
        });

    private static (InstrumentId? InstrumentId, bool OpenOnly, UnixNanos? Start, UnixNanos? End) ReadScope(JsonFields fields)
    {
        var scope = (fields.InstrumentId(), fields.Flag("open_only"), fields.Time("start"), fields.Time("end"));
        fields.RequireNoOthers();
        return scope;
    }
}
