using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Admission;

/// <summary>
/// Price protection. The venue documents the refusals but not its percentages: these are ours
/// (<see cref="LighterVenueOptions.FatFingerFraction"/>, <see cref="LighterVenueOptions.MaximumMarkDistance"/>).
/// </summary>
internal sealed class PriceBand(decimal fatFingerFraction, decimal maximumMarkDistance)
{
    /// <summary>Null when the price is plausible.</summary>
    public VenueError? Check(Market market, bool isAsk, bool isConditional, uint price, uint triggerPrice)
    {
        if (isConditional)
        {
            return Distance(price, triggerPrice) > fatFingerFraction ? VenueErrors.PriceTooFarFromTrigger : null;
        }

        bool isAggressive = isAsk ? price < market.MarkPrice : price > market.MarkPrice;
        decimal distance = Distance(price, market.MarkPrice);
        if (isAggressive && distance > fatFingerFraction)
        {
            return VenueErrors.FatFingerPrice;
        }

        return !isAggressive && distance > maximumMarkDistance ? VenueErrors.PriceTooFarFromMarkPrice : null;
    }

    public VenueError? Check(Market market, in LighterOrderInfo order) =>
        Check(market, order.IsAsk, order.TriggerPrice != 0, order.Price, order.TriggerPrice);

    private static decimal Distance(uint price, uint reference) => Math.Abs((decimal)price - reference) / Math.Max(1, reference);
}
