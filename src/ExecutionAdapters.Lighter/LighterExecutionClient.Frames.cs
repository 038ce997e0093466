using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Http;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;

namespace ExecutionAdapters.Lighter;

/// <content>What comes from the socket. Frames are read on the socket's task and handled on the loop.</content>
public sealed partial class LighterExecutionClient
{
    private readonly Complaints _complaints = new();

    void IWebSocketHandler.OnConnected(int connection) => _loop.Post(() => BeginSession(connection));

    void IWebSocketHandler.OnMessage(ReadOnlySpan<byte> message)
    {
        Volatile.Write(ref _heardAt, _timeProvider.GetTimestamp());
        var frame = LighterFrameReader.Read(message);
        _loop.Post(() => OnFrame(frame));
    }

    void IWebSocketHandler.OnLost(int connection, string cause) => _loop.Post(() => EndSession("connection lost: " + cause));

    void IWebSocketHandler.OnDialing(int attempt) => _loop.Post(() =>
    {
        if (!_isDisconnecting)
        {
            _emitter.EmitConnection(ConnectionState.Reconnecting, attempt);
        }
    });

    void ITransactionTransport.WakeAfter(TimeSpan delay) => WakeAfter(delay);

    bool ITransactionTransport.TrySend(ReadOnlySpan<byte> frame) => _socket?.TrySend(_connection, frame) ?? false;

    void ITransactionTransport.SendBatch(ReadOnlyMemory<byte> form)
    {
        var stop = _session.Stop;
        _ = Task.Run(
            async () =>
            {
                TransactionAnswer answer;
                try
                {
                    answer = await _http.SendBatchAsync(form, stop).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    answer = new TransactionAnswer(new SendOutcome.Unknown(exception.Message));
                }

                _loop.Post(() =>
                {
                    NoteVolumeQuota(answer.VolumeQuotaRemaining);
                    _sequencer!.OnBatchOutcome(answer.Outcome);
                });
            },
            CancellationToken.None);
    }

    void ITransactionTransport.RememberNonce(long nonce) => _memory?.Set(NonceName, nonce.ToString(CultureInfo.InvariantCulture));

    void ITransactionTransport.FetchNextNonce(int question) => _session.RunInBackground(async stop =>
    {
        long? nonce = null;
        try
        {
            nonce = await _http.GetNextNonceAsync(_credentials!.AccountIndex, _credentials.ApiKeyIndex, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.NonceFetchFailed(_logger, exception.Message);
            await Task.Delay(NonceRetryDelay, _timeProvider, stop).ConfigureAwait(false);
        }
        finally
        {
            _loop.Post(() => _sequencer!.OnNextNonce(question, nonce));
        }
    });

    private void OnFrame(LighterFrame frame)
    {
        switch (frame)
        {
            case LighterFrame.AccountOrders orders:
                OnAccountFrame(LighterChannels.AccountOrders, () => _streams.OnOrders(orders));
                break;
            case LighterFrame.AccountTrades trades:
                OnAccountFrame(LighterChannels.AccountTrades, () => _streams.OnTrades(trades));
                break;
            case LighterFrame.AccountPositions positions:
                OnAccountFrame(LighterChannels.AccountPositions, () => _streams.OnPositions(positions));
                break;
            case LighterFrame.AccountAssets assets:
                OnAccountFrame(LighterChannels.AccountAssets, () => _streams.OnAssets(assets));
                break;
            case LighterFrame.UserStats stats:
                OnAccountFrame(LighterChannels.UserStats, () => _streams.OnUserStats(stats));
                break;
            case LighterFrame.AccountTransactions transactions:
                OnTransactionStreamAnswered();
                OnAccountTransactions(transactions);
                break;
            case LighterFrame.TransactionResponse response:
                NoteVolumeQuota(response.VolumeQuotaRemaining);
                _sequencer!.OnResponse(response);
                break;
            case LighterFrame.BareError error:
                OnBareError(error);
                break;
            case LighterFrame.Subscribed subscribed:
                _subscriptions.OnAnswered(subscribed.Channel);
                _isTransactionStreamAnswered |= subscribed.Channel.StartsWith(LighterChannels.AccountTransactions, StringComparison.Ordinal);
                break;
            case LighterFrame.Ticker ticker:
                OnTicker(ticker);
                break;
            case LighterFrame.Ping:
                _socket?.TrySend(_connection, LighterFrameWriter.Pong);
                break;
            case LighterFrame.Malformed malformed:
                OnMalformed(malformed.Reason);
                break;
            default:
                // Connected, pong, control acknowledgements and channels that are not used.
                break;
        }
    }

    /// <summary>The stream is live once its frame was looked at, also when something in it made trouble.</summary>
    private void OnAccountFrame(string channel, Action handle)
    {
        try
        {
            handle();
        }
        finally
        {
            OnStreamLive(channel);
        }
    }

    private void OnAccountTransactions(LighterFrame.AccountTransactions frame)
    {
        foreach (var row in frame.Rows)
        {
            if (row.IsFinal && _sequencer!.TakeVerdict(row.Hash) is { } transaction)
            {
                OnVerdict(transaction, row);
            }
        }
    }

    private void OnBareError(LighterFrame.BareError error)
    {
        if (!_sequencer!.OnBareError(error) && !LighterProtocol.IsTransactionCode(error.Code))
        {
            OnSubscriptionError(error);
        }
    }

    /// <summary>A reason is logged once; how often it came is counted.</summary>
    private void OnMalformed(string reason)
    {
        LighterTelemetry.UnreadableFrames.Add(1);
        if (_complaints.IsNew("frame", reason))
        {
            Log.MalformedFrame(_logger, reason);
        }
    }

    private void OnTicker(LighterFrame.Ticker ticker)
    {
        if (_markets.Find(ticker.MarketIndex) is not { } market || ticker.Bid is not { } bid || ticker.Ask is not { } ask)
        {
            return;
        }

        var now = _emitter.Now;
        _subscriptions.OnAnswered(LighterChannels.ForMarket(LighterChannels.Ticker, market.Index));
        _quotes[market.InstrumentId] = new QuoteTick
        {
            InstrumentId = market.InstrumentId,
            BidPrice = market.Price(bid.Price),
            AskPrice = market.Price(ask.Price),
            BidSize = market.Quantity(bid.Size),
            AskSize = market.Quantity(ask.Size),
            TsEvent = ticker.TimestampMs > 0 ? UnixNanos.FromMilliseconds(ticker.TimestampMs) : now,
            TsInit = now,
        };
    }
}
