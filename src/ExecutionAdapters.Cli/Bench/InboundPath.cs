using System.Text;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExecutionAdapters.Cli.Bench;

/// <summary>The client's way from bytes of the account's streams to events on its channel, without the rest of it.</summary>
internal sealed class InboundPath
{
    private const int TradeIdDigits = 9;

    private readonly byte[] _order = Encoding.UTF8.GetBytes(
        """{"type":"update/account_all_orders","channel":"account_all_orders:12345","orders":{"0":[{"order_index":281476929510110,"client_order_index":0,"order_id":"281476929510110","client_order_id":"0","market_index":0,"owner_account_index":12345,"initial_base_amount":"0.0500","price":"2361.31","nonce":9999,"remaining_base_amount":"0.0500","is_ask":false,"base_size":500,"base_price":236131,"filled_base_amount":"0.0000","filled_quote_amount":"0.000000","side":"buy","type":"limit","time_in_force":"good-till-time","reduce_only":false,"trigger_price":"0.00","order_expiry":1792419200000,"status":"open","trigger_status":"na","trigger_time":0,"parent_order_index":0,"parent_order_id":"0","block_height":1,"timestamp":1790000000,"created_at":1790000000,"updated_at":1790000000}]}}""");

    private readonly byte[] _trade = Encoding.UTF8.GetBytes(
        """{"type":"update/account_all_trades","channel":"account_all_trades:12345","trades":{"0":[{"trade_id":100000000,"trade_id_str":"100000000","tx_hash":"00","type":"trade","market_id":0,"size":"0.0050","price":"2361.31","usd_amount":"11.806550","ask_id":562947905000001,"bid_id":281476929510110,"ask_client_id":0,"bid_client_id":0,"ask_account_id":91,"bid_account_id":12345,"is_maker_ask":true,"block_height":1,"timestamp":1790000000119,"taker_fee":280,"maker_fee":40}]}}""");

    private readonly int _tradeId;
    private readonly int _tradeIdText;
    private readonly ExecutionEventEmitter _emitter;
    private readonly AccountStreamProcessor _streams;
    private int _nextTrade;

    /// <param name="memory">How long trades are remembered, so as to tell none twice.</param>
    public InboundPath(TimeSpan memory)
    {
        var account = new AccountId("LIGHTER-12345");
        var clock = TimeProvider.System;
        _emitter = new ExecutionEventEmitter(new TraderId("TRADER-001"), new ClientId("LIGHTER"), account, AccountType.Margin, clock, NullLogger.Instance);
        _streams = new AccountStreamProcessor(
            _emitter, new OrderRegistry(31, clock), new ExpiringSet<(InstrumentId, TradeId)>(clock, memory), 12345, account,
            new Complaints(), clock, NullLogger.Instance)
        {
            Markets = new MarketTable([Market()]),
        };
        _tradeId = IndexOf("\"trade_id\":") + "\"trade_id\":".Length;
        _tradeIdText = IndexOf("\"trade_id_str\":\"") + "\"trade_id_str\":\"".Length;

        int IndexOf(string text) => _trade.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A row of an order that is not the client's own.</summary>
    public ExecutionEvent ReadOrder()
    {
        _streams.OnOrders((LighterFrame.AccountOrders)LighterFrameReader.Read(_order));
        return RequireEvent();
    }

    /// <summary>A trade, each time another one.</summary>
    public ExecutionEvent ReadTrade()
    {
        var id = ++_nextTrade;
        for (var digit = TradeIdDigits - 1; digit > 0; digit--, id /= 10)
        {
            _trade[_tradeId + digit] = _trade[_tradeIdText + digit] = (byte)('0' + (id % 10));
        }

        _streams.OnTrades((LighterFrame.AccountTrades)LighterFrameReader.Read(_trade));
        return RequireEvent();
    }

    private ExecutionEvent RequireEvent() =>
        _emitter.Events.TryRead(out var told) ? told : throw new InvalidOperationException("A row of this run gave no event.");

    private static LighterMarket Market()
    {
        var row = JsonRow.Read(
            """{"symbol":"ETH","market_id":0,"market_type":"perp","status":"active","taker_fee":"0.0280","maker_fee":"0.0040","min_base_amount":"0.0050","min_quote_amount":"10.000000","supported_size_decimals":4,"supported_price_decimals":2,"supported_quote_decimals":6,"size_decimals":4,"price_decimals":2,"default_initial_margin_fraction":200,"min_initial_margin_fraction":200,"maintenance_margin_fraction":120}"""u8);
        return LighterMarket.From(MarketRow.Read(row, isSpot: false), new Model.Venue("LIGHTER"), UnixNanos.Now(TimeProvider.System));
    }
}
