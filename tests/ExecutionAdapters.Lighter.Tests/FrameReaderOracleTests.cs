using System.Globalization;
using System.Text;
using System.Text.Json;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>The client's reader against <see cref="DocumentOracle"/>, over frames that are changed at random, the same ones each time.</summary>
public sealed class FrameReaderOracleTests
{
    private const int Seed = 20261126;

    private static readonly string[] Frames =
    [
        """{"type":"update/account_all_orders","channel":"account_all_orders:77","orders":{"7":[{"order_index":281474976720001,"client_order_index":1201,"order_id":"281474976720001","client_order_id":"1201","market_index":7,"owner_account_index":77,"initial_base_amount":"2.5000","price":"101.40","nonce":9001,"remaining_base_amount":"1.0000","is_ask":false,"filled_base_amount":"1.5000","filled_quote_amount":"152.100000","side":"buy","type":"limit","time_in_force":"post-only","reduce_only":false,"trigger_price":"","order_expiry":1792000000000,"status":"open","trigger_status":"na","timestamp":1790000000120,"created_at":1790000000000,"updated_at":1790000000120},{"order_index":5,"market_index":7,"initial_base_amount":"1","side":"sell","status":"canceled-oco"}]}}""",
        """{"type":"update/account_all_trades","channel":"account_all_trades:77","trades":{"7":[{"trade_id":555,"trade_id_str":"555","tx_hash":"00ab","type":"trade","market_id":7,"size":"1.5000","price":"101.40","usd_amount":"152.100000","ask_id":562947905000001,"bid_id":281474976720001,"ask_client_id":0,"bid_client_id":1201,"bid_client_id_str":"1201","ask_account_id":91,"bid_account_id":77,"is_maker_ask":false,"timestamp":1790000000119,"taker_fee":280,"maker_fee":40}]}}""",
        """{"type":"update/account_all_positions","channel":"c","positions":{"7":{"market_id":7,"sign":-1,"position":"3.0000","avg_entry_price":"100.10"}}}""",
        """{"type":"update/account_all_assets","assets":{"3":{"symbol":"USDC","asset_id":3,"balance":"500.000000","locked_balance":"20.0","margin_balance":"250.0"}},"timestamp":1790000000130}""",
        """{"type":"update/user_stats","stats":{"collateral":"250.00","available_balance":"190.00"},"timestamp":1790000000130}""",
        """{"type":"update/account_tx","txs":[{"hash":"AB","status":0,"event_info":"{\"t\":{},\"ae\":\"{\\\"code\\\":21600,\\\"message\\\":\\\"no\\\"}\"}"},{"hash":"cd","status":2,"event_info":""}]}""",
        """{"type":"update/ticker","channel":"ticker:0","ticker":{"a":{"price":"1","size":"2"},"b":{"price":"1","size":"2"},"last_updated_at":1}}""",
        """{"type":"jsonapi/sendtx","code":200,"tx_hash":"ab12","id":"a1","volume_quota_remaining":5}""",
        """{"type":"jsonapi/sendtxbatch","data":{"code":21702,"message":"invalid","tx_hash":["ab12","cd34"],"id":"a1"}}""",
        """{"id":"a1","error":{"code":21702,"message":"invalid price"}}""",
    ];

    /// <summary>What the venue might write where something else is expected.</summary>
    private static readonly string[] Values =
    [
        "null", "\"\"", "true", "false", "0", "1", "-1", "-0", "7", "1.50", "1e3", "1E-2", "1e400", "9223372036854775807", "9223372036854775808",
        "79228162514264337593543950336", "0.00000000000000000000000000000000001", "\"1\"", "\"-1\"", "\"+1\"", "\" 1\"", "\"1 \"", "\"1.50\"",
        "\".5\"", "\"5.\"", "\"1e3\"", "\"1,000\"", "\"0x1\"", "\"Infinity\"", "\"9223372036854775808\"", "\"\\u0031\\u0032\"", "\"\\u0031.5\"",
        "\"open\"", "\"op\\u0065n\"", "\"canceled-by-whom\"", "\"\\ud83d\\ude00\"", "\"\\ud800\"", "\"x\\ud800\"", "\"äöü\"", "\"a\\n\\\"b\"",
        "{}", "[]", "[1,2]", "[[]]", "{\"a\":{\"b\":[{}]}}", "[null,\"x\",{}]", "{\"code\":5,\"message\":\"m\"}", "\"{\\\"ae\\\":\\\"text\\\"}\"",
        "\"{\\\"ae\\\":{\\\"code\\\":\\\"7\\\"}}\"", "\"{\\\"ae\\\":true}\"", "\"{\"", "\"[]\"", "100000000000", "99999999999", "32768", "32767",
    ];

