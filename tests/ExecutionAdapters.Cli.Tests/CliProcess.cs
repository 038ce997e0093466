using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ExecutionAdapters.Cli.Tests;

/// <summary>What one run of the command printed and ended with.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The error, which must be one clear line.</summary>
    public string ErrorLine => Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Runs the built command as a process of its own, the way a person does.</summary>
internal sealed class CliProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private CliProcess(Process process) => _process = process;

    public static async Task<CliResult> RunAsync(string input, params string[] arguments) =>
        await RunAsync(input, new Dictionary<string, string>(), arguments);

    public static Task<CliResult> RunAsync(string input, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunProgramAsync("execution-adapters.dll", input, environment, arguments);

    /// <summary>Runs another program that was built with the solution.</summary>
    public static async Task<CliResult> RunProgramAsync(string program, string input, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var process = Start(program, environment, arguments);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        var output = process._process.StandardOutput.ReadToEndAsync();
        var error = process._process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliResult(process._process.ExitCode, await output, await error);
    }

    /// <summary>Starts a command that keeps running; its output is read line by line.</summary>
    public static CliProcess Start(params string[] arguments) => Start("execution-adapters.dll", new Dictionary<string, string>(), arguments);

    public int Id => _process.Id;

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>The end of the process's input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Nobody reads the process's output any more.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    /// <summary>
    /// Ctrl+C. Where this process was started to ignore it (by a shell, in the background), so were its children: there it is the
    /// signal by which a service manager asks for an end.
    /// </summary>
    public Task InterruptAsync() => SignalAsync(IsInterruptIgnored() ? "-TERM" : "-INT");

    /// <summary>Asks for an end as a service manager does.</summary>
    public Task TerminateAsync() => SignalAsync("-TERM");

    /// <summary>What is left of the output, and the whole of standard error, once the process has ended.</summary>
    public async Task<CliResult> FinishAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        var error = _process.StandardError.ReadToEndAsync(limit.Token);
        _output.Append(await _process.StandardOutput.ReadToEndAsync(limit.Token));
        return new CliResult(await WaitForExitAsync(), _output.ToString(), await error);
    }

    public async Task<string> ReadUntilAsync(string text)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            _output.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return _output.ToString();
            }
        }

        throw new InvalidOperationException($"The command ended without '{text}': {_output}{_error}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static CliProcess Start(string program, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("LIGHTER_API_SECRET");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new CliProcess(Process.Start(start)!);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static bool IsInterruptIgnored()
    {
        const string Field = "SigIgn:";
        const ulong Interrupt = 1UL << 1;
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is not null && (ulong.Parse(line[Field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }
}
