using System.Globalization;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Lighter;

/// <summary>Who signs: an account, the slot of one of its API keys, and that key.</summary>
public sealed class LighterCredentials
{
    /// <summary>The largest account index (venue's Go SDK: 2^48 − 2).</summary>
    public const long MaxAccountIndex = (1L << 48) - 2;

    /// <summary>Creates credentials. The key stays the caller's to dispose, after the client.</summary>
    /// <param name="accountIndex">0 to 2^48 − 2.</param>
    /// <param name="apiKeyIndex">0 to 254; the venue's own apps use the lowest ones, so 4 and up.</param>
    /// <param name="privateKey">The API key's private key.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    public LighterCredentials(long accountIndex, byte apiKeyIndex, LighterPrivateKey privateKey)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(accountIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accountIndex, MaxAccountIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(apiKeyIndex, (byte)254);
        ArgumentNullException.ThrowIfNull(privateKey);
        AccountIndex = accountIndex;
        ApiKeyIndex = apiKeyIndex;
        PrivateKey = privateKey;
    }

    /// <summary>The account.</summary>
    public long AccountIndex { get; }

    /// <summary>The slot of the API key.</summary>
    public byte ApiKeyIndex { get; }

    /// <summary>The key itself.</summary>
    public LighterPrivateKey PrivateKey { get; }

    /// <summary>
    /// Resolves credentials from given values, each falling back to its environment variable when blank:
    /// LIGHTER_ACCOUNT_INDEX, LIGHTER_API_KEY_INDEX, LIGHTER_API_SECRET, with LIGHTER_TESTNET_ in front on the testnet.
    /// </summary>
    /// <returns>Null when none of the three is there.</returns>
    /// <exception cref="ExecutionClientException">Some but not all are there, or one cannot be read; the message names it, never its value.</exception>
    public static LighterCredentials? Resolve(
        string? accountIndex, string? apiKeyIndex, string? privateKey, bool testnet, Func<string, string?> environment)
    {
        var prefix = testnet ? "LIGHTER_TESTNET_" : "LIGHTER_";
        var account = Value(accountIndex, prefix + "ACCOUNT_INDEX");
        var keyIndex = Value(apiKeyIndex, prefix + "API_KEY_INDEX");
        var secret = Value(privateKey, prefix + "API_SECRET");
        if (account is null && keyIndex is null && secret is null)
        {
            return null;
        }

        if (account is null || keyIndex is null || secret is null)
        {
            var missing = string.Join(", ", new[]
            {
                account is null ? "account index" : null, keyIndex is null ? "API key index" : null, secret is null ? "private key" : null,
            }.Where(name => name is not null));
            throw new ExecutionClientException($"Lighter credentials are incomplete: missing {missing}. Give all three or none (environment: {prefix}ACCOUNT_INDEX, {prefix}API_KEY_INDEX, {prefix}API_SECRET).");
        }

        if (!long.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var accountNumber) || accountNumber > MaxAccountIndex)
        {
            throw new ExecutionClientException($"The Lighter account index must be a whole number from 0 to {MaxAccountIndex}.");
        }

        if (!byte.TryParse(keyIndex, NumberStyles.None, CultureInfo.InvariantCulture, out var keyNumber) || keyNumber > 254)
        {
            throw new ExecutionClientException("The Lighter API key index must be a whole number from 0 to 254.");
        }

        return LighterPrivateKey.TryParse(secret, out var key, out var error)
            ? new LighterCredentials(accountNumber, keyNumber, key!)
            : throw new ExecutionClientException($"The Lighter private key cannot be read: {error}");

        string? Value(string? given, string variable)
        {
            var value = string.IsNullOrWhiteSpace(given) ? environment(variable) : given;
            return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        }
    }

    /// <summary>Names the account and the slot, never the key.</summary>
    public override string ToString() => $"account {AccountIndex}, API key {ApiKeyIndex}";
}
