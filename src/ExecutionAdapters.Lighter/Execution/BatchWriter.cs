using System.Globalization;
using System.Text;
using System.Text.Json;
using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>The two form fields of a batch: a JSON list of type numbers, and a JSON list of strings that each hold a transaction's JSON.</summary>
internal static class BatchWriter
{
    public static (string Types, string Infos) Write(IReadOnlyList<PendingTransaction> transactions, Func<PendingTransaction, SignedTransaction> sign)
    {
        var types = new StringBuilder("[");
        using var stream = new MemoryStream();
        using (var infos = new Utf8JsonWriter(stream))
        {
            infos.WriteStartArray();
            foreach (var transaction in transactions)
            {
                var signed = sign(transaction);
                types.Append(types.Length > 1 ? "," : "").Append(((byte)signed.Type).ToString(CultureInfo.InvariantCulture));
                infos.WriteStringValue(signed.TxInfo.Span);
            }

            infos.WriteEndArray();
        }

        return (types.Append(']').ToString(), Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
