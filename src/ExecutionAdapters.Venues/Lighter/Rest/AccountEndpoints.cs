using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;

namespace ExecutionAdapters.Venues.Lighter.Rest;

/// <summary>Endpoints about accounts and their keys.</summary>
internal static class AccountEndpoints
{
    private const long AllKeys = 255;

    public static void Account(RestContext context, Utf8JsonWriter json)
    {
        string by = context.Request.Choice("by", "", "index", "l1_address");
        bool activeOnly = context.Request.Choice("active_only", "false", "true", "false") == "true";
        List<Account> accounts = by == "index"
            ? [context.RequiredAccount(RestRequest.ParseIndex("value", context.Request.Required("value")))]
            : OfOwner(context, context.Request.Required("value"));
        json.WriteNumber("total"u8, accounts.Count);
        json.WriteStartArray("accounts"u8);
        foreach (Account account in accounts)
        {
            AccountRow.WriteDetailed(json, account, activeOnly);
        }

        json.WriteEndArray();
        json.WriteString("next_cursor"u8, "");
    }

    public static void AccountsByL1Address(RestContext context, Utf8JsonWriter json)
    {
        string address = context.Request.Required("l1_address");
        List<Account> accounts = OfOwner(context, address);
        json.WriteString("l1_address"u8, address);
        json.WriteStartArray("sub_accounts"u8);
        foreach (Account account in accounts)
        {
            AccountRow.WriteShort(json, account);
        }

        json.WriteEndArray();
    }

    public static void AccountLimits(RestContext context, Utf8JsonWriter json)
    {
        Account account = context.AuthorizedAccount();
        json.WriteNumber("max_llp_percentage"u8, 25);
        json.WriteString("user_tier"u8, context.Core.Terms.Name);
        json.WriteBoolean("can_create_public_pool"u8, false);
        json.WriteString("max_llp_amount"u8, "0");
        json.WriteNumber("current_maker_fee_tick"u8, account.MakerFee);
        json.WriteNumber("current_taker_fee_tick"u8, account.TakerFee);
        json.WriteString("effective_lit_stakes"u8, "0");
        json.WriteString("leased_lit"u8, "0");
        json.WriteString("user_tier_name"u8, context.Core.Options.Tier.ToString());
    }

    public static void NextNonce(RestContext context, Utf8JsonWriter json)
    {
        Account account = context.RequiredAccount(context.Request.Integer("account_index"));
        json.WriteNumber("nonce"u8, Key(context, account, context.Request.Integer("api_key_index")).LastNonce + 1);
    }

    public static void ApiKeys(RestContext context, Utf8JsonWriter json)
    {
        Account account = context.RequiredAccount(context.Request.Integer("account_index"));
        long index = context.Request.Integer("api_key_index", AllKeys);
        IEnumerable<ApiKey> keys = index == AllKeys ? context.Core.Keys.Of(account.Index) : [Key(context, account, index)];
        json.WriteStartArray("api_keys"u8);
        foreach (ApiKey key in keys)
        {
            json.WriteStartObject();
            json.WriteNumber("account_index"u8, key.AccountIndex);
            json.WriteNumber("api_key_index"u8, key.Index);
            json.WriteNumber("nonce"u8, key.LastNonce);
            json.WriteString("public_key"u8, key.PublicKey.ToString());
            json.WriteNumber("transaction_time"u8, key.TransactionTimeUs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void MakerOnlyApiKeys(RestContext context, Utf8JsonWriter json)
    {
        Account account = context.AuthorizedAccount();
        json.WriteStartArray("api_key_indexes"u8);
        foreach (ApiKey key in context.Core.Keys.Of(account.Index).Where(key => key.IsMakerOnly))
        {
            json.WriteNumberValue(key.Index);
        }

        json.WriteEndArray();
    }

    private static ApiKey Key(RestContext context, Account account, long index)
    {
        ApiKey? key = index is >= 0 and < AllKeys ? context.Core.Keys.Find(account.Index, (byte)index) : null;
        return key ?? throw new RestRefusedException(VenueErrors.ApiKeyNotFound);
    }

    private static List<Account> OfOwner(RestContext context, string address)
    {
        List<Account> accounts = [.. context.State.Accounts.Values.Where(account =>
            string.Equals(account.L1Address, address, StringComparison.OrdinalIgnoreCase))];
        return accounts.Count > 0 ? accounts : throw new RestRefusedException(VenueErrors.AccountNotFound);
    }
}
