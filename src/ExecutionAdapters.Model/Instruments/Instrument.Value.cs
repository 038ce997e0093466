namespace ExecutionAdapters.Model;

/// <content>What a quantity at a price is worth.</content>
public abstract partial record Instrument
{
    /// <summary>The currency of profit and loss: base if inverse, else settlement if quanto, else quote.</summary>
    public Currency CostCurrency => IsInverse ? BaseCurrency : IsQuanto ? SettlementCurrency : QuoteCurrency;

    /// <summary>
    /// True when it settles in a currency that is neither base nor quote nor equivalent to quote. The US dollar and its stablecoins
    /// count as equivalent.
    /// </summary>
    public bool IsQuanto
        => SettlementCurrency != BaseCurrency && SettlementCurrency != QuoteCurrency && !(IsDollar(SettlementCurrency) && IsDollar(QuoteCurrency));

    /// <summary>
    /// Notional value: linear <c>quantity × multiplier × price</c> in quote currency (settlement currency if quanto); inverse
    /// <c>quantity × multiplier / price</c> in base currency, or <c>quantity</c> in quote currency with <paramref name="useQuoteForInverse"/>.
    /// Rounded half to even to the precision of the currency.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range, or the price of an inverse instrument is zero.</exception>
    public Money Notional(Quantity quantity, Price price, bool useQuoteForInverse = false)
        => IsInverse && useQuoteForInverse
            ? new Money(quantity.Value, QuoteCurrency)
            : new Money(ExactNotional(quantity, price), CostCurrency);

    /// <summary>The base quantity that a quote quantity buys at a price, rounded half to even at the size precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The price is not above zero.</exception>
    public Quantity CalculateBaseQuantity(Quantity quoteQuantity, Price lastPrice)
        => lastPrice.IsPositive
            ? new Quantity(quoteQuantity.Value / lastPrice.Value, SizePrecision)
            : throw new ArgumentOutOfRangeException(nameof(lastPrice), $"{Id}: a base quantity needs a price above zero, got {lastPrice}.");

    /// <summary>Commission by the instrument's fee rates: notional × rate; positive a cost. For fills whose real commission is not known.</summary>
    /// <exception cref="ArgumentException">The liquidity side is not known.</exception>
    public Money CalculateCommission(Quantity lastQty, Price lastPx, LiquiditySide liquiditySide)
    {
        var rate = liquiditySide switch
        {
            LiquiditySide.Maker => MakerFee,
            LiquiditySide.Taker => TakerFee,
            _ => throw new ArgumentException($"{Id}: a commission needs a liquidity side, MAKER or TAKER.", nameof(liquiditySide)),
        };
        return new Money(ExactNotional(lastQty, lastPx) * rate, CostCurrency);
    }

    /// <summary>The notional before it is rounded to the precision of <see cref="CostCurrency"/>.</summary>
    internal decimal ExactNotional(Quantity quantity, Price price)
    {
        if (!IsInverse)
        {
            return quantity.Value * Multiplier.Value * price.Value;
        }

        return price.IsZero
            ? throw new ArgumentOutOfRangeException(nameof(price), $"{Id}: the notional of an inverse instrument needs a price that is not zero.")
            : quantity.Value * Multiplier.Value / price.Value;
    }

    private static bool IsDollar(Currency currency)
        => currency.Code is "USD" or "USDT" or "USDC" or "USDC.e" or "BUSD" or "FDUSD" or "TUSD" or "USDP" or "pUSD";
}
