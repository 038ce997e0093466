using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// A Lighter API key's private scalar in [1, n). It is held in memory that the garbage collector does not move,
/// and <see cref="Dispose"/> overwrites it. Every use after <see cref="Dispose"/> throws <see cref="ObjectDisposedException"/>.
/// Safe for concurrent use; disposing while another thread signs either lets that signature finish with the whole key or throws there.
/// </summary>
public sealed class LighterPrivateKey : IDisposable
{
    /// <summary>Length of the key in bytes, little-endian: 40.</summary>
    public const int Size = Scalar.Size;

    private readonly byte[] _bytes = GC.AllocateArray<byte>(Size, pinned: true);
    private readonly LighterPublicKey _publicKey;
    private bool _disposed;

    private LighterPrivateKey(in Scalar scalar)
    {
        scalar.Write(_bytes);
        FixedBaseComb.Generator.Multiply(scalar, out CurvePoint point);
        _publicKey = new LighterPublicKey(point.Encode());
        SecretMemory.Clear(ref point);
        SecretMemory.ClearStackBelow();
    }

    /// <summary>The public key that belongs to this private key.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public LighterPublicKey PublicKey
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _publicKey;
        }
    }

    /// <summary>
    /// Reads the text form of the venue's SDKs: 80 hex digits of either case, little-endian bytes, optionally after <c>0x</c>.
    /// </summary>
    /// <param name="hex">The text. Overwrite the buffer it came from when you can.</param>
    /// <exception cref="FormatException">
    /// The length is wrong, a character is no hex digit (the message tells its position), the key is zero or not below the
    /// group order. The message never holds a digit of the key.
    /// </exception>
    public static LighterPrivateKey Parse(ReadOnlySpan<char> hex) =>
        TryParse(hex, out LighterPrivateKey? key, out string? error) ? key : throw new FormatException(error);

    /// <summary>Reads the text form of the venue's SDKs, see <see cref="Parse"/>.</summary>
    /// <param name="hex">The text.</param>
    /// <param name="key">The key, or null when the text is none.</param>
    /// <param name="error">What is wrong with the text, without any digit of it; null on success.</param>
    /// <returns>Whether the text is a private key.</returns>
    public static bool TryParse(
        ReadOnlySpan<char> hex,
        [NotNullWhen(true)] out LighterPrivateKey? key,
        [NotNullWhen(false)] out string? error)
    {
        key = null;
        ReadOnlySpan<char> digits = HexText.WithoutPrefix(hex);
        if (digits.Length != 2 * Size)
        {
            error = $"A Lighter private key is {2 * Size} hex digits ({Size} bytes, little-endian), optionally after 0x, but this text has "
                + $"{digits.Length} characters after the optional 0x.";
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        try
        {
            if (!HexText.TryDecode(digits, bytes, out int invalidIndex))
            {
                error = $"A Lighter private key is {2 * Size} hex digits, but character {invalidIndex + 1} "
                    + "(from 1, after the optional 0x) is none.";
                return false;
            }

            return TryCreate(bytes, out key, out error);
        }
        finally
        {
            SecretMemory.Clear(bytes);
            SecretMemory.ClearStackBelow();
        }
    }

    /// <summary>The key of 40 little-endian bytes.</summary>
    /// <param name="littleEndian">The bytes. They are copied: overwrite yours.</param>
    /// <exception cref="ArgumentException">The length is not 40, the key is zero, or it is not below the group order.</exception>
    public static LighterPrivateKey FromBytes(ReadOnlySpan<byte> littleEndian)
    {
        if (littleEndian.Length != Size)
        {
            throw new ArgumentException($"A Lighter private key is {Size} bytes long, not {littleEndian.Length}.", nameof(littleEndian));
        }

        bool isKey = TryCreate(littleEndian, out LighterPrivateKey? key, out string? error);
        SecretMemory.ClearStackBelow();
        return isKey ? key! : throw new ArgumentException(error, nameof(littleEndian));
    }

    /// <summary>A new key, uniform over [1, n), from the random generator of the operating system.</summary>
    public static LighterPrivateKey Generate()
    {
        Span<byte> bytes = stackalloc byte[Size];
        try
        {
            LighterPrivateKey? key;
            do
            {
                RandomNumberGenerator.Fill(bytes);
                bytes[^1] &= 0x7F; // n is just below 2^319: nearly every try is accepted
            }
            while (!TryCreate(bytes, out key, out _));

            return key;
        }
        finally
        {
            SecretMemory.Clear(bytes);
            SecretMemory.ClearStackBelow();
        }
    }

    /// <summary>
    /// The key that the venue's web application derives of a seed: SHA-256(0x01‖seed) and the first 8 bytes of
    /// SHA-256(0x02‖seed) as one big-endian integer modulo the group order.
    /// </summary>
    /// <param name="seed">At least 32 secret bytes, with at least the entropy of a key.</param>
    /// <exception cref="ArgumentException">The seed is shorter than 32 bytes.</exception>
    public static LighterPrivateKey FromSeed(ReadOnlySpan<byte> seed) => SeedDerivation.Derive(seed);

    /// <summary>Copies the 40 little-endian bytes of the key out. The caller takes care of the copy.</summary>
    /// <param name="destination">At least 40 bytes.</param>
    /// <exception cref="ArgumentException">The destination is shorter than 40 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public void CopyTo(Span<byte> destination)
    {
        LoadScalar(out Scalar scalar);
        try
        {
            if (destination.Length < Size)
            {
                throw new ArgumentException(
                    $"The destination has {destination.Length} bytes; a private key needs {Size}.", nameof(destination));
            }

            scalar.Write(destination);
        }
        finally
        {
            SecretMemory.Clear(ref scalar);
            SecretMemory.ClearStackBelow();
        }
    }

    /// <summary>The key in clear text, 80 lower-case hex digits: for an export that the user asked for, and nothing else.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public string ToHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        try
        {
            CopyTo(bytes);
            return Convert.ToHexStringLower(bytes);
        }
        finally
        {
            SecretMemory.Clear(bytes);
            SecretMemory.ClearStackBelow();
        }
    }

    /// <summary>Overwrites the key.</summary>
    public void Dispose()
    {
        _disposed = true;
        Volatile.WriteBarrier(); // whoever reads a zeroed byte also sees the flag
        CryptographicOperations.ZeroMemory(_bytes);
    }

    /// <summary>Never the key: <c>LighterPrivateKey(***)</c>.</summary>
    public override string ToString() => "LighterPrivateKey(***)";

    /// <summary>The scalar; the caller clears it after use.</summary>
    internal void LoadScalar(out Scalar scalar)
    {
        bool whole = Scalar.TryRead(_bytes, out scalar);
        Volatile.ReadBarrier(); // the flag is read after the bytes, so that a half-zeroed key never signs
        if (_disposed || !whole)
        {
            SecretMemory.Clear(ref scalar);
            throw new ObjectDisposedException(nameof(LighterPrivateKey));
        }
    }

    /// <remarks>Not inlined: its callers clear the stack below their own frames.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryCreate(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out LighterPrivateKey? key,
        [NotNullWhen(false)] out string? error)
    {
        key = null;
        if (!Scalar.TryRead(bytes, out Scalar scalar))
        {
            error = "This Lighter private key is not below the order of the group: "
                + "its bytes may be in the wrong order (they are little-endian).";
            return false;
        }

        try
        {
            if (scalar.IsZero)
            {
                error = "A Lighter private key is not zero.";
                return false;
            }

            key = new LighterPrivateKey(scalar);
            error = null;
            return true;
        }
        finally
        {
            SecretMemory.Clear(ref scalar);
        }
    }
}
