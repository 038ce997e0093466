using System.Globalization;
using ExecutionAdapters.Venues.Tektii.Rows;
using Microsoft.AspNetCore.Http;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>A request to one of the APIs: its path below the version, decoded, and its parameters.</summary>
internal sealed class RestRequest(string method, string[] path, IQueryCollection query, ReadOnlyMemory<byte> body)
{
    public string Method { get; } = method;

    public string[] Path { get; } = path;

    public bool IsRead => Method == "GET";

    public bool HasBody => !body.IsEmpty;

    /// <exception cref="RefusedException">400: the body is no JSON object.</exception>
    public RestBody ReadBody() => RestBody.Parse(body.Span);

    /// <summary>A parameter of the query; null when it is missing or empty.</summary>
    public string? Text(string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;

    public string Required(string name) =>
        Text(name) ?? throw new RefusedException(ApiErrors.InvalidField(name, $"{name} is missing"));

    /// <summary>A count, 1 or more; everything when it is missing.</summary>
    public int Limit(string name = "limit", int most = int.MaxValue) => Text(name) is not { } text
        ? most
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit >= 1 && limit <= most
            ? limit
            : throw new RefusedException(ApiErrors.InvalidValue(name, text, $"{name} must be 1 to {most}"));

    /// <summary>A time in RFC 3339.</summary>
    public DateTimeOffset? Time(string name) => Text(name) is not { } text
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new RefusedException(ApiErrors.InvalidValue(name, text, $"{name} must be a time in RFC 3339"));

    /// <summary>Words with commas between them.</summary>
    public IReadOnlyList<T>? Words<T>(string name, Vocabulary<T> vocabulary)
        where T : struct, Enum => Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => vocabulary.FromUpper(word.ToUpperInvariant())
                ?? throw new RefusedException(ApiErrors.InvalidValue(name, word, $"'{word}' is no {name}")))
            .ToArray();
}