    [Fact]
    public void Frames_whose_members_are_changed_are_read_as_by_a_document()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            using var frame = JsonDocument.Parse(Frames[random.Next(Frames.Length)]);
            Write(text, frame.RootElement, random, changes: random.Next(1, 4) / 40.0);
            AssertSame(Encoding.UTF8.GetBytes(text.ToString()), i);
        }
    }

    [Fact]
    public void Frames_whose_bytes_are_changed_are_read_as_by_a_document()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Frames[random.Next(Frames.Length)]);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[]\":,\\0123456789-.eEnulltrue"[random.Next(30)];
            }

            AssertSame(bytes, i);
        }
    }

    private static void AssertSame(byte[] frame, int round)
    {
        var expected = DocumentOracle.Read(frame);
        var actual = LighterFrameReader.Read(frame);
        if (expected is not null && Describe(expected) != Describe(actual))
        {
            Assert.Fail($"Seed {Seed}, round {round}: {Describe(actual)} instead of {Describe(expected)} for {Encoding.UTF8.GetString(frame)}");
        }
    }

    /// <summary>Everything that the frame says, but for why it is no frame.</summary>
    private static string Describe(LighterFrame frame) => frame switch
    {
        LighterFrame.Malformed => "malformed",
        LighterFrame.AccountOrders orders => Describe(orders.IsSnapshot, orders.Rows, orders.Failures),
        LighterFrame.AccountTrades trades => Describe(trades.IsSnapshot, trades.Rows, trades.Failures),
        LighterFrame.AccountPositions positions =>
            Describe(string.Join(',', positions.UnreadableMarkets.Order()), positions.Rows, positions.Failures),
        LighterFrame.AccountAssets assets => Describe(assets.TimestampMs, assets.Rows, assets.Failures),
        LighterFrame.AccountTransactions transactions => Describe("", transactions.Rows, transactions.Failures),
        LighterFrame.TransactionResponse response =>
            Describe($"{response.Id} {response.Code} {response.Message} {response.VolumeQuotaRemaining}", response.Hashes, default),
        _ => frame.ToString(),
    };

    private static string Describe<T>(object what, IReadOnlyList<T> rows, RowFailures failures) =>
        string.Create(CultureInfo.InvariantCulture, $"{typeof(T).Name} {what} [{string.Join("; ", rows)}] {failures}");

    /// <summary>Writes the value, each member now and then left out, doubled, moved to the front, renamed in escapes or with another value.</summary>
    private static void Write(StringBuilder text, JsonElement value, Random random, double changes)
    {
        if (random.NextDouble() < changes / 2)
        {
            text.Append(Values[random.Next(Values.Length)]);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            text.Append('{').AppendJoin(", ", Members(value, random, changes)).Append('}');
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            text.Append('[').AppendJoin(" ,", value.EnumerateArray().Select(element => Text(element, random, changes))).Append(']');
        }
        else
        {
            text.Append(value.GetRawText());
        }
    }

    private static List<string> Members(JsonElement value, Random random, double changes)
    {
        var members = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            if (random.NextDouble() < changes)
            {
                members.Insert(random.Next(members.Count + 1), $"\"unknown{random.Next(5)}\":{Values[random.Next(Values.Length)]}");
            }

            for (var copies = random.NextDouble() < changes ? random.Next(3) : 1; copies > 0; copies--)
            {
                var name = random.NextDouble() < changes ? Escaped(member.Name, random) : member.Name;
                var at = random.NextDouble() < changes ? random.Next(members.Count + 1) : members.Count;
                members.Insert(at, $"\"{name}\":{Text(member.Value, random, changes)}");
            }
        }

        return members;
    }

    private static string Text(JsonElement value, Random random, double changes)
    {
        var text = new StringBuilder();
        Write(text, value, random, changes);
        return text.ToString();
    }

    private static string Escaped(string name, Random random)
    {
        // Keys of maps stay as they are: an unreadable position names its market by a key in plain digits only.
        if (name.All(char.IsAsciiDigit))
        {
            return name;
        }

        var at = random.Next(name.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{name[..at]}\\u{(int)name[at]:x4}{name[(at + 1)..]}");
    }
}
