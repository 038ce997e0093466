using System.Text.Json;
using ExecutionAdapters.Venues.Tektii.Rows;

namespace ExecutionAdapters.Venues.Tektii.Rest;

/// <summary>What the venue offers.</summary>
internal static class CapabilitiesRow
{
    public static void Write(Utf8JsonWriter json, TektiiVenueOptions options)
    {
        string[] classes = options.Backtest is { } backtest
            ? [AssetClass(backtest.Symbol)]
            : [.. options.Instruments.Select(instrument => AssetClass(instrument.Symbol)).Distinct()];
        WriteTexts(json, "supported_asset_classes", classes);
        WriteTexts(json, "supported_order_types", options.OrderTypes.Select(Words.OrderType.Upper));
        json.WriteString("position_mode"u8, Words.PositionMode.Upper(options.PositionMode));
        WriteTexts(json, "features", options.Features);
        json.WriteDecimal("max_leverage"u8, options.Leverage);
    }

    /// <summary>By the engine's prefixes; a symbol without one is a stock.</summary>
    private static string AssetClass(string symbol) => symbol.Split(':')[0] switch
    {
        "C" => "CRYPTO",
        "F" => "FOREX",
        _ => "STOCK",
    };

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
