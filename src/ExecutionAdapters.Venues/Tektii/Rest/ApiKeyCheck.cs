using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>Looks for the API key in Authorization: Bearer, and then in X-API-Key.</summary>
internal sealed class ApiKeyCheck(string? apiKey)
{
    public const string KeyHeader = "X-API-Key";

    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = apiKey is null ? null : Encoding.UTF8.GetBytes(apiKey);

    /// <summary>Null when the request may pass.</summary>
    public ApiError? Check(IHeaderDictionary headers)
    {
        if (_expected is null)
        {
            return null;
        }

        string authorization = headers.Authorization.ToString();
        string bearer = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : "";
        string given = bearer.Length > 0 ? bearer : headers[KeyHeader].ToString().Trim();
        return given.Length == 0 ? ApiErrors.MissingKey
            : CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _expected) ? null
            : ApiErrors.WrongKey;
    }
}
