namespace ExecutionAdapters.Venues;

/// <summary>A venue could not start; the message is one line that says why and what to do.</summary>
public sealed class VenueStartException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One clear line.</param>
    /// <param name="innerException">The cause.</param>
    public VenueStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
