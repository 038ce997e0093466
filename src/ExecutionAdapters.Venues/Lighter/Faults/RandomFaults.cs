using System.Text;
using ExecutionAdapters.Venues.Lighter.Rows;

namespace ExecutionAdapters.Venues.Lighter.Faults;

/// <summary>Draws a script of faults that a client can recover from.</summary>
internal static class RandomFaults
{
    private static readonly string[] AccountChannels =
    [
        "account_all_orders", "account_all_trades", "account_all_positions", "account_all_assets", "account_tx",
    ];

    public static string Write(ulong seed)
    {
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        VenueError invalidNonce = VenueErrors.InvalidNonce;
        FaultRule[] rules =
        [
            Often(new FaultRule { Kind = FaultKind.LoseAck }, 20, 50),
            Often(new FaultRule { Kind = FaultKind.WithholdAck, Batch = false, DelayMs = random.Next(50, 800) }, 10, 30),
            Often(new FaultRule { Kind = FaultKind.WithholdAck, Batch = true, DelayMs = random.Next(200, 1_500) }, 50, 200),
            Often(new FaultRule { Kind = FaultKind.RefuseTransaction, Code = invalidNonce.Code, Message = invalidNonce.Message }, 10, 30),
            Often(new FaultRule { Kind = FaultKind.CloseConnection, When = FaultRule.AfterExecution }, 5, 15),
            Often(new FaultRule { Kind = FaultKind.CloseConnection, When = FaultRule.BeforeExecution }, 5, 15),
            Often(new FaultRule { Kind = FaultKind.CloseConnection, When = FaultRule.AfterAck }, 5, 15),
            Often(
                new FaultRule { Kind = FaultKind.RefuseRequest, Path = "sendTxBatch", Status = 500, Execute = random.Next(2) == 0 }, 50, 150),
            Often(new FaultRule { Kind = FaultKind.RefuseRequest, Status = 429, RetryAfterSeconds = 1 }, 10, 40),
            Often(new FaultRule { Kind = FaultKind.RefuseRequest, Status = 500 }, 10, 40),
            Often(new FaultRule { Kind = FaultKind.DelayRequest, DelayMs = random.Next(50, 500) }, 20, 100),
            Often(new FaultRule { Kind = FaultKind.DelayFrame, DelayMs = random.Next(20, 200) }, 5, 20),
            Often(new FaultRule { Kind = FaultKind.DropFrame, Channel = AccountChannel(), CutAfterMs = random.Next(50, 300) }, 5, 15),
            .. AccountChannels.Select(channel => Often(new FaultRule { Kind = FaultKind.DuplicateFrame, Channel = channel }, 10, 50)),
            Often(new FaultRule { Kind = FaultKind.WithholdFirstFrame, DelayMs = random.Next(50, 400) }, 20, 100),
            Often(new FaultRule { Kind = FaultKind.DropConnections }, 5, 15),
            new FaultRule { Kind = FaultKind.Restart, After = random.Next(20, 120), DowntimeMs = random.Next(100, 800) },
        ];
        return Encoding.UTF8.GetString(JsonText.Object(json =>
        {
            json.WriteNumber("seed"u8, seed);
            json.WriteStartArray("faults"u8);
            foreach (FaultRule rule in rules)
            {
                json.WriteStartObject();
                FaultText.WriteRule(json, rule);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));

        FaultRule Often(FaultRule rule, int fromPerMille, int toPerMille) =>
            rule with { Times = null, Probability = random.Next(fromPerMille, toPerMille + 1) / 1_000m };

        string AccountChannel() => AccountChannels[random.Next(AccountChannels.Length)];
    }
}
