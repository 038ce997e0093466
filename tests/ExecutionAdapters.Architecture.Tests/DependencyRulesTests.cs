using System.Xml.Linq;

namespace ExecutionAdapters.Architecture.Tests;

/// <summary>Who may reference whom. A new project or arrow is a decision: change this table and docs/architecture.md together.</summary>
public sealed class DependencyRulesTests
{
    private static readonly Dictionary<string, string[]> AllowedProjects = new(StringComparer.Ordinal)
    {
        ["ExecutionAdapters.Model"] = [],
        ["ExecutionAdapters.Lighter.Signing"] = [],
        ["ExecutionAdapters.Testing"] = ["ExecutionAdapters"],
        ["ExecutionAdapters.Sqlite"] = ["ExecutionAdapters"],
        ["ExecutionAdapters"] = ["ExecutionAdapters.Model"],
        ["ExecutionAdapters.Lighter"] = ["ExecutionAdapters", "ExecutionAdapters.Lighter.Signing"],
        ["ExecutionAdapters.Tektii"] = ["ExecutionAdapters"],
        ["ExecutionAdapters.Venues"] = ["ExecutionAdapters.Lighter.Signing"],
        ["ExecutionAdapters.Cli"] = ["ExecutionAdapters.Lighter", "ExecutionAdapters.Sqlite", "ExecutionAdapters.Tektii", "ExecutionAdapters.Testing", "ExecutionAdapters.Venues"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new(StringComparer.Ordinal)
    {
        ["ExecutionAdapters.Model"] = [],
        ["ExecutionAdapters.Lighter.Signing"] = [],
        ["ExecutionAdapters.Testing"] = [],
        ["ExecutionAdapters.Sqlite"] = ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3"],
        ["ExecutionAdapters"] = ["Microsoft.Extensions.Logging.Abstractions"],
        ["ExecutionAdapters.Lighter"] = [],
        ["ExecutionAdapters.Tektii"] = [],
        ["ExecutionAdapters.Venues"] = [],
        ["ExecutionAdapters.Cli"] = ["System.CommandLine", "Spectre.Console"],
    };

    public static TheoryData<string> Projects()
    {
        var projects = new TheoryData<string>();
        foreach (var project in Repository.Projects())
        {
            projects.Add(project);
        }

        return projects;
    }

    [Fact]
    public void Every_project_has_its_place_in_the_table() =>
        Assert.Equal(AllowedProjects.Keys.Order(StringComparer.Ordinal), Repository.Projects().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_the_projects_that_it_may(string project)
    {
        var references = References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));
        Assert.Empty(references.Except(AllowedProjects[project], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_the_packages_that_it_may(string project) =>
        Assert.Empty(References(project, "PackageReference").Except(AllowedPackages[project], StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Versions_stand_in_the_central_file_only(string project) =>
        Assert.DoesNotContain(Load(project).Descendants("PackageReference"), reference => reference.Attribute("Version") is not null);

    [Fact]
    public void Only_venues_and_the_command_host_a_server()
    {
        var hosting = Repository.Projects().Where(project => References(project, "FrameworkReference").Any());
        Assert.Equal(["ExecutionAdapters.Cli", "ExecutionAdapters.Venues"], hosting.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        Load(project).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Source, project, project + ".csproj"));
}
