using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ExecutionAdapters.Benchmarks;

/// <summary>What a recorded figure must be read with: the processor, and nothing that names the machine.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.RuntimeIdentifier}, "
        + $"{(Avx2.IsSupported ? "AVX2" : "no AVX2")}, {(Avx512F.IsSupported ? "AVX-512" : "no AVX-512")}";

    private static string Processor()
    {
        if (!File.Exists(ProcessorFile))
        {
            return "unknown processor";
        }

        Dictionary<string, string> first = File.ReadLines(ProcessorFile)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return $"{Field("model name")} (family {Field("cpu family")} model {Field("model")})";

        string Field(string name) => first.GetValueOrDefault(name, "unknown");
    }
}
