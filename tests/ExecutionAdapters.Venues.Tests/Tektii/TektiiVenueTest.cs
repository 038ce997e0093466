using ExecutionAdapters.Testing;
using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Venues.Tests.Tektii;

/// <summary>A paper broker without quotes of its own, on a clock turned by hand.</summary>
public abstract class TektiiVenueTest : IAsyncLifetime
{
    protected const string Apple = "S:AAPL";

    private protected ManualTimeProvider Clock { get; } = new();

    private protected TektiiVenue Venue { get; private set; } = null!;

    private protected virtual TektiiVenueOptions Options => new() { SyntheticFlow = false, TimeProvider = Clock };

    public async Task InitializeAsync() => Venue = await TektiiVenue.StartAsync(Options);

    public async Task DisposeAsync() => await Venue.DisposeAsync();

    private protected void Quote(decimal bid, decimal ask) => Venue.PushQuote(Apple, bid, ask);

    private protected TektiiOrder Place(
        TektiiSide side, decimal quantity, TektiiOrderType type = TektiiOrderType.Market, Func<TektiiOrderRequest, TektiiOrderRequest>? with = null)
    {
        var request = new TektiiOrderRequest { Symbol = Apple, Side = side, Type = type, Quantity = quantity };
        return Venue.PlaceByOthers(with is null ? request : with(request));
    }

    private protected TektiiOrder Limit(TektiiSide side, decimal quantity, decimal price, TektiiTimeInForce timeInForce = TektiiTimeInForce.Gtc) =>
        Place(side, quantity, TektiiOrderType.Limit, order => order with { LimitPrice = price, TimeInForce = timeInForce });

    private protected TektiiOrder Order(string id) => Venue.Books.Orders.Single(order => order.Id == id);
}
