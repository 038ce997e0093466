using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The venue's Tx object (tx, accountTxs and the account_tx channel).</summary>
internal static class TransactionRow
{
    /// <summary>Writes the row as it is now, or as it was between admission and execution.</summary>
    public static void Write(Utf8JsonWriter json, TransactionRecord record, bool asPending = false)
    {
        json.WriteStartObject();
        WriteMembers(json, record, asPending);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, TransactionRecord record, bool asPending = false)
    {
        json.WriteString("hash"u8, record.Hash);
        json.WriteNumber("type"u8, record.Type);
        json.WriteString("info"u8, record.Info);
        json.WriteString("event_info"u8, asPending ? "" : record.EventInfo);
        json.WriteNumber("status"u8, (int)(asPending ? TransactionStatus.Pending : record.Status));
        json.WriteNumber("transaction_index"u8, 0);
        json.WriteString("l1_address"u8, record.L1Address);
        json.WriteNumber("account_index"u8, record.AccountIndex);
        json.WriteNumber("nonce"u8, record.Nonce);
        json.WriteNumber("expire_at"u8, record.ExpiredAt);
        json.WriteNumber("block_height"u8, record.BlockHeight);
        json.WriteNumber("queued_at"u8, record.QueuedUs / 1_000);
        json.WriteNumber("executed_at"u8, asPending ? 0 : record.ExecutedUs / 1_000);
        json.WriteNumber("sequence_index"u8, record.SequenceIndex);
        json.WriteString("parent_hash"u8, "");
        json.WriteNumber("api_key_index"u8, record.ApiKeyIndex);
        json.WriteNumber("transaction_time"u8, record.QueuedUs);
    }
}
