using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>A registered key of an account and how far its nonces have come.</summary>
internal sealed class ApiKey(long accountIndex, byte index, LighterPublicKey publicKey, long registeredUs)
{
    /// <summary>Largest nonce the venue accepts (exclusive): 2^47 − 1.</summary>
    public const long NonceLimit = (1L << 47) - 1;

    private LighterVerifier? _verifier;

    public long AccountIndex { get; } = accountIndex;

    public byte Index { get; } = index;

    public LighterPublicKey PublicKey { get; } = publicKey;

    public long TransactionTimeUs { get; set; } = registeredUs;

    /// <summary>Whether the holder of this key signed this message.</summary>
    public bool Verify(in TransactionHash message, in LighterSignature signature)
    {
        if (_verifier is null && !LighterVerifier.TryCreate(PublicKey, out _verifier))
        {
            return false;
        }

        return _verifier.Verify(message, signature);
    }

    /// <summary>The last nonce admitted.</summary>
    public long LastNonce { get; set; }

    /// <summary>Only post-only orders, their modifications and cancels may be signed with it.</summary>
    public bool IsMakerOnly { get; init; }
}

/// <summary>The registered keys by account and key index.</summary>
internal sealed class ApiKeys
{
    private readonly SortedDictionary<(long Account, byte Key), ApiKey> _keys = [];

    public void Add(ApiKey key) => _keys.Add((key.AccountIndex, key.Index), key);

    public ApiKey? Find(long accountIndex, byte keyIndex) => _keys.GetValueOrDefault((accountIndex, keyIndex));

    public IEnumerable<ApiKey> Of(long accountIndex) => _keys.Values.Where(key => key.AccountIndex == accountIndex);
}
