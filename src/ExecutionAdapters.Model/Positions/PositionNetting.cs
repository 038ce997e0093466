namespace ExecutionAdapters.Model;

/// <summary>One of several positions in the same instrument.</summary>
/// <param name="Id">Decides the order of legs that were opened at the same time (ordinal).</param>
/// <param name="SignedQty">How much: above zero long, below zero short.</param>
/// <param name="AvgPx">Average price at which it was opened.</param>
/// <param name="TsOpened">When it was opened.</param>
public readonly record struct PositionLeg(string Id, decimal SignedQty, decimal AvgPx, UnixNanos TsOpened);

/// <summary>What several legs amount to.</summary>
/// <param name="SignedQty">How much: above zero long, below zero short.</param>
/// <param name="AvgPx">Average price; null when flat.</param>
public readonly record struct NettedPosition(decimal SignedQty, decimal? AvgPx);

/// <summary>Netting of several positions in one instrument into one. Pure.</summary>
public static class PositionNetting
{
    /// <summary>
    /// Takes the legs by time of opening: one on the same side gives the quantity-weighted average, one on the other side closes and leaves the
    /// average, and what is left when it crosses zero has the price of the leg that crossed. Legs of zero are skipped.
    /// </summary>
    public static NettedPosition Net(IEnumerable<PositionLeg> legs)
    {
        ArgumentNullException.ThrowIfNull(legs);
        var (signed, average) = (0m, 0m);
        foreach (var leg in legs.OrderBy(static leg => leg.TsOpened.Value).ThenBy(static leg => leg.Id, StringComparer.Ordinal))
        {
            var sum = signed + leg.SignedQty;
            if (signed * leg.SignedQty > 0m)
            {
                average = PositionMath.WeightedAverage(Math.Abs(signed), average, Math.Abs(leg.SignedQty), leg.AvgPx);
            }
            else if (leg.SignedQty != 0m && signed * sum <= 0m)
            {
                average = leg.AvgPx;
            }

            signed = sum;
        }

        return new NettedPosition(signed, signed == 0m ? null : average);
    }
}
