using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Execution;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii;

/// <content>Reports, asked by REST. A venue that could not be asked is an exception, never an empty list.</content>
public sealed partial class TektiiExecutionClient
{
    /// <inheritdoc/>
    public void QueryOrder(QueryOrder command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _session.RunQuery($"The query of order {command.ClientOrderId}", async stop => await FindReportAsync(command.VenueOrderId, command.ClientOrderId, stop).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void QueryAccount(QueryAccount command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _session.RunQuery("The query of the account", async stop =>
        {
            var (balances, margins) = ReportFactory.Balances(await GetAccountAsync(stop).ConfigureAwait(false));
            return new AccountState
            {
                AccountId = AccountId,
                AccountType = AccountType,
                Balances = balances,
                Margins = margins,
                IsReported = true,
                EventId = Uuid4.New(),
                TsEvent = _emitter.Now,
                TsInit = _emitter.Now,
            };
        });
    }

    /// <inheritdoc/>
    public async Task<OrderStatusReport?> GenerateOrderStatusReportAsync(GenerateOrderStatusReport command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command is { VenueOrderId: null, ClientOrderId: null })
        {
            throw new ExecutionClientException("Tektii order report: neither a client order id nor a venue order id was given.");
        }

        return await FindReportAsync(command.VenueOrderId, command.ClientOrderId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OrderStatusReport?> FindReportAsync(VenueOrderId? venueOrderId, ClientOrderId? clientOrderId, CancellationToken cancellationToken)
    {
        var (present, term) = await _loop.RunAsync(() => Present(venueOrderId, clientOrderId)).ConfigureAwait(false);
        return term ?? (await FindOrderAsync(present, clientOrderId, cancellationToken).ConfigureAwait(false) is { } row
            ? await _loop.RunAsync(() => TektiiHttp.Read("order", () => ReportOf(row, clientOrderId))
                ?? throw new ExecutionClientException($"Tektii order report: order {row.Id} is being replaced; what becomes of it is not known yet.")).ConfigureAwait(false)
            : null);
    }

    /// <summary>The id under which the order is at the venue now; or its report, when it is still a term of its entry.</summary>
    private (VenueOrderId? Id, OrderStatusReport? Term) Present(VenueOrderId? venueOrderId, ClientOrderId? clientOrderId)
    {
        TrackedOrder? order = null;
        var isKnown = (venueOrderId is { } id && _orders.TryFind(id, out order)) || (clientOrderId is { } own && _orders.TryFind(own, out order));
        return !isKnown ? (venueOrderId, null)
            : order is { IsTermOfEntry: true, IsClosed: false, IsMissing: false, VenueOrderId: not null } ? (order.VenueOrderId, TermReport(order))
            : (order!.VenueOrderId ?? venueOrderId, null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OrderStatusReport>> GenerateOrderStatusReportsAsync(GenerateOrderStatusReports command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var symbol = SymbolQuery(command.InstrumentId);
        var unreadable = new List<string>();
        var rows = await GetOrdersAsync("orders" + Query(symbol), cancellationToken, unreadable).ConfigureAwait(false);
        if (!command.OpenOnly && _protocol.HasHistory)
        {
            var closed = await GetOrdersAsync(
                "orders/history" + Query(symbol, TimeQuery("since", command.Start), TimeQuery("until", command.End)), cancellationToken, unreadable).ConfigureAwait(false);
            var known = closed.Select(row => row.Id).ToHashSet();

            // Asked for later, so it is the newer row of an order that ended between the two questions.
            rows.RemoveAll(row => known.Contains(row.Id));
            rows.AddRange(closed);
        }

        var wanted = rows.Where(row => command.InstrumentId is not { } instrument || row.Symbol == SymbolOf(instrument))
            .Where(row => !row.IsClosed || (!command.OpenOnly && (command.Start is not { } start || row.UpdatedAt >= start) && (command.End is not { } end || row.UpdatedAt <= end))).ToList();
        var reports = await _loop.RunAsync(() => ReportsOf(wanted, command.InstrumentId, unreadable)).ConfigureAwait(false);
        return unreadable.Count == 0 ? reports
            : throw new IncompleteReportsException($"Tektii order reports: {unreadable.Count} orders cannot be read, the first: {unreadable[0]}", reports);
    }

    private List<OrderStatusReport> ReportsOf(List<TektiiOrder> rows, InstrumentId? instrument, List<string> unreadable)
    {
        var reports = new List<OrderStatusReport>();
        var found = new HashSet<TrackedOrder>();
        foreach (var row in rows)
        {
            try
            {
                if (_orders.Find(row) is { } order)
                {
                    found.Add(order);
                }

                if (ReportOf(row) is { } report)
                {
                    reports.Add(report);
                }
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
            {
                unreadable.Add($"order {row.Id}: {TektiiProtocol.Bounded(exception.Message)}");
            }
        }

        // Exits that the venue has as terms of their entries.
        reports.AddRange(_orders.Open
            .Where(exit => exit is { IsTermOfEntry: true, IsAccepted: true, IsMissing: false } && !found.Contains(exit) && (instrument is null || exit.Key.InstrumentId == instrument)).Select(TermReport));
        return reports;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FillReport>> GenerateFillReportsAsync(GenerateFillReports command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var order = command.VenueOrderId is { } id ? "order_id=" + Uri.EscapeDataString(id.Value) : null;

        // The venue's end is exclusive, ours is not.
        var until = command.End is { } end ? TimeQuery("until", end.SaturatingAdd(1_000_000)) : null;
        var trades = await GetTradesAsync(Query(SymbolQuery(command.InstrumentId), order, TimeQuery("since", command.Start), until), cancellationToken).ConfigureAwait(false);
        return await _loop.RunAsync<IReadOnlyList<FillReport>>(() => TektiiHttp.Read<List<FillReport>>("trades", () =>
        [
            .. trades.OrderBy(trade => trade.Timestamp).Select(trade => ReportFactory.Fill(
                trade, InstrumentOf(trade.Symbol), _orders.TryFind(trade.OrderId, out var known) ? known.Key.ClientOrderId : null, AccountId, _emitter.Now))
                .Where(fill => (command.Start is not { } from || fill.TsEvent >= from) && (command.End is not { } to || fill.TsEvent <= to)
                    && (command.InstrumentId is not { } wanted || fill.InstrumentId == wanted) && (command.VenueOrderId is not { } ofOrder || fill.VenueOrderId == ofOrder)),
        ])).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PositionStatusReport>> GeneratePositionStatusReportsAsync(GeneratePositionStatusReports command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var rows = await GetPositionRowsAsync(Query(SymbolQuery(command.InstrumentId)), cancellationToken).ConfigureAwait(false);
        var now = _emitter.Now;
        var reports = TektiiHttp.Read("positions", () => rows.Select(row => ReportFactory.Position(row, InstrumentOf(row.Symbol), _capabilities.IsHedging, AccountId, now))
            .Where(report => command.InstrumentId is { } wanted ? report.InstrumentId == wanted : report.PositionSide != PositionSide.Flat).ToList());
        if (reports.Count == 0 && command.InstrumentId is { } instrumentId)
        {
            reports.Add(ReportFactory.Flat(Find(instrumentId) ?? InstrumentOf(instrumentId.Symbol.Value), AccountId, now));
        }

        return reports;
    }

    /// <inheritdoc/>
    public Task<ExecutionMassStatus> GenerateMassStatusAsync(TimeSpan? lookback = null, CancellationToken cancellationToken = default)
    {
        // By the simulated clock nothing is long ago.
        var start = lookback is { } span && !_isPaced ? UnixNanos.FromDateTimeOffset(_timeProvider.GetUtcNow() - span) : (UnixNanos?)null;
        var (id, now) = (Uuid4.New(), _emitter.Now);
        return MassStatus.CollectAsync(
            this,
            id,
            now,
            GenerateOrderStatusReportsAsync(new GenerateOrderStatusReports { TraderId = _options.TraderId, CommandId = id, TsInit = now, Start = start }, cancellationToken),
            GenerateFillReportsAsync(new GenerateFillReports { TraderId = _options.TraderId, CommandId = id, TsInit = now, Start = start }, cancellationToken),
            GeneratePositionStatusReportsAsync(new GeneratePositionStatusReports { TraderId = _options.TraderId, CommandId = id, TsInit = now }, cancellationToken));
    }

    /// <summary>
    /// Null: the row is about an id that the order had before, or of one that may be on its way to another id; it says nothing about the order. Belongs to the loop.
    /// </summary>
    private OrderStatusReport? ReportOf(TektiiOrder row, ClientOrderId? asked = null)
    {
        var order = _orders.Find(row);
        if (order is not null && (_orders.IsEarlier(order, row) || (order.Modifications > 0 && row.Status == TektiiOrderStatus.Cancelled)))
        {
            return null;
        }

        var whole = order is not null && order.VenueOrderId == row.Id ? Whole(order, row) : row;
        return ReportFactory.Order(whole, InstrumentOf(row.Symbol), order?.Key.ClientOrderId ?? asked ?? ClientIdOf(row), AccountId, _emitter.Now);
    }

    private OrderStatusReport TermReport(TrackedOrder exit) => new()
    {
        ReportId = Uuid4.New(),
        TsInit = _emitter.Now,
        AccountId = AccountId,
        InstrumentId = exit.Key.InstrumentId,
        ClientOrderId = exit.Key.ClientOrderId,
        VenueOrderId = exit.VenueOrderId!.Value,
        OrderSide = exit.Side,
        OrderType = exit.OrderType,
        TimeInForce = TimeInForce.GTC,
        OrderStatus = OrderStatus.Accepted,
        Quantity = exit.Quantity,
        FilledQty = Quantity.Zero(exit.Quantity.Precision),
        Price = exit.Price,
        TriggerPrice = exit.TriggerPrice,
        TriggerType = exit.TriggerPrice is null ? null : TriggerType.Default,
        ReduceOnly = true,
        TsAccepted = exit.TermsAt,
        TsLast = exit.TermsAt,
    };

    /// <summary>By the venue's id; else by ours, among the open orders and then the closed ones. Null: the venue has answered that, and does not know it.</summary>
    /// <exception cref="ExecutionClientException">The venue could not be asked.</exception>
    private async Task<TektiiOrder?> FindOrderAsync(VenueOrderId? venueOrderId, ClientOrderId? clientOrderId, CancellationToken cancellationToken)
    {
        if (venueOrderId is { } id && !id.Value.Contains('/', StringComparison.Ordinal)
            && await _http.FindAsync("orders/" + Uri.EscapeDataString(id.Value), answer => _protocol.ReadOrder(new Row(answer)), cancellationToken).ConfigureAwait(false) is { } byId)
        {
            return byId;
        }

        if (clientOrderId is not { } own)
        {
            return null;
        }

        var query = Query("client_order_id=" + Uri.EscapeDataString(own.Value));
        string[] lists = _protocol.HasHistory ? ["orders", "orders/history"] : ["orders"];
        TektiiOrder? found = null;
        foreach (var list in lists)
        {
            // Venues that do not know the parameter answer all they have; of several of one id the last is the one that works.
            var rows = await GetOrdersAsync(list + query, cancellationToken).ConfigureAwait(false);
            found = rows.Where(row => row.ClientOrderId == own.Value).OrderBy(row => row.IsClosed).ThenByDescending(row => row.UpdatedAt).FirstOrDefault();
            if (found is not null)
            {
                return found;
            }
        }

        return found;
    }

    private Task<List<TektiiOrder>> GetOrdersAsync(string path, CancellationToken cancellationToken, List<string>? unreadable = null) =>
        _http.GetAsync(path, answer => ReadRows(answer, "orders", _protocol.ReadOrder, unreadable), cancellationToken);

    private Task<List<TektiiTrade>> GetTradesAsync(string query, CancellationToken cancellationToken, List<string>? unreadable = null) =>
        _http.GetAsync("trades" + query, answer => ReadRows(answer, "trades", _protocol.ReadTrade, unreadable), cancellationToken);

    private Task<List<TektiiPosition>> GetPositionRowsAsync(string query, CancellationToken cancellationToken, List<string>? unreadable = null) =>
        _http.GetAsync("positions" + query, answer => ReadRows(answer, "positions", _protocol.ReadPosition, unreadable), cancellationToken);

    private Task<TektiiAccount> GetAccountAsync(CancellationToken cancellationToken) =>
        _http.GetAsync("account", answer => _protocol.ReadAccount(new Row(answer)), cancellationToken);

    /// <summary>Without a list for what cannot be read one such row makes the whole answer unreadable.</summary>
    private List<T> ReadRows<T>(JsonElement answer, string name, Func<Row, T> read, List<string>? unreadable = null)
    {
        var rows = new List<T>();
        foreach (var element in _protocol.Rows(answer, name).EnumerateArray())
        {
            try
            {
                rows.Add(read(new Row(element)));
            }
            catch (Exception exception) when (unreadable is not null && exception is FormatException or ArgumentException or OverflowException)
            {
                TektiiTelemetry.UnreadableFrames.Add(1);
                Log.UnreadableRow(_logger, name, TektiiProtocol.Bounded(exception.Message));
                unreadable!.Add(TektiiProtocol.Bounded(exception.Message));
            }
        }

        return rows;
    }

    private string? SymbolQuery(InstrumentId? instrument) => instrument is { } id ? "symbol=" + Uri.EscapeDataString(SymbolOf(id)) : null;

    private static string? TimeQuery(string name, UnixNanos? time) => time is { } at ? $"{name}={Uri.EscapeDataString(at.ToRfc3339())}" : null;

    private static string Query(params ReadOnlySpan<string?> parts)
    {
        var query = "";
        foreach (var part in parts)
        {
            query += part is null ? "" : (query.Length == 0 ? "?" : "&") + part;
        }

        return query;
    }
}
