namespace ExecutionAdapters.Testing;

/// <summary>One thing that every implementation of a contract must do, for any test framework: run it, and what it throws is the failure.</summary>
/// <typeparam name="THarness">What makes the implementation under test.</typeparam>
/// <param name="Name">What must hold.</param>
/// <param name="RunAsync">Tries it. Throws <see cref="ConformanceException"/> when it does not hold.</param>
public sealed record ConformanceCase<THarness>(string Name, Func<THarness, CancellationToken, Task> RunAsync)
{
    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>An implementation does not do what its contract says.</summary>
public sealed class ConformanceException(string message) : Exception(message);

/// <summary>What cases ask.</summary>
internal static class Require
{
    public static void That(bool holds, string what)
    {
        if (!holds)
        {
            throw new ConformanceException(what);
        }
    }

    public static void Equal<T>(T expected, T actual, string what) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected {expected}, found {actual}");

    public static void Sequence<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what)
    {
        var wanted = string.Join(", ", expected);
        var found = string.Join(", ", actual);
        That(wanted == found, $"{what}: expected [{wanted}], found [{found}]");
    }

    public static async Task<TException> ThrowsAsync<TException>(Func<Task> work, string what)
        where TException : Exception
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (TException exception)
        {
            return exception;
        }

        throw new ConformanceException($"{what}: expected {typeof(TException).Name}, and nothing was thrown");
    }
}
