namespace ExecutionAdapters.Lighter.Tests.Faults;

/// <summary>The page docs/lighter-faults.md shows the matrix as it is tested.</summary>
public sealed class FaultTableTests
{
    private static readonly Traffic[] Columns = [Traffic.Submit, Traffic.Modify, Traffic.Cancel, Traffic.Batch, Traffic.List, Traffic.Fills];

    [Fact]
    public void The_documented_table_is_the_tested_matrix()
    {
        var page = File.ReadAllLines(Path.Combine(FindRoot(), "docs", "lighter-faults.md"));
        Assert.Equal(Fault.All.Select(ToRow), page.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1));
    }

    private static string ToRow(Fault fault) =>
        $"| {fault.Name} | {string.Join(" | ", Columns.Select(traffic => fault.Concerned.HasFlag(traffic) ? "✓" : "–"))} |";

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ExecutionAdapters.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found.");
        }

        return folder;
    }
}
