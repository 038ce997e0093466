using System.Globalization;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// The venue's authentication tokens, <c>deadline:account:key:signature</c>. A token is a secret until its deadline: whoever has it
/// reads the account. The venue accepts one when at most <see cref="MaximumLifetime"/> remain, so tokens can be made ahead.
/// </summary>
public static class LighterAuthToken
{
    /// <summary>A token is accepted when its deadline is at most this far ahead: 8 hours.</summary>
    public static readonly TimeSpan MaximumLifetime = TimeSpan.FromHours(8);

    /// <summary>Makes a token.</summary>
    /// <param name="key">The private key of the API key.</param>
    /// <param name="deadlineUnixSeconds">When the token ends, Unix seconds, from 0.</param>
    /// <param name="accountIndex">The account, 0 to 2^48 - 2.</param>
    /// <param name="apiKeyIndex">The API key, 0 to 254.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static string Create(LighterPrivateKey key, long deadlineUnixSeconds, long accountIndex, byte apiKeyIndex)
    {
        CheckRanges(deadlineUnixSeconds, accountIndex, apiKeyIndex);
        string text = AuthTokenText.Of(deadlineUnixSeconds, accountIndex, apiKeyIndex);
        return $"{text}:{Schnorr.Sign(key, AuthTokenText.Hash(text))}";
    }

    /// <summary>
    /// Like <see cref="Create"/> with a given nonce: for test vectors only, see <see cref="Schnorr.SignWithFixedNonce"/>.
    /// </summary>
    /// <param name="key">The private key of the API key.</param>
    /// <param name="deadlineUnixSeconds">When the token ends, Unix seconds, from 0.</param>
    /// <param name="accountIndex">The account, 0 to 2^48 - 2.</param>
    /// <param name="apiKeyIndex">The API key, 0 to 254.</param>
    /// <param name="nonce">The signature's k, 40 little-endian bytes, 1 to the group order less 1.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or the nonce is none.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static string CreateWithFixedNonce(
        LighterPrivateKey key, long deadlineUnixSeconds, long accountIndex, byte apiKeyIndex, ReadOnlySpan<byte> nonce)
    {
        CheckRanges(deadlineUnixSeconds, accountIndex, apiKeyIndex);
        string text = AuthTokenText.Of(deadlineUnixSeconds, accountIndex, apiKeyIndex);
        return $"{text}:{Schnorr.SignWithFixedNonce(key, AuthTokenText.Hash(text), nonce)}";
    }

    /// <summary>Reads a token. Only the one text that says the same numbers is accepted: no signs, spaces or leading zeros.</summary>
    /// <param name="token">The text.</param>
    /// <param name="claims">What the token says; its signature is not verified here.</param>
    /// <returns>Whether the text has the form of a token.</returns>
    public static bool TryParse(ReadOnlySpan<char> token, out LighterAuthTokenClaims claims)
    {
        claims = default;
        Span<Range> parts = stackalloc Range[5];
        if (token.Split(parts, ':') != 4
            || !TryReadNumber(token[parts[0]], long.MaxValue, out long deadline)
            || !TryReadNumber(token[parts[1]], LighterLimits.MaximumAccountIndex, out long account)
            || !TryReadNumber(token[parts[2]], LighterLimits.MaximumApiKeyIndex, out long apiKey)
            || !LighterSignature.TryParse(token[parts[3]], out LighterSignature signature))
        {
            return false;
        }

        claims = new LighterAuthTokenClaims(deadline, account, (byte)apiKey, signature);
        return true;
    }

    private static void CheckRanges(long deadlineUnixSeconds, long accountIndex, byte apiKeyIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deadlineUnixSeconds);
        ArgumentOutOfRangeException.ThrowIfNegative(accountIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accountIndex, LighterLimits.MaximumAccountIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(apiKeyIndex, LighterLimits.MaximumApiKeyIndex);
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, long maximum, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && value <= maximum
        && (text.Length == 1 || text[0] != '0');
}
