using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>
/// The events of one order as a line of letters, as acceptance cases write them: <c>I S A F+</c>. Fills in a row are one <c>F+</c>, since how many there are is the
/// market's business.
/// </summary>
internal static class Story
{
    public static string Of(IEnumerable<OrderEvent> events)
    {
        var words = new List<string>();
        foreach (var word in events.Select(WordFor))
        {
            if (word != Fills || words.LastOrDefault() != Fills)
            {
                words.Add(word);
            }
        }

        return string.Join(' ', words);
    }

    private const string Fills = "F+";

    private static string WordFor(OrderEvent orderEvent) => orderEvent switch
    {
        OrderInitialized => "I",
        OrderDenied => "D",
        OrderSubmitted => "S",
        OrderAccepted => "A",
        OrderRejected => "R",
        OrderTriggered => "T",
        OrderPendingUpdate => "PU",
        OrderUpdated => "U",
        OrderModifyRejected => "MR",
        OrderPendingCancel => "PC",
        OrderCanceled => "C",
        OrderCancelRejected => "CR",
        OrderExpired => "X",
        OrderFilled => Fills,
        _ => orderEvent.GetType().Name,
    };
}
