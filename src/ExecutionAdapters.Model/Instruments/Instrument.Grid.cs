namespace ExecutionAdapters.Model;

/// <content>Putting numbers on the grids of the instrument, and checking that they are there.</content>
public abstract partial record Instrument
{
    /// <summary>
    /// Rounds half to even to the decimals of the price increment (its trailing zeros do not count) and gives it the price precision.
    /// It does not round to a multiple of the increment: 1.3 stays 1.3 when the increment is 0.5. <see cref="NormalizePrice(decimal)"/> checks that.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the range of a price.</exception>
    public Price MakePrice(decimal value) => new(decimal.Round(value, SignificantDecimals(PriceIncrement.Value), MidpointRounding.ToEven), PricePrecision);

    /// <summary>
    /// Rounds to the decimals of the size increment (its trailing zeros do not count), half to even or, with <paramref name="roundDown"/>, towards
    /// zero, and gives it the size precision.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, too large, or above zero but zero after rounding.</exception>
    public Quantity MakeQty(decimal value, bool roundDown = false)
    {
        var mode = roundDown ? MidpointRounding.ToZero : MidpointRounding.ToEven;
        var quantity = new Quantity(decimal.Round(value, SignificantDecimals(SizeIncrement.Value), mode), SizePrecision);
        return quantity.IsZero && value > 0m
            ? throw new ArgumentOutOfRangeException(nameof(value), $"{Id}: quantity {value} rounds to zero; the size increment is {SizeIncrement}.")
            : quantity;
    }

    /// <summary>The price, unrounded, if it is a multiple of the increment.</summary>
    /// <exception cref="ArgumentException">It is not on the grid, or out of range.</exception>
    public Price NormalizePrice(decimal value)
        => TryNormalizePrice(value, out var price, out var error) ? price : throw new ArgumentException(error, nameof(value));

    /// <inheritdoc cref="NormalizePrice(decimal)"/>
    public Price NormalizePrice(Price price) => NormalizePrice(price.Value);

    /// <summary>As <see cref="NormalizePrice(decimal)"/>; says what is wrong instead of throwing.</summary>
    public bool TryNormalizePrice(decimal value, out Price price, out string? error)
    {
        price = default;
        error = OffGrid("price", value, PriceIncrement.Value);
        return error is null && Try(() => new Price(value, PricePrecision), out price, out error);
    }

    /// <summary>The quantity, unrounded, if it is a multiple of the increment.</summary>
    /// <exception cref="ArgumentException">It is not on the grid, or out of range.</exception>
    public Quantity NormalizeQuantity(decimal value)
        => TryNormalizeQuantity(value, out var quantity, out var error) ? quantity : throw new ArgumentException(error, nameof(value));

    /// <inheritdoc cref="NormalizeQuantity(decimal)"/>
    public Quantity NormalizeQuantity(Quantity quantity) => NormalizeQuantity(quantity.Value);

    /// <summary>As <see cref="NormalizeQuantity(decimal)"/>; says what is wrong instead of throwing.</summary>
    public bool TryNormalizeQuantity(decimal value, out Quantity quantity, out string? error)
    {
        quantity = default;
        error = OffGrid("quantity", value, SizeIncrement.Value);
        return error is null && Try(() => new Quantity(value, SizePrecision), out quantity, out error);
    }

    private string? OffGrid(string what, decimal value, decimal increment)
        => value % increment == 0m
            ? null
            : $"{Id}: {what} {value} is not a multiple of the increment {increment}.";

    private static bool Try<T>(Func<T> create, out T? result, out string? error)
    {
        try
        {
            result = create();
            error = null;
            return true;
        }
        catch (ArgumentOutOfRangeException e)
        {
            result = default;
            error = e.Message;
            return false;
        }
    }

    private static int SignificantDecimals(decimal increment)
    {
        var decimals = (int)increment.Scale;
        while (decimals > 0 && decimal.Round(increment, decimals - 1, MidpointRounding.ToZero) == increment)
        {
            decimals--;
        }

        return decimals;
    }
}
