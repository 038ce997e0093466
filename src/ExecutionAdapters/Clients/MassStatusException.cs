using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>
/// A part of a mass status could not be asked for, or not all of it could be read. What worked is attached; what is missing of the other
/// parts must not be taken for absent.
/// </summary>
public sealed class MassStatusException : ExecutionClientException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and why, every part.</param>
    /// <param name="failedParts">Names of the parts that failed: "order_reports", "fill_reports", "position_reports".</param>
    /// <param name="partial">The parts that worked, and of those that failed what could be read.</param>
    /// <param name="innerException">The first failure.</param>
    public MassStatusException(string message, IReadOnlyList<string> failedParts, ExecutionMassStatus partial, Exception? innerException = null)
        : base(message, innerException)
    {
        FailedParts = failedParts;
        Partial = partial;
    }

    /// <summary>Names of the parts that failed: "order_reports", "fill_reports", "position_reports".</summary>
    public IReadOnlyList<string> FailedParts { get; }

    /// <summary>
    /// The parts that worked. Those named in <see cref="FailedParts"/> hold what could be read of them, often nothing; what they do not hold
    /// says nothing.
    /// </summary>
    public ExecutionMassStatus Partial { get; }
}
