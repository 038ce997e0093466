using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Reconciliation;

/// <summary>
/// Ids of what a reconciliation makes up: of the same facts always the same, so that after a restart the duplicate is recognized. No clock
/// and no count goes into them. FNV-1a with a separator behind each part.
/// </summary>
internal static class ReconciliationIds
{
    private const ulong Offset = 0xcbf2_9ce4_8422_2325;
    private const ulong Prime = 0x100_0000_01b3;
    private const byte Separator = 0xff;

    /// <summary>A text of a number that does not depend on its precision: 1.50 and 1.5 are the same.</summary>
    public static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>A name in the form of a UUID of version 5.</summary>
    public static string Uuid(string space, params ReadOnlySpan<string> parts)
    {
        Span<byte> bytes = stackalloc byte[16];
        Write(bytes, space, parts);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>The id of an event that is made here.</summary>
    public static Uuid4 Event(params ReadOnlySpan<string> parts)
    {
        Span<byte> bytes = stackalloc byte[16];
        Write(bytes, "reconciliation-event", parts);
        return Uuid4.FromBytes(bytes);
    }

    /// <summary>Our id of an order that is not ours. Venue order ids may repeat in other accounts and instruments.</summary>
    public static ClientOrderId ExternalOrder(AccountId account, InstrumentId instrument, VenueOrderId venueOrderId) =>
        new("X-" + Hash([account.ToString(), instrument.ToString(), venueOrderId.ToString()]).ToString("x16", CultureInfo.InvariantCulture));

    /// <summary>The id of the trade that stands for what the venue filled and gave no trade for.</summary>
    /// <param name="order">The order.</param>
    /// <param name="account">Its account.</param>
    /// <param name="report">What the venue says: the total filled is part of the id.</param>
    /// <param name="lastQty">What is made up.</param>
    /// <param name="lastPx">At which price.</param>
    public static TradeId InferredTrade(Order order, AccountId account, OrderStatusReport report, decimal lastQty, decimal lastPx) => new(Uuid(
        "reconciliation-fill",
        account.ToString(),
        order.InstrumentId.ToString(),
        order.ClientOrderId.ToString(),
        report.VenueOrderId.ToString(),
        order.Side.ToWireString(),
        order.OrderType.ToWireString(),
        Text(report.FilledQty.Value),
        Text(lastQty),
        Text(lastPx),
        report.VenuePositionId?.ToString() ?? $"{order.InstrumentId}-EXTERNAL",
        report.TsLast.ToString()));

    /// <summary>The venue order id of the order that stands for a position that no trade explains.</summary>
    /// <param name="report">The position at the venue.</param>
    /// <param name="side">Of the order.</param>
    /// <param name="quantity">Of the order.</param>
    /// <param name="price">Of its fill.</param>
    /// <param name="tag">CLOSE or OPEN where a flip takes two orders; else empty.</param>
    public static VenueOrderId PositionOrder(PositionStatusReport report, OrderSide side, decimal quantity, decimal price, string tag) => new(Uuid(
        "position-reconciliation-order",
        report.AccountId.ToString(),
        report.InstrumentId.ToString(),
        side.ToWireString(),
        OrderType.Market.ToWireString(),
        Text(quantity),
        Text(price),
        report.VenuePositionId?.ToString() ?? "",
        tag,
        report.TsLast.ToString()));

    /// <summary>Venue order id and trade id of the opening trade that a window of trades lacks.</summary>
    public static (VenueOrderId Order, TradeId Trade) Opening(
        InstrumentId instrument, UnixNanos time, VenueOrderId source, OrderSide side, string quantity, string price)
    {
        Span<byte> timeBytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(timeBytes, time.Value);
        var order = Add(Add(Add(Offset, "venue_order"), instrument.ToString()), timeBytes);
        var trade = Add(Add(Offset, "trade"), timeBytes);
        foreach (var part in (ReadOnlySpan<string>)[source.ToString(), side.ToWireString(), quantity, price])
        {
            order = Add(order, part);
            trade = Add(trade, part);
        }

        return (new VenueOrderId(Form(order)), new TradeId(Form(trade)));

        string Form(ulong hash) => string.Create(CultureInfo.InvariantCulture, $"S-{time.Value:x}-{(uint)hash:x8}");
    }

    private static void Write(Span<byte> bytes, string space, ReadOnlySpan<string> parts)
    {
        var first = Add(Offset, space);
        var second = Add(Add(Offset, "uuid-alt"), space);
        Span<byte> buffer = stackalloc byte[512];
        ContinueWith(ref first, ref second, buffer, space);
        foreach (var part in parts)
        {
            Mix(ref first, ref second, (byte)'|');
            ContinueWith(ref first, ref second, buffer, part);
        }

        Mix(ref first, ref second, Separator);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, first);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], second);
    }

    /// <summary>Both hashes read the same text: once through it is enough.</summary>
    private static void ContinueWith(ref ulong first, ref ulong second, Span<byte> buffer, string part)
    {
        var text = Encoding.UTF8.GetMaxByteCount(part.Length) <= buffer.Length ? buffer[..Encoding.UTF8.GetBytes(part, buffer)] : Encoding.UTF8.GetBytes(part);
        foreach (var value in text)
        {
            Mix(ref first, ref second, value);
        }
    }

    private static void Mix(ref ulong first, ref ulong second, byte value)
    {
        first = (first ^ value) * Prime;
        second = (second ^ value) * Prime;
    }

    private static ulong Hash(ReadOnlySpan<string> parts)
    {
        var hash = Offset;
        foreach (var part in parts)
        {
            hash = Add(hash, part);
        }

        return hash;
    }

    private static ulong Add(ulong hash, string part) => Add(hash, Encoding.UTF8.GetBytes(part));

    private static ulong Add(ulong hash, ReadOnlySpan<byte> part)
    {
        foreach (var value in part)
        {
            hash = (hash ^ value) * Prime;
        }

        return (hash ^ Separator) * Prime;
    }
}
