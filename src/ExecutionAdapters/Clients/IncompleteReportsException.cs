using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>The venue told of orders that could not be read. The others are attached; they are not all there is.</summary>
public sealed class IncompleteReportsException : ExecutionClientException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which orders could not be read, and why.</param>
    /// <param name="readable">The reports of the others.</param>
    public IncompleteReportsException(string message, IReadOnlyList<OrderStatusReport> readable)
        : base(message) => Readable = readable;

    /// <summary>The reports of the orders that could be read. An order that is not among them may be at the venue all the same.</summary>
    public IReadOnlyList<OrderStatusReport> Readable { get; }
}
