using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Http;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Lighter;

/// <content>The integrator that orders name, if one is set: its approval at connect, at zero fees, and taking that back.</content>
public sealed partial class LighterExecutionClient
{
    private static readonly TimeSpan ApprovalLifetime = TimeSpan.FromDays(5 * 365);

    /// <summary>
    /// Takes back the account's approval of an integrator, by HTTP, without a session: orders that name it are refused from then on.
    /// </summary>
    /// <param name="integratorAccountIndex">The integrator's account, 1 to 2^48 − 2.</param>
    /// <param name="cancellationToken">Stops waiting; the transaction may then have been sent.</param>
    /// <exception cref="ExecutionClientException">The client is connected (its transactions leave by one lane), the venue refused, or its answer is missing.</exception>
    public async Task RevokeIntegratorAsync(long integratorAccountIndex, CancellationToken cancellationToken = default)
    {
        RequireCredentials("revoke an integrator");
        ArgumentOutOfRangeException.ThrowIfLessThan(integratorAccountIndex, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(integratorAccountIndex, LighterCredentials.MaxAccountIndex);
        await _session.ExclusivelyAsync(async () =>
        {
            if (_socket is not null)
            {
                throw new ExecutionClientException("Lighter revoke: disconnect first.");
            }

            switch (await SendApprovalAsync(integratorAccountIndex, expiryMs: 0, cancellationToken).ConfigureAwait(false))
            {
                case SendOutcome.Admitted:
                    break;
                case SendOutcome.Refused refused:
                    throw new ExecutionClientException(string.Create(CultureInfo.InvariantCulture, $"Lighter revoke: the venue refused with code {refused.Code}: {Bounded(refused.Message)}")) { VenueCode = refused.Code };
                case SendOutcome.NotSent notSent:
                    throw new ExecutionClientException("Lighter revoke: not sent: " + notSent.Reason);
                case SendOutcome.Unknown unknown:
                    throw new ExecutionClientException("Lighter revoke: the outcome is unknown, ask the account for approved_integrators: " + unknown.Cause);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sees to it that the integrator is approved, before the stream is opened. Does nothing when none is set.</summary>
    private async Task EnsureIntegratorAsync(LighterCredentials credentials, CancellationToken cancellationToken)
    {
        if (_options.IntegratorAccountIndex is not { } integrator)
        {
            return;
        }

        if (await IsApprovedAsync(credentials, integrator, cancellationToken).ConfigureAwait(false))
        {
            Log.IntegratorStep(_logger, integrator, "approved already");
            return;
        }

        if (await IsMakerOnlyAsync(credentials, cancellationToken).ConfigureAwait(false))
        {
            Log.IntegratorStep(_logger, integrator, "no approval is sent, since this API key may only make");
            return;
        }

        var expiry = (_timeProvider.GetUtcNow() + ApprovalLifetime).ToUnixTimeMilliseconds();
        switch (await TrySendApprovalAsync(integrator, expiry, cancellationToken).ConfigureAwait(false))
        {
            case SendOutcome.Admitted:
                Log.IntegratorStep(_logger, integrator, "approval sent");
                break;
            case SendOutcome.Refused { Code: LighterProtocol.IntegratorNotApproved } refused:
                throw new ExecutionClientException(
                    $"Lighter connect: {credentials} is not integrator-approved (venue 21149): {Bounded(refused.Message)}; orders cannot be placed with integrator {integrator}. Approve it at the venue, or leave the integrator out.")
                {
                    VenueCode = refused.Code,
                };
            case { } failed:
                Log.IntegratorFailed(_logger, integrator, Bounded(failed.ToString()!));
                break;
        }
    }

    private async Task<bool> IsApprovedAsync(LighterCredentials credentials, long integrator, CancellationToken cancellationToken)
    {
        try
        {
            var account = await _http.GetAccountAsync(credentials.AccountIndex, cancellationToken).ConfigureAwait(false);
            var now = _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            return JsonList.Enumerate(account, "approved_integrators").Any(element =>
            {
                var row = JsonRow.Read(element);
                return row.OptionalInteger("account_index"u8) == integrator && row.OptionalInteger("approval_expiry"u8) > now;
            });
        }
        catch (Exception exception) when (exception is ExecutionClientException or RowFormatException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether this key may only make: it may not send the approval. A venue that does not say is taken for no.</summary>
    private async Task<bool> IsMakerOnlyAsync(LighterCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            return (await _http.GetMakerOnlyKeysAsync(credentials.AccountIndex, cancellationToken).ConfigureAwait(false)).Contains(credentials.ApiKeyIndex);
        }
        catch (ExecutionClientException)
        {
            return false;
        }
    }

    private async Task<SendOutcome> TrySendApprovalAsync(long integrator, long expiryMs, CancellationToken cancellationToken)
    {
        try
        {
            return await SendApprovalAsync(integrator, expiryMs, cancellationToken).ConfigureAwait(false);
        }
        catch (ExecutionClientException exception)
        {
            return new SendOutcome.NotSent(exception.Message);
        }
    }

    private async Task<SendOutcome> SendApprovalAsync(long integrator, long expiryMs, CancellationToken cancellationToken)
    {
        var credentials = _credentials!;
        var nonce = await _http.GetNextNonceAsync(credentials.AccountIndex, credentials.ApiKeyIndex, cancellationToken).ConfigureAwait(false);
        var validUntil = (_timeProvider.GetUtcNow() + _options.TransactionLifetime).ToUnixTimeMilliseconds();
        var approval = new ApproveIntegratorTransaction
        {
            Header = new TransactionHeader(credentials.AccountIndex, credentials.ApiKeyIndex, validUntil, nonce),
            IntegratorAccountIndex = integrator,
            ApprovalExpiry = expiryMs,
        };
        var signed = LighterTransactionSigner.Sign(_options.Deployment.ChainId, approval, credentials.PrivateKey, _nonces);
        _limits.Transactions.Charge(1);
        return (await _http.SendTransactionAsync(signed, cancellationToken).ConfigureAwait(false)).Outcome;
    }

    /// <summary>Orders and modifications name the integrator, at zero fees.</summary>
    private TransactionHeader WithIntegrator(TransactionHeader header) => _options.IntegratorAccountIndex is { } integrator
        ? header with { Attributes = header.Attributes.Integrator(integrator, takerFee: 0, makerFee: 0) }
        : header;
}
