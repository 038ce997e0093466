using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>
/// What an account held before the first trade that is known of it. Behind it the known trades lead to what the venue holds; without it they would seem to
/// open what they closed.
/// </summary>
internal static class OpeningTrade
{
    /// <summary>
    /// Below this part of the average the opening hardly counts any more: what the venue rounded of its average would be made many times larger, and no price follows from it.
    /// </summary>
    private const decimal SmallestShare = 0.01m;

    /// <summary>
    /// The price of the opening from which the trades lead to the venue's average. Null: no price does, since they close or turn all of what was opened, and
    /// the average is theirs alone.
    /// </summary>
    /// <param name="opened">What the opening bought, or sold when negative.</param>
    /// <param name="fills">The trades behind it, in their order.</param>
    /// <param name="average">The venue's average price of what is left.</param>
    public static decimal? PriceOf(decimal opened, IEnumerable<OrderFilled> fills, decimal average)
    {
        // The average of a netting position, as share · price of the opening + rest: adding mixes, reducing keeps it.
        var (held, share, rest) = (opened, 1m, 0m);
        foreach (var fill in fills)
        {
            var change = fill.OrderSide == OrderSide.Buy ? fill.LastQty.Value : -fill.LastQty.Value;
            var next = held + change;
            if (held == 0 || Math.Sign(held) * Math.Sign(next) < 0)
            {
                (share, rest) = (0, fill.LastPx.Value);
            }
            else if (Math.Sign(held) == Math.Sign(change))
            {
                (share, rest) = (share * held / next, ((rest * held) + (fill.LastPx.Value * change)) / next);
            }

            held = next;
        }

        return share < SmallestShare || (average - rest) / share is not (> 0 and var price) ? null : price;
    }
}
