namespace ExecutionAdapters.Clients;

/// <summary>A client could not do what was asked. The message says what failed, where, and what to do; it never holds a key or token.</summary>
public class ExecutionClientException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ExecutionClientException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public ExecutionClientException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without detail.</summary>
    public ExecutionClientException() : base("The execution client failed.")
    {
    }

    /// <summary>The venue's own error code, when the venue refused.</summary>
    public int? VenueCode { get; init; }
}
