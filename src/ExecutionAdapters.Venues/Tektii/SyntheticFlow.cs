using ExecutionAdapters.Venues.Tektii.Prices;

namespace ExecutionAdapters.Venues.Tektii;

/// <summary>Quotes from inside the venue: each step moves every market by a seeded random walk that is drawn back to its start.</summary>
internal sealed class SyntheticFlow(VenueCore core, ulong seed)
{
    private readonly Random _random = new(unchecked((int)(seed ^ (seed >> 32))));

    public void Step()
    {
        foreach (Market market in core.Markets.Values)
        {
            decimal tick = market.Instrument.TickSize;
            decimal bid = market.HasQuote ? market.Bid : Math.Floor(market.Instrument.StartPrice / tick) * tick;
            decimal pull = Math.Round((market.Instrument.StartPrice - bid) / 1_024 / tick);
            decimal next = Math.Max(tick, bid + ((pull + _random.Next(-3, 4)) * tick));
            core.PushQuote(market, next, next + tick);
        }
    }
}
