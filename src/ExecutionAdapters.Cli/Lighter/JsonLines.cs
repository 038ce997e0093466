using System.CommandLine;
using System.Text.Json;

namespace ExecutionAdapters.Cli.Lighter;

/// <summary>Reads JSON Lines from a file or standard input: one object a line, blank lines passed over.</summary>
internal static class JsonLines
{
    public static Argument<string?> CreateInput() => new("file")
    {
        Description = "JSON Lines file; standard input when left out or '-'.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Handles each line; a failure names the line and ends the run. Lines before it are already answered.</summary>
    public static void ForEach(string? path, Action<JsonElement> handle)
    {
        using var reader = path is null or "-" ? Console.In : new StreamReader(path);
        var number = 0;
        while (reader.ReadLine()?.TrimStart('\uFEFF') is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false });
                if (document.RootElement.ValueKind != JsonValueKind.Object)
                {
                    throw new CommandException("not a JSON object.");
                }

                handle(document.RootElement);
            }
            catch (JsonException exception)
            {
                throw new CommandException($"Line {number}: not JSON, or a member stands twice, at character {exception.BytePositionInLine}.");
            }
            catch (InvalidOperationException)
            {
                // What System.Text.Json throws for half a surrogate pair.
                throw new CommandException($"Line {number}: a text is no valid Unicode.");
            }
            catch (CommandException exception)
            {
                throw new CommandException($"Line {number}: {exception.Message}", exception.ExitCode);
            }
        }
    }

    public static string RequireText(JsonElement line, string member) =>
        line.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new CommandException($"'{member}' is missing or no text.");

    public static int RequireInteger(JsonElement line, string member) =>
        line.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw new CommandException($"'{member}' is missing or no whole number.");
}
