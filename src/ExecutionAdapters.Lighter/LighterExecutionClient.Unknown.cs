using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter;

/// <content>
/// Orders whose creation has an unknown outcome: the venue is asked for the transaction by its hash until that is decided, one way or
/// the other, by proof.
/// </content>
public sealed partial class LighterExecutionClient
{
    private static readonly TimeSpan ResolveInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookUpMargin = TimeSpan.FromSeconds(2);

    private bool _isResolving;
    private long _lastResolvedAt;

    private void ResolveUnknownCreates()
    {
        if (!_isConnected || _isResolving || _timeProvider.GetElapsedTime(_lastResolvedAt) < ResolveInterval)
        {
            return;
        }

        var unknown = _orders.Open.Where(order => order is { UnknownCreate: not null, IsAccepted: false }).Select(order => order.UnknownCreate!).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        _isResolving = true;
        RunInBackground(async stop =>
        {
            try
            {
                foreach (var transaction in unknown)
                {
                    var askedAt = _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
                    var row = await _http.GetTransactionAsync(transaction.Hash, stop).ConfigureAwait(false);
                    _loop.Post(() => OnUnknownLookedUp(transaction, row, askedAt));
                }
            }
            catch (ExecutionClientException exception)
            {
                Log.LookUpFailed(_logger, exception.Message);
            }
            finally
            {
                _loop.Post(() =>
                {
                    _isResolving = false;
                    _lastResolvedAt = _timeProvider.GetTimestamp();
                });
            }
        });
    }

    /// <summary>
    /// Failed at the venue: rejected with its reason. Not known there some time after its validity ended: it never arrived and can never
    /// be executed. Otherwise nothing is proven yet: a transaction may be executed before it can be looked up.
    /// </summary>
    private void OnUnknownLookedUp(PendingTransaction transaction, TransactionRow? row, long askedAtMs)
    {
        if (row is { IsFinal: true, IsFailed: true })
        {
            _sequencer!.TakeVerdict(transaction.Hash);
            OnExecutionFailed(transaction, row);
        }
        else if (row is null && askedAtMs > transaction.ExpiredAtMs + LookUpMargin.TotalMilliseconds)
        {
            Reject(transaction, "NOT_SENT: the transaction never reached Lighter and is no longer valid", duePostOnly: false);
        }
    }
}
