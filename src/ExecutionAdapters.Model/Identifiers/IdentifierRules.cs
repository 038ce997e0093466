namespace ExecutionAdapters.Model;

/// <summary>What makes the text of an identifier legal. Each rule returns what is wrong, or null.</summary>
internal static class IdentifierRules
{
    private const int MaxTradeIdLength = 36;

    public static string Checked(string value, string type, Func<string?, string?> rule)
        => rule(value) is { } error ? throw new ArgumentException($"{type} {error}.", nameof(value)) : value;

    /// <summary>Non-empty and not only white space.</summary>
    public static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? "must not be empty or only white space" : null;

    /// <summary>As <see cref="Text"/>, and ASCII only.</summary>
    public static string? Ascii(string? value)
    {
        if (Text(value) is { } error)
        {
            return error;
        }

        var at = value.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F');
        return at < 0 ? null : $"'{Shown.Limited(value!)}' must be ASCII, but character {at + 1} is U+{(int)value![at]:X4}";
    }

    public static string? Trade(string? value)
    {
        if (Ascii(value) is { } error)
        {
            return error;
        }

        if (value!.Length > MaxTradeIdLength)
        {
            return $"'{Shown.Limited(value)}' has {value.Length} characters; the maximum is {MaxTradeIdLength}";
        }

        return value.Contains('\0', StringComparison.Ordinal) ? "must not contain a NUL character" : null;
    }

    /// <summary>A name and a tag joined by the last hyphen.</summary>
    public static string? Trader(string? value) => Ascii(value) ?? Hyphenated(value!, value!.LastIndexOf('-'), "name-tag, such as TESTER-001");

    public static string? Strategy(string? value)
        => value == "EXTERNAL" ? null : Ascii(value) ?? Hyphenated(value!, value!.LastIndexOf('-'), "name-tag, such as S-001, or EXTERNAL");

    /// <summary>Issuer and id joined by the first hyphen.</summary>
    public static string? Account(string? value)
        => Ascii(value) ?? Hyphenated(value!, value!.IndexOf('-', StringComparison.Ordinal), "issuer-id, such as LIGHTER-001");

    private static string? Hyphenated(string value, int hyphen, string form)
        => hyphen > 0 && hyphen < value.Length - 1 && !string.IsNullOrWhiteSpace(value[..hyphen]) && !string.IsNullOrWhiteSpace(value[(hyphen + 1)..])
            ? null
            : $"'{Shown.Limited(value)}' must have the form {form}";
}
