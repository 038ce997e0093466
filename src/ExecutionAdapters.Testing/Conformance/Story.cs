using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>
/// The events of one order as a line of letters, as acceptance cases write them: <c>I S A F+</c>. Fills in a row are one <c>F+</c>, since how many there are is the
/// market's business. An update that a check of the engine found at the venue before the client told it is one with it: when checks run is no business of the client.
/// </summary>
internal static class Story
{
    public static string Of(IEnumerable<OrderEvent> events)
    {
        var words = new List<string>();
        OrderEvent? before = null;
        foreach (var orderEvent in events)
        {
            var word = WordFor(orderEvent);
            if ((word != Fills || words.LastOrDefault() != Fills) && !IsFoundBefore(before, orderEvent))
            {
                words.Add(word);
            }

            before = orderEvent;
        }

        return string.Join(' ', words);
    }

    private const string Fills = "F+";

    private static bool IsFoundBefore(OrderEvent? before, OrderEvent orderEvent) =>
        before is OrderUpdated { Reconciliation: true } found && orderEvent is OrderUpdated { Reconciliation: false } told
        && (found.Quantity, found.Price, found.TriggerPrice) == (told.Quantity, told.Price, told.TriggerPrice);

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
