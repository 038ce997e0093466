using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>One account as its venue tells it: one side of a reconciliation.</summary>
public sealed record VenueSnapshot
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The venue.</summary>
    public required Venue Venue { get; init; }

    /// <summary>Orders: all open ones, and closed ones as far back as was asked.</summary>
    public required Evidence<OrderStatusReport> Orders { get; init; }

    /// <summary>Trades as far back as was asked.</summary>
    public required Evidence<FillReport> Fills { get; init; }

    /// <summary>Positions: an instrument without one is flat, if the evidence is complete.</summary>
    public required Evidence<PositionStatusReport> Positions { get; init; }

    /// <summary>When the venue was asked, before its answer: nothing later can be expected in it.</summary>
    public required UnixNanos AsOf { get; init; }

    /// <summary>
    /// Answers about single orders, by our id; null: the venue answered, history included, and does not know the order.
    /// </summary>
    public IReadOnlyDictionary<ClientOrderId, OrderStatusReport?> Answers { get; init; } = new Dictionary<ClientOrderId, OrderStatusReport?>();

    /// <summary>What a mass status tells. Rows that it could not map make its orders, fills and positions partial.</summary>
    public static VenueSnapshot From(ExecutionMassStatus status, UnixNanos asOf)
    {
        ArgumentNullException.ThrowIfNull(status);
        return From(status, [], status.Unmapped.Count == 0 ? null : $"{status.Unmapped.Count} rows could not be mapped, the first: {status.Unmapped[0]}", asOf);
    }

    /// <summary>What a mass status tells of which parts failed.</summary>
    public static VenueSnapshot From(MassStatusException failure, UnixNanos asOf)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return From(failure.Partial, failure.FailedParts, failure.Message, asOf);
    }

    private static VenueSnapshot From(ExecutionMassStatus status, IReadOnlyList<string> failedParts, string? reason, UnixNanos asOf)
    {
        return new VenueSnapshot
        {
            AccountId = status.AccountId,
            Venue = status.Venue,
            Orders = Part("order_reports", status.OrderReports.Values),
            Fills = Part("fill_reports", status.FillReports.Values.SelectMany(fills => fills)),
            Positions = Part("position_reports", status.PositionReports.Values.SelectMany(positions => positions)),
            AsOf = asOf,
        };

        Evidence<T> Part<T>(string name, IEnumerable<T> reports)
        {
            T[] items = [.. reports];
            var isTouched = reason is not null && (failedParts.Count == 0 || failedParts.Contains(name));
            return !isTouched ? Evidence.Complete(items)
                : items.Length == 0 ? Evidence.Failed<T>(reason!)
                : Evidence.Partial(items, reason!);
        }
    }
}
