using System.Text;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class LighterFrameReaderTests
{
    private const string OrderRow = """
        {"order_index":281474976720001,"client_order_index":1201,"order_id":"281474976720001","client_order_id":"1201","market_index":7,"owner_account_index":77,"initial_base_amount":"2.5000","price":"101.40","nonce":9001,"remaining_base_amount":"1.0000","is_ask":false,"base_size":25000,"base_price":10140,"filled_base_amount":"1.5000","filled_quote_amount":"152.100000","side":"buy","type":"limit","time_in_force":"post-only","reduce_only":false,"trigger_price":"","order_expiry":1792000000000,"status":"open","trigger_status":"na","trigger_time":0,"parent_order_index":0,"block_height":5,"timestamp":1790000000120,"created_at":1790000000000,"updated_at":1790000000120,"transaction_time":1790000000120000}
        """;

    private const string TradeRow = """
        {"trade_id":555,"trade_id_str":"555","tx_hash":"00ab","type":"trade","market_id":7,"size":"1.5000","price":"101.40","usd_amount":"152.100000","ask_id":562947905000001,"bid_id":281474976720001,"ask_client_id":0,"bid_client_id":1201,"ask_account_id":91,"bid_account_id":77,"is_maker_ask":false,"block_height":5,"timestamp":1790000000119,"taker_fee":280,"maker_fee":40,"transaction_time":1790000000119500}
        """;

    [Fact]
    public void An_orders_frame_gives_its_rows()
    {
        var frame = Frames.Read<LighterFrame.AccountOrders>(
            $$$"""{"type":"update/account_all_orders","channel":"account_all_orders:77","orders":{"7":[{{{OrderRow}}}]}}""");
        var row = Assert.Single(frame.Rows);
        Assert.False(frame.IsSnapshot);
        Assert.Equal(281474976720001, row.OrderIndex);
        Assert.Equal(1201, row.ClientOrderIndex);
        Assert.Equal(7, row.MarketIndex);
        Assert.Equal(2.5m, row.InitialBaseAmount);
        Assert.Equal(1.5m, row.FilledBaseAmount);
        Assert.Equal(101.40m, row.Price);
        Assert.Null(row.TriggerPrice);
        Assert.False(row.IsAsk);
        Assert.Equal("open", row.Status);
        Assert.Equal(1790000000000, row.CreatedAtMs);
        Assert.Equal(1790000000120, row.UpdatedAtMs);
    }

    [Fact]
    public void A_row_with_an_empty_side_takes_it_from_is_ask()
    {
        var row = OrderRow.Replace("\"side\":\"buy\"", "\"side\":\"\"", StringComparison.Ordinal).Replace("\"is_ask\":false", "\"is_ask\":true", StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"type":"subscribed/account_all_orders","channel":"account_all_orders:77","orders":{"7":[{{{row}}}]}}""");
        Assert.True(frame.IsSnapshot);
        Assert.True(Assert.Single(frame.Rows).IsAsk);
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_counted_and_the_others_are_kept()
    {
        var bad = OrderRow.Replace("\"2.5000\"", "\"many\"", StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"type":"update/account_all_orders","channel":"c","orders":{"7":[{{{bad}}},{{{OrderRow}}}]}}""");
        Assert.Single(frame.Rows);
        Assert.Equal(1, frame.Failures.Count);
        Assert.Contains("initial_base_amount", frame.Failures.FirstReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_in_seconds_are_taken_for_what_they_are()
    {
        var row = OrderRow.Replace("1790000000120,\"transaction_time\"", "1790000000,\"transaction_time\"", StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountOrders>($$$"""{"type":"update/account_all_orders","channel":"c","orders":{"7":[{{{row}}}]}}""");
        Assert.Equal(1790000000000, Assert.Single(frame.Rows).UpdatedAtMs);
    }

    [Theory]
    [InlineData("""{"7":[ROW]}""")]
    [InlineData("""{"7":ROW}""")]
    [InlineData("""[ROW]""")]
    public void Trades_come_as_map_or_list(string container)
    {
        var trades = container.Replace("ROW", TradeRow, StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountTrades>($$"""{"type":"update/account_all_trades","channel":"c","trades":{{trades}}}""");
        var row = Assert.Single(frame.Rows);
        Assert.Equal(555, row.TradeId);
        Assert.Equal(280, row.TakerFeePpm);
        Assert.Equal(40, row.MakerFeePpm);
        Assert.Equal(77, row.Bid.AccountIndex);
        Assert.Equal(1201, row.Bid.ClientOrderIndex);
    }

    [Fact]
    public void Fees_that_are_left_out_are_zero()
    {
        var row = TradeRow.Replace("\"taker_fee\":280,\"maker_fee\":40,", "", StringComparison.Ordinal);
        var frame = Frames.Read<LighterFrame.AccountTrades>($$$"""{"type":"update/account_all_trades","channel":"c","trades":[{{{row}}}]}""");
        Assert.Equal((0, 0), (frame.Rows[0].TakerFeePpm, frame.Rows[0].MakerFeePpm));
    }

    [Fact]
    public void A_position_is_its_size_times_its_sign()
    {
        var frame = Frames.Read<LighterFrame.AccountPositions>(
            """{"type":"update/account_all_positions","channel":"c","positions":{"7":{"market_id":7,"sign":-1,"position":"3.0000","avg_entry_price":"100.10"}}}""");
        Assert.Equal((-3m, 100.10m), (frame.Rows[0].SignedSize, frame.Rows[0].AverageEntryPrice));
    }

    [Fact]
    public void A_position_row_that_cannot_be_read_names_its_market()
    {
        var frame = Frames.Read<LighterFrame.AccountPositions>(
            """{"type":"update/account_all_positions","channel":"c","positions":{"7":{"market_id":7,"sign":1,"position":"-3.0000"}}}""");
        Assert.Empty(frame.Rows);
        Assert.Contains((short)7, frame.UnreadableMarkets);
    }

    [Fact]
    public void An_empty_positions_map_is_a_complete_answer()
    {
        var frame = Frames.Read<LighterFrame.AccountPositions>("""{"type":"subscribed/account_all_positions","channel":"c","positions":{}}""");
        Assert.Empty(frame.Rows);
        Assert.Equal(0, frame.Failures.Count);
    }

    [Theory]
    [InlineData("""{"type":"jsonapi/sendtx","code":200,"tx_hash":"ab12","id":"a1"}""", "a1", 200, "ab12")]
    [InlineData("""{"type":"jsonapi/sendtx","data":{"code":200,"tx_hash":"ab12","id":"a1"}}""", "a1", 200, "ab12")]
    [InlineData("""{"type":"jsonapi/sendtx","data":{"id":"a1","tx_hash":"ab12"}}""", "a1", 200, "ab12")]
    [InlineData("""{"type":"jsonapi/sendtx","code":200}""", null, 200, null)]
    [InlineData("""{"type":"jsonapi/sendtx","code":21702,"message":"invalid price","tx_hash":"ab12"}""", null, 21702, "ab12")]
    [InlineData("""{"type":"jsonapi/sendtx","error":{"code":21702,"message":"invalid price"}}""", null, 21702, null)]
    [InlineData("""{"type":"jsonapi/sendtx_result","code":200,"tx_hash":"ab12"}""", null, 200, "ab12")]
    [InlineData("""{"type":"jsonapi/sendtxbatch","code":200,"tx_hash":["ab12","cd34"]}""", null, 200, "ab12")]
    public void Every_shape_of_an_answer_is_understood(string json, string? id, int code, string? firstHash)
    {
        var response = Frames.Read<LighterFrame.TransactionResponse>(json);
        Assert.Equal((id, code, firstHash), (response.Id, response.Code, response.Hashes.Count > 0 ? response.Hashes[0] : null));
    }

    [Theory]
    [InlineData("""{"error":{"code":21727,"message":"invalid client order index"}}""", 21727)]
    [InlineData("""{"type":"error","code":30003,"message":"Already Subscribed"}""", 30003)]
    [InlineData("""{"type":"error","error":{"code":30005,"message":"Invalid Channel"}}""", 30005)]
    [InlineData("""{"id":"a1","error":{"code":21702,"message":"invalid price"}}""", 21702)]
    public void An_error_without_a_type_is_a_bare_error(string json, int code) => Assert.Equal(code, Frames.Read<LighterFrame.BareError>(json).Code);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"type\":\"update/account_all_orders\",\"orders\":5}")]
    [InlineData("{\"type\":\"update/user_stats\"}")]
    [InlineData("{\"type\":{}}")]
    [InlineData("{} {}")]
    [InlineData("{\"type\":")]
    public void What_is_no_frame_is_malformed_and_never_an_exception(string json) => Assert.IsType<LighterFrame.Malformed>(Frames.Read(json));

    [Fact]
    public void Nesting_beyond_the_limit_is_malformed() =>
        Assert.IsType<LighterFrame.Malformed>(Frames.Read(string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100)));

    [Fact]
    public void Unknown_types_are_tolerated() => Assert.IsType<LighterFrame.Other>(Frames.Read("""{"type":"update/rfq","channel":"rfq"}"""));

    /// <summary>Whatever bytes come, the answer is a frame. Frames are cut, spliced and their bytes changed.</summary>
    [Fact]
    public void Damaged_frames_never_throw()
    {
        string[] good =
        [
            $$$"""{"type":"update/account_all_orders","channel":"account_all_orders:77","orders":{"7":[{{{OrderRow}}}]}}""",
            $$$"""{"type":"update/account_all_trades","channel":"account_all_trades:77","trades":{"7":[{{{TradeRow}}}]}}""",
            """{"type":"update/account_all_positions","channel":"c","positions":{"7":{"market_id":7,"sign":-1,"position":"3.0000","avg_entry_price":"100.10"}}}""",
            """{"type":"update/account_all_assets","assets":{"3":{"symbol":"USDC","asset_id":3,"balance":"500.000000","locked_balance":"20.0","margin_balance":"250.0"}},"timestamp":1790000000130}""",
            """{"type":"update/user_stats","stats":{"collateral":"250.00","available_balance":"190.00"},"timestamp":1790000000130}""",
            """{"type":"update/account_tx","txs":[{"hash":"ab","status":0,"event_info":"{\"ae\":\"{\\\"code\\\":21600}\"}"}]}""",
            """{"type":"update/ticker","channel":"ticker:0","ticker":{"a":{"price":"1","size":"2"},"b":{"price":"1","size":"2"},"last_updated_at":1}}""",
            """{"type":"jsonapi/sendtx","data":{"code":200,"tx_hash":"ab12","id":"a1"}}""",
        ];
        const int Seed = 20261121;
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(good[random.Next(good.Length)]);
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[]\":,0123456789-.eEnulltrue"[random.Next(29)];
            }

            var length = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
            try
            {
                Assert.NotNull(LighterFrameReader.Read(bytes.AsSpan(0, length)));
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Seed {Seed}, round {i}: {exception.GetType().Name} for {Encoding.UTF8.GetString(bytes, 0, length)}");
            }
        }
    }
}
