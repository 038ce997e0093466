namespace ExecutionAdapters.Cli.Bridge;

/// <summary>One command line that was read: what to do, the id to answer with, and the fields.</summary>
internal sealed record BridgeRequest(string Command, string? Id, JsonFields Fields);
