using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.Signing.Curve;

namespace ExecutionAdapters.Benchmarks;

/// <summary>
/// A statistical look for time that depends on a secret (after Reparaz, Balasch and Verbauwhede, "Dude, is my code constant time?"):
/// the same operation on a fixed and on random secrets, in random order, compared by Welch's t-test. Below 4.5 nothing was found; above 10
/// something was. It is reported and fails nothing: a busy machine can hide or mimic a difference.
/// </summary>
internal static class ConstantTime
{
    private const int Batch = 4;

    public static void Run(TextWriter output, int samples)
    {
        var random = new Random(20_260_801);
        output.WriteLine($"{samples} samples a row, path {LighterSigningInfo.InstructionSet}");
        Report(output, "k G, k = 1 or random", samples, random, Small(1), (in Scalar k) =>
        {
            FixedBaseComb.Generator.Multiply(k, out CurvePoint point);
            return point.X.A0;
        });
        Report(output, "k G, k = n - 1 or random", samples, random, default(Scalar) - Small(1), (in Scalar k) =>
        {
            FixedBaseComb.Generator.Multiply(k, out CurvePoint point);
            return point.X.A0;
        });
        Scalar factor = Draw(random);
        Report(output, "e * key, key = 1 or random", samples, random, Small(1), (in Scalar key) => (factor * key).L0);
        Report(output, "k - e * key, k = 0 or random", samples, random, default, (in Scalar k) => (k - factor).L0);
    }

    private delegate ulong Operation(in Scalar secret);

    private static void Report(TextWriter output, string name, int samples, Random random, Scalar fixedSecret, Operation operation)
    {
        var secrets = new Scalar[samples];
        var isFixed = new bool[samples];
        for (int i = 0; i < samples; i++)
        {
            isFixed[i] = random.Next(2) == 0;
            // Drawn in both cases, so that both leave the same traces behind.
            Scalar drawn = Draw(random);
            secrets[i] = isFixed[i] ? fixedSecret : drawn;
        }

        var times = new double[samples];
        ulong sink = 0;
        for (int i = 0; i < samples; i++)
        {
            long started = TimeProvider.System.GetTimestamp();
            for (int j = 0; j < Batch; j++)
            {
                sink ^= operation(secrets[i]);
            }

            times[i] = TimeProvider.System.GetElapsedTime(started).TotalNanoseconds / Batch;
        }

        GC.KeepAlive(sink);

        // What was interrupted says nothing of the code: of both classes alike the slowest tenth is cut off.
        double limit = times.Order().ElementAt(samples * 9 / 10);
        (double meanFixed, double errorFixed) = Moments(times.Where((time, i) => isFixed[i] && time <= limit));
        (double meanRandom, double errorRandom) = Moments(times.Where((time, i) => !isFixed[i] && time <= limit));
        double t = (meanFixed - meanRandom) / Math.Sqrt(errorFixed + errorRandom);
        output.WriteLine($"{name,-30} fixed {meanFixed,9:F1} ns   random {meanRandom,9:F1} ns   t = {t,6:F2}");
    }

    private static (double Mean, double SquaredError) Moments(IEnumerable<double> times)
    {
        double[] values = [.. times];
        double mean = values.Average();
        return (mean, values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    private static Scalar Small(byte value)
    {
        Span<byte> bytes = stackalloc byte[Scalar.Size];
        bytes[0] = value;
        return Scalar.Reduce(bytes);
    }

    private static Scalar Draw(Random random)
    {
        Span<byte> bytes = stackalloc byte[Scalar.Size];
        random.NextBytes(bytes);
        return Scalar.Reduce(bytes);
    }
}
