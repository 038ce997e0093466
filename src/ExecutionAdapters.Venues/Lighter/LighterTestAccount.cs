using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter;

/// <summary>
/// An account of a <see cref="LighterVenue"/> with the key to trade on it. The key is worth nothing outside the venue that
/// knows the account; <see cref="ToString"/> does not show it all the same.
/// </summary>
public sealed class LighterTestAccount
{
    /// <summary>Account index of the default test account.</summary>
    public const long DefaultAccountIndex = 12_345;

    /// <summary>API key index of the default test account.</summary>
    public const byte DefaultApiKeyIndex = 5;

    private LighterTestAccount(LighterPrivateKey key, long accountIndex, byte apiKeyIndex)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(accountIndex, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accountIndex, LighterLimits.MaximumAccountIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(apiKeyIndex, LighterLimits.MaximumApiKeyIndex);
        AccountIndex = accountIndex;
        ApiKeyIndex = apiKeyIndex;
        PrivateKey = key.ToHex();
        PublicKey = key.PublicKey.ToString();
        byte[] address = SHA256.HashData(Encoding.ASCII.GetBytes($"l1 address of account {accountIndex}"));
        L1Address = $"0x{Convert.ToHexStringLower(address.AsSpan(0, 20))}";
    }

    /// <summary>The venue's account index, 2 to 2^48 − 2.</summary>
    public long AccountIndex { get; }

    /// <summary>Index of the API key, 0 to 254.</summary>
    public byte ApiKeyIndex { get; }

    /// <summary>The private key, 80 hex digits.</summary>
    public string PrivateKey { get; }

    /// <summary>The public key that the venue has registered, 80 hex digits.</summary>
    public string PublicKey { get; }

    /// <summary>The made-up L1 address that owns the account, 0x and 40 hex digits; it derives from the account index.</summary>
    public string L1Address { get; }

    /// <summary>An account whose key derives from a seed.</summary>
    /// <param name="seed">Any number; the same one gives the same key for the same account and key index.</param>
    /// <param name="accountIndex">2 to 2^48 − 2.</param>
    /// <param name="apiKeyIndex">0 to 254.</param>
    /// <returns>The account.</returns>
    public static LighterTestAccount FromSeed(ulong seed, long accountIndex = DefaultAccountIndex, byte apiKeyIndex = DefaultApiKeyIndex)
    {
        Span<byte> text = stackalloc byte[17];
        BinaryPrimitives.WriteUInt64LittleEndian(text, seed);
        BinaryPrimitives.WriteInt64LittleEndian(text[8..], accountIndex);
        text[16] = apiKeyIndex;
        using LighterPrivateKey key = LighterPrivateKey.FromSeed(SHA256.HashData(text));
        return new LighterTestAccount(key, accountIndex, apiKeyIndex);
    }

    /// <summary>An account with a key of your own.</summary>
    /// <param name="privateKey">80 hex digits, optionally after 0x.</param>
    /// <param name="accountIndex">2 to 2^48 − 2.</param>
    /// <param name="apiKeyIndex">0 to 254.</param>
    /// <returns>The account.</returns>
    /// <exception cref="FormatException">The key is not a valid private key; the text says why and does not show it.</exception>
    public static LighterTestAccount FromPrivateKey(
        string privateKey, long accountIndex = DefaultAccountIndex, byte apiKeyIndex = DefaultApiKeyIndex)
    {
        using LighterPrivateKey key = LighterPrivateKey.Parse(privateKey);
        return new LighterTestAccount(key, accountIndex, apiKeyIndex);
    }

    /// <summary>The account and key index, without the key.</summary>
    /// <returns>For example "account 12345, api key 5".</returns>
    public override string ToString() => $"account {AccountIndex}, api key {ApiKeyIndex}";
}
