using System.Diagnostics.Metrics;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Frames from hell: each kind is logged once and counted, and the stream lives.</summary>
public sealed class HostileFrameTests
{
    public static TheoryData<string> Frames() => new()
    {
        "",
        "\u0000\u0001\u0002",
        "nonsense",
        "[1,2,3]",
        "7",
        "null",
        new string('[', 10_000),
        string.Concat(Enumerable.Repeat("{\"a\":", 10_000)),
        "\"" + new string('x', 1_000_000) + "\"",
        "{\"type\":\"update/account_all_orders\",\"orders\":{\"0\":[" + string.Join(",", Enumerable.Repeat("{}", 5_000)) + "]}}",
        """{"type":"update/account_all_orders","orders":7}""",
        """{"type":"update/account_all_orders","orders":{"0":[{"order_index":NaN}]}}""",
        """{"type":"update/account_all_orders","orders":{"0":[{"order_index":1e400,"price":"1"}]}}""",
        """{"type":"update/account_all_orders","orders":{"0":[{"order_index":1,"price":"Infinity"}]}}""",
        """{"type":"update/account_all_trades","trades":{"0":[null,7,"x",{"trade_id":-1}]}}""",
        """{"type":"update/account_all_positions","positions":[]}""",
        """{"type":"update/account_all_positions","positions":{"0":{"market_id":0,"sign":3,"position":"-1"}}}""",
        """{"type":"update/account_all_assets","assets":{"3":{"symbol":"","asset_id":"x"}}}""",
        """{"type":"update/user_stats","stats":[]}""",
        """{"type":"update/account_tx","txs":{"a":1}}""",
        """{"type":"update/account_tx","txs":[{"hash":7,"status":"x","event_info":"{{{"}]}""",
        """{"type":"jsonapi/sendtx","code":"x","tx_hash":{}}""",
        """{"type":"jsonapi/sendtx","code":21702,"id":"999999999999999999999999"}""",
        """{"type":["array"],"channel":{}}""",
        """{"error":"text"}""",
        """{"type":"update/ticker","channel":"ticker:x","ticker":{}}""",
        """{"type":"something/new","x":1}""",
        """{"type":"pong"}{"type":"pong"}""",
        "{\"type\":\"\\ud800\"}",
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task The_stream_lives_and_nothing_is_told(string frame)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        for (var i = 0; i < 3; i++)
        {
            await harness.Venue.Faults.PushFrameAsync(null, frame);
        }

        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Accepted"], harness.Story(order));
        Assert.Equal(ConnectionState.Connected, Assert.Single(harness.Events<ConnectionStateChanged>()).State);
        Assert.Empty(harness.Events<OrderStatusReport>());
        Assert.Empty(harness.Events<FillReport>());
    }

    [Fact]
    public async Task A_kind_of_nonsense_is_logged_once_and_counted_each_time()
    {
        using var log = new CapturedLog();
        await using var harness = await ClientHarness.ConnectAsync(logger: log.CreateLogger<LighterExecutionClient>());
        long frames = 0, rows = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name is LighterTelemetry.UnreadableFrameCount or LighterTelemetry.UnreadableRowCount)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            Interlocked.Add(ref instrument.Name == LighterTelemetry.UnreadableFrameCount ? ref frames : ref rows, value));
        listener.Start();
        for (var i = 0; i < 20; i++)
        {
            await harness.Venue.Faults.PushFrameAsync(null, new string(' ', i) + "nonsense");
            await harness.Venue.Faults.PushFrameAsync(null, """{"type":"update/account_all_orders","orders":{"0":[{"order_index":"x"}]}}""");
        }

        await harness.SettleAsync();
        Assert.Single(log.Lines, line => line.Contains("could not be read:", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("rows could not be read", StringComparison.Ordinal));

        // The meter is the process's: other tests may add to it.
        Assert.InRange(Interlocked.Read(ref frames), 20, long.MaxValue);
        Assert.InRange(Interlocked.Read(ref rows), 20, long.MaxValue);
    }

    [Fact]
    public async Task An_order_status_of_the_future_changes_nothing_and_is_logged_once()
    {
        using var log = new CapturedLog();
        await using var harness = await ClientHarness.ConnectAsync(logger: log.CreateLogger<LighterExecutionClient>());
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        var row = (await harness.TruthAsync()).GetProperty("orders").EnumerateArray().First().GetRawText().Replace("\"open\"", "\"suspended\"", StringComparison.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            await harness.Venue.Faults.PushFrameAsync(null, "{\"type\":\"update/account_all_orders\",\"orders\":{\"0\":[" + row + "]}}");
        }

        await harness.SettleAsync();
        Assert.Equal(["Submitted", "Accepted"], harness.Story(order));
        Assert.Single(log.Lines, line => line.Contains("suspended", StringComparison.Ordinal));
    }
}

/// <summary>Everything that is logged, at every level.</summary>
internal sealed class CapturedLog : ILoggerFactory, ILogger
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

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

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
        {
            _lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
        }
    }
}
