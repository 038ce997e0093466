using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>A row of the venue could not be read. The message names the member, never the whole row.</summary>
internal sealed class RowFormatException(string message) : Exception(message);

/// <summary>Where a member stands in the bytes of its row.</summary>
/// <param name="NameStart">First byte of the name; below zero, the complement of its place among the names that had escapes.</param>
/// <param name="NameLength">Bytes of the name.</param>
/// <param name="ValueStart">First byte of the value.</param>
/// <param name="ValueEnd">The byte after the value.</param>
internal readonly record struct JsonMember(int NameStart, int NameLength, int ValueStart, int ValueEnd);

/// <summary>
/// One object of the venue's JSON, found in its bytes without copying them: reading goes over it once and notes where each member
/// stands; values are read when they are asked for. Of members with the same name the last one counts.
/// </summary>
/// <param name="json">The bytes that the reader reads with which the members are read.</param>
/// <param name="room">For the members; more of them take room on the heap.</param>
internal ref struct JsonRow(ReadOnlySpan<byte> json, Span<JsonMember> room)
{
    /// <summary>Room that the venue's widest rows fit into.</summary>
    public const int UsualMembers = 48;

    private const int FewMembers = 16;

    private readonly ReadOnlySpan<byte> _json = json;
    private Span<JsonMember> _members = room;
    private int _count;
    private JsonMember _next;
    private List<byte[]>? _unescapedNames;

    /// <summary>
    /// Reads the object at whose beginning the reader stands. The reader is left at the end of what it stands at, whatever that is.
    /// </summary>
    /// <exception cref="JsonException">No JSON.</exception>
    /// <exception cref="RowFormatException">No object.</exception>
    public static JsonRow Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Span<JsonMember> room)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            throw new RowFormatException("the row is no object");
        }

        var row = new JsonRow(json, room);
        while (row.ReadName(ref reader))
        {
            row.ReadValue(ref reader);
        }

        return row;
    }

    /// <summary>The object that stands in these bytes alone.</summary>
    /// <exception cref="JsonException">No JSON.</exception>
    /// <exception cref="RowFormatException">No object.</exception>
    public static JsonRow Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var row = Read(ref reader, json, new JsonMember[FewMembers]);

        // Nothing may follow it: the reader complains.
        reader.Read();
        return row;
    }

    /// <summary>The object that a REST answer holds.</summary>
    /// <exception cref="RowFormatException">No object.</exception>
    public static JsonRow Read(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? Read(JsonMarshal.GetRawUtf8Value(element))
        : throw new RowFormatException("the row is no object");

    /// <summary>The name that was read last.</summary>
    public readonly ReadOnlySpan<byte> Name => NameOf(_next);

    /// <summary>Reads the name of the next member and leaves the reader at the beginning of its value. False: the object is at its end.</summary>
    /// <exception cref="JsonException">No JSON.</exception>
    public bool ReadName(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        var (start, length) = reader.ValueIsEscaped
            ? NoteUnescapedName(ref reader)
            : ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        reader.Read();
        _next = new JsonMember(start, length, (int)reader.TokenStartIndex, 0);
        return true;
    }

    /// <summary>Notes the member whose name was read last. The reader stands at the beginning of its value, or already at its end.</summary>
    /// <exception cref="JsonException">No JSON.</exception>
    public void ReadValue(scoped ref Utf8JsonReader reader)
    {
        reader.Skip();
        if (_count == _members.Length)
        {
            var more = new JsonMember[2 * _count];
            _members.CopyTo(more);
            _members = more;
        }

        _members[_count++] = _next with { ValueEnd = (int)reader.BytesConsumed };
    }

    /// <summary>The value of a member by its name; one that is missing when there is none.</summary>
    public readonly JsonValue Find(ReadOnlySpan<byte> name)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            var member = _members[i];
            if (member.NameLength == name.Length && NameOf(member).SequenceEqual(name))
            {
                return new JsonValue(name, _json[member.ValueStart..member.ValueEnd]);
            }
        }

        return new JsonValue(name, []);
    }

    /// <summary>A decimal that must be there.</summary>
    public readonly decimal Decimal(ReadOnlySpan<byte> name) => OptionalDecimal(name) ?? throw Missing(name);

    /// <summary>A decimal; null when missing, null or "".</summary>
    public readonly decimal? OptionalDecimal(ReadOnlySpan<byte> name) => Find(name).AsDecimal();

    /// <summary>A decimal that must be there and must not be negative.</summary>
    public readonly decimal NonNegative(ReadOnlySpan<byte> name)
    {
        var value = Decimal(name);
        return value >= 0 ? value : throw new RowFormatException($"'{Encoding.UTF8.GetString(name)}' is negative");
    }

    /// <summary>A whole number that must be there.</summary>
    public readonly long Integer(ReadOnlySpan<byte> name) => OptionalInteger(name) ?? throw Missing(name);

    /// <summary>A whole number; null when missing, null or "".</summary>
    public readonly long? OptionalInteger(ReadOnlySpan<byte> name) => Find(name).AsInteger();

    /// <summary>A market number: 0 … 32767.</summary>
    public readonly short Market(ReadOnlySpan<byte> name)
    {
        var value = Integer(name);
        return value is >= 0 and <= short.MaxValue
            ? (short)value
            : throw new RowFormatException($"'{Encoding.UTF8.GetString(name)}' is no market number");
    }

    /// <summary>
    /// A time in milliseconds. Older documents say seconds for some members, so small magnitudes (under 10^11) are taken as seconds.
    /// </summary>
    public readonly long Milliseconds(ReadOnlySpan<byte> name)
    {
        var value = OptionalInteger(name) ?? 0;
        return value is > 0 and < 100_000_000_000 ? value * 1000 : value;
    }

    /// <summary>A text; "" when missing or null. Numbers become their text.</summary>
    public readonly string Text(ReadOnlySpan<byte> name) => Find(name).AsText();

    /// <summary>A flag; false when missing. 0 and 1 are taken as well.</summary>
    public readonly bool Flag(ReadOnlySpan<byte> name) => Find(name).AsFlag();

    private static RowFormatException Missing(ReadOnlySpan<byte> name) => new($"'{Encoding.UTF8.GetString(name)}' is missing");

    private readonly ReadOnlySpan<byte> NameOf(JsonMember member) =>
        member.NameStart >= 0 ? _json.Slice(member.NameStart, member.NameLength) : _unescapedNames![~member.NameStart];

    private (int Start, int Length) NoteUnescapedName(scoped ref Utf8JsonReader reader)
    {
        byte[] name = [];
        try
        {
            name = Encoding.UTF8.GetBytes(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // What is no valid text is the name of nothing that is read here; nor is the empty one.
        }

        _unescapedNames ??= [];
        _unescapedNames.Add(name);
        return (~(_unescapedNames.Count - 1), name.Length);
    }
}

/// <summary>Reads a row.</summary>
internal delegate T RowReader<out T>(in JsonRow row);
