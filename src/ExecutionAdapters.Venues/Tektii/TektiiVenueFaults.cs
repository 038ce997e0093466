namespace ExecutionAdapters.Venues.Tektii;

/// <summary>
/// Misbehaviour of a <see cref="TektiiVenue"/> to order. Thread-safe: a fault is armed behind everything the venue has received so
/// far and before everything it receives later. The fault that was armed first and matches has the event.
/// </summary>
public sealed class TektiiVenueFaults
{
    private readonly VenueCore _core;

    internal TektiiVenueFaults(VenueCore core) => _core = core;

    /// <summary>Arms a fault of requests.</summary>
    /// <param name="fault">What and when.</param>
    public void Arm(TektiiRequestFault fault) => _core.Run(() => _core.Faults.Arm(fault));

    /// <summary>Arms a fault of stream frames.</summary>
    /// <param name="fault">What and when.</param>
    public void Arm(TektiiFrameFault fault) => _core.Run(() => _core.Faults.Arm(fault));

    /// <summary>Lets go the requests and answers that are held back; later ones are held anew.</summary>
    public void Release() => _core.Run(_core.Faults.Release);

    /// <summary>Takes all faults back and releases everything that they hold.</summary>
    public void Clear() => _core.Run(_core.Faults.Clear);

    /// <summary>The broker rejects the next order after it was taken: the answer says PENDING, an ORDER_REJECTED frame follows.</summary>
    /// <param name="reason">Why.</param>
    public void RejectNextOrderLater(TektiiRejectReason reason) => _core.Run(() => _core.Desk.RejectNextLater = reason);

    /// <summary>
    /// The next modification by cancel and replace leaves the order cancelled (422); the next move of a position's exits leaves one
    /// of them cancelled (502, and the error POSITION_UNPROTECTED on the stream).
    /// </summary>
    public void FailNextReplacement() => _core.Run(() => _core.Desk.FailNextReplacement = true);

    /// <summary>Whether acknowledgements are read and then ignored, so that ack windows are missed.</summary>
    /// <param name="ignores">False to heed them again.</param>
    public void IgnoreAcks(bool ignores = true) => _core.Run(() => _core.Faults.IgnoresAcks = ignores);

    /// <summary>Cuts all streams.</summary>
    public void CutStreams() => _core.Run(() => _core.Hub.AbortAll("cut by a fault"));

    /// <summary>The venue loses its broker: quotes stop, requests are answered 503, the streams are told (BROKER_DISCONNECTED, STALE).</summary>
    /// <param name="error">The reason in the frame; null for none.</param>
    public void DisconnectBroker(string? error = null) => _core.Run(() => _core.Broker.Disconnect(error));

    /// <summary>The broker is back: the streams are told (RECONNECTING, BROKER_RECONNECTED with the gap, FRESH, CONNECTED).</summary>
    public void ReconnectBroker() => _core.Run(() => _core.Broker.Reconnect());

    /// <summary>The venue gives up on its broker (BROKER_CONNECTION_FAILED); requests stay 503.</summary>
    /// <param name="error">The reason in the frame.</param>
    public void FailBroker(string error) => _core.Run(() => _core.Broker.Fail(error));

    /// <summary>Quotes of symbols are late (STALE), without more.</summary>
    /// <param name="symbols">Which.</param>
    public void MarkStale(params string[] symbols) => _core.Run(() => _core.Broker.MarkStale(symbols));

    /// <summary>All quotes are in time again (FRESH).</summary>
    public void MarkFresh() => _core.Run(() => _core.Broker.MarkFresh());

    /// <summary>Sends an error frame.</summary>
    /// <param name="code">For example "POSITION_UNPROTECTED", "OCO_DOUBLE_EXIT" or "LIQUIDATION".</param>
    /// <param name="message">One line.</param>
    /// <param name="details">Members of its details; null for none.</param>
    public void PushError(string code, string message, IReadOnlyDictionary<string, string>? details = null) =>
        _core.Run(() => _core.Publisher.Error(code, message, details));

    /// <summary>Sends a rate_limit frame.</summary>
    /// <param name="isHit">RATE_LIMIT_HIT, or RATE_LIMIT_WARNING for false.</param>
    /// <param name="remaining">Requests left, 0 or more.</param>
    /// <param name="resetAt">When the limit starts anew.</param>
    public void PushRateLimit(bool isHit, int remaining, DateTimeOffset resetAt) =>
        _core.Run(() => _core.Publisher.RateLimit(isHit ? "RATE_LIMIT_HIT" : "RATE_LIMIT_WARNING", remaining, resetAt));

    /// <summary>Sends an account frame with a warning.</summary>
    /// <param name="isCall">MARGIN_CALL, or MARGIN_WARNING for false.</param>
    public void PushMarginWarning(bool isCall) =>
        _core.Run(() => _core.Publisher.Account(isCall ? "MARGIN_CALL" : "MARGIN_WARNING", _core.Ledger.Account()));

    /// <summary>Sends a ping frame.</summary>
    public void PushPing() => _core.Run(_core.Publisher.Ping);

    /// <summary>Sends a frame as it is to all streams.</summary>
    /// <param name="text">The frame; it is not checked.</param>
    public void PushFrame(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _core.Run(() => _core.Publisher.Raw(text));
    }
}
