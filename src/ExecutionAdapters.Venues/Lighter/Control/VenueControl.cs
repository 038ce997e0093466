using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Control;

/// <summary>What tests and demos may do to the venue beside trading on it. Runs on the venue's loop.</summary>
internal static class VenueControl
{
    public static void SetMarkPrice(VenueCore core, short marketId, decimal price)
    {
        Market market = RequiredMarket(core, marketId);
        core.Exchange.SetMarkPrice(market, Price(market, price));
        foreach (Account account in core.Exchange.State.Accounts.Values)
        {
            if (account.Positions.TryGetValue(marketId, out Position? position) && position.Size != 0)
            {
                core.Exchange.State.Changes.Positions.Add(account.Index);
                core.Exchange.State.Changes.Statistics.Add(account.Index);
            }
        }
    }

    /// <summary>An order of the venue's house account.</summary>
    public static void PlaceHouseOrder(
        VenueCore core, short marketId, bool isAsk, decimal size, decimal price, LighterTimeInForce timeInForce)
    {
        Market market = RequiredMarket(core, marketId);
        long ticks = Amounts.TryScale(size, market.Definition.SizeDecimals) is { } whole and > 0 and <= LighterLimits.MaximumBaseAmount
            ? whole
            : throw new ArgumentException(
                $"Size {size} is not a positive multiple of the lot size: {market.Definition.SizeDecimals} decimals.", nameof(size));
        var request = new OrderRequest { BaseAmount = ticks, Price = Price(market, price), IsAsk = isAsk, TimeInForce = timeInForce };
        core.Exchange.Desk.Create(core.House, market, request, core.Exchange.State.TakeSystemHash());
    }

    /// <summary>An amount as an integer of 10^-decimals; refused when negative or finer than that.</summary>
    public static long Amount(decimal amount, int decimals, string name) => Amounts.TryScale(amount, decimals) is { } units and >= 0
        ? units
        : throw new ArgumentException($"{name} {amount} must be 0 or more with at most {decimals} decimals.", name);

    private static Market RequiredMarket(VenueCore core, short marketId) => core.Exchange.Market(marketId)
        ?? throw new ArgumentException(
            $"There is no market {marketId}; there are {string.Join(", ", core.Exchange.State.Markets.Keys)}.", nameof(marketId));

    private static uint Price(Market market, decimal price) =>
        Amounts.TryScale(price, market.Definition.PriceDecimals) is { } ticks and > 0 and <= uint.MaxValue / 4
            ? (uint)ticks
            : throw new ArgumentException(
                $"Price {price} is not a positive multiple of the tick size: {market.Definition.PriceDecimals} decimals.", nameof(price));
}
