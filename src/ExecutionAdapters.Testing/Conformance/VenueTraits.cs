using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Testing.Conformance;

/// <summary>
/// What a venue can do, as far as scenarios are chosen by it, and the market that each of them finds. A scenario that does not apply names the member that says so.
/// </summary>
public sealed record VenueTraits
{
    /// <summary>What the client says that it can do once connected. Each scenario begins by comparing.</summary>
    public required ExecutionClientCapabilities Capabilities { get; init; }

    /// <summary>The instrument that is traded.</summary>
    public required InstrumentId InstrumentId { get; init; }

    /// <summary>The quantity of an order, with the instrument's precision; the account can pay for two thousand of them.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The smallest step of a price.</summary>
    public required Price Tick { get; init; }

    /// <summary>The best bid from the start. At least a hundred <see cref="Quantity"/> can be sold at it; orders 500 ticks below are taken.</summary>
    public required Price Bid { get; init; }

    /// <summary>The best ask from the start, at least 40 ticks above the bid. At least a hundred <see cref="Quantity"/> can be bought at it.</summary>
    public required Price Ask { get; init; }

    /// <summary>How long GTD orders of scenarios live: at least what the venue takes. Default an hour.</summary>
    public TimeSpan GtdLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a scenario waits for what must come before it counts as missing. Default 20 s; above zero.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Venue, clients and engines follow <see cref="IVenueHarness.Clock"/>.</summary>
    public bool StepsTime { get; init; }

    /// <summary>The trigger price of an order that waits for it can be modified.</summary>
    public bool ModifiesTriggers { get; init; }

    /// <summary>An entry with a take profit and a stop loss can be submitted as one list.</summary>
    public bool Brackets { get; init; }

    /// <summary>Take profit and stop loss of a bracket are accepted with the entry; otherwise when it fills.</summary>
    public bool BracketExitsRestAtOnce { get; init; }

    /// <summary>Take profit and stop loss are terms of the entry until that fills, and are told as updated when they become orders with ids of their own.</summary>
    public bool BracketExitsGetNewIds { get; init; }

    /// <summary>The venue keeps one position per instrument.</summary>
    public bool Netting { get; init; } = true;

    /// <summary>Two orders of the account can trade with each other.</summary>
    public bool SelfTrades { get; init; }

    /// <summary>Commands travel on the connection of the account's streams: a request that is lost takes that with it.</summary>
    public bool CommandsShareTheStream { get; init; }

    /// <summary>An order list goes to the venue as one request.</summary>
    public bool SubmitsInOneRequest { get; init; }

    /// <summary>A batch of cancels goes to the venue as one request.</summary>
    public bool CancelsInOneRequest { get; init; }

    /// <summary>A session shows a token that ends some time, and needs another one then.</summary>
    public bool ExpiringTokens { get; init; }

    /// <summary>Requests carry numbers that the venue takes in sequence only.</summary>
    public bool SequenceNumbers { get; init; }

    /// <summary>A parameter of commands that the adapter passes on; null: it has none.</summary>
    public VenueParameter? Parameter { get; init; }

    /// <summary>The faults that the harness can inject.</summary>
    public required IReadOnlySet<VenueFault> Faults { get; init; }
}

/// <summary>A parameter of a submit command, and how it is known on the wire.</summary>
/// <param name="Name">Its name in <see cref="TradingCommand.Params"/>.</param>
/// <param name="Value">Its value.</param>
/// <param name="OrderType">Market or Limit: the order that it goes with, a buy of <see cref="VenueTraits.Quantity"/>.</param>
/// <param name="WireText">What the text of the request contains then, and not without it.</param>
public sealed record VenueParameter(string Name, string Value, OrderType OrderType, string WireText);
