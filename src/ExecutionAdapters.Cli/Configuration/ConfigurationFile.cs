using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;

namespace ExecutionAdapters.Cli.Configuration;

/// <summary>Reads the configuration file of a client. Everything that is wrong with it is one line that names the field, never a value.</summary>
internal static class ConfigurationFile
{
    private const int LargestFile = 1024 * 1024;

    /// <param name="path">The file.</param>
    /// <param name="environment">Gives an environment variable or null: credentials that the file does not hold come from there.</param>
    /// <exception cref="CommandException">With the exit code for wrong usage.</exception>
    public static ClientConfiguration Read(string path, Func<string, string?> environment)
    {
        try
        {
            using var document = StrictJson.ParseObject(Load(path));
            return ReadRoot(new JsonFields(document.RootElement, ""), environment);
        }
        catch (Exception exception) when (exception is FieldException or FormatException or ExecutionClientException or ArgumentException)
        {
            throw new CommandException($"{path}: {exception.Message}", ExitCode.WrongUsage);
        }
    }

    private static ReadOnlyMemory<byte> Load(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[LargestFile + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= LargestFile ? bytes.AsMemory(0, length) : throw new FormatException("larger than 1 MiB.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var why = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file." : "cannot be read.";
            throw new FormatException(why, exception);
        }
    }

    private static ClientConfiguration ReadRoot(JsonFields root, Func<string, string?> environment)
    {
        var venue = root.RequireText("venue");
        if (venue is not ("lighter" or "tektii"))
        {
            throw root.Error("venue", "must be \"lighter\" or \"tektii\"");
        }

        var journal = root.Text("journal");
        if (journal is { Length: 0 })
        {
            throw root.Error("journal", "must be the path of a file, or null for none");
        }

        var trader = root.Parse<TraderId>("trader_id", TraderId.TryCreate, "a name and a tag, such as TESTER-001");
        var client = root.Parse<ClientId>("client_id", ClientId.TryCreate, "an ASCII text, such as LIGHTER");
        var account = root.Parse<AccountId>("account_id", AccountId.TryCreate, "an issuer and an id, such as LIGHTER-001");
        var section = root.Object(venue);
        root.RequireNoOthers();
        if (venue == "tektii")
        {
            var common = TektiiOptions.FromEnvironment(environment);
            common = common with { TraderId = trader ?? common.TraderId, ClientId = client ?? common.ClientId, AccountId = account ?? common.AccountId };
            var tektii = section is null ? common : TektiiSection.Read(section, common);
            tektii.Validate();
            return new TektiiConfiguration(tektii, journal);
        }

        var defaults = new LighterOptions();
        var lighter = LighterSection.Read(
            section ?? throw root.Missing(venue), defaults with { TraderId = trader ?? defaults.TraderId, ClientId = client ?? defaults.ClientId, AccountId = account }, environment);
        lighter.Validate();
        return new LighterConfiguration(lighter, journal);
    }

    public static Uri? ReadUrl(JsonFields fields, string name, string plain, string secure)
    {
        if (fields.Text(name) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == plain || url.Scheme == secure) && url.Host.Length > 0
            ? url
            : throw fields.Error(name, $"must be a URL that starts with {plain}:// or {secure}://");
    }
}
