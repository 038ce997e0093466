using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;

namespace ExecutionAdapters.Venues.Lighter.Control;

/// <summary>The venue's whole state as JSON, with the rows of the REST API; the venue's own accounts only as totals.</summary>
internal static class StateText
{
    public static byte[] Write(VenueCore core) => JsonText.Object(json =>
    {
        ExchangeState state = core.Exchange.State;
        json.WriteNumber("time_ms"u8, state.NowMs);
        json.WriteNumber("seed"u8, core.Options.Seed);
        json.WriteNumber("signatures_verified"u8, core.Sequencer.SignaturesVerified);
        json.WriteNumber("transactions_admitted"u8, core.Sequencer.Admitted);
        json.WriteNumber("transactions_refused"u8, core.Sequencer.Refused);
        json.WriteUsdc("fees_collected"u8, state.FeesCollected);
        json.WriteStartArray("markets"u8);
        foreach (Market market in state.Markets.Values)
        {
            WriteMarket(json, market);
        }

        json.WriteEndArray();
        json.WriteStartArray("accounts"u8);
        foreach (Account account in state.Accounts.Values.Where(account => !account.IsSynthetic))
        {
            WriteAccount(json, account, core.Keys);
        }

        json.WriteEndArray();
        json.WriteStartArray("synthetic_accounts"u8);
        foreach (Account account in state.Accounts.Values.Where(account => account.IsSynthetic))
        {
            WriteTotals(json, account);
        }

        json.WriteEndArray();
    });

    private static void WriteMarket(Utf8JsonWriter json, Market market)
    {
        MarketDefinition definition = market.Definition;
        json.WriteStartObject();
        json.WriteNumber("market_id"u8, definition.Id);
        json.WriteString("symbol"u8, definition.Symbol);
        json.WriteAmount("mark_price"u8, market.MarkPrice, definition.PriceDecimals);
        WriteBest(json, "best_bid"u8, market, isAsk: false);
        WriteBest(json, "best_ask"u8, market, isAsk: true);
        json.WriteEndObject();
    }

    private static void WriteBest(Utf8JsonWriter json, ReadOnlySpan<byte> name, Market market, bool isAsk)
    {
        if (market.Book.Side(isAsk).Best is { } best)
        {
            json.WriteAmount(name, best.Price, market.Definition.PriceDecimals);
        }
        else
        {
            json.WriteString(name, "");
        }
    }

    private static void WriteAccount(Utf8JsonWriter json, Account account, ApiKeys keys)
    {
        json.WriteStartObject();
        json.WriteNumber("account_index"u8, account.Index);
        json.WriteUsdc("collateral"u8, account.Collateral);
        json.WriteUsdc("available_balance"u8, Margin.Available(account));
        WriteRows(json, account);
        json.WriteUsdc("fees_paid"u8, account.FeesPaid);
        json.WriteStartArray("api_keys"u8);
        foreach (ApiKey key in keys.Of(account.Index))
        {
            json.WriteStartObject();
            json.WriteNumber("api_key_index"u8, key.Index);
            json.WriteNumber("next_nonce"u8, key.LastNonce + 1);
            json.WriteString("public_key"u8, key.PublicKey.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        json.WriteNumber("account_index"u8, account.Index);
        json.WriteUsdc("collateral"u8, account.Collateral);
        json.WriteUsdc("volume"u8, account.Volume);
        json.WriteNumber("open_orders"u8, account.ActiveOrders.Count);
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, Account account)
    {
        json.WriteStartArray("orders"u8);
        foreach (Order order in account.InactiveOrders.Concat(account.ActiveOrders.Values).OrderBy(order => order.Index))
        {
            OrderRow.Write(json, order);
        }

        json.WriteEndArray();
        json.WriteStartArray("trades"u8);
        foreach (Trade trade in account.Trades)
        {
            TradeRow.Write(json, trade);
        }

        json.WriteEndArray();
        json.WriteStartArray("positions"u8);
        foreach (Position position in account.Positions.Values)
        {
            PositionRow.Write(json, account, position);
        }

        json.WriteEndArray();
        json.WriteStartArray("assets"u8);
        foreach (AssetBalance balance in account.Wallet)
        {
            AssetRow.Write(json, account, balance);
        }

        json.WriteEndArray();
    }
}
