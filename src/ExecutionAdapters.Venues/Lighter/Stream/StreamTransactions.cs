using System.Net.WebSockets;
using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Rows;
using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>
/// jsonapi/sendtx and jsonapi/sendtxbatch. A single carries tx_info as an object; a batch carries tx_types and tx_infos as
/// strings that contain JSON arrays, the infos themselves once more as strings.
/// </summary>
internal sealed class StreamTransactions(VenueCore core)
{
    public const string Single = "jsonapi/sendtx";
    public const string Batch = "jsonapi/sendtxbatch";

    public void Receive(StreamSession session, string type, JsonElement message)
    {
        if (session.IsReadOnly)
        {
            StreamProtocol.SendError(session, VenueErrors.WebsocketNotSupported.With("the connection is read-only"));
            return;
        }

        bool isBatch = type == Batch;
        LighterTransport transport = isBatch ? LighterTransport.WebSocketBatch : LighterTransport.WebSocket;
        string? id = null;
        List<RawTransaction> transactions = [];
        VenueError? error = VenueErrors.WebsocketInvalidData;
        if (message.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object)
        {
            id = StreamProtocol.Text(data, "id");
            error = isBatch
                ? TransactionLists.Read(
                    transport, StreamProtocol.Text(data, "tx_types"), StreamProtocol.Text(data, "tx_infos"), out transactions)
                : ReadSingle(data, transactions);
        }

        SubmissionOutcome outcome = error is { } malformed
            ? new SubmissionOutcome { Error = malformed }
            : core.Sequencer.Submit(new Submission(transport, transactions));
        Answer(session, type, id, isBatch, outcome);
    }

    private static VenueError? ReadSingle(JsonElement data, List<RawTransaction> transactions)
    {
        byte number = 0;
        if (!data.TryGetProperty("tx_type", out JsonElement type)
            || type.ValueKind != JsonValueKind.Number
            || !type.TryGetByte(out number)
            || !data.TryGetProperty("tx_info", out JsonElement info) || info.ValueKind != JsonValueKind.Object)
        {
            return VenueErrors.InvalidTxInfo.With("tx_type must be a number and tx_info an object");
        }

        transactions.Add(new RawTransaction(number, info.GetRawText()));
        return null;
    }

    private void Answer(StreamSession session, string type, string? id, bool isBatch, SubmissionOutcome outcome)
    {
        if (outcome.CloseConnection)
        {
            session.Output.Close(WebSocketCloseStatus.EndpointUnavailable, "closed by script");
            return;
        }

        if (outcome.SwallowAcknowledgement)
        {
            return;
        }

        if (outcome.IsBare)
        {
            StreamProtocol.SendError(session, outcome.Error!.Value);
            return;
        }

        byte[] frame = JsonText.Object(json => WriteAnswer(json, type, id, isBatch, outcome));
        if (outcome.Withhold is { } rule)
        {
            core.Faults.Hold(rule, rule.DelayMs, () => SendIfOpen(session, frame, outcome.CloseAfterAnswer));
        }
        else
        {
            SendIfOpen(session, frame, outcome.CloseAfterAnswer);
        }
    }

    private static void SendIfOpen(StreamSession session, byte[] frame, bool closeAfter)
    {
        if (!session.IsOpen)
        {
            return;
        }

        session.Output.Send(frame);
        if (closeAfter)
        {
            session.Output.Close(WebSocketCloseStatus.EndpointUnavailable, "closed by script");
        }
    }

    private static void WriteAnswer(Utf8JsonWriter json, string type, string? id, bool isBatch, SubmissionOutcome outcome)
    {
        json.WriteString("type"u8, type);
        if (id is not null && !outcome.OmitHash)
        {
            json.WriteString("id"u8, id);
        }

        if (outcome.Error is { } error)
        {
            JsonText.WriteError(json, error);
            return;
        }

        json.WriteNumber("code"u8, 200);
        if (!outcome.OmitHash)
        {
            SubmissionRow.WriteMembers(json, outcome, isBatch);
        }
    }
}
