using System.Text.Json;
using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>
/// The rows of a frame, read as they come, in the one pass over its bytes. Whether they are wanted is told by the frame's type, which
/// need not come before them.
/// </summary>
/// <param name="json">The frame.</param>
/// <param name="room">For the members of a row.</param>
internal ref struct FrameRows(ReadOnlySpan<byte> json, Span<JsonMember> room)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly Span<JsonMember> _room = room;

    public RowList<OrderRow> Orders { get; private set; }

    public RowList<TradeRow> Trades { get; private set; }

    public RowList<AssetRow> Assets { get; private set; }

    public RowList<TransactionRow> Transactions { get; private set; }

    /// <summary>Reads the value of a member of the frame if it holds rows; else the reader stays where it is.</summary>
    /// <exception cref="JsonException">No JSON.</exception>
    public void Read(ReadOnlySpan<byte> member, scoped ref Utf8JsonReader reader)
    {
        if (member.SequenceEqual("orders"u8))
        {
            Orders = ReadRows(ref reader, OrderRow.Read);
        }
        else if (member.SequenceEqual("trades"u8))
        {
            Trades = ReadRows(ref reader, TradeRow.Read);
        }
        else if (member.SequenceEqual("assets"u8))
        {
            Assets = ReadRows(ref reader, AssetRow.Read);
        }
        else if (member.SequenceEqual("txs"u8))
        {
            Transactions = ReadRows(ref reader, TransactionRow.Read);
        }
    }

    /// <summary>Rows come as a list, as a map from market or asset to one row, or as a map from market to a list.</summary>
    private readonly RowList<T> ReadRows<T>(scoped ref Utf8JsonReader reader, RowReader<T> read)
    {
        var isMap = reader.TokenType == JsonTokenType.StartObject;
        if (!isMap && reader.TokenType != JsonTokenType.StartArray)
        {
            return new RowList<T>(null, default, IsMisshapen: reader.TokenType != JsonTokenType.Null);
        }

        var rows = new List<T>();
        RowFailures failures = default;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            var isOfMap = isMap && reader.CurrentDepth == depth + 1;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName or JsonTokenType.EndArray:
                case JsonTokenType.StartArray or JsonTokenType.Null when isOfMap:
                    break;
                default:
                    ReadRow(ref reader, read, rows, ref failures);
                    break;
            }
        }

        return new RowList<T>(rows, failures, IsMisshapen: false);
    }

    private readonly void ReadRow<T>(scoped ref Utf8JsonReader reader, RowReader<T> read, List<T> rows, ref RowFailures failures)
    {
        try
        {
            rows.Add(read(JsonRow.Read(ref reader, _json, _room)));
        }
        catch (RowFormatException exception)
        {
            failures = failures.With(exception);
        }
    }
}

/// <summary>Rows of one kind.</summary>
/// <param name="Rows">Those that could be read; null when the frame has none.</param>
/// <param name="Failures">Those that could not.</param>
/// <param name="IsMisshapen">What stands in their place is neither a list nor a map.</param>
internal readonly record struct RowList<T>(List<T>? Rows, RowFailures Failures, bool IsMisshapen)
{
    /// <exception cref="RowFormatException">They are misshapen.</exception>
    public IReadOnlyList<T> Require(string member) =>
        IsMisshapen ? throw new RowFormatException($"'{member}' is neither a list nor a map") : Rows ?? [];
}
