using System.Text;
using System.Text.Json;
using System.Web;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter.Execution;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

public sealed class BatchWriterTests
{
    [Fact]
    public void A_form_decodes_to_the_types_and_to_each_transaction_as_it_was_signed()
    {
        string[] infos =
        [
            """{"AccountIndex":12345,"Sig":"ab+/=="}""",
            "{}",
            """{"Text":"a \"quoted\" \\ back & forth = 100% +~-._*'() é 日本 \n"}""",
        ];
        LighterTransactionType[] types = [LighterTransactionType.CreateOrder, LighterTransactionType.CancelOrder, LighterTransactionType.ModifyOrder];
        var transactions = types.Select(Transaction).ToArray();
        var form = BatchWriter.Write(transactions, (transaction, txInfo) => Encoding.UTF8.GetBytes(infos[Array.IndexOf(transactions, transaction)], txInfo));

        var fields = HttpUtility.ParseQueryString(Encoding.ASCII.GetString(form.Span));
        Assert.Equal(types.Select(type => (int)type), JsonSerializer.Deserialize<int[]>(fields["tx_types"]!));
        Assert.Equal(infos, JsonSerializer.Deserialize<string[]>(fields["tx_infos"]!));
        Assert.Equal(2, fields.Count);
    }

    private static PendingTransaction Transaction(LighterTransactionType type) => new()
    {
        Purpose = TransactionPurpose.Create,
        Key = new OrderKey(new ClientOrderId("O-1"), InstrumentId.Parse("ETH-PERP.LIGHTER"), new StrategyId("S-001")),
        VenueOrderId = null,
        Order = null,
        ReportsRefusal = true,
        CommandedAt = 0,
        Type = type,
        Write = (in TransactionHeader _, Span<byte> _, out TransactionHash _) => throw new NotSupportedException(),
    };
}
