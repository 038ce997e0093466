using System.Globalization;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Tests.Faults;

/// <summary>What goes on while a fault strikes.</summary>
[Flags]
public enum Traffic
{
    Submit = 1,
    Modify = 2,
    Cancel = 4,
    Batch = 8,
    List = 16,
    Fills = 32,
    Singles = Submit | Modify | Cancel | Fills,
    Batches = Batch | List,
    All = Singles | Batches,
}

/// <summary>A fault of the venue that heals, by the name under which docs list it, the script that makes it, and the traffic that it can strike.</summary>
internal sealed record Fault(string Name, string Script, Traffic Concerned = Traffic.All)
{
    private const string Forever = "\"times\":null";

    /// <summary>Every fault of the matrix.</summary>
    public static readonly IReadOnlyList<Fault> All =
    [
        .. FrameFaults(),
        new("a nonce refused", Rule("refuse_transaction", "\"code\":21104,\"message\":\"invalid nonce\"")),
        new("a refusal", Rule("refuse_transaction", "\"code\":21739,\"message\":\"not enough margin\"")),
        new("a bare refusal", Rule("refuse_transaction", "\"code\":21702,\"message\":\"invalid price\",\"bare\":true")),
        new("a subscription error in place of an ack", Rule("refuse_transaction", "\"code\":30003,\"message\":\"Already Subscribed\",\"bare\":true")),
        new("an ack lost", Rule("lose_ack")),
        new("an ack late", Rule("withhold_ack", "\"delay_ms\":200")),
        new("acks without hash", Rule("omit_hash", Forever)),
        new("cut before execution", Rule("close_connection", "\"when\":\"before_execution\"")),
        new("cut after execution, before the ack", Rule("close_connection", "\"when\":\"after_execution\"")),
        new("cut after the ack", Rule("close_connection", "\"when\":\"after_ack\"")),
        new("HTTP batch 500, executed", Rule("refuse_request", "\"path\":\"sendTxBatch\",\"status\":500,\"execute\":true"), Traffic.Batches),
        new("HTTP batch 500, not executed", Rule("refuse_request", "\"path\":\"sendTxBatch\",\"status\":500,\"execute\":false"), Traffic.Batches),
        new("HTTP batch 429 with Retry-After", Rule("refuse_request", "\"path\":\"sendTxBatch\",\"status\":429,\"retry_after_s\":1"), Traffic.Batches),
        new("HTTP batch 429 without", Rule("refuse_request", "\"path\":\"sendTxBatch\",\"status\":429"), Traffic.Batches),
        new("HTTP batch never answered, executed", Rule("delay_request", "\"path\":\"sendTxBatch\",\"execute\":true"), Traffic.Batches),
        new("HTTP batch never answered, not executed", Rule("delay_request", "\"path\":\"sendTxBatch\",\"execute\":false"), Traffic.Batches),
        new("REST 500 during a reconnect", Rules(Text("drop_connections"), Text("drop_connections", "\"every_ms\":30"), Text("refuse_request", "\"status\":500,\"times\":4"))),
        new("REST 429 during a reconnect", Rules(Text("drop_connections"), Text("drop_connections", "\"every_ms\":30"), Text("refuse_request", "\"status\":429,\"times\":2"))),
        new("nextNonce fails after a nonce refused", Rules(Text("refuse_transaction", "\"code\":21104"), Text("refuse_request", "\"path\":\"nextNonce\",\"status\":500,\"times\":4"))),
        new("a token stale at the reconnect", Rules(Text("drop_connections"), Text("drop_connections", "\"every_ms\":30"), Text("stale_token", "\"times\":3"))),
        new("first frames late at the reconnect", Rules(Text("drop_connections"), Text("drop_connections", "\"every_ms\":30"), Text("withhold_first_frame", "\"delay_ms\":100,\"times\":6"))),
        new("the connection dropped", Rules(Text("drop_connections"), Text("drop_connections", "\"every_ms\":30"))),
        new("a slow consumer", Rule("pause_reading", "\"delay_ms\":200"), Traffic.Singles),
        new("garbage pushed", Rules(Text("push_frame", "\"frame\":{\"type\":\"update/account_all_orders\",\"orders\":7},\"every_ms\":5,\"times\":20"), Text("push_frame", "\"frame\":[1],\"every_ms\":5,\"times\":20"))),
        new("the venue restarts", Rules(Text("restart", "\"downtime_ms\":100,\"every_ms\":30"))),
    ];

    private static IEnumerable<Fault> FrameFaults()
    {
        string[] channels = ["account_all_orders", "account_all_trades", "account_all_positions", "account_all_assets", "user_stats", "account_tx"];
        foreach (var channel in channels)
        {
            var only = string.Create(CultureInfo.InvariantCulture, $"\"channel\":\"{channel}\"");
            var concerned = channel is "account_all_trades" or "account_all_positions" or "account_all_assets" ? Traffic.Fills : Traffic.All;
            yield return new Fault(channel + " delayed", Rule("delay_frame", only + ",\"delay_ms\":100,\"times\":3"), concerned);
            yield return new Fault(channel + " dropped, then cut", Rule("drop_frame", only + ",\"cut_after_ms\":50"), concerned);
            yield return new Fault(channel + " duplicated", Rule("duplicate_frame", only + "," + Forever), concerned);
            yield return new Fault(channel + " out of order", Rule("reorder_frame", only + ",\"times\":2"), concerned);
        }

        yield return new Fault("account_all_trades dropped", Rule("drop_frame", "\"channel\":\"account_all_trades\""), Traffic.Fills);
        yield return new Fault("account_all_orders dropped", Rule("drop_frame", "\"channel\":\"account_all_orders\""));
        yield return new Fault("account_tx dropped", Rule("drop_frame", "\"channel\":\"account_tx\"," + Forever));
        yield return new Fault("cut after a frame of orders", Rule("close_after_frame", "\"channel\":\"account_all_orders\""));
        yield return new Fault("cut after a frame of trades", Rule("close_after_frame", "\"channel\":\"account_all_trades\""), Traffic.Fills);
    }

    private static string Rule(string fault, string members = "") => Rules(Text(fault, members));

    private static string Rules(params string[] rules) => "{\"faults\":[" + string.Join(",", rules) + "]}";

    private static string Text(string fault, string members = "") => "{\"fault\":\"" + fault + "\"" + (members.Length > 0 ? "," + members : "") + "}";

    /// <summary>How often the rules of a venue have fired, as it tells.</summary>
    public static int CountFired(string description)
    {
        using var document = JsonDocument.Parse(description);
        return document.RootElement.GetProperty("faults").EnumerateArray().Sum(rule => rule.GetProperty("fired").GetInt32());
    }
}
