using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>A part of a mass status could not be asked for. The parts that worked are attached; the others must not be taken for empty.</summary>
public sealed class MassStatusException : ExecutionClientException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and why, every part.</param>
    /// <param name="failedParts">Names of the parts that failed: "order_reports", "fill_reports", "position_reports".</param>
    /// <param name="partial">The parts that worked; those that failed are empty in it.</param>
    /// <param name="innerException">The first failure.</param>
    public MassStatusException(string message, IReadOnlyList<string> failedParts, ExecutionMassStatus partial, Exception? innerException = null)
        : base(message, innerException)
    {
        FailedParts = failedParts;
        Partial = partial;
    }

    /// <summary>Names of the parts that failed: "order_reports", "fill_reports", "position_reports".</summary>
    public IReadOnlyList<string> FailedParts { get; }

    /// <summary>The parts that worked; those named in <see cref="FailedParts"/> are empty in it and say nothing.</summary>
    public ExecutionMassStatus Partial { get; }
}
