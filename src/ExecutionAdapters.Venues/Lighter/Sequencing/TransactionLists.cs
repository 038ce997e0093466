using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Admission;

namespace ExecutionAdapters.Venues.Lighter.Sequencing;

/// <summary>The two lists of a batch: tx_types is the text of an array of numbers, tx_infos the text of an array of strings.</summary>
internal static class TransactionLists
{
    private static readonly VenueError Malformed =
        VenueErrors.InvalidTxInfo.With("tx_types must be the text of an array of numbers, tx_infos the text of an array of strings");

    private static readonly JsonDocumentOptions Flat = new() { MaxDepth = 2 };

    public static VenueError? Read(string? types, string? infos, out List<RawTransaction> transactions)
    {
        transactions = [];
        if (types is null || infos is null)
        {
            return Malformed;
        }

        try
        {
            using JsonDocument typeList = JsonDocument.Parse(types, Flat);
            using JsonDocument infoList = JsonDocument.Parse(infos, Flat);
            return Pair(typeList.RootElement, infoList.RootElement, transactions);
        }
        catch (JsonException)
        {
            return Malformed;
        }
    }

    private static VenueError? Pair(JsonElement types, JsonElement infos, List<RawTransaction> transactions)
    {
        if (types.ValueKind != JsonValueKind.Array || infos.ValueKind != JsonValueKind.Array)
        {
            return Malformed;
        }

        if (types.GetArrayLength() != infos.GetArrayLength())
        {
            return VenueErrors.TxInfoTxTypeLengthMismatch;
        }

        for (int i = 0; i < types.GetArrayLength(); i++)
        {
            JsonElement info = infos[i];
            if (types[i].ValueKind != JsonValueKind.Number || !types[i].TryGetByte(out byte type) || info.ValueKind != JsonValueKind.String)
            {
                return Malformed;
            }

            transactions.Add(new RawTransaction(type, info.GetString()!));
        }

        return null;
    }
}
