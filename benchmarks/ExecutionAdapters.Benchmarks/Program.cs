using BenchmarkDotNet.Running;
using ExecutionAdapters.Benchmarks;
using ExecutionAdapters.Benchmarks.Engine;
using ExecutionAdapters.Benchmarks.Latency;
using ExecutionAdapters.Benchmarks.Plots;

switch (args)
{
    case ["constant-time", .. var rest]:
        ConstantTime.Run(Console.Out, rest.Length > 0 ? int.Parse(rest[0]) : 200_000);
        return 0;
    case ["latency", .. var rest]:
        return await LatencyCommand.RunAsync(rest, Console.Out).ConfigureAwait(false);
    case [VenueProcess.Argument]:
        await VenueProcess.ServeAsync().ConfigureAwait(false);
        return 0;
    case ["engine", .. var rest]:
        return await EngineCommand.RunAsync(rest, Console.Out).ConfigureAwait(false);
    case ["plot"]:
        return PlotCommand.Run(Console.Out);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
