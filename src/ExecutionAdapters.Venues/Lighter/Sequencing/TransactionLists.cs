using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Admission;

namespace ExecutionAdapters.Venues.Lighter.Sequencing;

/// <summary>The two lists of a batch: tx_types is the text of an array of numbers, tx_infos the text of an array of strings.</summary>
internal static class TransactionLists
{
    private static readonly VenueError Malformed =
        VenueErrors.InvalidTxInfo.With("tx_types must be the text of an array of numbers, tx_infos the text of an array of strings");

    private static readonly JsonDocumentOptions Flat = new() { MaxDepth = 1 };

    /// <summary>Reads both lists; lists that are longer than the transport allows are refused before their elements are looked at.</summary>
    public static VenueError? Read(LighterTransport transport, string? types, string? infos, out List<RawTransaction> transactions)
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
            return Pair(transport, typeList.RootElement, infoList.RootElement, transactions);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return Malformed; // the last two: text that is no Unicode
        }
    }

    private static VenueError? Pair(LighterTransport transport, JsonElement types, JsonElement infos, List<RawTransaction> transactions)
    {
        if (types.ValueKind != JsonValueKind.Array || infos.ValueKind != JsonValueKind.Array)
        {
            return Malformed;
        }

        int count = types.GetArrayLength();
        if (BatchLimit.Check(transport, Math.Max(count, infos.GetArrayLength())) is { } tooMany)
        {
            return tooMany;
        }

        if (count != infos.GetArrayLength())
        {
            return VenueErrors.TxInfoTxTypeLengthMismatch;
        }

        JsonElement.ArrayEnumerator info = infos.EnumerateArray();
        foreach (JsonElement number in types.EnumerateArray())
        {
            info.MoveNext();
            if (number.ValueKind != JsonValueKind.Number
                || !number.TryGetByte(out byte type)
                || info.Current.ValueKind != JsonValueKind.String)
            {
                return Malformed;
            }

            transactions.Add(new RawTransaction(type, info.Current.GetString()!));
        }

        return null;
    }
}
