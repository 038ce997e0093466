namespace ExecutionAdapters.Model;

/// <content>What orders and positions hold back. Calculated here; the venue's own figures are in the balances and margins.</content>
public sealed partial class Account
{
    private readonly Dictionary<InstrumentId, decimal> _leverages = [];

    /// <summary>The leverage of instruments that have none of their own, above zero; default 1.</summary>
    public decimal DefaultLeverage
    {
        get;
        set => field = value > 0m ? value : throw NoLeverage(value);
    } = 1m;

    /// <summary>The leverage of an instrument.</summary>
    public decimal Leverage(InstrumentId instrumentId) => _leverages.GetValueOrDefault(instrumentId, DefaultLeverage);

    /// <summary>Sets the leverage of an instrument, above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero.</exception>
    public void SetLeverage(InstrumentId instrumentId, decimal leverage)
        => _leverages[instrumentId] = leverage > 0m ? leverage : throw NoLeverage(leverage);

    /// <summary>What margins hold of a currency: the sum of initial and maintenance margins, at least zero and at most the total balance.</summary>
    public Money LockedByMargin(Currency currency)
    {
        var sum = 0m;
        foreach (var margin in _instrumentMargins.Values)
        {
            sum += margin.Currency == currency ? margin.Initial.Amount + margin.Maintenance.Amount : 0m;
        }

        if (_accountMargins.TryGetValue(currency, out var account))
        {
            sum += account.Initial.Amount + account.Maintenance.Amount;
        }

        var total = Balance(currency)?.Total.Amount ?? 0m;
        return new Money(Math.Min(sum, Math.Max(total, 0m)), currency);
    }

    /// <summary>Initial margin of a quantity at a price, in base currency if inverse, else in quote currency.</summary>
    public Money CalculateInitialMargin(Instrument instrument, Quantity quantity, Price price)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return Margin(instrument, quantity, price, instrument.MarginInit);
    }

    /// <summary>Maintenance margin of a quantity at a price, in base currency if inverse, else in quote currency.</summary>
    public Money CalculateMaintenanceMargin(Instrument instrument, Quantity quantity, Price price)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return Margin(instrument, quantity, price, instrument.MarginMaint);
    }

    /// <summary>
    /// What an order of a cash account holds: of a buy the notional in quote currency, of a sell the quantity in base currency, of a reduce-only
    /// order nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The side is neither buy nor sell.</exception>
    public static Money CalculateCashLocked(Instrument instrument, OrderSide side, Quantity quantity, Price price, bool reduceOnly = false)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        var held = side switch
        {
            OrderSide.Buy => instrument.Notional(quantity, price),
            OrderSide.Sell => new Money(quantity.Value, instrument.BaseCurrency),
            _ => throw new ArgumentException($"{instrument.Id}: an order holds balance only with a side, BUY or SELL.", nameof(side)),
        };
        return reduceOnly ? Money.Zero(held.Currency) : held;
    }

    private Money Margin(Instrument instrument, Quantity quantity, Price price, decimal rate)
    {
        var leverage = MarginModel == MarginModel.Leveraged ? Leverage(instrument.Id) : 1m;
        var currency = instrument.IsInverse ? instrument.BaseCurrency : instrument.QuoteCurrency;
        return new Money(instrument.ExactNotional(quantity, price) * rate / leverage, currency);
    }

    private static ArgumentOutOfRangeException NoLeverage(decimal value)
        => new(nameof(value), $"Leverage must be above zero, got {value}.");
}
