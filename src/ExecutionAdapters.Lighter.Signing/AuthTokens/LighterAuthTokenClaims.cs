namespace ExecutionAdapters.Lighter.Signing;

/// <summary>What an authentication token says.</summary>
/// <param name="Deadline">When it ends, Unix seconds.</param>
/// <param name="AccountIndex">The account.</param>
/// <param name="ApiKeyIndex">The API key whose private key signed it.</param>
/// <param name="Signature">The signature.</param>
public readonly record struct LighterAuthTokenClaims(long Deadline, long AccountIndex, byte ApiKeyIndex, LighterSignature Signature)
{
    /// <summary>Whether the holder of this key signed the token. Whether its time is over is another question.</summary>
    /// <param name="key">The public key registered for <see cref="ApiKeyIndex"/>.</param>
    public bool Verify(in LighterPublicKey key) =>
        Schnorr.Verify(key, AuthTokenText.Hash(AuthTokenText.Of(Deadline, AccountIndex, ApiKeyIndex)), Signature);

    /// <summary>The claims without the signature, which would be the whole token.</summary>
    public override string ToString() => $"{Deadline}:{AccountIndex}:{ApiKeyIndex}:***";
}
