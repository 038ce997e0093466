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

    /// <summary>Not the key.</summary>
    public override string ToString() => "TektiiApiKey(***)";
}
