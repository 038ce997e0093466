using System.Text;
using ExecutionAdapters.Venues.Lighter.Faults;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>
/// Scripted misbehaviour of a <see cref="LighterVenue"/>: whole scripts, or single faults by method. Thread-safe: a fault is
/// armed behind everything the venue has received so far and before everything it receives later. An event is offered to the
/// faults in the order in which they were armed; the first one of a kind that fires has it.
/// </summary>
public sealed class LighterVenueFaults
{
    private readonly VenueLoop _loop;
    private readonly VenueCore _core;

    internal LighterVenueFaults(VenueLoop loop, VenueCore core)
    {
        _loop = loop;
        _core = core;
    }

    /// <summary>Arms a fault script besides what is armed already. The venue's documentation describes the scripts.</summary>
    /// <param name="json">For example <c>{"faults":[{"fault":"lose_ack","times":3}]}</c>; at most 256 KiB.</param>
    /// <exception cref="FormatException">
    /// It is no fault script; the text names the unknown or wrong member. Nothing is armed then.
    /// </exception>
    public void Load(string json)
    {
        FaultScript script = FaultScript.Parse(json);
        _loop.Post(() => _core.Faults.Arm(script));
    }

    /// <summary>Takes all faults back and releases everything that they hold back.</summary>
    public void Clear() => _loop.Post(_core.Faults.Clear);

    /// <summary>What is armed, as GET /control/faults gives it: each rule with how often it matched and fired.</summary>
    /// <returns>The JSON text.</returns>
    public async Task<string> DescribeAsync() =>
        Encoding.UTF8.GetString(await _loop.RunAsync(() => FaultText.Write(_core.Faults)).ConfigureAwait(false));

    /// <summary>
    /// A script of faults from which a client can recover, drawn from a seed: lost and late acknowledgements, refused nonces,
    /// batches that fail or stay unanswered, HTTP 500 and 429, delayed, doubled and lost frames (each loss followed by a cut),
    /// cut connections and one restart. It goes on until <see cref="Clear"/>.
    /// </summary>
    /// <param name="seed">Same seed, same script.</param>
    /// <returns>The script's text, for <see cref="Load"/>.</returns>
    public static string RandomScript(ulong seed) => RandomFaults.Write(seed);

    /// <summary>Holds back the first frame of new subscriptions of a kind, and with it all their updates, until released.</summary>
    /// <param name="channelKind">For example "user_stats" or "account_all_orders".</param>
    public void WithholdFirstFrame(string channelKind) =>
        Arm(new FaultRule { Kind = FaultKind.WithholdFirstFrame, Channel = channelKind, Times = null });

    /// <summary>Sends the first frames of a kind that were held back, as the state now is, and holds back no more.</summary>
    /// <param name="channelKind">The kind given to <see cref="WithholdFirstFrame"/>.</param>
    public void Release(string channelKind) =>
        Disarm(rule => rule.Kind == FaultKind.WithholdFirstFrame && rule.Channel == channelKind);

    /// <summary>Refuses the next transaction or batch without looking at it; its nonces are not consumed. Several calls queue up.</summary>
    /// <param name="code">The venue's error code.</param>
    /// <param name="message">The message beside it.</param>
    /// <param name="bare">On the stream: answer <c>{"error":{…}}</c> without type and id instead of the answer's usual form.</param>
    public void AnswerNextTransaction(int code, string message, bool bare = false) =>
        Arm(new FaultRule { Kind = FaultKind.RefuseTransaction, Code = code, Message = message, Bare = bare });

    /// <summary>Executes the next admitted transactions but does not acknowledge them; over HTTP the connection is cut instead.</summary>
    /// <param name="count">How many transactions or batches, 1 or more.</param>
    public void SwallowNextAcknowledgements(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Arm(new FaultRule { Kind = FaultKind.LoseAck, Times = count });
    }

    /// <summary>Executes batches but holds back their answers, on HTTP and on the stream, until released.</summary>
    public void WithholdBatchResponses() => Arm(new FaultRule { Kind = FaultKind.WithholdAck, Batch = true, Times = null });

    /// <summary>Sends the answers held back and holds back no more.</summary>
    public void ReleaseBatchResponses() => Disarm(rule => rule is { Kind: FaultKind.WithholdAck, Batch: true });

    /// <summary>Whether acknowledgements are just <c>{"type":"jsonapi/sendtx","code":200}</c>, as some servers answer.</summary>
    /// <param name="omit">True to leave the hash and everything else out, false to answer in full again.</param>
    public void OmitHashInAcknowledgements(bool omit = true)
    {
        Disarm(rule => rule.Kind == FaultKind.OmitHash);
        if (omit)
        {
            Arm(new FaultRule { Kind = FaultKind.OmitHash, Times = null });
        }
    }

    /// <summary>Closes the connection on which the next transaction or batch arrives, without an answer.</summary>
    /// <param name="execute">Whether the transaction is verified and executed all the same.</param>
    public void CloseAfterNextTransaction(bool execute) => Arm(new FaultRule
    {
        Kind = FaultKind.CloseConnection,
        When = execute ? FaultRule.AfterExecution : FaultRule.BeforeExecution,
    });

    /// <summary>Cuts all stream connections.</summary>
    public void DropConnections() => _loop.Post(_core.Faults.DropConnections);

    /// <summary>Sends a raw frame.</summary>
    /// <param name="channel">The channel as in the venue's frames, e.g. "account_all_orders:12345"; null for all connections.</param>
    /// <param name="json">The frame's text; it is not checked.</param>
    /// <returns>Completes when the frame has been handed to the connections.</returns>
    public Task PushFrameAsync(string? channel, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return _loop.RunAsync(() => _core.Faults.PushFrame(channel, json));
    }

    /// <summary>Refuses the next requests to a REST path without looking at them.</summary>
    /// <param name="path">The endpoint's name, for example "sendTx" or "nextNonce"; a leading /api/v1/ is ignored.</param>
    /// <param name="httpStatus">HTTP status, for example 400, 429 or 503.</param>
    /// <param name="code">The venue's error code in the body.</param>
    /// <param name="message">The message in the body.</param>
    /// <param name="times">How many requests, 1 or more.</param>
    public void RefuseRest(string path, int httpStatus, int code, string message, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        Arm(new FaultRule
        {
            Kind = FaultKind.RefuseRequest,
            Path = FaultVocabulary.EndpointName(path),
            Status = httpStatus,
            Code = code,
            Message = message,
            Times = times,
        });
    }

    private void Arm(FaultRule rule) => _loop.Post(() => _core.Faults.Arm(rule));

    private void Disarm(Predicate<FaultRule> which) => _loop.Post(() => _core.Faults.Disarm(which));
}
