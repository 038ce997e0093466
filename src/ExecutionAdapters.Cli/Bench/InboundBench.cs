namespace ExecutionAdapters.Cli.Bench;

/// <summary>Bytes of the account's streams to events on the client's channel.</summary>
internal sealed class InboundBench
{
    private readonly InboundPath _path = new(TimeSpan.FromHours(1));

    public IEnumerable<Figure> Run()
    {
        yield return Measure.Time("inbound_order_row", count =>
        {
            for (var i = 0; i < count; i++)
            {
                _path.ReadOrder();
            }
        });
        yield return Measure.Time("inbound_trade_row", count =>
        {
            for (var i = 0; i < count; i++)
            {
                _path.ReadTrade();
            }
        });
    }
}
