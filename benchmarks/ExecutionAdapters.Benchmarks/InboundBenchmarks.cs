using BenchmarkDotNet.Attributes;
using ExecutionAdapters.Cli.Bench;
using ExecutionAdapters.Lighter.WebSocket;

namespace ExecutionAdapters.Benchmarks;

/// <summary>What the venue sends: rows of orders and trades to events, and answers to transactions to frames.</summary>
[MemoryDiagnoser]
public class InboundBenchmarks
{
    // Trades are forgotten soon: a benchmark has millions.
    private readonly InboundPath _path = new(TimeSpan.FromSeconds(1));

    private readonly byte[] _response =
        """{"type":"jsonapi/sendtx","id":"4711","code":200,"message":"","tx_hash":"3f1c9a7e5b2d4f60918273645546372819aabbccddeeff00112233445566778899aabbccddeeff00","predicted_execution_time_ms":1790000000119,"volume_quota_remaining":10000}"""u8.ToArray();

    private readonly byte[] _transaction =
        """{"type":"update/account_tx","channel":"account_tx:12345","txs":[{"hash":"3f1c9a7e5b2d4f60918273645546372819aabbccddeeff00112233445566778899aabbccddeeff00","type":14,"info":"{\"AccountIndex\":12345,\"ApiKeyIndex\":5,\"MarketIndex\":0,\"ClientOrderIndex\":1234567890,\"BaseAmount\":500,\"Price\":236131,\"IsAsk\":0,\"Type\":0,\"TimeInForce\":1,\"ReduceOnly\":0,\"TriggerPrice\":0,\"OrderExpiry\":1792419200000,\"ExpiredAt\":1790000600000,\"Nonce\":9999,\"Sig\":\"\"}","event_info":"{\"m\":0,\"t\":{\"p\":0,\"s\":0,\"tf\":0,\"mf\":0},\"to\":{\"i\":281476929510110,\"u\":1234567890,\"a\":12345,\"is\":500,\"p\":236131,\"rs\":500,\"ia\":0,\"ot\":0,\"f\":1,\"ro\":0,\"tp\":0,\"e\":1792419200000,\"st\":2,\"ts\":0},\"ae\":\"\"}","status":2,"transaction_index":0,"l1_address":"0x00","account_index":12345,"nonce":9999,"expire_at":1790000600000,"block_height":1,"queued_at":1790000000000,"executed_at":1790000000100,"sequence_index":1,"parent_hash":"","api_key_index":5,"transaction_time":1790000000000000}]}"""u8.ToArray();

    [Benchmark]
    public object OrderRow() => _path.ReadOrder();

    [Benchmark]
    public object TradeRow() => _path.ReadTrade();

    [Benchmark]
    public object TransactionResponse() => LighterFrameReader.Read(_response);

    [Benchmark]
    public object AccountTransaction() => LighterFrameReader.Read(_transaction);
}
