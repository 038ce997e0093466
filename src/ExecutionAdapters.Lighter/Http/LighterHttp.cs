using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Limits;
using ExecutionAdapters.Lighter.Rows;
using ExecutionAdapters.Lighter.Signing;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Http;

/// <summary>
/// The venue's REST API, as far as an execution client needs it: <c>.cs</c> the endpoints, <c>.Requests.cs</c> how they are asked.
/// Thread-safe; holds no business state.
/// </summary>
internal sealed partial class LighterHttp : IDisposable
{
    private const int MaxResponseBytes = 32 * 1024 * 1024;

    private readonly HttpClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _transactionTimeout;
    private readonly Func<string> _newAuthToken;
    private readonly ILogger _logger;

    /// <param name="baseUrl">The venue.</param>
    /// <param name="timeout">How long one request may take, its waiting for quota not counted.</param>
    /// <param name="transactionTimeout">How long one that sends transactions may take, when that is less: the lane waits for it, cancels too.</param>
    /// <param name="newAuthToken">Makes a fresh auth token.</param>
    /// <param name="limits">What requests count against before the account's tier is known.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where to log.</param>
    public LighterHttp(
        Uri baseUrl, TimeSpan timeout, TimeSpan transactionTimeout, Func<string> newAuthToken, RequestLimits limits, TimeProvider timeProvider, ILogger logger)
    {
        _timeProvider = timeProvider;
        _logger = logger;
        _timeout = timeout;
        _transactionTimeout = timeout < transactionTimeout ? timeout : transactionTimeout;
        _newAuthToken = newAuthToken;
        Limits = limits;
        _client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(10), AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = baseUrl,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxResponseBytes,
        };
    }

    /// <summary>What requests count against.</summary>
    public RequestLimits Limits { get; set; }

    public async Task<IReadOnlyList<MarketRow>> GetMarketsAsync(CancellationToken cancellationToken)
    {
        var body = await GetAsync("api/v1/orderBookDetails?filter=all", isPrivate: false, cancellationToken).ConfigureAwait(false);
        var rows = new List<MarketRow>();
        Read("orderBookDetails", () =>
        {
            foreach (var (name, isSpot) in new[] { ("order_book_details", false), ("spot_order_book_details", true) })
            {
                foreach (var element in JsonList.Enumerate(body, name))
                {
                    rows.Add(MarketRow.Read(JsonRow.Read(element), isSpot));
                }
            }
        });
        return rows;
    }

    public async Task<long> GetNextNonceAsync(long accountIndex, byte apiKeyIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/nextNonce?account_index={accountIndex}&api_key_index={apiKeyIndex}"), isPrivate: false, cancellationToken).ConfigureAwait(false);
        var nonce = 0L;
        Read("nextNonce", () => nonce = JsonRow.Read(body).Integer("nonce"u8));
        return nonce;
    }

    /// <summary>The public key that the venue has for this slot, lower-case hex; null when the slot is empty.</summary>
    public async Task<string?> GetPublicKeyAsync(long accountIndex, byte apiKeyIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/apikeys?account_index={accountIndex}&api_key_index={apiKeyIndex}"), isPrivate: false, cancellationToken).ConfigureAwait(false);
        string? key = null;
        Read("apikeys", () =>
        {
            foreach (var element in JsonList.Enumerate(body, "api_keys"))
            {
                var row = JsonRow.Read(element);
                if (row.OptionalInteger("api_key_index"u8) == apiKeyIndex)
                {
                    key = row.Text("public_key"u8).ToLowerInvariant();
                }
            }
        });
        return key;
    }

    /// <summary>What became of a transaction; null: the venue answered and does not know its hash.</summary>
    public async Task<TransactionRow?> GetTransactionAsync(string hash, CancellationToken cancellationToken)
    {
        try
        {
            var body = await GetAsync("api/v1/tx?by=hash&value=" + hash, isPrivate: false, cancellationToken).ConfigureAwait(false);
            TransactionRow? row = null;
            Read("tx", () => row = TransactionRow.Read(JsonRow.Read(body)));
            return row;
        }
        catch (ExecutionClientException exception) when (exception.VenueCode == LighterProtocol.TransactionNotFound)
        {
            return null;
        }
    }

    /// <summary>The account as REST gives it.</summary>
    public async Task<JsonElement> GetAccountAsync(long accountIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/account?by=index&value={accountIndex}"), isPrivate: false, cancellationToken).ConfigureAwait(false);
        foreach (var account in JsonList.Enumerate(body, "accounts"))
        {
            return account;
        }

        throw new ExecutionClientException($"Lighter account: the venue does not know account {accountIndex}.");
    }

    public async Task<IReadOnlyList<OrderRow>> GetActiveOrdersAsync(
        long accountIndex, short? market, CancellationToken cancellationToken, Action<string, string>? onUnreadable = null)
    {
        var path = Invariant($"api/v1/accountActiveOrders?account_index={accountIndex}&market_id={market ?? 255}");
        var body = await GetAsync(path, isPrivate: true, cancellationToken).ConfigureAwait(false);
        return ReadRows("accountActiveOrders", body, "orders", OrderRow.Read, onUnreadable);
    }

    /// <summary>Orders closed in the window (seconds, both inclusive), of one kind of market ("perp", "spot") or all, newest first, every page.</summary>
    public Task<IReadOnlyList<OrderRow>> GetInactiveOrdersAsync(
        long accountIndex, short? market, (long Start, long End)? window, CancellationToken cancellationToken, string? kind = null,
        Action<string, string>? onUnreadable = null)
    {
        var path = Invariant($"api/v1/accountInactiveOrders?account_index={accountIndex}&market_id={market ?? 255}&limit={LighterProtocol.PageSize}");
        if (kind is not null)
        {
            path += "&market_type=" + kind;
        }

        if (window is { } between)
        {
            path += Invariant($"&between_timestamps={between.Start}-{between.End}");
        }

        return GetPagesAsync("accountInactiveOrders", path, "orders", OrderRow.Read, _ => true, onUnreadable, cancellationToken);
    }

    /// <summary>Trades of the account, newest first, every page until <paramref name="fromMs"/>.</summary>
    public Task<IReadOnlyList<TradeRow>> GetTradesAsync(
        long accountIndex, short? market, long? orderIndex, long? fromMs, CancellationToken cancellationToken,
        Action<string, string>? onUnreadable = null)
    {
        var path = Invariant($"api/v1/trades?sort_by=timestamp&account_index={accountIndex}&market_id={market ?? 255}&limit={LighterProtocol.PageSize}");
        if (orderIndex is { } order)
        {
            path += Invariant($"&order_index={order}");
        }

        if (fromMs is { } from)
        {
            path += Invariant($"&from={from}");
        }

        return GetPagesAsync("trades", path, "trades", TradeRow.Read, trade => trade.TimestampMs >= (fromMs ?? 0), onUnreadable, cancellationToken);
    }

    /// <summary>The account's tier. Null: the venue does not say.</summary>
    public async Task<LighterTier> GetTierAsync(long accountIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/accountLimits?account_index={accountIndex}"), isPrivate: true, cancellationToken).ConfigureAwait(false);
        var tier = LighterTier.Standard;
        Read("accountLimits", () => tier = LighterTier.Read(JsonRow.Read(body)));
        return tier;
    }

    /// <summary>The indices of the account's keys that may only make.</summary>
    public async Task<IReadOnlyList<long>> GetMakerOnlyKeysAsync(long accountIndex, CancellationToken cancellationToken)
    {
        var body = await GetAsync(Invariant($"api/v1/getMakerOnlyApiKeys?account_index={accountIndex}"), isPrivate: true, cancellationToken).ConfigureAwait(false);
        var keys = new List<long>();
        Read("getMakerOnlyApiKeys", () => keys.AddRange(JsonList.Enumerate(body, "api_key_indexes").Select(key => key.GetInt64())));
        return keys;
    }

    /// <summary>
    /// Sends a batch. Never retried: a request that may have arrived is <see cref="SendOutcome.Unknown"/>.
    /// </summary>
    public Task<TransactionAnswer> SendBatchAsync(ReadOnlyMemory<byte> form, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(form);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        return PostAsync("sendTxBatch", content, cancellationToken);
    }

    /// <summary>Sends one transaction. Never retried either.</summary>
    public Task<TransactionAnswer> SendTransactionAsync(SignedTransaction transaction, CancellationToken cancellationToken) =>
        PostAsync(
            "sendTx",
            new FormUrlEncodedContent(
                [new("tx_type", Invariant($"{(byte)transaction.Type}")), new("tx_info", Encoding.UTF8.GetString(transaction.TxInfo.Span))]),
            cancellationToken);

    public void Dispose() => _client.Dispose();
}
