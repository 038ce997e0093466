using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Flatten;

/// <summary>What stands open of an account.</summary>
internal sealed record OpenThings(IReadOnlyList<OrderStatusReport> Orders, IReadOnlyList<PositionStatusReport> Positions)
{
    public bool IsFlat => Orders.Count == 0 && Positions.Count == 0;
}

/// <summary>What there was, what is left of it, and why.</summary>
/// <param name="Found">Before.</param>
/// <param name="Left">After, as the venue was asked anew; null: it could not be asked.</param>
/// <param name="Problems">What went wrong on the way.</param>
internal sealed record FlattenResult(OpenThings Found, OpenThings? Left, IReadOnlyList<string> Problems)
{
    /// <summary>Why the account is not flat, or not known to be; null: it is.</summary>
    public string? Error => Left is { IsFlat: true } ? null
        : (Left is null ? "what is left could not be asked for" : $"{Left.Orders.Count} orders and {Left.Positions.Count} positions are left")
            + string.Concat(Problems.Select(problem => "; " + problem));
}

/// <summary>
/// Cancels what is open, then closes what is held, then asks the venue whether that is so. Positions are closed by reduce-only orders, so
/// that none is ever opened the other way; an order whose fate is not known is not followed by another.
/// </summary>
internal sealed class Flattening(AccountSession session, InstrumentId? only)
{
    private const int Rounds = 3;
    private const int SettleQuestions = 5;
    private static readonly TimeSpan Lookback = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CancelRound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuoteLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(1);

    private readonly OrderFactory _orders = new(new TraderId("TRADER-001"), new StrategyId("FLATTEN-001"));
    private readonly List<string> _problems = [];

    /// <exception cref="MassStatusException">The venue could not be asked for all of it.</exception>
    public async Task<OpenThings> FindAsync(CancellationToken stop)
    {
        if (only is { } id && session.Client.Instruments.All(instrument => instrument.Id != id))
        {
            throw new CommandException($"--instrument: the venue has no {id}.", ExitCode.WrongUsage);
        }

        var status = await session.Client.GenerateMassStatusAsync(Lookback, stop).ConfigureAwait(false);
        session.Book.Apply(status);
        return new OpenThings(
            [.. status.OrderReports.Values.Where(order => order.OrderStatus.IsOpen() && IsMeant(order.InstrumentId))],
            [.. status.PositionReports.Values.SelectMany(reports => reports).Where(report => report.PositionSide != PositionSide.Flat && IsMeant(report.InstrumentId))]);
    }

    public async Task<FlattenResult> RunAsync(OpenThings found, CancellationToken stop)
    {
        if (found.IsFlat)
        {
            return new FlattenResult(found, found, []);
        }

        await CancelAsync(found, stop).ConfigureAwait(false);

        // Cancels may have come too late for fills: what is held now counts, not what was held when the question was asked.
        foreach (var instrument in session.Book.Positions.Concat(found.Positions).Select(position => position.InstrumentId).Where(IsMeant).Distinct().ToList())
        {
            await CloseAsync(instrument, stop).ConfigureAwait(false);
        }

        return new FlattenResult(found, await FindLeftAsync(stop).ConfigureAwait(false), _problems);
    }

    private async Task CancelAsync(OpenThings found, CancellationToken stop)
    {
        var instruments = found.Orders.Select(order => order.InstrumentId).ToHashSet();
        for (var round = 0; round < Rounds && instruments.Count > 0; round++)
        {
            foreach (var instrument in instruments)
            {
                session.Client.CancelAllOrders(_orders.CancelAll(instrument));
            }

            if (await session.TryWaitUntilAsync(IsCanceled, CancelRound, stop).ConfigureAwait(false))
            {
                return;
            }
        }

        bool IsCanceled() => !session.Book.OpenOrders.Any(order => instruments.Contains(order.InstrumentId));
    }

    private async Task CloseAsync(InstrumentId instrument, CancellationToken stop)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var position = await AskPositionAsync(instrument, stop).ConfigureAwait(false);
            if (position is null or { PositionSide: PositionSide.Flat })
            {
                return;
            }

