using ExecutionAdapters.Model;
using ExecutionAdapters.Network;

namespace ExecutionAdapters.Tektii;

/// <summary>Settings of a <see cref="TektiiExecutionClient"/>. Immutable; <see cref="Validate"/> runs when the client is created.</summary>
public sealed partial record TektiiOptions
{
    /// <summary>Which protocol is spoken. Default the gateway's.</summary>
    public TektiiDialect Dialect { get; init; }

    /// <summary>Base of the REST API, without its version path. Default http://localhost:8080.</summary>
    public Uri RestUrl { get; init; } = new("http://localhost:8080");

    /// <summary>The event stream; null: the gateway's follows from <see cref="RestUrl"/>, the engine's is ws://localhost:8081/ws.</summary>
    public Uri? StreamUrl { get; init; }

    /// <summary>The key of a gateway that asks for one; null: none is sent. It goes with every request and with the upgrade.</summary>
    public TektiiApiKey? ApiKey { get; init; }

    /// <summary>Whether the key is sent as <c>X-API-Key</c> instead of <c>Authorization: Bearer</c>. Default false; gateways take both.</summary>
    public bool UseApiKeyHeader { get; init; }

    /// <summary>Whether the key may leave by plain http or ws to another machine. Default false: <see cref="Validate"/> refuses it.</summary>
    public bool AllowInsecureKey { get; init; }

    /// <summary>What the venue was started to send. The symbols are instruments of the client.</summary>
    public IReadOnlyList<TektiiSubscription> Subscriptions { get; init; } = [];

    /// <summary>Instruments with their grids; a symbol that is not among them gets what <see cref="TektiiInstruments.Default"/> says.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = [];

    /// <summary>The trader named on events. Default TRADER-001.</summary>
    public TraderId TraderId { get; init; } = new("TRADER-001");

    /// <summary>The client's name. Default TEKTII.</summary>
    public ClientId ClientId { get; init; } = new("TEKTII");

    /// <summary>The account named on events. Default TEKTII-001.</summary>
    public AccountId AccountId { get; init; } = new("TEKTII-001");

    /// <summary>
    /// Whether a connect waits for the venue's CONNECTED event. Gateways send none to a new connection, so the default is not to wait; the
    /// engine's guide promises one.
    /// </summary>
    public bool RequireConnectedEvent { get; init; }

    /// <summary>When events that pace a backtest are acknowledged. Default always.</summary>
    public TektiiAckPolicy AckPolicy { get; init; }

