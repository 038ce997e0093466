using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Rows;

/// <summary>The members of RespSendTx and RespSendTxBatch after the code; a batch answers with a list of hashes.</summary>
internal static class SubmissionRow
{
    public static void WriteMembers(Utf8JsonWriter json, SubmissionOutcome outcome, bool isBatch)
    {
        if (isBatch)
        {
            json.WriteStartArray("tx_hash"u8);
            foreach (string hash in outcome.Hashes)
            {
                json.WriteStringValue(hash);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteString("tx_hash"u8, outcome.Hashes[0]);
        }

        json.WriteNumber("predicted_execution_time_ms"u8, outcome.PredictedExecutionMs);
        json.WriteNumber("volume_quota_remaining"u8, outcome.VolumeQuotaRemaining);
    }
}
