using System.Text;

namespace ExecutionAdapters.Model;

/// <summary>The text form of the model's enums: SCREAMING_SNAKE_CASE, such as <c>STOP_MARKET</c>.</summary>
public static class WireText
{
    /// <summary>The text form of <paramref name="value"/>; the number of a value that is no member, so that printing never fails.</summary>
    public static string ToWireString<TEnum>(this TEnum value)
        where TEnum : struct, Enum
        => Texts<TEnum>.ByValue.TryGetValue(value, out var text) ? text : value.ToString();

    /// <summary>Reads a text form, in any case of letters.</summary>
    /// <exception cref="FormatException">No member has this text; the message lists those that there are.</exception>
    public static TEnum Parse<TEnum>(string text)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse<TEnum>(text, out var value)
            ? value
            : throw new FormatException(
                $"'{Shown.Limited(text)}' is not a {typeof(TEnum).Name}; expected one of {string.Join(", ", Texts<TEnum>.ByValue.Values)}.");
    }

    /// <summary>As <see cref="Parse"/>; false instead of an exception.</summary>
    public static bool TryParse<TEnum>(string? text, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return text is not null && Texts<TEnum>.ByText.TryGetValue(text, out value);
    }

    private static class Texts<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> ByValue =
            Enum.GetValues<TEnum>().ToDictionary(static value => value, static value => Snake(value.ToString()));

        public static readonly Dictionary<string, TEnum> ByText =
            ByValue.ToDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.OrdinalIgnoreCase);

        private static string Snake(string name)
        {
            var text = new StringBuilder(name.Length + 4);
            for (var i = 0; i < name.Length; i++)
            {
                if (i > 0 && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1]))
                {
                    text.Append('_');
                }

                text.Append(char.ToUpperInvariant(name[i]));
            }

            return text.ToString();
        }
    }
}
