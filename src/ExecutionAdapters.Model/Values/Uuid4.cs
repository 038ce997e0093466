using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model;

/// <summary>A random UUID of version 4 (RFC 4122): the id of an event, report or command. <c>default</c> is all zeros and prints so.</summary>
[JsonConverter(typeof(Uuid4JsonConverter))]
public readonly record struct Uuid4
{
    private const int Size = 16;
    private const int IdsAtOnce = 64;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    private readonly Guid _value;

    private Uuid4(Guid value) => _value = value;

    /// <summary>A new id of random bytes that nobody can foretell.</summary>
    /// <remarks>Bytes for many ids are drawn at once: drawing takes about as long as all else that makes an event.</remarks>
    public static Uuid4 New()
    {
        var random = _random ??= new byte[Size * IdsAtOnce];
        if (_used == 0)
        {
            RandomNumberGenerator.Fill(random);
        }

        var id = FromBytes(random.AsSpan(_used, Size));
        _used = (_used + Size) % random.Length;
        return id;
    }

    /// <summary>An id of 16 given bytes; the version and variant bits are forced, so any bytes give a valid id.</summary>
    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public static Uuid4 FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"Uuid4 takes 16 bytes, got {bytes.Length}.", nameof(bytes));
        }

        Span<byte> forced = stackalloc byte[Size];
        bytes.CopyTo(forced);
        forced[6] = (byte)((forced[6] & 0x0F) | 0x40);
        forced[8] = (byte)((forced[8] & 0x3F) | 0x80);
        return new Uuid4(new Guid(forced, bigEndian: true));
    }

    /// <summary>Reads <c>xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx</c>.</summary>
    /// <exception cref="FormatException">Not of this form, or of another version or variant.</exception>
    public static Uuid4 Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id)
            ? id
            : throw new FormatException($"'{Shown.Limited(text)}' is not a UUID of version 4 such as 2d89666b-1a1e-4a75-b193-4eb3b454c757.");
    }

    /// <summary>As <see cref="Parse"/>; false instead of an exception.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Uuid4 id)
    {
        id = default;
        if (text.Length != 36 || !Guid.TryParseExact(text, "D", out var guid))
        {
            return false;
        }

        var parsed = new Uuid4(guid);
        Span<byte> bytes = stackalloc byte[Size];
        parsed.CopyTo(bytes);
        // Printing it back shuts out spellings that Guid tolerates inside a group, such as "0x".
        if (bytes[6] >> 4 != 4 || bytes[8] >> 6 != 2 || !text.Equals(parsed.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        id = parsed;
        return true;
    }

    /// <summary>Writes the 16 bytes in the order in which they are printed.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (!_value.TryWriteBytes(destination, bigEndian: true, out _))
        {
            throw new ArgumentException("Uuid4 needs 16 bytes.", nameof(destination));
        }
    }

    /// <summary>Lower-case hexadecimal in groups of 8-4-4-4-12.</summary>
    public override string ToString() => _value.ToString("D");

    /// <summary>The id whose last bit differs: the deterministic id of the one event that another one brings about.</summary>
    internal Uuid4 WithLastBitFlipped()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        bytes[Size - 1] ^= 1;
        return FromBytes(bytes);
    }
}
