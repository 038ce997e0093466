using ExecutionAdapters.Cli.Bridge;

namespace ExecutionAdapters.Cli.Status;

/// <summary>A status as one JSON object; reports and states look as the bridge has them.</summary>
internal static class StatusJson
{
    public static string Write(AccountStatus status) => JsonOut.Line(writer =>
    {
        writer.WriteString("account_id", status.AccountId.ToString());
        writer.Text("tier", status.Tier);
        if (status.VolumeQuotaRemaining is { } quota)
        {
            writer.WriteNumber("volume_quota_remaining", quota);
        }

        if (status.Account is { } account)
        {
            writer.WriteStartObject("account");
            EventJson.Write(writer, account);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("mass_status");
        ReportJson.Write(writer, status.MassStatus, status.FailedParts);
        writer.WriteEndObject();
        writer.WriteStartArray("failed_parts");
        foreach (var part in status.FailedParts)
        {
            writer.WriteStringValue(part);
        }

        writer.WriteEndArray();
        writer.Text("error", status.Error);
    });
}
