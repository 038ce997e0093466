using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter;

/// <content>The way of a command: checked, registered, told as submitted, handed to the sequencer; and what its outcome becomes.</content>
public sealed partial class LighterExecutionClient
{
    private const int LongestVenueText = 500;

    /// <inheritdoc/>
    public void SubmitOrder(SubmitOrder command)
    {
        RequireCredentials("submit");
        var commandedAt = _timeProvider.GetTimestamp();
        Post(() =>
        {
            if (Prepare(command.Order, command.Params, commandedAt) is { } transaction)
            {
                _sequencer!.Enqueue(transaction);
            }
        });
    }

    /// <inheritdoc/>
    public void SubmitOrderList(SubmitOrderList command)
    {
        RequireCredentials("submit");
        var commandedAt = _timeProvider.GetTimestamp();
        Post(() => OnSubmitOrderList(command, commandedAt));
    }

    private void OnSubmitOrderList(SubmitOrderList command, long commandedAt)
    {
        string? refusal = null;
        if (command.Orders.Count > LighterProtocol.MaxBatchSize)
        {
            refusal = $"UNSUPPORTED_ORDER_LIST: Lighter order list of {command.Orders.Count} orders: a batch supports at most {LighterProtocol.MaxBatchSize} txs";
        }
        else if (command.Orders.Any(order => order.ContingencyType != ContingencyType.None))
        {
            refusal = "UNSUPPORTED_ORDER_LIST: Lighter grouped contingency lists remain out of scope";
        }

        var transactions = new List<PendingTransaction>(command.Orders.Count);
        foreach (var order in command.Orders)
        {
            if (refusal is not null)
            {
                _emitter.EmitDenied(KeyOf(order), refusal);
            }
            else if (Prepare(order, command.Params, commandedAt) is { } transaction)
            {
                transactions.Add(transaction);
            }
        }

        if (transactions.Count > 0)
        {
            _sequencer!.EnqueueBatch(transactions);
        }
    }

    /// <summary>Denies the order, or registers it, tells it as submitted and gives its transaction.</summary>
    private PendingTransaction? Prepare(OrderInitialized order, IReadOnlyDictionary<string, string>? parameters, long commandedAt)
    {
        var key = KeyOf(order);
        if (_orders.Find(order.ClientOrderId) is not null)
        {
            Log.DuplicateSubmit(_logger, order.ClientOrderId);
            return null;
        }

        var translation = Translate(order, parameters, out var market);
        if (translation.Order is not { } wireOrder)
        {
            _emitter.EmitDenied(key, translation.Denial!);
            return null;
        }

        var tracked = new TrackedOrder
        {
            Key = key,
            Side = order.Side,
            OrderType = order.OrderType,
            MarketIndex = market!.Index,
            ClientOrderIndex = wireOrder.ClientOrderIndex,
            Quantity = order.Quantity,
            Price = order.Price,
            TriggerPrice = order.TriggerPrice,
            ToldAtMs = _streams.LeastVenueNowMs,
        };
        _orders.Add(tracked);
        _emitter.EmitSubmitted(key);
        return new PendingTransaction
        {
            Purpose = TransactionPurpose.Create,
            Key = key,
            VenueOrderId = null,
            Order = tracked,
            ReportsRefusal = true,
            CommandedAt = commandedAt,
            Type = LighterTransactionType.CreateOrder,
            Write = (in TransactionHeader header, Span<byte> txInfo, out TransactionHash hash) =>
                Sign(new CreateOrderTransaction { Header = WithIntegrator(header), Order = wireOrder }, txInfo, out hash),
        };
    }

    private OrderTranslation Translate(OrderInitialized order, IReadOnlyDictionary<string, string>? parameters, out LighterMarket? market)
    {
        market = null;
        if (OrderTranslator.FindUnsupported(order) is { } unsupported)
        {
            return OrderTranslation.Denied(unsupported);
        }

        if (order.Validate() is { } invalid)
        {
            return OrderTranslation.Denied("VALIDATION_FAILED: " + invalid);
        }

        market = _markets.Find(order.InstrumentId);
        if (market is null)
        {
            return OrderTranslation.Denied($"INSTRUMENT_NOT_FOUND: Lighter submit_order failed: no market for {order.InstrumentId}");
        }

        if (!_session.IsLive)
        {
            return OrderTranslation.Denied("STREAM_RECONCILING: the connection to Lighter is not live; nothing was sent");
        }

        try
        {
            var quote = _cache?.Quote(order.InstrumentId) ?? LatestQuote(order.InstrumentId);
            var index = _orders.AllocateClientOrderIndex(order.ClientOrderId);
            return OrderTranslator.Translate(order, market, quote, _options.MarketOrderSlippageBps, parameters, index, _emitter.Now);
        }
        catch (Exception exception)
        {
            // Whatever an engine's cache or an odd number throws: the order was not sent, and its owner must hear so.
            return OrderTranslation.Denied("SUBMIT_FAILED: " + exception.Message);
        }
    }

    /// <exception cref="ObjectDisposedException">The client is disposed: the command is not taken.</exception>
    private void Post(Action work) => ObjectDisposedException.ThrowIf(!_loop.Post(work), this);