            var order = await TryCloseAsync(position, stop).ConfigureAwait(false);
            if (order is null)
            {
                return;
            }

            // The next round must not see the position as it was before this order.
            if (!order.FilledQty.IsZero && !await HasChangedAsync(position, stop).ConfigureAwait(false))
            {
                _problems.Add($"{instrument}: the order was filled and the position was not told anew");
                return;
            }
        }
    }

    private async Task<bool> HasChangedAsync(PositionStatusReport before, CancellationToken stop)
    {
        var instrument = before.InstrumentId;
        for (var question = 0; question < SettleQuestions; question++)
        {
            // Not every venue tells of positions by itself, so it is asked as well.
            if (await session.TryWaitUntilAsync(
                    () => session.Book.Positions.FirstOrDefault(held => held.InstrumentId == instrument)?.Quantity != before.Quantity, BetweenQuestions, stop).ConfigureAwait(false)
                || (await AskPositionAsync(instrument, stop).ConfigureAwait(false))?.Quantity != before.Quantity)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One order that closes the position or a part of it; null: there must be no further one.</summary>
    private async Task<Order?> TryCloseAsync(PositionStatusReport position, CancellationToken stop)
    {
        var instrument = position.InstrumentId;
        if (session.NeedsQuotes && await session.TryGetQuoteAsync(instrument, QuoteLimit, stop).ConfigureAwait(false) is null)
        {
            _problems.Add($"{instrument}: no quote within {QuoteLimit.TotalSeconds:0} s");
            return null;
        }

        var side = position.PositionSide == PositionSide.Long ? OrderSide.Sell : OrderSide.Buy;
        var order = session.Submit(_orders, _orders.Market(instrument, side, position.Quantity) with { ReduceOnly = true });
        if (!await session.TryWaitUntilAsync(() => order.IsClosed, CloseLimit, stop).ConfigureAwait(false))
        {
            _problems.Add($"{instrument}: what became of the closing order {order.ClientOrderId} is not known after {CloseLimit.TotalSeconds:0} s");
            return null;
        }

        if (order.Status is OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Canceled)
        {
            _problems.Add($"{instrument}: the closing order {order.ClientOrderId} was {order.Status.ToWireString()} at {order.FilledQty} of {order.Quantity}{ReasonOf(order)}");
        }

        return order.Status is OrderStatus.Denied or OrderStatus.Rejected ? null : order;
    }

    private async Task<PositionStatusReport?> AskPositionAsync(InstrumentId instrument, CancellationToken stop)
    {
        var question = new GeneratePositionStatusReports
        {
            TraderId = new TraderId("TRADER-001"),
            CommandId = Uuid4.New(),
            TsInit = UnixNanos.Now(TimeProvider.System),
            InstrumentId = instrument,
        };
        try
        {
            var reports = await session.Client.GeneratePositionStatusReportsAsync(question, stop).ConfigureAwait(false);
            return reports.Count > 0 ? reports[0] : null;
        }
        catch (ExecutionClientException exception)
        {
            _problems.Add(SecretScrubber.ScrubMessage($"{instrument}: {exception.Message}"));
            return null;
        }
    }

    /// <summary>A fresh mass status; a few, since what was just done may take a moment to show.</summary>
    private async Task<OpenThings?> FindLeftAsync(CancellationToken stop)
    {
        OpenThings? left = null;
        for (var round = 0; round < Rounds && left is not { IsFlat: true }; round++)
        {
            if (round > 0)
            {
                await Task.Delay(BetweenQuestions, TimeProvider.System, stop).ConfigureAwait(false);
            }

            try
            {
                left = await FindAsync(stop).ConfigureAwait(false);
            }
            catch (ExecutionClientException exception)
            {
                left = null;
                _problems.Add(SecretScrubber.ScrubMessage(exception.Message));
            }
        }

        return left;
    }

    private bool IsMeant(InstrumentId instrument) => only is not { } id || id == instrument;

    private string ReasonOf(Order order) => session.ReasonOf(order.ClientOrderId) is { } reason ? ": " + reason : "";
}
