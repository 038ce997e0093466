using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>
/// Which command does what. A command is read whole before anything happens: one with a bad field changes nothing.
/// Those about orders are in <see cref="OrderCommands"/>, those that only ask in <see cref="QueryCommands"/>.
/// </summary>
internal sealed class BridgeCommands
{
    private readonly BridgeSession _session;
    private readonly LighterExecutionClient _client;
    private readonly ExecutionCache _cache;
    private readonly Dictionary<string, Action<BridgeRequest>> _handlers;

    public BridgeCommands(BridgeSession session, LighterExecutionClient client, ExecutionCache cache, TraderId traderId)
    {
        _session = session;
        _client = client;
        _cache = cache;
        var orders = new OrderCommands(session, client, cache, traderId);
        var queries = new QueryCommands(session, client, cache, traderId);
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
                await _client.ConnectAsync(stop).ConfigureAwait(false);
                foreach (var instrument in _client.Instruments)
                {
                    _cache.AddInstrument(instrument);
                }

                return default;
            },
            holdsEvents: !_client.IsConnected);
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
