using System.Collections.Concurrent;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using Microsoft.Extensions.Logging;
using static ExecutionAdapters.Cli.Tests.Bridge.BridgeHarness;

namespace ExecutionAdapters.Cli.Tests.Bridge;

public sealed class BridgeSecretsTests
{
    [Fact]
    public void Keys_and_tokens_are_taken_out_of_a_text_and_nothing_else()
    {
        using var key = LighterPrivateKey.FromSeed(new byte[32]);
        var scrubber = new SecretScrubber(new LighterCredentials(1, 5, key));
        var token = LighterAuthToken.Create(key, 2_000_000_000, 12345, 5).ToString()!;
        foreach (var secret in new[] { key.ToHex(), key.ToHex().ToUpperInvariant(), token, Uri.EscapeDataString(token) })
        {
            var scrubbed = scrubber.Scrub($"refused ({secret}), sorry");
            Assert.Equal("refused (<masked>), sorry", scrubbed);
        }

        Assert.Equal("GET /trades?auth=<masked>&limit=100", scrubber.Scrub("GET /trades?auth=anything-at-all&limit=100"));
        foreach (var harmless in new[] { key.PublicKey.ToString(), "10:11:12 code=21029: insufficient margin", "{\"ts_event\":1700000000000000000,\"a\":1}" })
        {
            Assert.Equal(harmless, scrubber.Scrub(harmless));
        }
    }

    [Fact]
    public async Task What_the_venue_sends_back_is_scrubbed_in_every_line()
    {
        await using var bridge = await ConnectAsync();
        var key = bridge.Venue.TestAccount.PrivateKey;
        var token = $"2000000000:12345:5:{new string('a', 160)}";
        bridge.Venue.Faults.AnswerNextTransaction(21029, $"bad {key} and {token}");
        AssertOk(await bridge.CallAsync("submit_order", Order("A")));
        var rejected = await bridge.WaitAsync("event", "order_rejected", "A");
        Assert.Contains("bad <masked> and <masked>", (string?)rejected["reason"], StringComparison.Ordinal);
        bridge.Venue.Faults.RefuseRest("trades", 400, 20001, $"invalid auth={token}", times: 5);
        var fills = await bridge.CallAsync("fill_reports");
        Assert.DoesNotContain(token, fills.ToJsonString(), StringComparison.Ordinal);
        AssertClean(bridge.Lines, key);
    }

    [Fact]
    public async Task A_noisy_session_at_trace_level_shows_no_key_and_no_token()
    {
        using var log = new ListLoggerProvider();
        using var loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        await using var bridge = await ConnectAsync(loggers);
        await bridge.RestAsync("A");
        bridge.Venue.Faults.AnswerNextTransaction(21104, "invalid nonce");
        await bridge.CallAsync("modify_order", "\"client_order_id\":\"A\",\"price\":\"2001.00\"");
        bridge.Venue.Faults.RefuseRest("trades", 500, 1, "down", times: 3);
        await bridge.CallAsync("mass_status");
        bridge.Venue.Faults.DropConnections();
        await bridge.WaitAsync("notice", "reconnected");
        await bridge.Venue.Faults.PushFrameAsync(null, "{\"type\":\"update/account_all_orders\",\"orders\":7}");
        await bridge.CallAsync("nonsense");
        await bridge.SettleAsync();
        AssertOk(await bridge.CallAsync("stop"));
        await bridge.EndAsync();
        Assert.NotEmpty(log.Lines);
        AssertClean(bridge.Lines.Concat(log.Lines), bridge.Venue.TestAccount.PrivateKey);
    }

    internal static void AssertClean(IEnumerable<string> lines, string key) => Assert.All(lines, line =>
    {
        Assert.DoesNotContain(key, line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"\d+:\d+:\d+:[0-9a-fA-F]{16}", line);
        Assert.DoesNotContain("\"Sig\"", line, StringComparison.Ordinal);
    });

    private sealed class ListLoggerProvider : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
