using System.Diagnostics.CodeAnalysis;
using System.Text;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>Verifies what a transaction says about itself: form, ranges, owner, lifetime, signature and nonce.</summary>
internal sealed class TransactionVerifier(Exchange exchange, ApiKeys keys, int chainId)
{
    /// <summary>
    /// How much later than allowed a time may lie, for a client's clock that is fast. Nothing is tolerated at the near end:
    /// what has expired is refused.
    /// </summary>
    public const long ClockToleranceMs = 5_000;

    private const long MaximumLifetimeMs = 600_000;

    public bool TryVerify(RawTransaction raw, [NotNullWhen(true)] out VerifiedTransaction? verified, out VenueError error)
    {
        verified = null;
        if (!Enum.IsDefined((LighterTransactionType)raw.Type) || raw.Type == (byte)LighterTransactionType.None)
        {
            error = VenueErrors.UnsupportedTxType.With($"{raw.Type} is not a transaction type that users send");
            return false;
        }

        byte[] info = Encoding.UTF8.GetBytes(raw.Info);
        if (!LighterTransactionReader.TryRead(raw.Type, info, out ParsedTransaction? parsed, out string? reason))
        {
            error = VenueErrors.InvalidTxInfo.With(reason);
            return false;
        }

        ILighterTransaction transaction = parsed.Transaction;
        if (transaction.Validate() is { } violation)
        {
            error = VenueErrors.For(violation.VenueCode, violation.Message);
            return false;
        }

        return TryAuthenticate(raw, parsed, out verified, out error);
    }

    /// <summary>The nonce after the last one: exactly the next, or any larger one below 2^47 − 1 with attribute 4.</summary>
    public static VenueError? CheckNonce(VerifiedTransaction transaction, long lastNonce)
    {
        long nonce = transaction.Header.Nonce;
        if (transaction.SkipsNonces)
        {
            return nonce > lastNonce && nonce < ApiKey.NonceLimit
                ? null
                : VenueErrors.InvalidNonce.With($"{nonce} must be above {lastNonce} and below {ApiKey.NonceLimit}");
        }

        return nonce == lastNonce + 1 ? null : VenueErrors.InvalidNonce.With($"expected {lastNonce + 1}, got {nonce}");
    }

    private bool TryAuthenticate(
        RawTransaction raw, ParsedTransaction parsed, [NotNullWhen(true)] out VerifiedTransaction? verified, out VenueError error)
    {
        verified = null;
        TransactionHeader header = parsed.Transaction.Header;
        if (exchange.Account(header.AccountIndex) is not { IsSynthetic: false } account)
        {
            error = VenueErrors.AccountNotFound;
            return false;
        }

        if (keys.Find(header.AccountIndex, header.ApiKeyIndex) is not { } key)
        {
            error = VenueErrors.ApiKeyNotFound;
            return false;
        }

        if (CheckLifetime(header.ExpiredAt) is { } late)
        {
            error = late;
            return false;
        }

        TransactionHash hash = LighterTransactionSigner.Hash(chainId, parsed.Transaction);
        if (parsed.Signature is not { } signature || !key.Verify(hash, signature))
        {
            error = VenueErrors.InvalidSignature;
            return false;
        }

        error = default;
        verified = new VerifiedTransaction(parsed.Transaction, hash, account, key, raw.Info);
        return true;
    }

    private VenueError? CheckLifetime(long expiredAt)
    {
        long nowMs = exchange.State.NowMs;
        if (expiredAt <= nowMs)
        {
            return VenueErrors.InvalidTxInfo.With($"ExpiredAt {expiredAt} has passed, the venue's clock shows {nowMs}");
        }

        return expiredAt <= nowMs + MaximumLifetimeMs + ClockToleranceMs
            ? null
            : VenueErrors.InvalidTxInfo.With($"ExpiredAt {expiredAt} is more than 10 minutes after the venue's clock {nowMs}");
    }
}
