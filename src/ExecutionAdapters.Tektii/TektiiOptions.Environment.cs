namespace ExecutionAdapters.Tektii;

/// <content>What the environment says.</content>
public sealed partial record TektiiOptions
{
    /// <summary>
    /// Reads the variables of Tektii's guides: <c>GATEWAY_URL</c>, <c>TEKTII_TRADING_GATEWAY_URL</c> or <c>TRADING_GATEWAY_URL</c> for a gateway, with
    /// <c>TEKTII_TRADING_GATEWAY_API_KEY</c> or <c>TRADING_GATEWAY_API_KEY</c>; <c>ENGINE_WS_URL</c> and <c>ENGINE_REST_URL</c> for the engine itself;
    /// <c>SUBSCRIPTIONS</c>. Where both a gateway and an engine are named the gateway is taken, as the hosted runs do. What is not set keeps its default.
    /// </summary>
    /// <param name="variable">Gives a variable or null; null: the process's environment.</param>
    /// <exception cref="FormatException">Names the variable that is wrong; never shows a key.</exception>
    public static TektiiOptions FromEnvironment(Func<string, string?>? variable = null)
    {
        var get = variable ?? Environment.GetEnvironmentVariable;
        var gateway = First("TEKTII_TRADING_GATEWAY_URL", "GATEWAY_URL", "TRADING_GATEWAY_URL");
        var engineStream = First("ENGINE_WS_URL");
        var engineRest = First("ENGINE_REST_URL");
        var key = First("TEKTII_TRADING_GATEWAY_API_KEY", "TRADING_GATEWAY_API_KEY");
        var isEngine = gateway is null && (engineStream ?? engineRest) is not null;
        var options = new TektiiOptions
        {
            Dialect = isEngine ? TektiiDialect.Engine : TektiiDialect.Gateway,
            Subscriptions = TektiiSubscription.Parse(First("SUBSCRIPTIONS")?.Value ?? ""),
            ApiKey = key is { } secret ? KeyOf(secret.Name, secret.Value) : null,
        };
        return isEngine
            ? options with
            {
                RestUrl = engineRest is { } rest ? UrlOf(rest.Name, rest.Value) : options.RestUrl,
                StreamUrl = engineStream is { } stream ? WithStreamPath(UrlOf(stream.Name, stream.Value)) : null,
            }
            : options with { RestUrl = gateway is { } url ? RestOf(UrlOf(url.Name, url.Value)) : options.RestUrl };

        (string Name, string Value)? First(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (get(name) is { Length: > 0 } value)
                {
                    return (name, value);
                }
            }

            return null;
        }
    }

    private static TektiiApiKey KeyOf(string name, string value)
    {
        try
        {
            return new TektiiApiKey(value);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"{name} must be printable ASCII without blanks.", exception);
        }
    }

    private static Uri UrlOf(string name, string value) =>
        Uri.TryCreate(value.TrimEnd('/'), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "ws" or "wss"
            ? url
            : throw new FormatException($"{name} must be an address that begins with http, https, ws or wss.");

    /// <summary>Guides name a gateway by its base or by its stream.</summary>
    private static Uri RestOf(Uri url) => url.Scheme is "http" or "https"
        ? url
        : new UriBuilder(url)
        {
            Scheme = url.Scheme == "ws" ? "http" : "https",
            Path = url.AbsolutePath.EndsWith("/v1/ws", StringComparison.Ordinal) ? url.AbsolutePath[..^"/v1/ws".Length] : url.AbsolutePath,
        }.Uri;

    /// <summary>The engine's guide names the stream without its path.</summary>
    private static Uri WithStreamPath(Uri url) => url.AbsolutePath.Length > 1 ? url : new Uri(url, "/ws");
}
