using System.Text.Json;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>Makes events, orders and positions of what a store has kept.</summary>
public static class JournalReader
{
    /// <summary>The event.</summary>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public static OrderEvent EventOf(JournalEvent kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        try
        {
            return EventJson.Read(kept.Kind, kept.Payload.Span);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new JournalException($"Event {kept.Sequence} ({kept.Kind}) of order {kept.ClientOrderId} cannot be read: {exception.Message} Run `execution-adapters journal verify` on the journal.", exception);
        }
    }

    /// <summary>The order as its last event left it.</summary>
    /// <exception cref="JournalException">Its events cannot be read, or do not follow from each other.</exception>
    public static Order OrderOf(JournalStory story)
    {
        ArgumentNullException.ThrowIfNull(story);
        Order? order = null;
        foreach (var kept in story.Events)
        {
            try
            {
                var orderEvent = EventOf(kept);

                // An id that was used again begins a new story.
                if (orderEvent is OrderInitialized initialized)
                {
                    order = new Order(initialized);
                }
                else if (order is null)
                {
                    throw new ArgumentException("it is the first of its order, and no OrderInitialized.");
                }
                else
                {
                    order.Apply(orderEvent);
                }
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOrderEventException)
            {
                throw new JournalException(
                    $"Event {kept.Sequence} ({kept.Kind}) of order {kept.ClientOrderId} cannot be applied: {exception.Message} Run `execution-adapters journal verify` on the journal.", exception);
            }
        }

        return order ?? throw new JournalException($"Order {story.Order.ClientOrderId} is in the journal without an event, and is not compacted. Run `execution-adapters journal verify` on the journal.");
    }

    /// <summary>The position.</summary>
    /// <exception cref="JournalException">Its state cannot be read.</exception>
    public static PositionSnapshot PositionOf(JournalPosition kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        try
        {
            return PositionJson.Read(kept.Payload.Span);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new JournalException($"The position in {kept.InstrumentId} of {kept.AccountId} cannot be read: {exception.Message} Run `execution-adapters journal verify` on the journal.", exception);
        }
    }
}
