using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Cli.Tests.Bridge;

/// <summary>A quiet venue and a bridge over streams in memory; every line that the bridge wrote, in order.</summary>
internal sealed class BridgeHarness : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Task _reading;
    private readonly ClientConfiguration _configuration;
    private readonly bool _ownsVenue;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    private BridgeHarness(LighterVenue venue, LighterConfiguration configuration, ILoggerFactory loggers, bool ownsVenue)
        : this(configuration, loggers)
    {
        Venue = venue;
        _ownsVenue = ownsVenue;
    }

    /// <summary>A bridge to a venue that the test has.</summary>
    public BridgeHarness(ClientConfiguration configuration, ILoggerFactory? loggers = null)
    {
        _configuration = configuration;
        _reading = ReadAsync();
        Running = BridgeSession.RunAsync(
            configuration, _input.Reader.AsStream(), _output.Writer.AsStream(), configuration.Scrubber, loggers ?? NullLoggerFactory.Instance, _cancellation.Token, new OwnClock());
    }

    /// <summary>
    /// Clients of one clock share what a venue counts together, by its address. A port that a venue of another test had a moment ago is another venue.
    /// </summary>
    private sealed class OwnClock : TimeProvider;

    public LighterVenue Venue { get; private set; } = null!;

    /// <summary>Ends when the bridge does.</summary>
    public Task Running { get; }

    public static async Task<BridgeHarness> StartAsync(
        bool withCredentials = true, TimeSpan? accountStreamsTimeout = null, ILoggerFactory? loggers = null)
    {
        var venue = await LighterVenue.StartAsync(new LighterVenueOptions { SyntheticFlow = false });
        var account = venue.TestAccount;
        var options = new LighterOptions
        {
            Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
            TraderId = new TraderId("TESTER-001"),
            AccountId = new AccountId("LIGHTER-001"),
            Credentials = withCredentials ? new LighterCredentials(account.AccountIndex, account.ApiKeyIndex, LighterPrivateKey.Parse(account.PrivateKey)) : null,

            // Below the limit of the test: what does not come is then named.
            AccountStreamsTimeout = accountStreamsTimeout ?? Limit / 2,
            DialTimeout = Limit / 2,
            HttpTimeout = Limit / 2,
        };
        return new BridgeHarness(venue, new LighterConfiguration(options, Journal: null), loggers ?? NullLoggerFactory.Instance, ownsVenue: true);
    }

    /// <summary>Another bridge on the same account of the same venue.</summary>
    public BridgeHarness Attach(string? journal = null) => new(Venue, (LighterConfiguration)_configuration with { Journal = journal }, NullLoggerFactory.Instance, ownsVenue: false);

    public static async Task<BridgeHarness> ConnectAsync(ILoggerFactory? loggers = null)
    {
        var bridge = await StartAsync(loggers: loggers);
        AssertOk(await bridge.CallAsync("connect"));
        await bridge.WaitAsync("notice", "connected");
        return bridge;
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The venue goes down, and comes back at the same address when the returned action is run.</summary>
    public async Task<Func<Task>> StopVenueAsync()
    {
        var options = new LighterVenueOptions { SyntheticFlow = false, Port = Venue.RestUrl.Port };
        await Venue.DisposeAsync();
        return async () => Venue = await LighterVenue.StartAsync(options);
    }

    public static void AssertOk(JsonObject answer) => Assert.True((bool)answer["ok"]!, answer.ToJsonString());

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _input.Writer.WriteAsync(bytes);

    public Task SendAsync(string line) => SendAsync(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Sends a command without waiting; gives its id.</summary>
    public async Task<string> PostAsync(string command, string fields = "")
    {
        var id = $"call-{Interlocked.Increment(ref _calls)}";
        await SendAsync($$"""{"cmd":"{{command}}","id":"{{id}}"{{(fields.Length == 0 ? "" : "," + fields)}}}""");
        return id;
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    public async Task<JsonObject> CallAsync(string command, string fields = "")
    {
        var id = await PostAsync(command, fields);
        return await AnswerAsync(id);
    }

    public Task<JsonObject> AnswerAsync(string id) => WaitAsync(line => (string?)line["id"] == id, "the answer to " + id);

    public Task<JsonObject> WaitAsync(string kind, string name, string? clientOrderId = null) => WaitAsync(
        line => (string?)line[kind] == name && (clientOrderId is null || (string?)line["client_order_id"] == clientOrderId),
        $"{kind} {name} {clientOrderId}");

    /// <summary>Waits for a line; it may have come before.</summary>
    public async Task<JsonObject> WaitAsync(Func<JsonObject, bool> match, string what, int after = 0)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                var found = _lines.Skip(after).Select(line => JsonNode.Parse(line)!.AsObject()).FirstOrDefault(match);
                if (found is not null)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            if (TimeProvider.System.GetElapsedTime(started) > Limit || Running.IsFaulted)
            {
                Assert.Fail($"Waited in vain for {what}. Lines:\n{string.Join('\n', Lines)}\n{Running.Exception}");
            }

            await Task.WhenAny(changed, Running.IsCompleted ? Task.Delay(50) : Running, Task.Delay(500));
        }
    }

    /// <summary>The names of the order events of one order, in order.</summary>
    public IEnumerable<string> Story(string clientOrderId) => Parsed()
        .Where(line => line["event"] is not null && (string?)line["client_order_id"] == clientOrderId)
        .Select(line => (string)line["event"]!);

    public IEnumerable<JsonObject> Parsed() => Lines.Select(line => JsonNode.Parse(line)!.AsObject());

    /// <summary>Submits an order that rests and waits until it does; gives the accepted event.</summary>
    public async Task<JsonObject> RestAsync(string clientOrderId, string side = "BUY", string price = "2000.00")
    {
        AssertOk(await CallAsync("submit_order", Order(clientOrderId, side, price)));
        return await WaitAsync("event", "order_accepted", clientOrderId);
    }

    /// <summary>Lines of commands sent before have all been handled, and so has what the client decided until then.</summary>
    public async Task SettleAsync()
    {
        var marker = $"SETTLE-{Interlocked.Increment(ref _calls)}";
        await RestAsync(marker, price: "1500.00");
        AssertOk(await CallAsync("cancel_order", $"\"client_order_id\":\"{marker}\""));
        await WaitAsync("event", "order_canceled", marker);
    }

    public static string Order(string clientOrderId, string side = "BUY", string price = "2000.00", string more = "", string quantity = "0.0100") =>
        $$"""
        "order":{"client_order_id":"{{clientOrderId}}","instrument_id":"ETH-PERP.LIGHTER","order_side":"{{side}}","order_type":"LIMIT","quantity":"{{quantity}}","price":"{{price}}"{{more}}}
        """.Trim();

    public async Task EndInputAsync() => await _input.Writer.CompleteAsync();

    public Task CancelAsync() => _cancellation.CancelAsync();

    /// <summary>The reader of the bridge's output goes away.</summary>
    public void CloseOutput() => _output.Reader.Complete(new IOException("gone"));

    public async Task EndAsync() => await Running.WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        await _cancellation.CancelAsync();
        await EndAsync();
        await _output.Writer.CompleteAsync();
        await _reading;
        if (_ownsVenue)
        {
            await Venue.DisposeAsync();
        }

        _cancellation.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(_output.Reader.AsStream());
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_lock)
                {
                    _lines.Add(line);
                    var changed = _changed;
                    _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    changed.TrySetResult();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // The output was closed by a test.
        }
    }
}
