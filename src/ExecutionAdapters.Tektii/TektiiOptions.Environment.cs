namespace ExecutionAdapters.Tektii;

/// <content>What the environment says.</content>
public sealed partial record TektiiOptions
{
    /// <summary>
    /// Reads the variables of Tektii's guides: <c>GATEWAY_URL</c>, <c>TEKTII_TRADING_GATEWAY_URL</c> or <c>TRADING_GATEWAY_URL</c> for a gateway, with
    /// <c>TEKTII_TRADING_GATEWAY_API_KEY</c> or <c>TRADING_GATEWAY_API_KEY</c>; <c>ENGINE_WS_URL</c> and <c>ENGINE_REST_URL</c> for the engine itself;
    /// <c>SUBSCRIPTIONS</c>. Where both a gateway and an engine are named the gateway is taken, as the hosted runs do. What is not set keeps its default; of an engine that is
    /// not on this machine both addresses must be set. Addresses may be named with or without their version path.
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
            ? OfEngine(
                options,
                engineRest is { } rest ? BaseOf(UrlOf(rest.Name, rest.Value), "/api/v1") : null,
                engineStream is { } stream ? StreamOf(UrlOf(stream.Name, stream.Value)) : null)
            : options with { RestUrl = gateway is { } url ? BaseOf(UrlOf(url.Name, url.Value), "/v1/ws", "/v1") : options.RestUrl };

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

    /// <summary>What is not named is on this machine. Beside an address elsewhere that would send the orders of one account to another.</summary>
    private static TektiiOptions OfEngine(TektiiOptions options, Uri? rest, Uri? stream) =>
        (rest, stream) is ({ IsLoopback: false }, null) or (null, { IsLoopback: false })
            ? throw new FormatException(
                $"{(rest is null ? "ENGINE_WS_URL" : "ENGINE_REST_URL")} names another machine and {(rest is null ? "ENGINE_REST_URL" : "ENGINE_WS_URL")} is not set: stream and orders would go to different hosts. Set both.")
            : options with { RestUrl = rest ?? options.RestUrl, StreamUrl = stream };

    private static Uri UrlOf(string name, string value)
    {
        if (!Uri.TryCreate(value.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            throw new FormatException($"{name} must be an address that begins with http, https, ws or wss.");
        }

        // Paths are appended to it, and it is shown in errors. The value may hold a secret: it is not repeated.
        return url is { UserInfo: "", Query: "", Fragment: "" }
            ? url
            : throw new FormatException(
                $"{name} must be an address without user, password, query and fragment; an API key goes into TEKTII_TRADING_GATEWAY_API_KEY.");
    }

    /// <summary>Guides name a server by its base, by its API, or by its stream.</summary>
    private static Uri BaseOf(Uri url, params ReadOnlySpan<string> paths)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        foreach (var known in paths)
        {
            if (path.EndsWith(known, StringComparison.Ordinal))
            {
                path = path[..^known.Length];
                break;
            }
        }

        return new UriBuilder(url) { Scheme = url.Scheme is "http" or "ws" ? "http" : "https", Path = path }.Uri;
    }

    /// <summary>The engine's guide names the stream without its path.</summary>
    private static Uri StreamOf(Uri url)
    {
        var path = url.AbsolutePath.TrimEnd('/');
        return new UriBuilder(url) { Scheme = url.Scheme is "http" or "ws" ? "ws" : "wss", Path = path.Length > 0 ? path : "/ws" }.Uri;
    }
}
