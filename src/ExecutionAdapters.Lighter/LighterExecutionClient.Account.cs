using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter;

/// <summary>How positions of a market are margined.</summary>
public enum LighterMarginMode
{
    /// <summary>With the whole account's collateral.</summary>
    Cross = 0,

    /// <summary>With what was put aside for the position.</summary>
    Isolated = 1,
}

/// <content>Leverage and margin. They leave by the same lane as orders, and end when the venue has executed or refused them.</content>
public sealed partial class LighterExecutionClient
{
    /// <summary>Sets margin mode and leverage of a market.</summary>
    /// <param name="instrumentId">A perpetual.</param>
    /// <param name="initialMarginFraction">In units of 10^-4, 1 to 10,000: leverage L is 10,000 / L. Each market has its own least fraction.</param>
    /// <param name="marginMode">Cross or isolated.</param>
    /// <param name="cancellationToken">Stops waiting; the update may then be executed all the same.</param>
    /// <exception cref="ExecutionClientException">
    /// Not sent, refused by the venue (with its code), never executed, or of unknown outcome since the client was disconnected before the
    /// venue told it; the message says which.
    /// </exception>
    public Task UpdateLeverageAsync(
        InstrumentId instrumentId, int initialMarginFraction, LighterMarginMode marginMode, CancellationToken cancellationToken = default)
    {
        RequireCredentials("update leverage");
        ArgumentOutOfRangeException.ThrowIfLessThan(initialMarginFraction, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialMarginFraction, 10_000);
        var market = RequirePerpetual(instrumentId);
        return SendAsync(
            instrumentId,
            new UpdateLeverageTransaction
            {
                MarketIndex = market.Index,
                InitialMarginFraction = (ushort)initialMarginFraction,
                MarginMode = (byte)marginMode,
            },
            cancellationToken);
    }

    /// <summary>Adds collateral to an isolated position, or takes it out again.</summary>
    /// <param name="instrumentId">A perpetual with an isolated position.</param>
    /// <param name="amount">USDC, at most six decimals; above zero adds, below zero removes.</param>
    /// <param name="cancellationToken">Stops waiting; the update may then be executed all the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is zero or has more than six decimals.</exception>
    /// <exception cref="ExecutionClientException">
    /// Not sent, refused by the venue (with its code), never executed, or of unknown outcome since the client was disconnected before the
    /// venue told it; the message says which.
    /// </exception>
    public Task UpdateMarginAsync(InstrumentId instrumentId, decimal amount, CancellationToken cancellationToken = default)
    {
        RequireCredentials("update margin");
        const long MaxMicros = (1L << 60) - 1;
        var micros = Math.Abs(amount) * 1_000_000m;
        if (micros == 0 || micros > MaxMicros || micros != decimal.Truncate(micros))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "The amount must be above or below zero, in USDC of at most six decimals.");
        }

        var market = RequirePerpetual(instrumentId);
        return SendAsync(
            instrumentId,
            new UpdateMarginTransaction
            {
                MarketIndex = market.Index,
                USDCAmount = (long)micros,
                Direction = amount > 0 ? (byte)1 : (byte)0,
            },
            cancellationToken);
    }

    private LighterMarket RequirePerpetual(InstrumentId instrumentId)
    {
        var market = RequireMarket(instrumentId);
        return market.IsSpot ? throw new ExecutionClientException($"{instrumentId} is a spot market: it has neither leverage nor margin.") : market;
    }

    private Task SendAsync<T>(InstrumentId instrumentId, T transaction, CancellationToken cancellationToken)
        where T : struct, ILighterTransaction
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => _sequencer!.Enqueue(new PendingTransaction
        {
            Purpose = TransactionPurpose.Account,
            Key = new OrderKey(new ClientOrderId("ACCOUNT"), instrumentId, new StrategyId("EXTERNAL")),
            VenueOrderId = null,
            Order = null,
            ReportsRefusal = false,
            IsLeverageUpdate = transaction.Type == LighterTransactionType.UpdateLeverage,
            Completion = completion,
            CommandedAt = _timeProvider.GetTimestamp(),
            Type = transaction.Type,
            Write = (in TransactionHeader header, Span<byte> txInfo, out TransactionHash hash) =>
                Sign(transaction with { Header = header }, txInfo, out hash),
        }));
        return completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The client is being disconnected: nobody will ask any more what became of updates that somebody waits for.</summary>
    private void EndAwaited()
    {
        foreach (var transaction in _unresolved.TakeAwaited())
        {
            transaction.Completion!.TrySetException(new ExecutionClientException(
                $"Lighter update of {transaction.Key.InstrumentId}: the outcome is unknown, the client was disconnected before the venue told it. Connect again and look at the position's leverage and margin."));
        }
    }
}
