namespace ExecutionAdapters.Model;

/// <summary>
/// The arithmetic of positions: pure, exact as long as products fit into the 28 digits of a decimal, rounded half to even beyond.
/// </summary>
internal static class PositionMath
{
    /// <summary>
    /// Gain per unit from open to close: linear long <c>close − open</c>, short <c>open − close</c>; inverse long <c>1/open − 1/close</c>,
    /// short <c>1/close − 1/open</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A price of an inverse instrument is zero.</exception>
    public static decimal Points(Instrument instrument, bool isLong, decimal open, decimal close)
    {
        if (!instrument.IsInverse)
        {
            return isLong ? close - open : open - close;
        }

        if (open == 0m || close == 0m)
        {
            throw new ArgumentOutOfRangeException(nameof(close), $"{instrument.Id}: profit and loss of an inverse instrument need prices that are not zero.");
        }

        return isLong ? (1m / open) - (1m / close) : (1m / close) - (1m / open);
    }

    /// <summary>Profit and loss of <paramref name="quantity"/> units from open to close, in settlement currency.</summary>
    public static decimal Pnl(Instrument instrument, bool isLong, decimal open, decimal close, decimal quantity)
        => Points(instrument, isLong, open, close) * quantity * instrument.Multiplier.Value;

    /// <summary>The sum of two quantities with their signs, to the last digit.</summary>
    /// <exception cref="OverflowException">It needs more than 28 digits.</exception>
    public static decimal ExactSum(decimal left, decimal right)
    {
        var sum = left + right;
        return sum == 0m || sum.Scale == Math.Max(left.Scale, right.Scale)
            ? sum
            : throw new OverflowException($"the sum of the quantities {left} and {right} needs more than the 28 digits that are held exactly.");
    }

    /// <summary>Quantity-weighted average of two prices; exact when they are equal or there is no first one.</summary>
    public static decimal WeightedAverage(decimal quantity, decimal average, decimal lastQty, decimal lastPx)
        => quantity == 0m || average == lastPx ? lastPx : ((average * quantity) + (lastPx * lastQty)) / (quantity + lastQty);
}
