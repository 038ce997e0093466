using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>What the comparison of both books found.</summary>
internal sealed record AuditResult(IReadOnlyList<string> Discrepancies, long SignaturesVerified);

/// <summary>Books that are compared with a venue's.</summary>
internal sealed record AuditedBooks
{
    public required IReadOnlyCollection<Instrument> Instruments { get; init; }

    public required IReadOnlyCollection<Order> Orders { get; init; }

    /// <summary>Every fill, in the order in which it was told.</summary>
    public required IReadOnlyCollection<OrderFilled> Fills { get; init; }

    /// <summary>What could not be applied.</summary>
    public required IReadOnlyCollection<string> Problems { get; init; }

    public required IReadOnlyDictionary<InstrumentId, Position> Positions { get; init; }

    public required Account? Account { get; init; }

    /// <summary>An order that was over without a fill before anybody kept its name may be missing.</summary>
    public bool MayLackEmptyOrders { get; init; }

    public static AuditedBooks Of(DemoSession session) => new()
    {
        Instruments = session.Client.Instruments,
        Orders = session.Cache.Orders(),
        Fills = session.Fills,
        Problems = session.Problems,
        Positions = session.Cache.Positions().ToDictionary(position => position.InstrumentId),
        Account = session.Cache.Account(session.Client.AccountId),
    };
}

