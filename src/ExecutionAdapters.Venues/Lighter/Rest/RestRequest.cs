using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ExecutionAdapters.Venues.Lighter.Rest;

/// <summary>Ends a request with one of the venue's errors.</summary>
internal sealed class RestRefusedException(VenueError error, int httpStatus = StatusCodes.Status400BadRequest) : Exception(error.Message)
{
    public VenueError Error { get; } = error;

    public int HttpStatus { get; } = httpStatus;
}

/// <summary>A request's parameters: of the query for GET, of the form for POST.</summary>
internal sealed class RestRequest(IQueryCollection query, IFormCollection? form, string? authorizationHeader)
{
    /// <summary>The auth token: the authorization header, or the parameter auth.</summary>
    public string? AuthToken => authorizationHeader ?? Optional("auth");

    public string? Optional(string name)
    {
        bool found = query.TryGetValue(name, out StringValues values) || (form is not null && form.TryGetValue(name, out values));
        return found && values.Count > 0 && values[0] is { Length: > 0 } text ? text : null;
    }

    public string Required(string name) => Optional(name) ?? throw Invalid($"{name} is missing");

    public long Integer(string name) => ParseInteger(name, Required(name));

    public long Integer(string name, long defaultValue) => Optional(name) is { } text ? ParseInteger(name, text) : defaultValue;

    /// <summary>The parameter limit, 1 to the venue's maximum.</summary>
    public int Limit(int maximum)
    {
        long limit = Integer("limit");
        return limit >= 1 && limit <= maximum ? (int)limit : throw Invalid($"limit must be 1 to {maximum}");
    }

    public string Choice(string name, string defaultValue, params ReadOnlySpan<string> choices)
    {
        string value = Optional(name) ?? defaultValue;
        return choices.Contains(value) ? value : throw Invalid($"{name} must be one of {string.Join(", ", choices.ToArray())}");
    }

    public static RestRefusedException Invalid(string detail) => new(VenueErrors.InvalidParameter.With(detail));

    /// <summary>An index, a cursor or a time: digits and nothing else.</summary>
    public static long ParseIndex(string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Invalid($"{name} must be an integer, 0 or more");

    private static long ParseInteger(string name, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw Invalid($"{name} must be an integer");
}
