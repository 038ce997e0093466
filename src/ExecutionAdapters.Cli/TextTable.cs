namespace ExecutionAdapters.Cli;

/// <summary>A table in plain text: for terminals and pipes alike, and never cut to a width.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, string title, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            output.WriteLine($"{title}: none");
            return;
        }

        output.WriteLine(title);
        var widths = columns.Select((name, column) => Math.Max(name.Length, rows.Max(row => row[column].Length))).ToArray();
        foreach (var row in rows.Prepend([.. columns]))
        {
            output.WriteLine("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
