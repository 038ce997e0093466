using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Execution;

/// <summary>An order that the engine knows, as far as the client follows it. Belongs to the loop.</summary>
internal sealed class TrackedOrder
{
    public required OrderKey Key { get; init; }

    public required OrderSide Side { get; init; }

    public required OrderType OrderType { get; init; }

    public required string Symbol { get; init; }

    public required Quantity Quantity { get; set; }

    public Price? Price { get; set; }

    public Price? TriggerPrice { get; set; }

    /// <summary>The present id at the venue; a modification may give another.</summary>
    public VenueOrderId? VenueOrderId { get; set; }

    /// <summary>Ids that it had before.</summary>
    public IReadOnlyList<VenueOrderId> EarlierIds { get; set; } = [];

    /// <summary>The sum of the trades that were told.</summary>
    public decimal Filled { get; set; }

    /// <summary>When its first trade was told, by our clock; null: none was in this process.</summary>
    public long? FilledSince { get; set; }

    /// <summary>The sum of the trades that were told under ids that it had before.</summary>
    public decimal FilledEarlier { get; set; }

    /// <summary>
    /// The venue's present order is only about what earlier ones had left: what was filled under those is added to what its rows say. Null: it has had
    /// another id, and which of the two it is has to be seen from its next row.
    /// </summary>
    public bool? IsRestOnly { get; set; } = false;

    /// <summary>What must have been filled under earlier ids, told or not, for the present order to be the rest that it is.</summary>
    public decimal MissingEarlier { get; set; }

    /// <summary>What is added to the rows of the present order.</summary>
    public decimal FilledBefore => IsRestOnly == true ? Math.Max(FilledEarlier, MissingEarlier) : 0;

    public bool IsAccepted { get; set; }

    public bool IsClosed { get; set; }

    /// <summary>The entry of an exit.</summary>
    public ClientOrderId? Entry { get; init; }

    /// <summary>An exit that is still only a term of its entry's order; the venue makes an order of it when the entry fills.</summary>
    public bool IsTermOfEntry { get; set; }

    /// <summary>An exit whose entry is filled, and which the venue was asked for and has not made: nobody can say that it works.</summary>
    public bool IsMissing { get; set; }

    /// <summary>The venue is being asked for the exit.</summary>
    public bool IsAskedFor { get; set; }

    /// <summary>When it was made, by the engine's clock; zero: in this process.</summary>
    public UnixNanos Since { get; init; }

    /// <summary>The modification that is under way.</summary>
    public long ModificationRequest { get; set; }

    /// <summary>Modifications that are not answered: until then the end of the old order may be its beginning.</summary>
    public int Modifications { get; set; }

    /// <summary>What was asked for while a modification was unanswered: it goes on from what comes of that.</summary>
    public Queue<Action>? AfterModification { get; set; }

    /// <summary>The total quantity that the modification under way asks for.</summary>
    public decimal? WantedQuantity { get; set; }

    /// <summary>How often other terms were told.</summary>
    public int Updates { get; set; }

    /// <summary>As of when the terms are; older rows do not change them.</summary>
    public UnixNanos TermsAt { get; set; }

    /// <summary>A row of a closed order that is kept until the trades it speaks of are told, or the modification is answered.</summary>
    public TektiiOrder? Waiting { get; set; }

    /// <summary>What the venue says is filled.</summary>
    public decimal FilledAtVenue { get; set; }

    /// <summary>Since when the venue has named more filled than its trades told; null: it has not.</summary>
    public long? BehindSince { get; set; }

    /// <summary>How often the trades were asked for.</summary>
    public int Asked { get; set; }

    /// <summary>What asked for the order's id before the venue gave one: cancels and modifications.</summary>
    public List<Action>? OnVenueOrderId { get; set; }
}
