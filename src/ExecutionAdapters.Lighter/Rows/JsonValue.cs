using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ExecutionAdapters.Lighter.Rows;

/// <summary>
/// The value of a member, as its bytes stand in the JSON; none when it is missing. The venue mixes strings and numbers for the same
/// thing, leaves zeros out and writes absent values as "" or null, so whoever reads takes all of these.
/// </summary>
/// <param name="name">The member, for complaints.</param>
/// <param name="json">The value; JSON that was found to be valid.</param>
internal readonly ref struct JsonValue(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _name = name;

    /// <summary>The value's bytes, quotation marks included.</summary>
    public ReadOnlySpan<byte> Json { get; } = json;

    /// <summary>It is there and not null.</summary>
    public bool Exists => !Json.IsEmpty && !IsNull;

    public bool IsNull => BeginsWith('n');

    public bool IsObject => BeginsWith('{');

    public bool IsList => BeginsWith('[');

    public bool IsString => BeginsWith('"');

    private bool IsNumber => !Json.IsEmpty && (Json[0] == '-' || char.IsAsciiDigit((char)Json[0]));

    private ReadOnlySpan<byte> StringContent => Json[1..^1];

    /// <summary>The value as a row of its own.</summary>
    /// <exception cref="RowFormatException">It is missing, or no object.</exception>
    public JsonRow AsRow() => Exists ? JsonRow.Read(Json) : throw Complaint("is missing");

    /// <summary>A reader of the list or object, at its beginning.</summary>
    public Utf8JsonReader Enter()
    {
        var reader = new Utf8JsonReader(Json);
        reader.Read();
        return reader;
    }

    /// <summary>The element of this list at whose beginning the reader stands, which is left at its end.</summary>
    /// <param name="reader">What <see cref="Enter"/> gave.</param>
    public JsonValue ElementAt(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonValue(_name, Json[start..(int)reader.BytesConsumed]);
    }

    /// <summary>A decimal; null when missing, null or "".</summary>
    public decimal? AsDecimal()
    {
        if (IsString)
        {
            const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
            if (decimal.TryParse(StringContent, Styles, CultureInfo.InvariantCulture, out var parsed))
            {
                return parsed;
            }

            var text = AsText();
            return text.Length == 0 ? null
                : decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out parsed) ? parsed
                : throw Complaint("is no decimal number");
        }

        if (!Exists)
        {
            return null;
        }

        var format = Json.IndexOfAny((byte)'e', (byte)'E') >= 0 ? 'e' : default;
        return IsNumber && Utf8Parser.TryParse(Json, out decimal number, out var length, format) && length == Json.Length
            ? number
            : throw Complaint("is no decimal number");
    }

    /// <summary>A whole number; null when missing, null or "".</summary>
    public long? AsInteger()
    {
        if (IsString)
        {
            if (long.TryParse(StringContent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
            {
                return parsed;
            }

            var text = AsText();
            return text.Length == 0 ? null
                : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out parsed) ? parsed
                : throw Complaint("is no whole number");
        }

        if (!Exists)
        {
            return null;
        }

        return TryGetInteger(out var number) ? number : throw Complaint("is no whole number");
    }

    /// <summary>A text; "" when missing or null. Numbers become their text.</summary>
    public string AsText()
    {
        if (!Exists)
        {
            return "";
        }

        if (!IsString)
        {
            return IsNumber ? Encoding.UTF8.GetString(Json) : throw Complaint("is no text");
        }

        return KnownTexts.Find(StringContent) ?? Encoding.UTF8.GetString(Utf8String());
    }

    /// <summary>As <see cref="AsText"/>, in UTF-8.</summary>
    public ReadOnlySpan<byte> AsUtf8()
    {
        if (IsString)
        {
            return Utf8String();
        }

        return !Exists ? [] : IsNumber ? Json : throw Complaint("is no text");
    }

    /// <summary>A flag; false when missing. 0 and 1 are taken as well.</summary>
    public bool AsFlag()
    {
        if (!Exists || BeginsWith('f'))
        {
            return false;
        }

        return BeginsWith('t') || (TryGetInteger(out var number) ? number != 0 : throw Complaint("is no flag"));
    }

    private bool BeginsWith(char character) => !Json.IsEmpty && Json[0] == character;

    private bool TryGetInteger(out long number)
    {
        number = 0;
        return IsNumber && Utf8Parser.TryParse(Json, out number, out int length) && length == Json.Length;
    }

    /// <summary>The text of a string value. Bytes that are no UTF-8, or half a surrogate pair, are no text.</summary>
    private ReadOnlySpan<byte> Utf8String()
    {
        if (!Json.Contains((byte)'\\'))
        {
            return Utf8.IsValid(StringContent) ? StringContent : throw Complaint("is no valid text");
        }

        try
        {
            var text = new byte[Json.Length];
            var reader = new Utf8JsonReader(Json);
            reader.Read();
            return text.AsSpan(0, reader.CopyString(text));
        }
        catch (InvalidOperationException)
        {
            throw Complaint("is no valid text");
        }
    }

    private RowFormatException Complaint(string what) => new($"'{Encoding.UTF8.GetString(_name)}' {what}");
}
