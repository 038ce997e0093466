using System.Text;
using ExecutionAdapters.Venues.Lighter.Faults;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>
/// Scripted misbehaviour of a <see cref="LighterVenue"/>. Thread-safe: a fault is armed behind everything the venue has
/// received so far and before everything it receives later, and takes effect on the next matching thing.
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

    /// <summary>Holds back the first frame of new subscriptions of a kind, and with it all their updates, until released.</summary>
    /// <param name="channelKind">For example "user_stats" or "account_all_orders".</param>
    public void WithholdFirstFrame(string channelKind) => _loop.Post(() => _core.Faults.WithheldFirstFrames.Add(channelKind));

    /// <summary>Sends the first frames of a kind that were held back, as the state now is, and holds back no more.</summary>
    /// <param name="channelKind">The kind given to <see cref="WithholdFirstFrame"/>.</param>
    public void Release(string channelKind) => _loop.Post(() => _core.Hub.Release(channelKind));

    /// <summary>Refuses the next transaction or batch without looking at it; its nonces are not consumed. Several calls queue up.</summary>
    /// <param name="code">The venue's error code.</param>
    /// <param name="message">The message beside it.</param>
    /// <param name="bare">On the stream: answer <c>{"error":{…}}</c> without type and id instead of the answer's usual form.</param>
    public void AnswerNextTransaction(int code, string message, bool bare = false) =>
        _loop.Post(() => _core.Faults.Answers.Enqueue(new ScriptedAnswer(new VenueError(code, message), bare)));

    /// <summary>Executes the next admitted transactions but does not acknowledge them; over HTTP the connection is cut instead.</summary>
    /// <param name="count">How many transactions or batches, 1 or more.</param>
    public void SwallowNextAcknowledgements(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _loop.Post(() => _core.Faults.SwallowAcknowledgements = count);
    }

    /// <summary>Executes batches but holds back their answers, on HTTP and on the stream, until released.</summary>
    public void WithholdBatchResponses() => _loop.Post(_core.Faults.WithholdBatchResponses);

    /// <summary>Sends the answers held back and holds back no more.</summary>
    public void ReleaseBatchResponses() => _loop.Post(_core.Faults.ReleaseBatchResponses);

    /// <summary>Whether acknowledgements are just <c>{"type":"jsonapi/sendtx","code":200}</c>, as some servers answer.</summary>
    /// <param name="omit">True to leave the hash and everything else out, false to answer in full again.</param>
    public void OmitHashInAcknowledgements(bool omit = true) => _loop.Post(() => _core.Faults.OmitHash = omit);

    /// <summary>Closes the connection on which the next transaction or batch arrives, without an answer.</summary>
    /// <param name="execute">Whether the transaction is verified and executed all the same.</param>
    public void CloseAfterNextTransaction(bool execute) => _loop.Post(() => _core.Faults.CloseAfterNextTransaction = execute);

    /// <summary>Cuts all stream connections.</summary>
    public void DropConnections() => _loop.Post(() => _core.Hub.DropAll("dropped by script"));

    /// <summary>Sends a raw frame.</summary>
    /// <param name="channel">The channel as in the venue's frames, e.g. "account_all_orders:12345"; null for all connections.</param>
    /// <param name="json">The frame's text; it is not checked.</param>
    /// <returns>Completes when the frame has been handed to the connections.</returns>
    public Task PushFrameAsync(string? channel, string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        byte[] frame = Encoding.UTF8.GetBytes(json);
        return _loop.RunAsync(() => _core.Hub.Push(channel, frame));
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
        string name = path.StartsWith("/api/v1/", StringComparison.Ordinal) ? path["/api/v1/".Length..] : path;
        _loop.Post(() => _core.Faults.RefuseRest(name, new ScriptedRefusal(httpStatus, new VenueError(code, message)), times));
    }
}
