using System.Text.Json;
using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>
/// One client behind two streams of JSON Lines. Input lines, the client's events and the ends of slow commands are all handled one after
/// the other on one loop, which is what keeps the order of the lines out: an answer, then what it causes.
/// </summary>
internal sealed class BridgeSession : IAsyncDisposable
{
    private readonly IExecutionClient _client;
    private readonly ExecutionCache _cache;
    private readonly ExecutionEngine? _engine;
    private readonly BridgeInput _input;
    private readonly BridgeOutput _output;
    private readonly ClientLoop _loop;
    private readonly ILogger _logger;
    private readonly BridgeCommands _commands;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _events;

    // Only the loop touches these.
    private readonly Queue<ExecutionEvent> _held = new();
    private readonly List<Task> _running = [];
    private int _holds;
    private int _instruments;

    private BridgeSession(
        ClientConfiguration configuration, Stream input, BridgeOutput output, ILoggerFactory loggers, TimeProvider? timeProvider)
    {
        _logger = loggers.CreateLogger<BridgeSession>();

        // Without credentials nothing can be kept: every command is refused.
        _engine = configuration.Journal is not { } journal || !configuration.HasAccount
            ? null
            : new ExecutionEngine(
                new ExecutionEngineOptions { TraderId = configuration.TraderId },
                new SqliteJournalStore(journal),
                timeProvider,
                loggers.CreateLogger<ExecutionEngine>());
        _cache = _engine?.Cache ?? new ExecutionCache();
        _client = configuration.CreateClient(_cache, timeProvider, loggers, _engine?.MemoryOf(configuration.ClientId));
        _engine?.AddClient(_client);
        _input = new BridgeInput(input);
        _output = output;
        _loop = new ClientLoop(_logger);
        _commands = new BridgeCommands(this, _client, _cache, _engine, configuration.TraderId);
        _events = PumpEventsAsync(_engine?.Events() ?? _client.Events.ReadAllAsync());
    }

