using System.Text.RegularExpressions;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>
/// Takes keys and auth tokens out of a text. The client puts none in; this is for what a venue or a proxy sends back.
/// Every line that the bridge writes passes through here, on standard output and standard error.
/// </summary>
internal sealed class SecretScrubber
{
    private const string Mask = "<masked>";

    // Without backtracking: linear in the length of the line, whatever a venue sends.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly Regex Token = new(@"\b\d+(:|%3A)\d+(:|%3A)\d+(:|%3A)[0-9a-f]{16,}", Options);
    private static readonly Regex Parameter = new(@"\bauth=[^&\s""\\]+", Options);

    private static readonly Regex LongHex = new("[0-9a-f]{80,}", Options);

    private readonly Func<string, string>? _removeKey;

    /// <param name="credentials">Whose key is taken out; null: there is none.</param>
    public SecretScrubber(LighterCredentials? credentials)
    {
        if (credentials?.PrivateKey.ToHex() is { } key)
        {
            _removeKey = text => text.Replace(key, Mask, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <param name="key">What is taken out; null: there is none.</param>
    public SecretScrubber(TektiiApiKey? key) => _removeKey = key is null ? null : text => key.RemoveFrom(text, Mask);

    public string Scrub(string text)
    {
        var withoutKey = _removeKey?.Invoke(text) ?? text;
        return Parameter.Replace(Token.Replace(withoutKey, Mask), "auth=" + Mask);
    }

    /// <summary>For a message where nobody knows which key it may hold: everything that is as long as one.</summary>
    public static string ScrubMessage(string text) => LongHex.Replace(new SecretScrubber(key: null).Scrub(text), Mask);
}
