using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tektii;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Cli.Configuration;

/// <summary>What a configuration file says: how to reach one account at its venue. Owns the key.</summary>
/// <param name="Journal">The file of the engine's journal; null: books end with the process.</param>
internal abstract record ClientConfiguration(string? Journal) : IDisposable
{
    public abstract TraderId TraderId { get; }

    public abstract ClientId ClientId { get; }

    /// <summary>Whether there is an account to trade; without one every command is refused.</summary>
    public abstract bool HasAccount { get; }

    /// <summary>Takes the key out of texts.</summary>
    public abstract SecretScrubber Scrubber { get; }

    public abstract IExecutionClient CreateClient(ExecutionCache cache, TimeProvider? timeProvider, ILoggerFactory loggers, IClientMemory? memory);

    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed record LighterConfiguration(LighterOptions Options, string? Journal) : ClientConfiguration(Journal)
{
    public override TraderId TraderId => Options.TraderId;

    public override ClientId ClientId => Options.ClientId;

    public override bool HasAccount => Options.Credentials is not null;

    public override SecretScrubber Scrubber => new(Options.Credentials);

    public override IExecutionClient CreateClient(ExecutionCache cache, TimeProvider? timeProvider, ILoggerFactory loggers, IClientMemory? memory) =>
        new LighterExecutionClient(Options, cache, timeProvider, logger: loggers.CreateLogger<LighterExecutionClient>(), memory: memory);

    public override void Dispose() => Options.Credentials?.PrivateKey.Dispose();
}

/// <inheritdoc/>
internal sealed record TektiiConfiguration(TektiiOptions Options, string? Journal) : ClientConfiguration(Journal)
{
    public override TraderId TraderId => Options.TraderId;

    public override ClientId ClientId => Options.ClientId;

    public override bool HasAccount => true;

    public override SecretScrubber Scrubber => new(Options.ApiKey);

    public override IExecutionClient CreateClient(ExecutionCache cache, TimeProvider? timeProvider, ILoggerFactory loggers, IClientMemory? memory) =>
        new TektiiExecutionClient(Options, cache, timeProvider, logger: loggers.CreateLogger<TektiiExecutionClient>());

    public override void Dispose()
    {
        // The gateway's key is a text; nothing of it can be cleared.
    }
}
