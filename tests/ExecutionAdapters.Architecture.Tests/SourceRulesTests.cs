using System.Reflection;
using System.Text.RegularExpressions;

namespace ExecutionAdapters.Architecture.Tests;

/// <summary>Rules that hold in every line: no wall clock, no floating point for money, no numbers from this or that machine.</summary>
public sealed partial class SourceRulesTests
{
    [Fact]
    public void No_type_of_the_model_uses_floating_point()
    {
        var model = typeof(Model.Price).Assembly;
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var offenders = model.GetTypes().SelectMany(type => type.GetMembers(All).Where(UsesFloatingPoint).Select(member => $"{type.Name}.{member.Name}"));
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("ExecutionAdapters.Model")]
    [InlineData("ExecutionAdapters.Venues")]
    public void No_source_of_money_names_floating_point(string project) =>
        Assert.Empty(Lines(project).Where(line => FloatingPoint().IsMatch(line.Code)).Select(line => line.Place));

    [Fact]
    public void Time_and_randomness_come_in_as_parameters() =>
        Assert.Empty(Lines(project: null).Where(line => WallClock().IsMatch(line.Code)).Select(line => line.Place));

    [Fact]
    public void The_compiler_is_told_of_the_banned_symbols()
    {
        var banned = File.ReadAllText(Path.Combine(Repository.Root, "BannedSymbols.txt"));
        Assert.Contains("P:System.DateTime.UtcNow", banned, StringComparison.Ordinal);
        Assert.Contains("T:System.Numerics.BigInteger", banned, StringComparison.Ordinal);
        Assert.Contains("BannedSymbols.txt", File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines() =>
        Assert.Empty(Repository.SourceFiles().Where(file => File.ReadLines(file).Count() > 400).Select(Path.GetFileName));

    private static bool UsesFloatingPoint(MemberInfo member) => member switch
    {
        FieldInfo field => IsFloatingPoint(field.FieldType),
        PropertyInfo property => IsFloatingPoint(property.PropertyType),
        MethodInfo method => IsFloatingPoint(method.ReturnType) || method.GetParameters().Any(parameter => IsFloatingPoint(parameter.ParameterType)),
        ConstructorInfo constructor => constructor.GetParameters().Any(parameter => IsFloatingPoint(parameter.ParameterType)),
        _ => false,
    };

    private static bool IsFloatingPoint(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? (type.HasElementType ? type.GetElementType()! : type);
        return bare == typeof(double) || bare == typeof(float) || bare == typeof(Half);
    }

    private static IEnumerable<(string Code, string Place)> Lines(string? project)
    {
        foreach (var file in Repository.SourceFiles(project))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                var code = line.Split("//")[0];
                yield return (code, $"{Path.GetRelativePath(Repository.Root, file)}:{number}");
            }
        }
    }

    [GeneratedRegex(@"\b(double|float)\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FloatingPoint();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Stopwatch\.|Environment\.TickCount|Random\.Shared|Thread\.Sleep", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WallClock();
}
