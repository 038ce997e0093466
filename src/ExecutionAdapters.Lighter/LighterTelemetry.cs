using System.Diagnostics.Metrics;

namespace ExecutionAdapters.Lighter;

/// <summary>Instruments of this assembly. Listen to the meter by its name.</summary>
public static class LighterTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "ExecutionAdapters.Lighter";

    /// <summary>Time to hash, sign and encode one transaction, microseconds.</summary>
    public const string SignDuration = "lighter.transaction.sign.duration";

    /// <summary>Time from the command to the venue's answer that it was admitted, microseconds.</summary>
    public const string AcknowledgementDuration = "lighter.transaction.acknowledgement.duration";

    /// <summary>Frames of the stream that could not be read.</summary>
    public const string UnreadableFrameCount = "lighter.frames.unreadable";

    /// <summary>Rows of readable frames that could not be read or used.</summary>
    public const string UnreadableRowCount = "lighter.rows.unreadable";

    private static readonly Meter Meter = new(MeterName);

    internal static readonly Histogram<double> Sign = Meter.CreateHistogram<double>(
        SignDuration, unit: "us", description: "Time to hash, sign and encode one transaction.");

    internal static readonly Counter<long> UnreadableFrames = Meter.CreateCounter<long>(
        UnreadableFrameCount, description: "Frames of the stream that could not be read.");

    internal static readonly Counter<long> UnreadableRows = Meter.CreateCounter<long>(
        UnreadableRowCount, description: "Rows of readable frames that could not be read or used.");

    internal static readonly Histogram<double> Acknowledgement = Meter.CreateHistogram<double>(
        AcknowledgementDuration, unit: "us", description: "Time from the command to the venue's answer that it was admitted.");
}