    private static OrderKey KeyOf(OrderInitialized order) => new(order.ClientOrderId, order.InstrumentId, order.StrategyId);

    private int Sign<T>(in T transaction, Span<byte> txInfo, out TransactionHash hash)
        where T : struct, ILighterTransaction =>
        LighterTransactionSigner.Sign(_options.Deployment.ChainId, transaction, _credentials!.PrivateKey, txInfo, out hash, out _, _nonces);

    /// <summary>How sending a transaction ended. Only a refusal and a provable non-send become events.</summary>
    private void OnOutcome(PendingTransaction transaction, SendOutcome outcome)
    {
        if (outcome is not SendOutcome.Admitted)
        {
            ForgetUnderWay(transaction);
        }

        _unresolved.Remove(transaction);
        switch (outcome)
        {
            case SendOutcome.Admitted:
                if (!transaction.IsFailed && !IsSettled(transaction))
                {
                    _unresolved.Add(transaction, isUnknown: false);
                }

                break;
            case SendOutcome.Refused refused:
                if (refused.Code == LighterProtocol.IntegratorNotApproved)
                {
                    Log.IntegratorHint(_logger, _options.IntegratorAccountIndex ?? 0);
                }

                NoteDoubt(transaction, refused.Code);
                Reject(
                    transaction,
                    string.Create(CultureInfo.InvariantCulture, $"Lighter venue rejected sendTx (code={refused.Code}): {Bounded(refused.Message)}"),
                    IsPostOnlyRefusal(refused.Message),
                    refused.Code);
                break;
            case SendOutcome.NotSent notSent:
                Reject(transaction, "NOT_SENT: " + notSent.Reason, duePostOnly: false);
                break;
            case SendOutcome.Unknown unknown:
                _unresolved.Add(transaction, isUnknown: true);
                Log.UnknownOutcome(_logger, transaction.Purpose, transaction.Key.ClientOrderId, unknown.Cause);
                break;
        }
    }

    /// <summary>The venue took the transaction in and its sequencer then refused it.</summary>
    private void OnExecutionFailed(PendingTransaction transaction, TransactionRow row)
    {
        ForgetUnderWay(transaction);
        NoteDoubt(transaction, row.ErrorCode);
        var code = row.ErrorCode?.ToString(CultureInfo.InvariantCulture) ?? "?";
        var message = Bounded(row.ErrorMessage ?? "no reason given");
        Reject(transaction, $"Lighter sequencer rejected the transaction (code={code}): {message}", IsPostOnlyRefusal(message), row.ErrorCode);
    }

    /// <summary>A modification or cancel that came to nothing, or perhaps did: what follows must not build on it.</summary>
    private void ForgetUnderWay(PendingTransaction transaction)
    {
        if (transaction is { Purpose: TransactionPurpose.Modify, Order: { } modified } && ReferenceEquals(modified.Wanted, transaction.Modification))
        {
            modified.Wanted = null;
        }
        else if (transaction is { Purpose: TransactionPurpose.Cancel, Order: { } canceled })
        {
            canceled.IsCancelUnderWay = false;
        }
        else if (transaction is { Purpose: TransactionPurpose.Cancel, VenueOrderId: { } venueOrderId } && TryParseIndex(venueOrderId, out var index))
        {
            _orders.EndExternalCancel(index);
        }
    }

    private void Reject(PendingTransaction transaction, string reason, bool duePostOnly, int? code = null)
    {
        var order = transaction.Order;
        switch (transaction.Purpose)
        {
            case TransactionPurpose.Create when order is { IsClosed: false, IsAccepted: false }:
                _orders.Close(order);
                _emitter.EmitRejected(transaction.Key, reason, _emitter.Now, duePostOnly);
                break;
            case TransactionPurpose.Modify when order is not { IsClosed: true } && !transaction.IsTold:
                transaction.IsTold = true;
                order?.Modifications.Remove(transaction);
                _emitter.EmitModifyRejected(transaction.Key, order?.VenueOrderId ?? transaction.VenueOrderId, reason, _emitter.Now);
                break;
            case TransactionPurpose.Cancel when transaction.ReportsRefusal && order is not { IsClosed: true }:
                _emitter.EmitCancelRejected(transaction.Key, order?.VenueOrderId ?? transaction.VenueOrderId, reason, _emitter.Now);
                break;
            case TransactionPurpose.Account:
                transaction.Completion?.TrySetException(new ExecutionClientException(reason) { VenueCode = code });
                break;
            default:
                Log.SuppressedRefusal(_logger, transaction.Purpose, transaction.Key.ClientOrderId, reason);
                break;
        }
    }

    /// <summary>A text of the venue's, cut where no message needs to be longer.</summary>
    private static string Bounded(string text) => text.Length <= LongestVenueText ? text : text[..LongestVenueText] + "…";

    private static bool IsPostOnlyRefusal(string message)
    {
        var letters = string.Concat(message.Where(char.IsLetter)).ToLowerInvariant();
        return letters.Contains("postonly", StringComparison.Ordinal) || letters.Contains("postwouldexecute", StringComparison.Ordinal);
    }
}
