using System.Reflection;
using System.Text.Json.Nodes;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Venues.Tests.Lighter;

/// <summary>Whatever this venue refuses, it says it in the words of the venue's published error table.</summary>
public sealed class VenueErrorsTests
{
    /// <summary>Codes that clients report and the published table does not list.</summary>
    private static readonly int[] Unpublished = [20001, 20013, 21149, 62007];

    private static readonly Dictionary<int, string> Published = JsonNode
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "test_data", "lighter", "error_codes.json")))!["errors"]!
        .AsArray()
        .ToDictionary(row => (int)row!["code"]!, row => (string)row!["message"]!);

    [Fact]
    public void Every_error_of_the_venue_carries_the_published_message()
    {
        VenueError[] errors = [.. Constants<VenueError>(typeof(VenueErrors))];
        Assert.True(errors.Length > 50);
        Assert.All(errors, error => Assert.True(
            Published.TryGetValue(error.Code, out string? message) ? message == error.Message : Unpublished.Contains(error.Code),
            $"{error} is not published so"));
        Assert.Equal(errors.Length, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(Unpublished, code => Assert.False(Published.ContainsKey(code)));
    }

    [Fact]
    public void Every_code_that_a_rule_of_the_signing_library_gives_carries_the_published_message()
    {
        Type codes = typeof(LighterPrivateKey).Assembly.GetTypes().Single(type => type.Name == "VenueCodes");
        int[] all = [.. Constants<int>(codes)];
        Assert.True(all.Length > 40);
        Assert.All(all, code => Assert.Equal($"{Published[code]}: why", VenueErrors.For(code, "why").Message));
    }

    [Fact]
    public void Every_error_of_the_venue_is_found_by_its_code() =>
        Assert.All(Constants<VenueError>(typeof(VenueErrors)), error => Assert.Equal(error.With("why"), VenueErrors.For(error.Code, "why")));

    private static IEnumerable<T> Constants<T>(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(field => field.FieldType == typeof(T))
        .Select(field => (T)field.GetValue(null)!);
}
