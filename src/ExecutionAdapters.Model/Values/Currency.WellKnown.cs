namespace ExecutionAdapters.Model;

public sealed partial class Currency
{
    /// <summary>Australian dollar, 2 decimals.</summary>
    public static Currency AUD { get; } = new("AUD", 2, 36, "Australian dollar", CurrencyType.Fiat);

    /// <summary>Brazilian real, 2 decimals.</summary>
    public static Currency BRL { get; } = new("BRL", 2, 986, "Brazilian real", CurrencyType.Fiat);

    /// <summary>Canadian dollar, 2 decimals.</summary>
    public static Currency CAD { get; } = new("CAD", 2, 124, "Canadian dollar", CurrencyType.Fiat);

    /// <summary>Swiss franc, 2 decimals.</summary>
    public static Currency CHF { get; } = new("CHF", 2, 756, "Swiss franc", CurrencyType.Fiat);

    /// <summary>Chinese yuan, 2 decimals.</summary>
    public static Currency CNY { get; } = new("CNY", 2, 156, "Chinese yuan", CurrencyType.Fiat);

    /// <summary>Czech koruna, 2 decimals.</summary>
    public static Currency CZK { get; } = new("CZK", 2, 203, "Czech koruna", CurrencyType.Fiat);

    /// <summary>Danish krone, 2 decimals.</summary>
    public static Currency DKK { get; } = new("DKK", 2, 208, "Danish krone", CurrencyType.Fiat);

    /// <summary>Euro, 2 decimals.</summary>
    public static Currency EUR { get; } = new("EUR", 2, 978, "Euro", CurrencyType.Fiat);

    /// <summary>British pound, 2 decimals.</summary>
    public static Currency GBP { get; } = new("GBP", 2, 826, "British pound", CurrencyType.Fiat);

    /// <summary>Hong Kong dollar, 2 decimals.</summary>
    public static Currency HKD { get; } = new("HKD", 2, 344, "Hong Kong dollar", CurrencyType.Fiat);

    /// <summary>Hungarian forint, 2 decimals.</summary>
    public static Currency HUF { get; } = new("HUF", 2, 348, "Hungarian forint", CurrencyType.Fiat);

    /// <summary>Israeli new shekel, 2 decimals.</summary>
    public static Currency ILS { get; } = new("ILS", 2, 376, "Israeli new shekel", CurrencyType.Fiat);

    /// <summary>Indian rupee, 2 decimals.</summary>
    public static Currency INR { get; } = new("INR", 2, 356, "Indian rupee", CurrencyType.Fiat);

    /// <summary>Japanese yen, 0 decimals.</summary>
    public static Currency JPY { get; } = new("JPY", 0, 392, "Japanese yen", CurrencyType.Fiat);

    /// <summary>South Korean won, 0 decimals.</summary>
    public static Currency KRW { get; } = new("KRW", 0, 410, "South Korean won", CurrencyType.Fiat);

    /// <summary>Mexican peso, 2 decimals.</summary>
    public static Currency MXN { get; } = new("MXN", 2, 484, "Mexican peso", CurrencyType.Fiat);

    /// <summary>Norwegian krone, 2 decimals.</summary>
    public static Currency NOK { get; } = new("NOK", 2, 578, "Norwegian krone", CurrencyType.Fiat);

    /// <summary>New Zealand dollar, 2 decimals.</summary>
    public static Currency NZD { get; } = new("NZD", 2, 554, "New Zealand dollar", CurrencyType.Fiat);

    /// <summary>Polish zloty, 2 decimals.</summary>
    public static Currency PLN { get; } = new("PLN", 2, 985, "Polish zloty", CurrencyType.Fiat);

    /// <summary>Swedish krona, 2 decimals.</summary>
    public static Currency SEK { get; } = new("SEK", 2, 752, "Swedish krona", CurrencyType.Fiat);

    /// <summary>Singapore dollar, 2 decimals.</summary>
    public static Currency SGD { get; } = new("SGD", 2, 702, "Singapore dollar", CurrencyType.Fiat);

    /// <summary>Thai baht, 2 decimals.</summary>
    public static Currency THB { get; } = new("THB", 2, 764, "Thai baht", CurrencyType.Fiat);

    /// <summary>Turkish lira, 2 decimals.</summary>
    public static Currency TRY { get; } = new("TRY", 2, 949, "Turkish lira", CurrencyType.Fiat);

    /// <summary>New Taiwan dollar, 2 decimals.</summary>
    public static Currency TWD { get; } = new("TWD", 2, 901, "New Taiwan dollar", CurrencyType.Fiat);

    /// <summary>United States dollar, 2 decimals.</summary>
    public static Currency USD { get; } = new("USD", 2, 840, "United States dollar", CurrencyType.Fiat);

    /// <summary>South African rand, 2 decimals.</summary>
    public static Currency ZAR { get; } = new("ZAR", 2, 710, "South African rand", CurrencyType.Fiat);

