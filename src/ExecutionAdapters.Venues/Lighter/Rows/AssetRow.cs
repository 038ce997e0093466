using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The venue's AccountAsset object: spot wallet balance, what orders lock of it, and collateral deposited for perps.</summary>
internal static class AssetRow
{
    public static void Write(Utf8JsonWriter json, Account account, AssetBalance balance)
    {
        int decimals = balance.Asset.Decimals;
        json.WriteStartObject();
        json.WriteString("symbol"u8, balance.Asset.Symbol);
        json.WriteNumber("asset_id"u8, balance.Asset.Id);
        json.WriteAmount("balance"u8, balance.Balance, decimals);
        json.WriteAmount("locked_balance"u8, balance.Locked, decimals);
        json.WriteString("margin_mode"u8, "disabled");
        json.WriteAmount("margin_balance"u8, balance.Asset.Id == Asset.UsdcId ? account.Collateral : 0, decimals);
        json.WriteEndObject();
    }

    /// <summary>The venue's Asset object (assetDetails).</summary>
    public static void WriteDetails(Utf8JsonWriter json, Asset asset)
    {
        json.WriteStartObject();
        json.WriteNumber("asset_id"u8, asset.Id);
        json.WriteString("symbol"u8, asset.Symbol);
        json.WriteNumber("l1_decimals"u8, asset.Id == Asset.EthId ? 18 : 6);
        json.WriteNumber("decimals"u8, asset.Decimals);
        json.WriteString("min_transfer_amount"u8, "1.000000");
        json.WriteString("min_withdrawal_amount"u8, "1.000000");
        json.WriteString("margin_mode"u8, "disabled");
        json.WriteString("index_price"u8, asset.Id == Asset.UsdcId ? "1.000000" : "");
        json.WriteString("l1_address"u8, $"0x{asset.Id:x40}");
        json.WriteString("global_supply_cap"u8, "0");
        json.WriteString("liquidation_fee"u8, "0");
        json.WriteString("liquidation_threshold"u8, "0");
        json.WriteString("loan_to_value"u8, "0");
        json.WriteNumber("price_decimals"u8, 6);
        json.WriteString("total_supplied"u8, "0");
        json.WriteString("user_supply_cap"u8, "0");
        json.WriteString("liquidation_factor"u8, "0");
        json.WriteEndObject();
    }
}
