using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Http;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter;

/// <content>
/// Reports, asked by REST. A venue that could not be asked is an exception, never an empty list; a row that cannot be read does not hide
/// the others, and is not passed over in silence either.
/// </content>
public sealed partial class LighterExecutionClient
{
    /// <inheritdoc/>
    public void QueryOrder(QueryOrder command)
    {
        RequireCredentials("query");
        _session.RunQuery($"The query of order {command.ClientOrderId}", async stop =>
        {
            var query = new GenerateOrderStatusReport
            {
                TraderId = _options.TraderId,
                CommandId = Uuid4.New(),
                TsInit = _emitter.Now,
                InstrumentId = command.InstrumentId,
                ClientOrderId = command.ClientOrderId,
                VenueOrderId = command.VenueOrderId,
            };
            return await GenerateOrderStatusReportAsync(query, stop).ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    public void QueryAccount(QueryAccount command)
    {
        RequireCredentials("query");
        _session.RunQuery("The query of the account", async stop =>
        {
            try
            {
                return await GetAccountStateAsync(stop).ConfigureAwait(false);
            }
            catch (ExecutionClientException exception) when (_emitter.LatestAccountState is { } latest)
            {
                Log.QueryFailed(_logger, exception.Message + " Answering with what the stream told last.");
                return latest;
            }
        });
    }

    /// <inheritdoc/>
    public async Task<OrderStatusReport?> GenerateOrderStatusReportAsync(GenerateOrderStatusReport command, CancellationToken cancellationToken = default)
    {
        RequireCredentials("report");
        var market = command.InstrumentId is { } instrument ? RequireMarket(instrument) : null;
        var (clientIndex, venueIndex) = await _loop.RunAsync(() => IndicesOf(command.ClientOrderId, command.VenueOrderId)).ConfigureAwait(false);
        if (clientIndex == 0 && venueIndex == 0)
        {
            throw new ExecutionClientException("Lighter order report: neither a client order id nor a Lighter venue order id was given.");
        }

        var account = _credentials!.AccountIndex;
        var unreadable = new List<string>();
        var note = CollectInto(unreadable);
        var row = Find(await _http.GetActiveOrdersAsync(account, market?.Index, cancellationToken, note).ConfigureAwait(false))
            ?? Find(await _http.GetInactiveOrdersAsync(account, market?.Index, window: null, cancellationToken, kind: null, note).ConfigureAwait(false));
        var reports = row is null ? [] : await ToReportsAsync([row], command.ClientOrderId, note).ConfigureAwait(false);
        return reports.Count > 0 ? reports[0]
            : unreadable.Count == 0 ? null
            : throw new ExecutionClientException("Lighter order report: the order may be one of those that cannot be read: " + Summary(unreadable));

        OrderRow? Find(IReadOnlyList<OrderRow> rows) => rows.FirstOrDefault(candidate =>
            venueIndex != 0 ? candidate.OrderIndex == venueIndex : candidate.ClientOrderIndex == clientIndex);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OrderStatusReport>> GenerateOrderStatusReportsAsync(
        GenerateOrderStatusReports command, CancellationToken cancellationToken = default)
    {
        RequireCredentials("report");
        var market = command.InstrumentId is { } instrument ? RequireMarket(instrument) : null;
        var account = _credentials!.AccountIndex;
        var unreadable = new List<string>();
        var note = CollectInto(unreadable);
        var rows = new List<OrderRow>(await _http.GetActiveOrdersAsync(account, market?.Index, cancellationToken, note).ConfigureAwait(false));
        if (!command.OpenOnly)
        {
            await AddInactiveAsync(rows, market, command.Start, command.End, note, cancellationToken).ConfigureAwait(false);
        }

        var reports = await ToReportsAsync(rows, clientOrderId: null, note).ConfigureAwait(false);
        return unreadable.Count == 0
            ? reports
            : throw new IncompleteReportsException("Lighter order reports: not all orders can be read: " + Summary(unreadable), reports);
    }

    /// <summary>
    /// Closed orders, perps and spot asked for by themselves: the venue keeps about the latest thousand per question, and one busy kind
    /// must not push the other out.
    /// </summary>
    private async Task AddInactiveAsync(
        List<OrderRow> rows, LighterMarket? market, UnixNanos? start, UnixNanos? end, Action<string, string> onUnreadable, CancellationToken cancellationToken)
    {
        var window = SecondsWindow(start, end);
        var closed = new HashSet<long>();
        string?[] kinds = market is null ? ["perp", "spot"] : [null];
        foreach (var kind in kinds)
        {
            var inactive = await _http.GetInactiveOrdersAsync(_credentials!.AccountIndex, market?.Index, window, cancellationToken, kind, onUnreadable).ConfigureAwait(false);
            var wanted = inactive.Where(row => IsWithin(row.UpdatedAtMs / 1000) && closed.Add(row.OrderIndex)).ToList();

            // Asked for later, so it is the newer row of an order that closed between the two questions.
            rows.RemoveAll(row => !row.IsClosed && closed.Contains(row.OrderIndex));
            rows.AddRange(wanted);
        }

        bool IsWithin(long second) => window is not { } between || (second >= between.Start && second <= between.End);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FillReport>> GenerateFillReportsAsync(GenerateFillReports command, CancellationToken cancellationToken = default)
    {
        var fills = await GetFillsAsync(command.InstrumentId, command.VenueOrderId, command.Start, cancellationToken).ConfigureAwait(false);
        var wanted = fills.Where(fill => command.End is not { } end || fill.TsEvent <= end);

        // At run time a fill that the stream has told is not told again here, and one told here is not told by the stream.
        return await _loop.RunAsync<IReadOnlyList<FillReport>>(() => [.. wanted.Where(fill => _streams.TryMarkReported(fill))]).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PositionStatusReport>> GeneratePositionStatusReportsAsync(
        GeneratePositionStatusReports command, CancellationToken cancellationToken = default)
    {
        RequireCredentials("report");
        var wanted = command.InstrumentId is { } instrument ? RequireMarket(instrument) : null;
        if (_session.IsLive && await _loop.RunAsync(() => _streams.HasPositions ? _streams.Positions(wanted) : null).ConfigureAwait(false) is { } live)
        {
            // Every frame of the stream is a complete snapshot, so it knows as much as REST, and sooner.
            return live;
        }

        var account = await _http.GetAccountAsync(_credentials!.AccountIndex, cancellationToken).ConfigureAwait(false);
        var now = _emitter.Now;
        var reports = new List<PositionStatusReport>();
        LighterHttp.Read("account", () =>
        {
            foreach (var element in JsonList.Enumerate(account, "positions"))
            {
                var row = PositionRow.Read(JsonRow.Read(element));
                if ((wanted is null && row.SignedSize != 0) || wanted?.Index == row.MarketIndex)
                {
                    reports.Add(ReportFactory.Position(row.SignedSize, row.AverageEntryPrice, RequireMarket(row.MarketIndex), AccountId, now));
                }
            }
        });
        if (wanted is not null && reports.Count == 0)
        {
            reports.Add(ReportFactory.Position(0, 0, wanted, AccountId, now));
        }

        return reports;
    }

    /// <inheritdoc/>
    public async Task<ExecutionMassStatus> GenerateMassStatusAsync(TimeSpan? lookback = null, CancellationToken cancellationToken = default)
    {
        RequireCredentials("report");
        _loop.Post(() => _streams.RememberTradesFor(lookback ?? TimeSpan.Zero));
        UnixNanos? start = lookback is { } span ? UnixNanos.FromDateTimeOffset(_timeProvider.GetUtcNow() - span) : null;
        var id = Uuid4.New();
        var now = _emitter.Now;
        var orders = GenerateOrderStatusReportsAsync(new GenerateOrderStatusReports { TraderId = _options.TraderId, CommandId = id, TsInit = now, Start = start }, cancellationToken);
        var fills = GetFillsAsync(instrumentId: null, venueOrderId: null, start, cancellationToken);
        var positions = GeneratePositionStatusReportsAsync(new GeneratePositionStatusReports { TraderId = _options.TraderId, CommandId = id, TsInit = now }, cancellationToken);
        return await MassStatus.CollectAsync(this, id, now, orders, fills, positions).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<FillReport>> GetFillsAsync(
        InstrumentId? instrumentId, VenueOrderId? venueOrderId, UnixNanos? start, CancellationToken cancellationToken)
    {
        RequireCredentials("report");
        var market = instrumentId is { } instrument ? RequireMarket(instrument) : null;
        long? orderIndex = venueOrderId is { } id && TryParseIndex(id, out var parsed) ? parsed : null;
        var account = _credentials!.AccountIndex;
        var trades = await _http.GetTradesAsync(account, market?.Index, orderIndex, start?.ToMilliseconds(), cancellationToken).ConfigureAwait(false);
        return await _loop.RunAsync<IReadOnlyList<FillReport>>(() =>
        {
            var fills = new List<FillReport>();
            foreach (var trade in trades.OrderBy(trade => trade.TimestampMs).ThenBy(trade => trade.TradeId))
            {
                var isSelfTrade = trade.Ask.AccountIndex == trade.Bid.AccountIndex;
                AddFill(trade, trade.Bid, isAsk: false, isSelfTrade, fills);
                AddFill(trade, trade.Ask, isAsk: true, isSelfTrade, fills);
            }

            return fills;
        }).ConfigureAwait(false);

        void AddFill(TradeRow trade, TradeSide side, bool isAsk, bool isSelfTrade, List<FillReport> fills)
        {
            if (side.AccountIndex == account && (orderIndex is null || orderIndex == side.OrderIndex))
            {
                var clientOrderId = _streams.ClientOrderIdOf(side.ClientOrderIndex, side.OrderIndex);
                fills.Add(ReportFactory.Fill(trade, isAsk, isSelfTrade, RequireMarket(trade.MarketIndex), clientOrderId, AccountId, _emitter.Now));
            }
        }
    }

    private Task<IReadOnlyList<OrderStatusReport>> ToReportsAsync(List<OrderRow> rows, ClientOrderId? clientOrderId, Action<string, string> onUnreadable) =>
        _loop.RunAsync<IReadOnlyList<OrderStatusReport>>(() =>
        {
            var reports = new List<OrderStatusReport>(rows.Count);
            foreach (var row in rows)
            {
                try
                {
                    var id = clientOrderId ?? _streams.ClientOrderIdOf(row.ClientOrderIndex, row.OrderIndex);
                    reports.Add(ReportFactory.Order(row, RequireMarket(row.MarketIndex), id, AccountId, _emitter.Now));
                }
                catch (Exception exception)
                {
                    // Whatever is odd about it: the others are none the worse.
                    onUnreadable("orders", string.Create(CultureInfo.InvariantCulture, $"order {row.OrderIndex}: {Bounded(exception.Message)}"));
                }
            }

            return reports;
        });

    /// <summary>Counts and logs rows that cannot be read as those of the streams, and keeps what is wrong with them.</summary>
    private Action<string, string> CollectInto(List<string> unreadable) => (endpoint, reason) =>
    {
        unreadable.Add(reason);
        NoteUnreadable(endpoint, reason);
    };

    private static string Summary(List<string> unreadable)
    {
        const int Most = 3;
        var rest = unreadable.Count > Most ? string.Create(CultureInfo.InvariantCulture, $"; and {unreadable.Count - Most} more") : "";
        return string.Join("; ", unreadable.Take(Most)) + rest;
    }

    private async Task<AccountState> GetAccountStateAsync(CancellationToken cancellationToken)
    {
        var account = await _http.GetAccountAsync(_credentials!.AccountIndex, cancellationToken).ConfigureAwait(false);
        var balances = new List<AccountBalance>();
        MarginBalance? margin = null;
        LighterHttp.Read("account", () =>
        {
            foreach (var element in JsonList.Enumerate(account, "assets"))
            {
                balances.Add(ReportFactory.Balance(AssetRow.Read(JsonRow.Read(element))));
            }

            var row = JsonRow.Read(account);
            var initial = row.OptionalDecimal("cross_initial_margin_requirement"u8)
                ?? Math.Max(row.Decimal("collateral"u8) - row.Decimal("available_balance"u8), 0);
            var maintenance = row.OptionalDecimal("cross_maintenance_margin_requirement"u8) ?? 0;
            margin = new MarginBalance(new Money(initial, Currency.USDC), new Money(maintenance, Currency.USDC));
        });
        var now = _emitter.Now;
        return new AccountState
        {
            AccountId = AccountId,
            AccountType = AccountType,
            Balances = balances,
            Margins = [margin!],
            IsReported = true,
            EventId = Uuid4.New(),
            TsEvent = now,
            TsInit = now,
        };
    }

    private (long ClientIndex, long VenueIndex) IndicesOf(ClientOrderId? clientOrderId, VenueOrderId? venueOrderId)
    {
        var tracked = clientOrderId is { } id ? _orders.Find(id) : null;
        var venueIndex = venueOrderId is { } given && TryParseIndex(given, out var parsed) ? parsed : tracked?.VenueOrderIndex ?? 0;
        var clientIndex = tracked?.ClientOrderIndex ?? (clientOrderId is { } other ? _orders.DeriveClientOrderIndex(other) : 0);
        return (clientIndex, venueIndex);
    }

    private (long Start, long End)? SecondsWindow(UnixNanos? start, UnixNanos? end)
    {
        if (start is null && end is null)
        {
            return null;
        }

        var from = (start?.ToMilliseconds() ?? 0) / 1000;
        return end is { } until ? (from, until.ToMilliseconds() / 1000) : WindowFrom(from * 1000);
    }

    private string NewAuthToken()
    {
        var deadline = (_timeProvider.GetUtcNow() + LighterProtocol.AuthTokenLifetime).ToUnixTimeSeconds();
        return LighterAuthToken.Create(_credentials!.PrivateKey, deadline, _credentials.AccountIndex, _credentials.ApiKeyIndex);
    }

    private LighterMarket RequireMarket(InstrumentId instrumentId) => _markets.Find(instrumentId)
        ?? throw new ExecutionClientException($"Lighter has no instrument {instrumentId}. Instruments come with connect.");

    private LighterMarket RequireMarket(short index) => _markets.Find(index)
        ?? throw new ExecutionClientException($"Lighter market {index.ToString(CultureInfo.InvariantCulture)} is not loaded: reconnect to load new markets.");
}
