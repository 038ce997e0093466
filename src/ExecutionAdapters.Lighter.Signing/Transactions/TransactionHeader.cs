namespace ExecutionAdapters.Lighter.Signing;

/// <summary>What every transaction carries.</summary>
/// <param name="AccountIndex">
/// The acting account (<c>FromAccountIndex</c> on the wire of transfers and withdrawals): -1 to 2^48 - 2. Master accounts
/// are below 2^47, sub-accounts and pools from there on.
/// </param>
/// <param name="ApiKeyIndex">The signing API key: 0 to 254. 255 (all keys) only in a cancel-all.</param>
/// <param name="ExpiredAt">
/// When the transaction itself becomes invalid, Unix milliseconds, 0 to 2^48 - 1. The venue allows 10 minutes ahead.
/// </param>
/// <param name="Nonce">The key's next nonce, from 0: the last one plus one, or with attribute 4 any larger one.</param>
/// <param name="Attributes">Optional attributes; none by default.</param>
public readonly record struct TransactionHeader(
    long AccountIndex,
    byte ApiKeyIndex,
    long ExpiredAt,
    long Nonce,
    TransactionAttributes Attributes = default);
