namespace ExecutionAdapters.Tektii;

/// <summary>The key of a gateway. Its text is never shown.</summary>
public sealed class TektiiApiKey
{
    /// <summary>Takes the key.</summary>
    /// <exception cref="ArgumentException">It is empty, or holds characters that no header may hold. The message does not show it.</exception>
    public TektiiApiKey(string value)
    {
        if (string.IsNullOrEmpty(value) || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("The Tektii API key must be printable ASCII without blanks, and not empty.", nameof(value));
        }

        Value = value;
    }

    internal string Value { get; }

    /// <summary>The text with <paramref name="mask"/> wherever it holds the key: for what a venue or a proxy sends back.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public string RemoveFrom(string text, string mask)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mask);
        return text.Replace(Value, mask, StringComparison.Ordinal);
    }

    /// <summary>Not the key.</summary>
    public override string ToString() => "TektiiApiKey(***)";
}
