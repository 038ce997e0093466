namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>What resting orders hold of their owner's means: margin exposure on perps, wallet balance on spot.</summary>
internal static class Reservations
{
    /// <summary>Call before and after a resting order changes: false to give its hold back, true to take it anew.</summary>
    public static void Apply(Order order, bool take)
    {
        int direction = take ? 1 : -1;
        if (order.Market.Definition.IsSpot)
        {
            (short asset, long amount) = SpotHold(
                order.Market, order.Owner, order.IsAsk, order.RemainingBase, order.Price, order.Request.Integrator);
            order.Owner.Balance(asset).Locked += direction * amount;
            return;
        }

        Position position = order.Owner.PositionIn(order.Market);
        if (order.ReduceOnly)
        {
            position.RestingReduceOnlyCount += direction;
        }
        else if (order.IsAsk)
        {
            position.ReservedAskQuote += direction * order.RemainingBase * order.Price;
        }
        else
        {
            position.ReservedBidQuote += direction * order.RemainingBase * order.Price;
        }
    }

    /// <summary>
    /// What a spot order needs: an ask its base asset; a bid its quote and the highest fee, and one micro USDC per size tick
    /// more, so that the rounding of every partial fill's fee stays covered.
    /// </summary>
    public static (short AssetId, long Amount) SpotHold(
        Market market, Account owner, bool isAsk, long baseTicks, uint price, in IntegratorFees integrator)
    {
        if (isAsk)
        {
            return (market.Definition.BaseAssetId, baseTicks * market.Definition.BaseUnitsPerTick);
        }

        long quote = baseTicks * price;
        int rate = Math.Max(owner.TakerFee + integrator.TakerFee, owner.MakerFee + integrator.MakerFee);
        return (Asset.UsdcId, quote + Amounts.Fee(quote, rate) + baseTicks);
    }
}