    /// <summary>
    /// How long a handler may hold an event that paces a backtest, in real time. After that it is taken to wait for something that only later events bring:
    /// the event is acknowledged, and an alert says so. Null: for ever. Default 10 s.
    /// </summary>
    public TimeSpan? HandlerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a command may wait for those before it; after that it counts as not sent: a price decided long ago must not reach the market. Default 5 s.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one REST request may take. Default 30 s.</summary>
    public TimeSpan HttpTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one dial of the stream, or the wait for the CONNECTED event, may take. Default 15 s.</summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long trades that an order's row speaks of may be awaited on the stream before they are asked for. Default 1 s.</summary>
    public TimeSpan TradeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For how long a trade that was told is remembered, so that it is told once. Default 2 days.</summary>
    public TimeSpan TradeIdRetention { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Most events that wait for a strategy that reads slower than they come; beyond that its stream ends with an error. Default 1,000,000.</summary>
    public int StrategyLimit { get; init; } = 1_000_000;

    /// <summary>
    /// Whether the code that reads <see cref="TektiiExecutionClient.StrategyEvents"/> may run on the thread that reads the stream, which saves a wake-up for each event. Default
    /// false. Such code must never block its thread, not even for a moment on a console: nothing is heard meanwhile. Awaiting is fine.
    /// </summary>
    public bool AllowSynchronousContinuations { get; init; }

    /// <summary>Delays between dials after a loss. Default 1 s doubling to 30 s, with jitter of 1 s.</summary>
    public BackoffOptions Backoff { get; init; } = new() { Initial = TimeSpan.FromSeconds(1), Jitter = TimeSpan.FromSeconds(1) };

    internal IReadOnlyDictionary<string, string> KeyHeaders => ApiKey is not { } key ? new Dictionary<string, string>()
        : UseApiKeyHeader ? new Dictionary<string, string> { ["X-API-Key"] = key.Value }
        : new Dictionary<string, string> { ["Authorization"] = "Bearer " + key.Value };

    /// <summary>Where the event stream is.</summary>
    /// <exception cref="ArgumentException">The base address has no scheme of the web.</exception>
    public Uri ResolveStreamUrl() => StreamUrl ?? (Dialect == TektiiDialect.Engine
        ? new Uri("ws://localhost:8081/ws")
        : new UriBuilder(RestUrl)
        {
            Scheme = RestUrl.Scheme switch
            {
                "http" or "ws" => "ws",
                "https" or "wss" => "wss",
                _ => throw new ArgumentException($"{nameof(RestUrl)} is {RestUrl}: it must begin with http, https, ws or wss."),
            },
            Path = RestUrl.AbsolutePath.TrimEnd('/') + "/v1/ws",
        }.Uri);

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentException">Names the value and its range.</exception>
    public void Validate()
    {
        foreach (var (name, url) in new[] { (nameof(RestUrl), RestUrl), (nameof(StreamUrl), StreamUrl) })
        {
            // Before anything shows the address.
            if (url?.UserInfo.Length > 0)
            {
                throw new ArgumentException($"{name} holds a user or a password, which would be shown in messages: give a key as {nameof(ApiKey)}.");
            }
        }

        var stream = ResolveStreamUrl();
        if (RestUrl.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"{nameof(RestUrl)} is {RestUrl}: it must begin with http or https.");
        }

        if (RestUrl.Query.Length > 0 || RestUrl.Fragment.Length > 0)
        {
            throw new ArgumentException($"{nameof(RestUrl)} has a query or a fragment: give the address below which the API is.");
        }

        if (stream.Scheme is not ("ws" or "wss"))
        {
            throw new ArgumentException($"{nameof(StreamUrl)} is {stream}: it must begin with ws or wss.");
        }

        if (ApiKey is not null && !AllowInsecureKey && new[] { RestUrl, stream }.FirstOrDefault(url => url.Scheme is "http" or "ws" && !url.IsLoopback) is { } open)
        {
            throw new ArgumentException($"The API key would leave for {open.Authority} unencrypted: use https and wss, or set {nameof(AllowInsecureKey)}.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(StrategyLimit, 1);
        foreach (var (name, value) in new (string, TimeSpan?)[]
        {
            (nameof(HandlerLimit), HandlerLimit),
            (nameof(QueueTimeout), QueueTimeout),
            (nameof(HttpTimeout), HttpTimeout),
            (nameof(DialTimeout), DialTimeout),
            (nameof(TradeTimeout), TradeTimeout),
            (nameof(TradeIdRetention), TradeIdRetention),
        })
        {
            if (value <= TimeSpan.Zero)
            {
                throw new ArgumentException($"{name} is {value}: it must be above zero.");
            }
        }

        if (Instruments.FirstOrDefault(instrument => instrument.Id.Venue != TektiiExecutionClient.TektiiVenue) is { } foreign)
        {
            throw new ArgumentException($"{nameof(Instruments)}: {foreign.Id} is not of the venue {TektiiExecutionClient.TektiiVenue}.");
        }

        if (Instruments.GroupBy(instrument => instrument.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"{nameof(Instruments)}: {twice.Key} is there twice.");
        }

        if (Instruments.GroupBy(instrument => instrument.RawSymbol).FirstOrDefault(same => same.Count() > 1) is { } shared)
        {
            throw new ArgumentException($"{nameof(Instruments)}: {shared.Key} is the symbol of two of them.");
        }

        Backoff.Validate();
    }
}
