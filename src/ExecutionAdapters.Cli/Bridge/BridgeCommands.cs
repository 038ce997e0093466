using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>
/// Which command does what. A command is read whole before anything happens: one with a bad field changes nothing.
/// Those about orders are in <see cref="OrderCommands"/>, those that only ask in <see cref="QueryCommands"/>.
/// </summary>
internal sealed class BridgeCommands : IAsyncDisposable
{
    private readonly BridgeSession _session;
    private readonly IExecutionClient _client;
    private readonly ExecutionCache _cache;
    private readonly ExecutionEngine? _engine;
    private readonly SemaphoreSlim _connecting = new(1);
    private Task<IReadOnlyList<ReconciliationReport>>? _start;
    private readonly Dictionary<string, Action<BridgeRequest>> _handlers;

    public BridgeCommands(BridgeSession session, IExecutionClient client, ExecutionCache cache, ExecutionEngine? engine, TraderId traderId)
    {
        _session = session;
        _client = client;
        _cache = cache;
        _engine = engine;
        var orders = new OrderCommands(session, client, cache, engine, traderId);
        var queries = new QueryCommands(session, client, cache, traderId, hasEngine: engine is not null);
        _handlers = new Dictionary<string, Action<BridgeRequest>>(StringComparer.Ordinal)
        {
            ["connect"] = Connect,
            ["disconnect"] = Disconnect,
            ["stop"] = Stop,
            ["add_order"] = orders.AddOrder,
            ["submit_order"] = orders.SubmitOrder,
            ["submit_order_list"] = orders.SubmitOrderList,
            ["modify_order"] = orders.ModifyOrder,
            ["cancel_order"] = orders.CancelOrder,
            ["cancel_all_orders"] = orders.CancelAllOrders,
            ["batch_cancel_orders"] = orders.BatchCancelOrders,
            ["query_order"] = queries.QueryOrder,
            ["query_account"] = queries.QueryAccount,
            ["set_quote"] = SetQuote,
            ["order_status_reports"] = queries.OrderStatusReports,
            ["fill_reports"] = queries.FillReports,
            ["position_status_reports"] = queries.PositionStatusReports,
            ["mass_status"] = queries.MassStatus,
            ["orders"] = queries.Orders,
            ["positions"] = queries.Positions,
            ["account"] = queries.Account,
        };
    }

    /// <exception cref="FieldException">The command is not known, or a field is bad; nothing has happened then.</exception>
    public void Handle(BridgeRequest request)
    {
        var handle = _handlers.GetValueOrDefault(request.Command)
            ?? throw request.Fields.Error("cmd", "must be one of " + string.Join(", ", _handlers.Keys));
        handle(request);
    }

    private void Connect(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        _session.Start(
            request,
            async stop =>
            {
                if (_engine is not null)
                {
                    return await ConnectEngineAsync(_engine, stop).ConfigureAwait(false);
                }

                await _client.ConnectAsync(stop).ConfigureAwait(false);
                return default;
            },
            holdsEvents: _engine is not null || !_client.IsConnected);
    }

    /// <summary>Waits for a connect that is under way: what it uses must not be disposed of beneath it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connecting.WaitAsync().ConfigureAwait(false);
        _connecting.Dispose();
    }

    /// <summary>
    /// The first time books are read and reconciled by the engine's start; later it has them and only compares. An engine starts once: when that fails, so
    /// has the bridge.
    /// </summary>
    private async Task<SlowResult> ConnectEngineAsync(ExecutionEngine engine, CancellationToken stop)
    {
        await _connecting.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_start is { IsCompletedSuccessfully: true })
            {
                var again = await engine.ReconnectAsync(_client.AccountId, stop).ConfigureAwait(false);
                return new SlowResult { Body = writer => WriteUnresolved(writer, again) };
            }

            // Away from the loop: reading a journal of years takes its time, and lines are served meanwhile.
            _start ??= Task.Run(() => engine.StartAsync(stop), stop);
            try
            {
                var reports = await _start.ConfigureAwait(false);
                return new SlowResult { Body = writer => WriteUnresolved(writer, reports[0]) };
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                return new SlowResult { Error = exception.Message + " The bridge ends; start it again.", Ends = true };
            }
        }
        finally
        {
            _connecting.Release();
        }
    }

    /// <summary>With differences left the account takes no orders: whoever connects must see why.</summary>
    private static void WriteUnresolved(Utf8JsonWriter writer, ReconciliationReport report)
    {
        if (!report.IsComplete)
        {
            writer.Objects("unresolved", report.Unresolved, static (item, difference) =>
            {
                item.WriteString("subject", difference.Subject);
                item.WriteString("reason", difference.Reason);
            });
        }
    }

    private void Disconnect(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        _session.Start(
            request,
            async stop =>
            {
                await _client.DisconnectAsync(stop).ConfigureAwait(false);
                return default;
            },
            holdsEvents: true);
    }

    private void Stop(BridgeRequest request)
    {
        request.Fields.RequireNoOthers();
        _session.Answer(request);
        _session.Stop();
    }

    private void SetQuote(BridgeRequest request)
    {
        var fields = request.Fields;
        var now = UnixNanos.Now(TimeProvider.System);
        var quote = new QuoteTick
        {
            InstrumentId = fields.RequireInstrumentId(),
            BidPrice = fields.Price("bid_price") ?? throw fields.Missing("bid_price"),
            AskPrice = fields.Price("ask_price") ?? throw fields.Missing("ask_price"),
            BidSize = fields.Quantity("bid_size") ?? default,
            AskSize = fields.Quantity("ask_size") ?? default,
            TsEvent = now,
            TsInit = now,
        };
        fields.RequireNoOthers();
        if (quote.BidPrice.Value <= 0 || quote.AskPrice < quote.BidPrice)
        {
            throw fields.Error(quote.BidPrice.Value <= 0 ? "bid_price" : "ask_price", "must be above zero, and the ask not below the bid");
        }

        _cache.SetQuote(quote);
        _session.Answer(request);
    }
}
