using System.Diagnostics;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Benchmarks.Latency;

/// <summary>
/// The embedded venue in a process of its own, so that it shares neither heap nor threads with the client that is measured.
/// </summary>
internal sealed class VenueProcess : IDisposable
{
    /// <summary>What this program is started with to be the venue.</summary>
    public const string Argument = "venue";

    private const ulong Seed = 7;

    private readonly Process _process;

    private VenueProcess(Process process, Uri restUrl)
    {
        _process = process;
        RestUrl = restUrl;
        StreamUrl = new Uri($"ws://{restUrl.Authority}/stream");
    }

    public Uri RestUrl { get; }

    public Uri StreamUrl { get; }

    /// <summary>The account to trade on: it derives from the seed, so nobody need tell its key.</summary>
    public LighterTestAccount Account { get; } = LighterTestAccount.FromSeed(Seed);

    /// <summary>Starts the venue; it ends when it is disposed, and when this process ends.</summary>
    public static VenueProcess Start()
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(VenueProcess).Assembly.Location, Argument])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("The venue's process did not start.");
        string address = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The venue did not start.");
        return new VenueProcess(process, new Uri(address));
    }

    /// <summary>Is the venue until standard input ends.</summary>
    public static async Task ServeAsync()
    {
        var options = new LighterVenueOptions { Seed = Seed, SyntheticFlow = false };
        await using LighterVenue venue = await LighterVenue.StartAsync(options).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(venue.RestUrl.ToString()).ConfigureAwait(false);
        await Console.In.ReadToEndAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
