using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii;

/// <summary>
/// The venue lists no instruments: who trades names them. A symbol without terms of its own gets those of its kind, by the engine's prefixes: <c>S:</c> a
/// share, <c>F:</c> a currency pair, <c>C:</c> a crypto asset; without a prefix a share. All are held as positions, on margin.
/// </summary>
public static class TektiiInstruments
{
    /// <summary>The id of a symbol.</summary>
    public static InstrumentId IdOf(string symbol) => new(new Symbol(symbol), TektiiExecutionClient.TektiiVenue);

    /// <summary>What is assumed of a symbol that nobody described: USD, prices to a cent (currencies: five decimals), quantities to a millionth.</summary>
    public static Instrument Default(string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        var name = symbol.Length > 2 && symbol[1] == ':' ? symbol[2..] : symbol;
        var kind = symbol.Length > 2 && symbol[1] == ':' ? symbol[0] : 'S';
        var isPair = kind is 'F' or 'C' && name.Length > 3;
        var quote = isPair && Currency.TryGet(name[^3..], out var named) ? named : Currency.USD;
        var underlying = isPair && name.Length > 3 ? Currency.GetOrCreateCrypto(name[..^3]) : quote;
        var size = Quantity.FromTicks(1, 6);
        return kind is 'S'
            ? new Equity
            {
                Id = IdOf(symbol),
                RawSymbol = new Symbol(symbol),
                BaseCurrency = quote,
                QuoteCurrency = quote,
                PriceIncrement = Price.FromTicks(1, 2),
                SizeIncrement = size,
            }
            : new Cfd
            {
                Id = IdOf(symbol),
                RawSymbol = new Symbol(symbol),
                Underlying = kind == 'F' ? AssetClass.FX : AssetClass.Cryptocurrency,
                BaseCurrency = underlying,
                QuoteCurrency = quote,
                PriceIncrement = Price.FromTicks(1, (byte)(kind == 'F' ? 5 : 2)),
                SizeIncrement = size,
            };
    }
}