    /// <summary>Runs until <c>stop</c>, the end of the input, the loss of the reader, or cancellation; then disconnects in order.</summary>
    /// <param name="configuration">How to reach the account. With a journal an engine keeps the books; without, the bridge does, as long as it runs.</param>
    /// <param name="input">Commands.</param>
    /// <param name="output">Answers and events.</param>
    /// <param name="scrubber">What must not be written.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    public static async Task RunAsync(
        ClientConfiguration configuration,
        Stream input,
        Stream output,
        SecretScrubber scrubber,
        ILoggerFactory loggers,
        CancellationToken cancellationToken,
        TimeProvider? timeProvider = null)
    {
        var writer = new BridgeOutput(output, scrubber);
        await using (writer.ConfigureAwait(false))
        {
            var session = new BridgeSession(configuration, input, writer, loggers, timeProvider);
            await using (session.ConfigureAwait(false))
            {
                await session.RunUntilStoppedAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Answers a command under its own name: done or handed over, or why not.</summary>
    public void Answer(BridgeRequest request, string? error = null, Action<Utf8JsonWriter>? body = null) => _output.Write(writer =>
    {
        writer.WriteString("reply", request.Command);
        writer.Text("id", request.Id);
        writer.WriteBoolean("ok", error is null);
        writer.Text("error", error);
        body?.Invoke(writer);
    });

    /// <summary>Gives a command to the client and answers whether it was taken; what follows comes as events.</summary>
    public bool HandOver(BridgeRequest request, Action command)
    {
        try
        {
            command();
        }
        catch (Exception exception) when (exception is ExecutionClientException or ArgumentException or InvalidOperationException)
        {
            Answer(request, exception.Message);
            return false;
        }

        Answer(request);
        return true;
    }

    /// <summary>Applies an event to the cache and writes it. An engine has applied it already.</summary>
    private void Emit(ExecutionEvent executionEvent)
    {
        LearnInstruments();
        if (_engine is null && _cache.Apply(executionEvent) is { } problem)
        {
            Log.NotApplied(_logger, problem);
        }

        Write(executionEvent);
    }

    /// <summary>A client comes to know instruments by connecting, or later by what it hears. An engine learns them by itself.</summary>
    private void LearnInstruments()
    {
        var instruments = _client.Instruments;
        if (_engine is null && instruments.Count != _instruments)
        {
            _instruments = instruments.Count;
            foreach (var instrument in instruments)
            {
                _cache.AddInstrument(instrument);
            }
        }
    }

    /// <summary>Writes an event that is applied already.</summary>
    public void Write(ExecutionEvent executionEvent) => _output.Write(executionEvent);

    /// <summary>
    /// Starts a command that waits for the venue; lines after it are served meanwhile, and it is answered when it is done.
    /// <paramref name="work"/> begins at once, so commands reach the client in their order, and gives what the answer holds beside its ok.
    /// </summary>
    /// <param name="request">What is answered.</param>
    /// <param name="work">What takes long.</param>
    /// <param name="holdsEvents">Events wait until the answer is written: the command causes them before it is done.</param>
    public void Start(BridgeRequest request, Func<CancellationToken, Task<SlowResult>> work, bool holdsEvents = false)
    {
        _holds += holdsEvents ? 1 : 0;
        _running.RemoveAll(task => task.IsCompleted);
        _running.Add(RunSlowAsync(request, work, holdsEvents));
    }

    /// <summary>Ends the session.</summary>
    public void Stop() => _stopped.TrySetResult();

    /// <summary>Disconnects; what is still running is answered, and every event so far is written.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _commands.DisposeAsync().ConfigureAwait(false);
        if (_engine is not null)
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
        }

        await _client.DisposeAsync().ConfigureAwait(false);
        await _events.ConfigureAwait(false);
        await Task.WhenAll(await _loop.RunAsync(() => _running.ToArray()).ConfigureAwait(false)).ConfigureAwait(false);
        await _loop.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunUntilStoppedAsync(CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(Stop))
        using (_output.Closed.Register(Stop))
        {
            // It may wait for a line for ever, so nobody waits for it.
            _ = ReadLinesAsync();
            await _stopped.Task.ConfigureAwait(false);
        }
    }

    private async Task ReadLinesAsync()
    {
        try
        {
            while (!_stopped.Task.IsCompleted && await _input.ReadAsync(_stopping.Token).ConfigureAwait(false) is { } line)
            {
                // One line at a time: who writes faster than commands are taken waits in the pipe, not in memory.
                await _loop.RunAsync(() => OnLine(line)).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Stopped.
        }
        catch (Exception exception)
        {
            Log.InputFailed(_logger, exception.Message);
        }

        Stop();
    }

    private bool OnLine(InputLine line)
    {
        if (_stopped.Task.IsCompleted || (!line.IsTooLong && IsBlank(line.Text.Span)))
        {
            return false;
        }

        string? id = null;
        try
        {
            using var document = line.IsTooLong
                ? throw new FormatException($"the line is longer than {BridgeInput.LongestLine} bytes.")
                : StrictJson.ParseObject(line.Text);
            var fields = new JsonFields(document.RootElement, "");
            id = fields.Text("id");
            _commands.Handle(new BridgeRequest(fields.RequireText("cmd"), id, fields));
        }
        catch (Exception exception) when (exception is FieldException or FormatException)
        {
            AnswerBadInput(id, exception.Message);
        }
        catch (Exception exception)
        {
            // Whatever it is, whoever sent the line must not wait for an answer that never comes.
            Log.CommandFailed(_logger, "A line", exception);
            AnswerBadInput(id, $"unexpected {exception.GetType().Name}: {exception.Message}");
        }

        return true;
    }

    private void AnswerBadInput(string? id, string error) => _output.Write(writer =>
    {
        writer.WriteString("reply", "error");
        writer.Text("id", id);
        writer.WriteBoolean("ok", false);
        writer.WriteString("error", error);
    });

    private async Task PumpEventsAsync(IAsyncEnumerable<ExecutionEvent> events)
    {
        try
        {
            await foreach (var executionEvent in events.ConfigureAwait(false))
            {
                // Who sent an order knows its terms; those that an engine takes over are news.
                if (executionEvent is not OrderInitialized { Reconciliation: false })
                {
                    _loop.Post(() => OnEvent(executionEvent));
                }
            }
        }
        catch (Exception exception)
        {
            // A bridge that tells nothing any more must not take orders.
            Log.EventsFailed(_logger, exception);
            Stop();
        }
    }

    private void OnEvent(ExecutionEvent executionEvent)
    {
        if (_holds > 0)
        {
            _held.Enqueue(executionEvent);
        }
        else
        {
            Emit(executionEvent);
        }
    }

    private async Task RunSlowAsync(BridgeRequest request, Func<CancellationToken, Task<SlowResult>> work, bool holdsEvents)
    {
        SlowResult result;
        try
        {
            result = await work(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ExecutionClientException or JournalException)
        {
            result = new SlowResult { Error = exception.Message };
        }
        catch (OperationCanceledException)
        {
            result = new SlowResult { Error = "the bridge is stopping" };
        }
        catch (Exception exception)
        {
            Log.CommandFailed(_logger, request.Command, exception);
            result = new SlowResult { Error = $"unexpected {exception.GetType().Name}: {exception.Message}" };
        }

        await _loop.RunAsync(() => Finish(request, result, holdsEvents)).ConfigureAwait(false);
    }

    private bool Finish(BridgeRequest request, SlowResult result, bool heldEvents)
    {
        LearnInstruments();
        Answer(request, result.Error, result.Body);
        if (result.Ends)
        {
            Stop();
        }

        if (result.Report is { } report)
        {
            OnEvent(report);
        }

        _holds -= heldEvents ? 1 : 0;
        while (_holds == 0 && _held.TryDequeue(out var executionEvent))
        {
            Emit(executionEvent);
        }

        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;
}

/// <summary>How a slow command ended.</summary>
internal readonly record struct SlowResult
{
    /// <summary>Why it failed; null: it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What the answer holds beside its ok.</summary>
    public Action<Utf8JsonWriter>? Body { get; init; }

    /// <summary>The session ends with it.</summary>
    public bool Ends { get; init; }

    /// <summary>A report that follows the answer.</summary>
    public ExecutionEvent? Report { get; init; }
}
