using BenchmarkDotNet.Running;
using ExecutionAdapters.Benchmarks;

if (args is ["constant-time", ..])
{
    ConstantTime.Run(Console.Out, args.Length > 1 ? int.Parse(args[1]) : 200_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
