using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>Checks auth tokens (deadline:account:key:signature) against the registered keys. Read-only tokens are not offered.</summary>
internal sealed class AuthTokens(ApiKeys keys)
{
    public static readonly VenueError Expired = VenueErrors.InvalidAuth.With("the token has expired");

    /// <summary>Null when the token speaks for the account now, otherwise why not.</summary>
    public VenueError? Check(string? token, long accountIndex, long nowMs)
    {
        if (string.IsNullOrEmpty(token))
        {
            return VenueErrors.InvalidAuth.With("an auth token is needed, as authorization header, auth parameter or auth member");
        }

        if (!LighterAuthToken.TryParse(token, out LighterAuthTokenClaims claims))
        {
            return VenueErrors.InvalidAuth.With("the token is not deadline:account:key:signature");
        }

        if (claims.AccountIndex != accountIndex)
        {
            return VenueErrors.InvalidAuth.With($"the token is for account {claims.AccountIndex}, not for {accountIndex}");
        }

        long nowSeconds = nowMs / 1_000;
        if (claims.Deadline <= nowSeconds)
        {
            return Expired;
        }

        if (claims.Deadline > nowSeconds + (long)LighterAuthToken.MaximumLifetime.TotalSeconds)
        {
            return VenueErrors.InvalidAuth.With("the token's deadline is more than 8 hours ahead");
        }

        return keys.Find(claims.AccountIndex, claims.ApiKeyIndex) is { } key && claims.Verify(key.PublicKey)
            ? null
            : VenueErrors.InvalidAuth.With("the signature does not belong to a registered api key");
    }
}
