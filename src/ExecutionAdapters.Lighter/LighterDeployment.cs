namespace ExecutionAdapters.Lighter;

/// <summary>One deployment of the venue: where it listens and which chain id its signatures carry.</summary>
/// <param name="Name">A name for logs and messages.</param>
/// <param name="RestUrl">Base of the REST API, without a path.</param>
/// <param name="StreamUrl">The WebSocket endpoint.</param>
/// <param name="ChainId">Hashed into every transaction: a signature for one chain is worthless on another.</param>
public sealed record LighterDeployment(string Name, Uri RestUrl, Uri StreamUrl, int ChainId)
{
    /// <summary>Mainnet, chain id 304 (venue documentation).</summary>
    public static LighterDeployment Mainnet { get; } = new(
        "mainnet", new Uri("https://mainnet.zklighter.elliot.ai"), new Uri("wss://mainnet.zklighter.elliot.ai/stream"), ChainId: 304);

    /// <summary>Testnet, chain id 300 (venue documentation).</summary>
    public static LighterDeployment Testnet { get; } = new(
        "testnet", new Uri("https://testnet.zklighter.elliot.ai"), new Uri("wss://testnet.zklighter.elliot.ai/stream"), ChainId: 300);

    /// <summary>The testnet's chain at another address: an embedded venue, a recorder or a gateway of one's own.</summary>
    public static LighterDeployment Local(Uri restUrl, Uri streamUrl) => new("local", restUrl, streamUrl, Testnet.ChainId);
}
