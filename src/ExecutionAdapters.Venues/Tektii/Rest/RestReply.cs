using System.Text.Json;
using ExecutionAdapters.Venues.Hosting;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>What a request is answered with.</summary>
internal sealed record RestReply(int Status, byte[] Body)
{
    public string ContentType { get; init; } = "application/json";

    public int? RetryAfterSeconds { get; init; }

    public static RestReply Object(Action<Utf8JsonWriter> writeMembers, int status = 200) => new(status, JsonBytes.Write(json =>
    {
        json.WriteStartObject();
        writeMembers(json);
        json.WriteEndObject();
    }));

    /// <summary>A list of objects.</summary>
    public static RestReply Array<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> writeMembers) =>
        new(200, JsonBytes.Write(json => WriteArray(json, rows, writeMembers)));

    /// <summary>An object with one member that is a list of objects.</summary>
    public static RestReply Wrapped<T>(string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> writeMembers) => Object(json =>
    {
        json.WritePropertyName(name);
        WriteArray(json, rows, writeMembers);
    });

    private static void WriteArray<T>(Utf8JsonWriter json, IEnumerable<T> rows, Action<Utf8JsonWriter, T> writeMembers)
    {
        json.WriteStartArray();
        foreach (T row in rows)
        {
            json.WriteStartObject();
            writeMembers(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
