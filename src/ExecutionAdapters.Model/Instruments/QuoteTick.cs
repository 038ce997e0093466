namespace ExecutionAdapters.Model;

/// <summary>The best bid and ask at one time.</summary>
/// <param name="InstrumentId">The instrument.</param>
/// <param name="BidPrice">Best bid price.</param>
/// <param name="AskPrice">Best ask price.</param>
/// <param name="BidSize">Quantity at the best bid.</param>
/// <param name="AskSize">Quantity at the best ask.</param>
/// <param name="TsEvent">When it was so at the venue.</param>
/// <param name="TsInit">When this value was built.</param>
public readonly record struct QuoteTick(
    InstrumentId InstrumentId, Price BidPrice, Price AskPrice, Quantity BidSize, Quantity AskSize, UnixNanos TsEvent, UnixNanos TsInit)
{
    /// <summary><c>INSTRUMENT bid_size @ bid / ask_size @ ask</c></summary>
    public override string ToString() => $"{InstrumentId} {BidSize} @ {BidPrice} / {AskSize} @ {AskPrice}";
}
