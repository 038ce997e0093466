namespace ExecutionAdapters.Venues.Lighter;

/// <summary>A refusal or failure as the venue words it: its code, and its message with a detail behind a colon.</summary>
internal readonly record struct VenueError(int Code, string Message)
{
    public VenueError With(string detail) => new(Code, $"{Message}: {detail}");
}
