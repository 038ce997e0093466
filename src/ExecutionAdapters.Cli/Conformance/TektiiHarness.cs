using System.Collections.Frozen;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using ExecutionAdapters.Network;
using ExecutionAdapters.Testing;
using ExecutionAdapters.Testing.Conformance;
using ExecutionAdapters.Venues.Tektii;
using TektiiExecutionClient = ExecutionAdapters.Tektii.TektiiExecutionClient;
using TektiiOptions = ExecutionAdapters.Tektii.TektiiOptions;
using TektiiSubscription = ExecutionAdapters.Tektii.TektiiSubscription;

namespace ExecutionAdapters.Cli.Conformance;

/// <summary>The embedded Tektii gateway with its paper broker, as conformance scenarios need it: one quiet share, quoted on both sides.</summary>
internal sealed class TektiiHarness : IVenueHarness
{
    private const string Symbol = "S:AAPL";

    private readonly TektiiVenue _venue;

    private TektiiHarness(TektiiVenue venue, SteppedTimeProvider clock)
    {
        _venue = venue;
        Clock = clock;
        Link = new LinkCuttingProxy(venue.BaseUrl);
    }

    public static VenueTraits Traits { get; } = new()
    {
        Capabilities = new ExecutionClientCapabilities
        {
            OrderTypes = new[] { OrderType.Market, OrderType.Limit, OrderType.StopMarket, OrderType.StopLimit, OrderType.TrailingStopMarket }.ToFrozenSet(),
            TimesInForce = new[] { TimeInForce.GTC, TimeInForce.DAY, TimeInForce.IOC, TimeInForce.FOK }.ToFrozenSet(),
            PostOnly = true,
            ReduceOnly = true,
            DisplayQuantity = true,
            Modify = true,
            CancelBeforeAccept = true,
            MaxOrderListSize = 3,
            MaxBatchCancelSize = 100,
            TradeStream = true,
        },
        InstrumentId = InstrumentId.Parse("S:AAPL.TEKTII"),
        Quantity = Quantity.Parse("10.000000"),
        Tick = Price.Parse("0.01"),
        Bid = Price.Parse("187.00"),
        Ask = Price.Parse("188.00"),
        StepsTime = true,
        ModifiesTriggers = true,
        Brackets = true,
        BracketExitsRestAtOnce = true,
        BracketExitsGetNewIds = true,
        Parameter = new VenueParameter("leverage", "2", OrderType.Limit, "\"leverage\":\"2\""),
        SelfTrades = true,
        Faults = Enum.GetValues<VenueFault>().Where(fault => fault != VenueFault.ExpireToken).ToFrozenSet(),
    };

    public LinkCuttingProxy Link { get; }

    public SteppedTimeProvider Clock { get; }

    public IReadOnlyList<long> SequenceNumbers => [];

    /// <summary>Starts a venue.</summary>
    /// <param name="replacesOnModify">A modification cancels the order and makes another one of what is left.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<IVenueHarness> StartAsync(bool replacesOnModify, CancellationToken cancellationToken)
    {
        var clock = new SteppedTimeProvider();
        var venue = await TektiiVenue.StartAsync(
            new TektiiVenueOptions
            {
                SyntheticFlow = false,
                Instruments = [new TektiiInstrument(Symbol, 187.00m)],
                InitialBalance = 10_000_000m,
                CommissionRate = 0.0002m,
                ReplaceOnModify = replacesOnModify,
                SelfTrades = true,
                TimeProvider = clock,
                ShutdownDelay = TimeSpan.FromMilliseconds(1),
            },
            cancellationToken).ConfigureAwait(false);
        venue.PushQuote(Symbol, Traits.Bid.Value, Traits.Ask.Value);
        return new TektiiHarness(venue, clock);
    }

    public IExecutionClient CreateClient(ExecutionEngine engine) => new TektiiExecutionClient(
        new TektiiOptions
        {
            RestUrl = Link.Through(_venue.BaseUrl),
            Subscriptions = [new TektiiSubscription(Symbol, ["*"])],
            HttpTimeout = TimeSpan.FromSeconds(2),
            QueueTimeout = TimeSpan.FromSeconds(10),
            TradeTimeout = TimeSpan.FromMilliseconds(200),
            Backoff = new BackoffOptions { Initial = TimeSpan.FromMilliseconds(10), Maximum = TimeSpan.FromMilliseconds(100), Jitter = TimeSpan.Zero },
        },
        engine.Cache,
        Clock);

    /// <summary>The broker fills what rests at the price, as a market order of somebody else would.</summary>
    public Task TradeAsync(OrderSide restingSide, Price price, Quantity quantity, CancellationToken cancellationToken)
    {
        var side = restingSide == OrderSide.Buy ? TektiiSide.Buy : TektiiSide.Sell;
        var left = quantity.Value;
        foreach (var order in _venue.Books.Orders.Where(order => order.IsWorking && order.Request.Side == side && order.Request.LimitPrice == price.Value))
        {
            var part = Math.Min(left, order.RemainingQuantity);
            if (part > 0 && TryFill(order.Id, part, price.Value))
            {
                left -= part;
            }
        }

        return Task.CompletedTask;
    }

