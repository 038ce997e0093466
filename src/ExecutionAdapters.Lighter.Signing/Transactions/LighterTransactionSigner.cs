namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Hashes, signs and writes transactions. Stateless and safe for concurrent use.</summary>
public static class LighterTransactionSigner
{
    /// <summary>No <c>tx_info</c> of a valid transaction is longer than this many bytes.</summary>
    public const int MaximumTxInfoSize = 2048;

    /// <summary>The hash that a transaction is signed by. Does not validate it.</summary>
    /// <typeparam name="T">The transaction's type.</typeparam>
    /// <param name="chainId">The deployment's chain id: 304 mainnet, 300 testnet.</param>
    /// <param name="transaction">The transaction.</param>
    public static TransactionHash Hash<T>(int chainId, in T transaction)
        where T : struct, ILighterTransaction => TransactionHasher.Hash(chainId, transaction);

    /// <inheritdoc cref="Hash{T}(int, in T)"/>
    public static TransactionHash Hash(int chainId, ILighterTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return TransactionHasher.Hash(chainId, transaction);
    }

    /// <summary>Validates, hashes, signs and writes a transaction.</summary>
    /// <typeparam name="T">The transaction's type.</typeparam>
    /// <param name="chainId">The deployment's chain id: 304 mainnet, 300 testnet.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="key">The private key of the header's API key; of a key registration the new key.</param>
    /// <param name="nonces">Where to take the signature's k from while it has one; null: always a fresh one.</param>
    /// <exception cref="LighterTransactionException">The transaction breaks a rule; nothing was signed.</exception>
    /// <exception cref="ArgumentException">The nonces were prepared for another key.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static SignedTransaction Sign<T>(int chainId, in T transaction, LighterPrivateKey key, PreparedNonces? nonces = null)
        where T : struct, ILighterTransaction => SignToMemory(chainId, transaction, key, nonces, default);

    /// <inheritdoc cref="Sign{T}(int, in T, LighterPrivateKey, PreparedNonces?)"/>
    public static SignedTransaction Sign(int chainId, ILighterTransaction transaction, LighterPrivateKey key, PreparedNonces? nonces = null)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return SignToMemory(chainId, transaction, key, nonces, default);
    }

    /// <summary>Like <c>Sign</c> with a given nonce: for test vectors only, see <see cref="Schnorr.SignWithFixedNonce"/>.</summary>
    /// <param name="chainId">The deployment's chain id: 304 mainnet, 300 testnet.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="key">The private key.</param>
    /// <param name="nonce">The signature's k, 40 little-endian bytes, 1 to the group order less 1.</param>
    /// <exception cref="LighterTransactionException">The transaction breaks a rule; nothing was signed.</exception>
    /// <exception cref="ArgumentException">The nonce is not 40 bytes, zero, or not below the group order.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static SignedTransaction SignWithFixedNonce(
        int chainId, ILighterTransaction transaction, LighterPrivateKey key, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (nonce.IsEmpty)
        {
            throw new ArgumentException("A nonce is 40 bytes.", nameof(nonce));
        }

        return SignToMemory(chainId, transaction, key, nonces: null, nonce);
    }

    /// <summary>Validates, hashes and signs a transaction and writes its <c>tx_info</c>. Allocates nothing.</summary>
    /// <typeparam name="T">The transaction's type.</typeparam>
    /// <param name="chainId">The deployment's chain id: 304 mainnet, 300 testnet.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="key">The private key of the header's API key; of a key registration the new key.</param>
    /// <param name="destination">Where the UTF-8 JSON goes; <see cref="MaximumTxInfoSize"/> bytes are always enough.</param>
    /// <param name="hash">The signed hash.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="nonces">Where to take the signature's k from while it has one; null: always a fresh one.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="LighterTransactionException">The transaction breaks a rule; nothing was signed.</exception>
    /// <exception cref="ArgumentException">
    /// The destination is too small, what it holds then is no transaction; or the nonces were prepared for another key.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public static int Sign<T>(
        int chainId,
        in T transaction,
        LighterPrivateKey key,
        Span<byte> destination,
        out TransactionHash hash,
        out LighterSignature signature,
        PreparedNonces? nonces = null)
        where T : struct, ILighterTransaction => Sign(chainId, transaction, key, nonces, default, destination, out hash, out signature);

    private static SignedTransaction SignToMemory<T>(
        int chainId, in T transaction, LighterPrivateKey key, PreparedNonces? nonces, ReadOnlySpan<byte> fixedNonce)
        where T : ILighterTransaction
    {
        Span<byte> buffer = stackalloc byte[MaximumTxInfoSize];
        int length = Sign(chainId, transaction, key, nonces, fixedNonce, buffer, out TransactionHash hash, out LighterSignature signature);
        return new SignedTransaction(transaction.Type, hash, signature, buffer[..length].ToArray());
    }

    private static int Sign<T>(
        int chainId,
        in T transaction,
        LighterPrivateKey key,
        PreparedNonces? nonces,
        ReadOnlySpan<byte> fixedNonce,
        Span<byte> destination,
        out TransactionHash hash,
        out LighterSignature signature)
        where T : ILighterTransaction
    {
        ArgumentNullException.ThrowIfNull(key);
        if (transaction.Validate() is { } violation)
        {
            throw new LighterTransactionException(transaction.Type, violation);
        }

        hash = TransactionHasher.Hash(chainId, transaction);
        signature = fixedNonce.IsEmpty ? Schnorr.Sign(key, hash, nonces) : Schnorr.SignWithFixedNonce(key, hash, fixedNonce);
        return TransactionJsonWriter.Write(transaction, signature, destination);
    }
}