    /// <summary>Aave, 8 decimals.</summary>
    public static Currency AAVE { get; } = new("AAVE", 8, 0, "Aave", CurrencyType.Crypto);

    /// <summary>Cardano, 6 decimals.</summary>
    public static Currency ADA { get; } = new("ADA", 6, 0, "Cardano", CurrencyType.Crypto);

    /// <summary>Arbitrum, 8 decimals.</summary>
    public static Currency ARB { get; } = new("ARB", 8, 0, "Arbitrum", CurrencyType.Crypto);

    /// <summary>Avalanche, 8 decimals.</summary>
    public static Currency AVAX { get; } = new("AVAX", 8, 0, "Avalanche", CurrencyType.Crypto);

    /// <summary>Bitcoin Cash, 8 decimals.</summary>
    public static Currency BCH { get; } = new("BCH", 8, 0, "Bitcoin Cash", CurrencyType.Crypto);

    /// <summary>Binance Coin, 8 decimals.</summary>
    public static Currency BNB { get; } = new("BNB", 8, 0, "Binance Coin", CurrencyType.Crypto);

    /// <summary>Bitcoin, 8 decimals.</summary>
    public static Currency BTC { get; } = new("BTC", 8, 0, "Bitcoin", CurrencyType.Crypto);

    /// <summary>Dogecoin, 8 decimals.</summary>
    public static Currency DOGE { get; } = new("DOGE", 8, 0, "Dogecoin", CurrencyType.Crypto);

    /// <summary>Polkadot, 8 decimals.</summary>
    public static Currency DOT { get; } = new("DOT", 8, 0, "Polkadot", CurrencyType.Crypto);

    /// <summary>Ether, 8 decimals.</summary>
    public static Currency ETH { get; } = new("ETH", 8, 0, "Ether", CurrencyType.Crypto);

    /// <summary>Chainlink, 8 decimals.</summary>
    public static Currency LINK { get; } = new("LINK", 8, 0, "Chainlink", CurrencyType.Crypto);

    /// <summary>Litecoin, 8 decimals.</summary>
    public static Currency LTC { get; } = new("LTC", 8, 0, "Litecoin", CurrencyType.Crypto);

    /// <summary>Near, 8 decimals.</summary>
    public static Currency NEAR { get; } = new("NEAR", 8, 0, "Near", CurrencyType.Crypto);

    /// <summary>Solana, 8 decimals.</summary>
    public static Currency SOL { get; } = new("SOL", 8, 0, "Solana", CurrencyType.Crypto);

    /// <summary>Sui, 8 decimals.</summary>
    public static Currency SUI { get; } = new("SUI", 8, 0, "Sui", CurrencyType.Crypto);

    /// <summary>Toncoin, 8 decimals.</summary>
    public static Currency TON { get; } = new("TON", 8, 0, "Toncoin", CurrencyType.Crypto);

    /// <summary>TRON, 8 decimals.</summary>
    public static Currency TRX { get; } = new("TRX", 8, 0, "TRON", CurrencyType.Crypto);

    /// <summary>Uniswap, 8 decimals.</summary>
    public static Currency UNI { get; } = new("UNI", 8, 0, "Uniswap", CurrencyType.Crypto);

    /// <summary>USD Coin, 6 decimals.</summary>
    public static Currency USDC { get; } = new("USDC", 6, 0, "USD Coin", CurrencyType.Crypto);

    /// <summary>Tether USD, 8 decimals.</summary>
    public static Currency USDT { get; } = new("USDT", 8, 0, "Tether USD", CurrencyType.Crypto);

    /// <summary>Stellar, 8 decimals.</summary>
    public static Currency XLM { get; } = new("XLM", 8, 0, "Stellar", CurrencyType.Crypto);

    /// <summary>Ripple, 6 decimals.</summary>
    public static Currency XRP { get; } = new("XRP", 6, 0, "Ripple", CurrencyType.Crypto);

    /// <summary>Silver (one troy ounce), 9 decimals.</summary>
    public static Currency XAG { get; } = new("XAG", 9, 961, "Silver (one troy ounce)", CurrencyType.CommodityBacked);

    /// <summary>Gold (one troy ounce), 9 decimals.</summary>
    public static Currency XAU { get; } = new("XAU", 9, 959, "Gold (one troy ounce)", CurrencyType.CommodityBacked);

    /// <summary>What the registry starts with; declared last so that every member is set by then.</summary>
    private static readonly Currency[] WellKnown =
    [
        AUD, BRL, CAD, CHF, CNY, CZK, DKK, EUR, GBP, HKD, HUF, ILS,
        INR, JPY, KRW, MXN, NOK, NZD, PLN, SEK, SGD, THB, TRY, TWD,
        USD, ZAR, AAVE, ADA, ARB, AVAX, BCH, BNB, BTC, DOGE, DOT, ETH,
        LINK, LTC, NEAR, SOL, SUI, TON, TRX, UNI, USDC, USDT, XLM, XRP,
        XAG, XAU,
    ];
}
