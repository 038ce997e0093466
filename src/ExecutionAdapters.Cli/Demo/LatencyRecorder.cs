using System.Diagnostics.Metrics;
using ExecutionAdapters.Lighter;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>Collects the client's latency instruments while the demo runs.</summary>
internal sealed class LatencyRecorder : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<double> _sign = [];
    private readonly List<double> _acknowledgement = [];

    public LatencyRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LighterTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            lock (_lock)
            {
                (instrument.Name == LighterTelemetry.SignDuration ? _sign : _acknowledgement).Add(value);
            }
        });
        _listener.Start();
    }

    public double SignPercentile(int percent) => Percentile(_sign, percent);

    public double AcknowledgementPercentile(int percent) => Percentile(_acknowledgement, percent);

    public void Dispose() => _listener.Dispose();

    private double Percentile(List<double> values, int percent)
    {
        lock (_lock)
        {
            if (values.Count == 0)
            {
                return 0;
            }

            var sorted = values.Order().ToList();
            return Math.Round(sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)], 1);
        }
    }
}
