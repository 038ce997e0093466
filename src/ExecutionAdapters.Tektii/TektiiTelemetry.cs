using System.Diagnostics.Metrics;

namespace ExecutionAdapters.Tektii;

/// <summary>Instruments of this assembly. Listen to the meter by its name.</summary>
public static class TektiiTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "ExecutionAdapters.Tektii";

    /// <summary>Frames, and rows in them, that could not be read.</summary>
    public const string UnreadableFrameCount = "tektii.frames.unreadable";

    /// <summary>Events that were acknowledged.</summary>
    public const string AcknowledgedCount = "tektii.events.acknowledged";

    private static readonly Meter Meter = new(MeterName);

    internal static readonly Counter<long> UnreadableFrames = Meter.CreateCounter<long>(
        UnreadableFrameCount, description: "Frames, and rows in them, that could not be read.");

    internal static readonly Counter<long> Acknowledged = Meter.CreateCounter<long>(
        AcknowledgedCount, description: "Events that were acknowledged.");
}
