using System.Globalization;
using System.Text;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Frames that say the usual things in unusual ways.</summary>
public sealed class FrameReaderShapeTests
{
    private const string Row = """{"order_index":5,"market_index":7,"initial_base_amount":"2.5000","is_ask":true,"status":"open"}""";

    [Fact]
    public void The_type_may_come_after_the_rows()
    {
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"orders":{"7":[{{{Row}}}]},"type":"subscribed/account_all_orders"}""");
        Assert.True(frame.IsSnapshot);
        Assert.Equal(5, Assert.Single(frame.Rows).OrderIndex);
    }

    [Fact]
    public void Rows_of_another_type_than_the_frames_are_not_looked_at() =>
        Assert.IsType<LighterFrame.Pong>(Frames.Read("""{"orders":[{"order_index":"x"}],"trades":7,"type":"pong"}"""));

    [Fact]
    public void Of_members_with_the_same_name_the_last_one_counts()
    {
        var frame = Frames.Read<LighterFrame.AccountOrders>(
            """{"type":"pong","orders":[{"order_index":1}],"type":"update/account_all_orders","orders":{"7":[{"order_index":"x","market_index":7,"initial_base_amount":"1","is_ask":true,"order_index":6,"is_ask":false}]}}""");
        var row = Assert.Single(frame.Rows);
        Assert.Equal((6, false, 0), (row.OrderIndex, row.IsAsk, frame.Failures.Count));
    }

    [Fact]
    public void A_last_member_that_is_null_is_missing()
    {
        var frame = Frames.Read<LighterFrame.AccountOrders>(
            $$$"""{"type":"update/account_all_orders","orders":[{{{Row.Replace("}", ",\"order_index\":null}", StringComparison.Ordinal)}}}]}""");
        Assert.Equal(new RowFailures(1, "'order_index' is missing"), frame.Failures);
    }

    [Fact]
    public void Names_and_values_may_be_escaped()
    {
        var row = Row
            .Replace("\"order_index\"", "\"\\u006frder_index\"", StringComparison.Ordinal)
            .Replace("\"is_ask\"", "\"is_as\\u006B\"", StringComparison.Ordinal)
            .Replace("\"2.5000\"", "\"2\\u002e5000\"", StringComparison.Ordinal)
            .Replace("\"open\"", "\"\\u006fpen\"", StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"t\u0079pe":"upd\u0061te/account_all_orders","\u006frders":[{{{row}}}]}""");
        var read = Assert.Single(frame.Rows);
        Assert.Equal((5, true, 2.5000m, "open"), (read.OrderIndex, read.IsAsk, read.InitialBaseAmount, read.Status));
    }

    [Fact]
    public void A_name_that_is_no_valid_text_is_passed_over()
    {
        var row = Row.Replace("{", "{\"\\ud800\":1,\"order_index\\udfff\":2,", StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"type":"update/account_all_orders","\ud800":{},"orders":[{{{row}}}]}""");
        Assert.Equal(5, Assert.Single(frame.Rows).OrderIndex);
    }

    [Fact]
    public void A_value_that_is_no_valid_text_makes_its_row_unreadable_and_no_other()
    {
        var row = Row.Replace("open", "\\ud800", StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"type":"update/account_all_orders","orders":[{{{row}}},{{{Row}}}]}""");
        Assert.Single(frame.Rows);
        Assert.Equal(new RowFailures(1, "'status' is no valid text"), frame.Failures);
    }

    [Fact]
    public void Bytes_that_are_no_text_make_their_row_unreadable_and_no_other()
    {
        var bytes = Encoding.UTF8.GetBytes($$$"""{"type":"update/account_all_orders","orders":[{{{Row}}},{{{Row}}}]}""");
        bytes[bytes.AsSpan().IndexOf("open"u8)] = 0xFF;
        var frame = Assert.IsType<LighterFrame.AccountOrders>(LighterFrameReader.Read(bytes));
        Assert.Single(frame.Rows);
        Assert.Equal(new RowFailures(1, "'status' is no valid text"), frame.Failures);
    }

    [Fact]
    public void Unknown_members_are_passed_over_however_many_and_deep()
    {
        var unknown = string.Concat(Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $$$"""
            "unknown_{{{i}}}":{"orders":[{"order_index":[{}]}]},
            """)));
        var row = Row.Replace("{", "{" + unknown, StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{{{{unknown}}}"type":"update/account_all_orders","orders":{"7":[{{{row}}}]}}""");
        Assert.Equal(5, Assert.Single(frame.Rows).OrderIndex);
    }

    [Fact]
    public void Rows_come_as_list_as_map_and_as_map_of_lists_and_what_is_none_is_counted()
    {
        var map = Frames.Read<LighterFrame.AccountOrders>(
            $$$"""{"type":"update/account_all_orders","orders":{"1":{{{Row}}},"2":null,"3":[{{{Row}}},null,[{{{Row}}}]],"4":[],"5":7,"6":{{{Row}}}}}""");
        Assert.Equal((3, 3), (map.Rows.Count, map.Failures.Count));
        var list = Frames.Read<LighterFrame.AccountOrders>($$$"""{"type":"update/account_all_orders","orders":[{{{Row}}},null,[{{{Row}}}],"x",{{{Row}}}]}""");
        Assert.Equal((2, 3, "the row is no object"), (list.Rows.Count, list.Failures.Count, list.Failures.FirstReason));
    }

    [Fact]
    public void What_follows_the_frame_makes_it_malformed_although_its_rows_were_read() =>
        Assert.IsType<LighterFrame.Malformed>(Frames.Read($$$"""{"type":"update/account_all_orders","orders":[{{{Row}}}]}]"""));

    [Fact]
    public void Texts_that_the_venue_writes_again_and_again_are_made_once()
    {
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"type":"update/account_all_orders","orders":[{{{Row}}},{{{Row}}}]}""");
        Assert.Same(frame.Rows[0].Status, frame.Rows[1].Status);
    }
}
