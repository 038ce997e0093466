using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The venue's AccountPosition object: magnitude and sign apart; a closed position stays with size zero.</summary>
internal static class PositionRow
{
    private const int EntryPriceDecimals = 6;

    public static void Write(Utf8JsonWriter json, Account account, Position position)
    {
        MarketDefinition market = position.Market.Definition;
        CountOrders(account, position.Market, out int open, out int pending);
        json.WriteStartObject();
        json.WriteNumber("market_id"u8, market.Id);
        json.WriteString("symbol"u8, market.Symbol);
        json.WriteAmount("initial_margin_fraction"u8, position.InitialMarginFraction, 2); // percent text, e.g. "10.00"
        json.WriteNumber("open_order_count"u8, open);
        json.WriteNumber("pending_order_count"u8, pending);
        json.WriteNumber("position_tied_order_count"u8, 0);
        json.WriteNumber("sign"u8, position.Size < 0 ? -1 : 1);
        json.WriteAmount("position"u8, Math.Abs(position.Size), market.SizeDecimals);
        json.WriteAmount("avg_entry_price"u8, EntryPrice(position), EntryPriceDecimals);
        json.WriteUsdc("position_value"u8, position.Value);
        json.WriteUsdc("unrealized_pnl"u8, position.UnrealizedPnl);
        json.WriteUsdc("realized_pnl"u8, position.RealizedPnl);
        json.WriteAmount("liquidation_price"u8, (long)Margin.LiquidationPrice(account, position), market.PriceDecimals);
        json.WriteString("total_funding_paid_out"u8, "0.000000");
        json.WriteNumber("margin_mode"u8, position.IsIsolated ? 1 : 0);
        json.WriteUsdc("allocated_margin"u8, position.AllocatedMargin);
        json.WriteString("total_discount"u8, "0");
        json.WriteEndObject();
    }

    /// <summary>Average entry price with six decimals: micro USDC per size tick is 10^-price decimals USDC.</summary>
    private static long EntryPrice(Position position)
    {
        if (position.Size == 0)
        {
            return 0;
        }

        long scale = 1;
        for (int i = position.Market.Definition.PriceDecimals; i < EntryPriceDecimals; i++)
        {
            scale *= 10;
        }

        return Amounts.Share(position.EntryQuote, scale * Math.Sign(position.Size), Math.Abs(position.Size));
    }

    private static void CountOrders(Account account, Market market, out int open, out int pending)
    {
        open = 0;
        pending = 0;
        foreach (Order order in account.ActiveOrders.Values)
        {
            if (order.Market == market)
            {
                open += order.Status == OrderStatus.Open ? 1 : 0;
                pending += order.Status == OrderStatus.Pending ? 1 : 0;
            }
        }
    }
}
