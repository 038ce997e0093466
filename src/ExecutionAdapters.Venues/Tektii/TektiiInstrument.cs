namespace ExecutionAdapters.Venues.Tektii;

/// <summary>Something that can be traded at the venue, with a contract size of one and USD as its currency.</summary>
public sealed record TektiiInstrument
{
    /// <summary>Creates an instrument.</summary>
    /// <param name="symbol">1 to 20 characters, for example "S:AAPL": orders must name it exactly so.</param>
    /// <param name="startPrice">The middle of its first quote, above zero.</param>
    /// <param name="tickSize">Prices are multiples of it; above zero.</param>
    /// <param name="lotSize">Quantities are multiples of it; above zero.</param>
    /// <exception cref="ArgumentException">The symbol is too long or a number is not above zero.</exception>
    public TektiiInstrument(string symbol, decimal startPrice = 100m, decimal tickSize = 0.01m, decimal lotSize = 1m)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (symbol.Length is 0 or > 20)
        {
            throw new ArgumentException($"The symbol '{symbol}' must have 1 to 20 characters.", nameof(symbol));
        }

        if (startPrice <= 0 || tickSize <= 0 || lotSize <= 0)
        {
            throw new ArgumentException($"Start price, tick size and lot size of {symbol} must be above zero.", nameof(startPrice));
        }

        Symbol = symbol;
        StartPrice = startPrice;
        TickSize = tickSize;
        LotSize = lotSize;
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>The middle of its first quote.</summary>
    public decimal StartPrice { get; }

    /// <summary>Prices are multiples of it.</summary>
    public decimal TickSize { get; }

    /// <summary>Quantities are multiples of it.</summary>
    public decimal LotSize { get; }
}