    private bool TryFill(string orderId, decimal quantity, decimal price)
    {
        try
        {
            _venue.FillNow(orderId, quantity, price);
            return true;
        }
        catch (ArgumentException)
        {
            // It was cancelled after it was seen.
            return false;
        }
    }

    public Task InjectAsync(VenueFault fault, VenueRequest request, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case VenueFault.DuplicateFrames:
                _venue.Faults.Arm(new TektiiFrameFault { Kind = TektiiFrameFaultKind.Duplicate, Times = null });
                break;
            case VenueFault.FailReads:
                _venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 500, Method = "GET", Times = null });
                break;
            case VenueFault.EmptyReads:
                _venue.Faults.Arm(new TektiiRequestFault { Kind = TektiiRequestFaultKind.Answer, Status = 200, Body = "[]", Method = "GET", Path = "/v1/orders", Times = null });
                break;
            default:
                foreach (var method in MethodsOf(request))
                {
                    _venue.Faults.Arm(Of(fault, method));
                }

                break;
        }

        return Task.CompletedTask;
    }

    public Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        _venue.Faults.Clear();
        return Task.CompletedTask;
    }

    public Task<VenueTruth> ReadTruthAsync(CancellationToken cancellationToken)
    {
        var books = _venue.Books;
        return Task.FromResult(new VenueTruth
        {
            Orders =
            [
                .. books.Orders.Select(order => new VenueOrder(new VenueOrderId(order.Id), SideOf(order.Request.Side), order.Request.Quantity, order.FilledQuantity, order.IsWorking)
                {
                    Price = order.Request.LimitPrice,
                    TriggerPrice = order.Request.StopPrice,
                    PostOnly = order.Request.PostOnly,
                    ReduceOnly = order.Request.ReduceOnly,
                    DisplayQty = order.Request.DisplayQuantity,
                }),
                .. books.Orders.SelectMany(order => TermsOf(order, books)),
            ],
            Trades = [.. books.Trades.Select(trade => new VenueTrade(new VenueOrderId(trade.OrderId), trade.Quantity, trade.Price))],
            Positions =
            [
                .. books.Positions.Select(position => new VenuePosition(
                    Traits.InstrumentId, position.Side == TektiiPositionSide.Long ? position.Quantity : -position.Quantity, position.AverageEntryPrice)),
            ],
            Balances = new Dictionary<Currency, decimal> { [Currency.USD] = books.Account.Balance },
        });
    }

    public IReadOnlyList<string> Requests(VenueRequest request)
    {
        var methods = MethodsOf(request);
        return [.. _venue.Requests.Where(sent => methods.Contains(sent.Method)).Select(sent => sent.Body)];
    }

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync().ConfigureAwait(false);
        await _venue.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Exits that the venue has as terms of their entry's order, and has made no orders of yet, or never will.</summary>
    private static IEnumerable<VenueOrder> TermsOf(TektiiOrder entry, TektiiBooks books)
    {
        var exit = entry.Request.Side == TektiiSide.Buy ? OrderSide.Sell : OrderSide.Buy;
        var made = books.Orders.Where(order => order.ParentOrderId == entry.Id).Select(order => order.Request.Type).ToList();
        if (entry.Request.StopLoss is { } stop && !made.Contains(TektiiOrderType.Stop))
        {
            yield return new VenueOrder(new VenueOrderId(entry.Id + "/stop_loss"), exit, entry.Request.Quantity, 0, entry.IsWorking) { TriggerPrice = stop, ReduceOnly = true };
        }

        if (entry.Request.TakeProfit is { } target && !made.Contains(TektiiOrderType.Limit))
        {
            yield return new VenueOrder(new VenueOrderId(entry.Id + "/take_profit"), exit, entry.Request.Quantity, 0, entry.IsWorking) { Price = target, ReduceOnly = true };
        }
    }

    private static string[] MethodsOf(VenueRequest request) => request switch
    {
        VenueRequest.Submit => ["POST"],
        VenueRequest.Modify => ["PATCH"],
        VenueRequest.Cancel => ["DELETE"],
        _ => ["POST", "PATCH", "DELETE"],
    };

    private static TektiiRequestFault Of(VenueFault fault, string method) => fault switch
    {
        VenueFault.LoseAnswer => new() { Kind = TektiiRequestFaultKind.DropResponse, Method = method },
        VenueFault.HoldAnswer => new() { Kind = TektiiRequestFaultKind.HoldResponse, Method = method },
        VenueFault.HoldRequest => new() { Kind = TektiiRequestFaultKind.HoldRequest, Method = method },
        VenueFault.LoseRequest => new() { Kind = TektiiRequestFaultKind.DropRequest, Method = method },
        VenueFault.Refuse => new()
        {
            Kind = TektiiRequestFaultKind.Answer,
            Method = method,
            Status = method == "POST" ? 422 : 409,
            Body = method == "POST"
                ? """{"code":"ORDER_REJECTED","message":"not enough funds","details":{"reject_code":"INSUFFICIENT_FUNDS"}}"""
                : """{"code":"ORDER_NOT_MODIFIABLE","message":"not now"}""",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault of requests."),
    };

    private static OrderSide SideOf(TektiiSide side) => side == TektiiSide.Buy ? OrderSide.Buy : OrderSide.Sell;
}