/// <summary>
/// Compares what the client's events built up, orders, fills, positions, balances, with the venue's own books. It reads the venue's
/// control endpoint with code of its own, so that an error in the client's readers cannot hide itself.
/// </summary>
internal sealed class VenueAudit
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(10);

    private readonly AuditedBooks _books;
    private readonly long _accountIndex;
    private readonly JsonElement _account;
    private readonly List<string> _discrepancies = [];

    private VenueAudit(AuditedBooks books, long accountIndex, JsonElement account)
    {
        _books = books;
        _accountIndex = accountIndex;
        _account = account;
    }

    /// <summary>
    /// Compares until both agree, for a few seconds: the last frames may still be under way. What still differs then is a discrepancy.
    /// </summary>
    public static async Task<AuditResult> RunAsync(Func<AuditedBooks> books, LighterVenue venue, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var state = await http.GetStringAsync(new Uri(venue.RestUrl, "control/state"), cancellationToken).ConfigureAwait(false);
            using var document = JsonDocument.Parse(state);
            var accountIndex = venue.TestAccount.AccountIndex;
            var account = document.RootElement.GetProperty("accounts").EnumerateArray()
                .First(candidate => candidate.GetProperty("account_index").GetInt64() == accountIndex);
            var audit = new VenueAudit(books(), accountIndex, account);
            audit.Compare();
            if (audit._discrepancies.Count == 0 || TimeProvider.System.GetElapsedTime(started) > SettleLimit)
            {
                return new AuditResult(audit._discrepancies, document.RootElement.GetProperty("signatures_verified").GetInt64());
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Compare()
    {
        _discrepancies.AddRange(_books.Problems.Select(problem => "event not applied: " + problem));
        CompareOrders();
        CompareFills();
        ComparePositions();
        CompareBalances();
    }

    private void CompareOrders()
    {
        var rows = _account.GetProperty("orders").EnumerateArray().ToDictionary(row => row.GetProperty("order_id").GetString()!);
        foreach (var twice in rows.Values.GroupBy(row => row.GetProperty("client_order_index").GetInt64()).Where(group => group.Key != 0 && group.Count() > 1))
        {
            _discrepancies.Add($"client order index {twice.Key} was sent {twice.Count()} times");
        }

        foreach (var order in _books.Orders)
        {
            if (order.VenueOrderId is not { } id)
            {
                Check(order.Status is OrderStatus.Denied or OrderStatus.Rejected, $"order {order.ClientOrderId}: {order.Status} without a venue order id");
                continue;
            }

            if (!rows.Remove(id.Value, out var row))
            {
                _discrepancies.Add($"order {order.ClientOrderId}: the venue has no order {id}");
                continue;
            }

            var status = row.GetProperty("status").GetString()!;
            Check(Agrees(order.Status, status), $"order {order.ClientOrderId}: {order.Status} here, {status} at the venue");
            var filled = Number(row, "filled_base_amount");
            Check(order.FilledQty.Value == filled, $"order {order.ClientOrderId}: filled {order.FilledQty} here, {filled} at the venue");
            var quote = Number(row, "filled_quote_amount");
            Check(
                Math.Abs(((order.AvgPx ?? 0) * order.FilledQty.Value) - quote) < 0.000001m,
                $"order {order.ClientOrderId}: average price {order.AvgPx} here, {quote} for {filled} at the venue");
            var quantity = Number(row, "initial_base_amount");
            Check(order.Quantity.Value == quantity, $"order {order.ClientOrderId}: quantity {order.Quantity} here, {quantity} at the venue");
        }

        if (_books.MayLackEmptyOrders)
        {
            foreach (var (id, row) in rows)
            {
                var isOver = row.GetProperty("status").GetString() is not ("open" or "pending");
                Check(isOver && Number(row, "filled_base_amount") == 0, $"venue order {id} is unknown here: {row.GetRawText()}");
            }

            return;
        }

        // A post-only order that would have crossed is refused: it has a row at the venue and no venue order id here.
        var refusedHere = _books.Orders.Count(order => order.Status == OrderStatus.Rejected && order.VenueOrderId is null);
        Check(rows.Count <= refusedHere, $"{rows.Count} orders at the venue without an order here, {refusedHere} refusals here");
        foreach (var (id, row) in rows)
        {
            var status = row.GetProperty("status").GetString();
            Check(status == "canceled-post-only", $"venue order {id} ({status}) is unknown here");
        }
    }

    private static bool Agrees(OrderStatus here, string venue) => here switch
    {
        OrderStatus.Filled => venue == "filled",
        OrderStatus.Expired => venue == "canceled-expired",
        OrderStatus.Rejected => venue == "canceled-post-only",
        OrderStatus.Canceled => venue.StartsWith("canceled", StringComparison.Ordinal) && venue != "canceled-expired",

        // A fill that came after the cancel shows in the status; the order stays closed all the same.
        OrderStatus.PartiallyFilled => venue == "open" || venue.StartsWith("canceled", StringComparison.Ordinal),
        OrderStatus.Accepted or OrderStatus.Triggered => venue is "open" or "pending",
        _ => false,
    };

    private void CompareFills()
    {
        var fills = _books.Fills.ToList();
        foreach (var twice in fills.GroupBy(fill => fill.TradeId).Where(group => group.Count() > 1))
        {
            _discrepancies.Add($"trade {twice.Key} was emitted {twice.Count()} times");
        }

        var here = fills.DistinctBy(fill => fill.TradeId).ToDictionary(fill => fill.TradeId.Value);
        foreach (var row in _account.GetProperty("trades").EnumerateArray())
        {
            var id = row.GetProperty("trade_id").GetInt64().ToString(CultureInfo.InvariantCulture);
            if (!here.Remove(id, out var fill))
            {
                _discrepancies.Add($"trade {id} of the venue was never emitted");
                continue;
            }

            var isAsk = row.GetProperty("ask_account_id").GetInt64() == _accountIndex;
            var isMaker = row.GetProperty("is_maker_ask").GetBoolean() == isAsk;
            var ppm = row.TryGetProperty(isMaker ? "maker_fee" : "taker_fee", out var fee) ? fee.GetInt64() : 0;
            var commission = decimal.Round(Number(row, "usd_amount") * ppm / 1_000_000m, 6, MidpointRounding.ToEven);
            Check(
                fill.LastQty.Value == Number(row, "size") && fill.LastPx.Value == Number(row, "price")
                && (fill.OrderSide == OrderSide.Sell) == isAsk && fill.Commission?.Amount == commission
                && (fill.LiquiditySide == LiquiditySide.Maker) == isMaker,
                $"trade {id}: {fill.OrderSide} {fill.LastQty} @ {fill.LastPx}, {fill.LiquiditySide}, commission {fill.Commission} here; {row.GetRawText()} at the venue");
        }

        _discrepancies.AddRange(here.Keys.Select(id => $"trade {id} was emitted and the venue does not have it"));
    }

    private void ComparePositions()
    {
        var venue = _account.GetProperty("positions").EnumerateArray().ToDictionary(row => row.GetProperty("symbol").GetString()!);
        foreach (var instrument in _books.Instruments.OfType<CryptoPerpetual>())
        {
            var here = _books.Positions.GetValueOrDefault(instrument.Id)?.SignedQty ?? 0;
            var hasRow = venue.TryGetValue(instrument.RawSymbol.Value, out var row);
            var there = hasRow ? Number(row, "position") * row.GetProperty("sign").GetInt32() : 0;
            Check(here == there, $"position {instrument.Id}: {here} here, {there} at the venue");
            if (here != 0 && hasRow)
            {
                var (position, fills) = InVenueOrder(instrument);

                // The venue keeps the entry cost with six decimals (each fill may round by half a unit) and writes the average with six.
                var average = Number(row, "avg_entry_price");
                var tolerance = 0.0000005m + (0.0000005m * fills / Math.Abs(here));
                Check(Math.Abs(position.AvgPxOpen - average) <= tolerance, $"position {instrument.Id}: average {position.AvgPxOpen} here, {average} at the venue");
            }
        }
    }

    /// <summary>
    /// The position that the fills made, and how many of them; anew, in the venue's order, when one was told late. A fill whose frame was lost is told when it is
    /// found, behind later ones; that changes the average entry price of a position that was reduced in between, but no quantity.
    /// </summary>
    private (Position Position, int Fills) InVenueOrder(Instrument instrument)
    {
        var told = _books.Fills.Where(fill => fill.InstrumentId == instrument.Id).DistinctBy(fill => fill.TradeId).ToList();
        var fills = told.OrderBy(fill => long.TryParse(fill.TradeId.Value.Split('-')[0], CultureInfo.InvariantCulture, out var number) ? number : 0).ToList();
        var position = new Position(instrument, IdentifierFormats.NettingPositionId(instrument.Id, fills[0].StrategyId), fills[0]);
        foreach (var fill in fills.Skip(1))
        {
            if (position.TryApply(fill) is { } problem)
            {
                _discrepancies.Add($"position {instrument.Id}: {problem}");
            }
        }

        return (told.SequenceEqual(fills) ? _books.Positions[instrument.Id] : position, position.Fills.Count);
    }

    private void CompareBalances()
    {
        var account = _books.Account;
        foreach (var row in _account.GetProperty("assets").EnumerateArray())
        {
            var symbol = row.GetProperty("symbol").GetString()!;
            var total = Number(row, "balance") + Number(row, "margin_balance");
            var locked = Number(row, "locked_balance");
            var here = account?.Balance(Currency.GetOrCreateCrypto(symbol));
            if (here is null)
            {
                Check(total == 0 && locked == 0, $"balance {symbol}: none here, {total} at the venue");
                continue;
            }

            Check(
                here.Total.Amount == decimal.Round(total, here.Total.Currency.Precision, MidpointRounding.ToEven)
                && here.Locked.Amount == decimal.Round(locked, here.Total.Currency.Precision, MidpointRounding.ToEven),
                $"balance {symbol}: total {here.Total}, locked {here.Locked} here; total {total}, locked {locked} at the venue");
        }
    }

    private void Check(bool holds, string discrepancy)
    {
        if (!holds)
        {
            _discrepancies.Add(discrepancy);
        }
    }

    private static decimal Number(JsonElement row, string name) =>
        decimal.Parse(row.GetProperty(name).GetString()!, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
