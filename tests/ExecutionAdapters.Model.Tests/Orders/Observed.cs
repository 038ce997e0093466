using System.Collections;
using System.Globalization;
using System.Reflection;

namespace ExecutionAdapters.Model.Tests.Orders;

/// <summary>Everything that can be seen of an object, as text, so that "nothing changed" can be asserted as a whole.</summary>
internal static class Observed
{
    public static string Of(object target)
        => string.Join('\n', target.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{property.Name}={Text(property.GetValue(target))}"));

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
