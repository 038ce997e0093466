using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The venue's account objects (account, accountsByL1Address) and the statistics of the user_stats channel.</summary>
internal static class AccountRow
{
    /// <summary>The highest leverage and margin usage shown: 999,999.99, also for an account with positions and no value left.</summary>
    private const long HighestRatio = 99_999_999;

    /// <summary>DetailedAccount.</summary>
    public static void WriteDetailed(Utf8JsonWriter json, Account account, bool activeOnly)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, 200);
        WriteCommon(json, account);
        json.WriteNumber("account_index"u8, account.Index);
        json.WriteString("name"u8, "");
        json.WriteString("description"u8, "");
        json.WriteBoolean("can_invite"u8, false);
        json.WriteString("referral_points_percentage"u8, "");
        json.WriteNumber("created_at"u8, account.CreatedMs);
        WritePositions(json, account, activeOnly);
        WriteAssets(json, account);
        MarginFigures cross = Margin.Cross(account);
        json.WriteUsdc("total_asset_value"u8, Margin.Total(account).Value);
        json.WriteUsdc("cross_asset_value"u8, cross.Value);
        json.WriteUsdc("cross_initial_margin_requirement"u8, cross.InitialRequirement);
        json.WriteUsdc("cross_maintenance_margin_requirement"u8, cross.MaintenanceRequirement);
        WritePoolInfo(json);
        WriteEmptyArray(json, "shares"u8);
        WriteEmptyArray(json, "pending_unlocks"u8);
        WriteIntegrators(json, account);
        json.WriteBoolean("can_rfq"u8, false);
        WriteEmptyArray(json, "can_rfq_market_ids"u8);
        json.WriteEndObject();
    }

    /// <summary>Account, the short form.</summary>
    public static void WriteShort(Utf8JsonWriter json, Account account)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, 200);
        WriteCommon(json, account);
        json.WriteEndObject();
    }

    /// <summary>The members of user_stats.stats; margin usage in percent, leverage as notional over value.</summary>
    public static void WriteStatistics(Utf8JsonWriter json, Account account)
    {
        json.WriteNumber("account_trading_mode"u8, 0);
        MarginFigures total = Margin.Total(account);
        WriteStatisticsMembers(json, account, total);
        json.WriteStartObject("cross_stats"u8);
        WriteStatisticsMembers(json, account, Margin.Cross(account));
        json.WriteEndObject();
        json.WriteStartObject("total_stats"u8);
        WriteStatisticsMembers(json, account, total);
        json.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter json, Account account)
    {
        int pending = account.ActiveOrders.Values.Count(order => order.Status == OrderStatus.Pending);
        json.WriteNumber("account_type"u8, account.IsSynthetic ? 0 : 1);
        json.WriteNumber("account_trading_mode"u8, 0);
        json.WriteNumber("index"u8, account.Index);
        json.WriteString("l1_address"u8, account.L1Address);
        json.WriteNumber("cancel_all_time"u8, account.CancelAllTimeMs);
        json.WriteNumber("total_order_count"u8, account.ActiveOrders.Count);
        json.WriteNumber("total_isolated_order_count"u8, account.ActiveOrders.Values.Count(order => IsIsolated(account, order.Market)));
        json.WriteNumber("pending_order_count"u8, pending);
        json.WriteUsdc("available_balance"u8, Margin.Available(account));
        json.WriteNumber("status"u8, 1);
        json.WriteUsdc("collateral"u8, account.Collateral);
        json.WriteNumber("transaction_time"u8, account.CreatedMs * 1_000);
    }

    private static void WritePositions(Utf8JsonWriter json, Account account, bool activeOnly)
    {
        json.WriteStartArray("positions"u8);
        foreach (Position position in account.Positions.Values)
        {
            if (!activeOnly || position.Size != 0)
            {
                PositionRow.Write(json, account, position);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteAssets(Utf8JsonWriter json, Account account)
    {
        json.WriteStartArray("assets"u8);
        foreach (AssetBalance balance in account.Wallet)
        {
            AssetRow.Write(json, account, balance);
        }

        json.WriteEndArray();
    }

    /// <summary>PublicPoolInfo of an account that is no pool.</summary>
    private static void WritePoolInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject("pool_info"u8);
        json.WriteNumber("status"u8, 0);
        json.WriteString("operator_fee"u8, "");
        json.WriteString("min_operator_share_rate"u8, "");
        json.WriteNumber("total_shares"u8, 0);
        json.WriteNumber("operator_shares"u8, 0);
        json.WriteNumber("annual_percentage_yield"u8, 0);
        WriteEmptyArray(json, "daily_returns"u8);
        WriteEmptyArray(json, "share_prices"u8);
        json.WriteNumber("sharpe_ratio"u8, 0);
        WriteEmptyArray(json, "strategies"u8);
        json.WriteEndObject();
    }

    private static void WriteIntegrators(Utf8JsonWriter json, Account account)
    {
        json.WriteStartArray("approved_integrators"u8);
        foreach (IntegratorApproval approval in account.Integrators.Values)
        {
            json.WriteStartObject();
            json.WriteNumber("account_index"u8, approval.AccountIndex);
            json.WriteString("name"u8, "");
            json.WriteNumber("max_perps_taker_fee"u8, approval.MaxPerpsTakerFee);
            json.WriteNumber("max_perps_maker_fee"u8, approval.MaxPerpsMakerFee);
            json.WriteNumber("max_spot_taker_fee"u8, approval.MaxSpotTakerFee);
            json.WriteNumber("max_spot_maker_fee"u8, approval.MaxSpotMakerFee);
            json.WriteNumber("approval_expiry"u8, approval.ExpiryMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool IsIsolated(Account account, Market market) =>
        account.Positions.TryGetValue(market.Definition.Id, out Position? position) && position.IsIsolated;

    private static void WriteStatisticsMembers(Utf8JsonWriter json, Account account, MarginFigures figures)
    {
        json.WriteUsdc("collateral"u8, figures.Collateral);
        json.WriteUsdc("portfolio_value"u8, figures.Value);
        json.WriteAmount("leverage"u8, Ratio(figures.Notional, 100, figures.Value), 2);
        json.WriteUsdc("available_balance"u8, Margin.Available(account));
        json.WriteAmount("margin_usage"u8, Ratio(figures.InitialRequirement, 10_000, figures.Value), 2);
        json.WriteString("buying_power"u8, "0");
    }

    private static long Ratio(long part, long scale, long value)
    {
        bool isShown = part == 0 || (value > 0 && (Int128)part * scale / value < HighestRatio);
        return isShown ? Amounts.Share(part, scale, Math.Max(1, value)) : HighestRatio;
    }

    private static void WriteEmptyArray(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }
}
