using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii.Protocol;

namespace ExecutionAdapters.Tektii;

/// <content>What a gateway does with positions. The orders that come of it have no id of ours: they are told as reports, and an engine takes them over.</content>
public sealed partial class TektiiExecutionClient
{
    /// <summary>The positions as the venue has them, with their ids.</summary>
    /// <exception cref="ExecutionClientException">The venue could not be asked.</exception>
    public async Task<IReadOnlyList<TektiiPosition>> GetPositionsAsync(InstrumentId? instrumentId = null, CancellationToken cancellationToken = default) =>
        await GetPositionRowsAsync(Query(SymbolQuery(instrumentId)), cancellationToken).ConfigureAwait(false);

    /// <summary>Closes a position, wholly or in part.</summary>
    /// <param name="positionId">The venue's id.</param>
    /// <param name="quantity">How much; null: all.</param>
    /// <param name="limitPrice">At which price or better; null: at the market.</param>
    /// <param name="cancellationToken">Stops waiting; the request may have been carried out.</param>
    /// <returns>The closing order.</returns>
    /// <exception cref="ExecutionClientException">Refused, not sent, or, and the message says so, with an outcome that is not known: ask for the positions before anything else.</exception>
    public async Task<TektiiOrderHandle> ClosePositionAsync(string positionId, decimal? quantity = null, decimal? limitPrice = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(positionId);
        RequireGateway("closes no positions by itself: send a reduce-only order on the other side");
        var path = "positions/" + Uri.EscapeDataString(positionId);

        // With a body, also an empty one: a request without may be sent a second time, when the connection breaks, by the transport itself.
        var body = quantity is null && limitPrice is null ? EmptyBody : GatewayProtocol.WriteClose(quantity, limitPrice);
        return await CloseAsync(path, body, answer => TektiiProtocol.ReadHandle(new Row(answer)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes every position, or those of one instrument, at the market.</summary>
    /// <returns>The closing orders; none when there was nothing to close.</returns>
    /// <exception cref="ExecutionClientException">As <see cref="ClosePositionAsync"/>.</exception>
    public async Task<IReadOnlyList<TektiiOrderHandle>> CloseAllPositionsAsync(InstrumentId? instrumentId = null, CancellationToken cancellationToken = default)
    {
        RequireGateway("closes no positions by itself: send reduce-only orders on the other side");
        return await CloseAsync(
            "positions" + Query(SymbolQuery(instrumentId)), EmptyBody, answer => ReadRows(answer, "order handles", TektiiProtocol.ReadHandle), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves the stop loss and the take profit that a position has; null leaves one as it is. None is made that is not there.</summary>
    /// <exception cref="ExecutionClientException">Refused. With HTTP 502 the position is now without protection, which an alert tells too.</exception>
    public async Task SetPositionExitsAsync(string positionId, decimal? stopLoss, decimal? takeProfit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(positionId);
        RequireGateway("has no exits of positions");
        if (stopLoss is null && takeProfit is null)
        {
            throw new ArgumentException("Neither a stop loss nor a take profit is given.", nameof(stopLoss));
        }

        var path = "positions/" + Uri.EscapeDataString(positionId);
        var answer = await _http.SendAsync(HttpMethod.Patch, path, GatewayProtocol.WriteExits(stopLoss, takeProfit), cancellationToken).ConfigureAwait(false);
        if (answer.Outcome is SendOutcome.Admitted)
        {
            return;
        }

        if (answer is { Outcome: SendOutcome.Unknown, Refusal.Code: "PROVIDER_ERROR" })
        {
            _loop.Post(() => Alert("POSITION_UNPROTECTED", $"The exits of position {positionId} could not be moved, and the old ones are gone: {answer.Refusal.Message}"));
        }

        throw TektiiHttp.ToException(path, answer);
    }

    private static readonly byte[] EmptyBody = "{}"u8.ToArray();

    private async Task<T> CloseAsync<T>(string path, byte[] body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        // Asked once: a second one could close what has been opened meanwhile.
        var answer = await _http.SendOnceAsync(HttpMethod.Delete, path, body, cancellationToken).ConfigureAwait(false);
        return answer.Outcome is SendOutcome.Admitted ? TektiiHttp.Read(path, () => read(answer.Body)) : throw TektiiHttp.ToException(path, answer);
    }

    private void RequireGateway(string what)
    {
        if (!_protocol.IsRich)
        {
            throw new ExecutionClientException($"Tektii's backtest engine {what}.");
        }
    }
}
