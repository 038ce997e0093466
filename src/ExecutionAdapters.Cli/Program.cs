using System.CommandLine;
using ExecutionAdapters.Cli;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Cli.Demo;
using ExecutionAdapters.Cli.Flatten;
using ExecutionAdapters.Cli.Integrators;
using ExecutionAdapters.Cli.Lighter;
using ExecutionAdapters.Cli.Status;
using ExecutionAdapters.Cli.Venue;

var root = new RootCommand("Execution clients for trading venues: a demo against an embedded venue, venues to run, and signing tools.");
root.Subcommands.Add(DemoCommand.Create());
root.Subcommands.Add(VenueCommand.Create());
root.Subcommands.Add(StatusCommand.Create());
root.Subcommands.Add(FlattenCommand.Create());
root.Subcommands.Add(RevokeIntegratorCommand.Create());
root.Subcommands.Add(BridgeCommand.Create());
root.Subcommands.Add(LighterCommand.Create());
return await CommandRunner.RunAsync(root, args).ConfigureAwait(false);
