using System.Globalization;
using ExecutionAdapters.Venues.Lighter.Admission;
using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Rest;

/// <summary>POST sendTx and sendTxBatch. The signature in the transaction authenticates; no token is needed.</summary>
internal static class TransactionEndpoints
{
    public const string Single = "sendTx";
    public const string Batch = "sendTxBatch";

    public static SubmissionOutcome Send(VenueCore core, RestRequest request, bool isBatch)
    {
        bool protection = request.Choice("price_protection", "true", "true", "false") == "true";
        LighterTransport transport = isBatch ? LighterTransport.HttpBatch : LighterTransport.Http;
        List<RawTransaction> transactions = [];
        if (isBatch)
        {
            string types = request.Required("tx_types");
            if (TransactionLists.Read(transport, types, request.Required("tx_infos"), out transactions) is { } error)
            {
                throw new RestRefusedException(error);
            }
        }
        else
        {
            if (!byte.TryParse(request.Required("tx_type"), NumberStyles.None, CultureInfo.InvariantCulture, out byte type))
            {
                throw RestRequest.Invalid("tx_type must be a transaction type number");
            }

            transactions.Add(new RawTransaction(type, request.Required("tx_info")));
        }

        return core.Sequencer.Submit(new Submission(transport, transactions, protection));
    }
}
