using System.Text.Json;
using System.Text.Unicode;

namespace ExecutionAdapters.Cli;

/// <summary>Parses one JSON object that came from outside. What is wrong with it is told without repeating any of it.</summary>
internal static class StrictJson
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="FormatException">Not UTF-8, not JSON, no object, a member that stands twice, or text that is no Unicode.</exception>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> utf8)
    {
        var json = utf8.Span.StartsWith(ByteOrderMark) ? utf8[ByteOrderMark.Length..] : utf8;
        if (!Utf8.IsValid(json.Span))
        {
            throw new FormatException("not UTF-8.");
        }

        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
            Touch(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new FormatException("not a JSON object.");
        }
        catch (JsonException exception)
        {
            document?.Dispose();
            throw new FormatException($"not JSON, or a name stands twice, at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.", exception);
        }
        catch (InvalidOperationException exception)
        {
            document?.Dispose();
            throw new FormatException("a text is no valid Unicode.", exception);
        }
        catch (FormatException)
        {
            document?.Dispose();
            throw;
        }
    }

    /// <summary>Reads every text once: half a surrogate pair is only found, and thrown as InvalidOperationException, when it is read.</summary>
    private static void Touch(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Touch(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Touch(member.Value);
                }

                break;
        }
    }
}
