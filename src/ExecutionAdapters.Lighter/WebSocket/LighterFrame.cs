using ExecutionAdapters.Lighter.Rows;

namespace ExecutionAdapters.Lighter.WebSocket;

/// <summary>One message of the venue's stream, read. What cannot be read is a frame of its own, never an exception.</summary>
internal abstract record LighterFrame
{
    /// <summary>First frame of a session.</summary>
    public sealed record Connected : LighterFrame;

    /// <summary>The venue asks whether we are there.</summary>
    public sealed record Ping : LighterFrame;

    /// <summary>Answer to our ping.</summary>
    public sealed record Pong : LighterFrame;

    /// <summary>Control acknowledgement of a subscription; carries no data.</summary>
    public sealed record Subscribed(string Channel) : LighterFrame;

    /// <summary>Answer to sendtx or sendtxbatch.</summary>
    public sealed record TransactionResponse(string? Id, int Code, string Message, IReadOnlyList<string> Hashes) : LighterFrame
    {
        /// <summary>What the venue says is left of the volume quota; null: it did not say.</summary>
        public long? VolumeQuotaRemaining { get; init; }

        /// <summary>Admitted. That is not executed.</summary>
        public bool IsAdmitted => Code == 200;
    }

    /// <summary>An error that names neither its request nor its type: it may belong to anything.</summary>
    public sealed record BareError(string? Id, int Code, string Message) : LighterFrame;

    /// <summary>Orders of the account. Rows that could not be read are counted, with the first reason.</summary>
    public sealed record AccountOrders(bool IsSnapshot, IReadOnlyList<OrderRow> Rows, RowFailures Failures) : LighterFrame;

    /// <summary>Trades of the account.</summary>
    public sealed record AccountTrades(bool IsSnapshot, IReadOnlyList<TradeRow> Rows, RowFailures Failures) : LighterFrame;

    /// <summary>All positions of the account, each time. Markets whose row could not be read are named: they are not absent.</summary>
    public sealed record AccountPositions(IReadOnlyList<PositionRow> Rows, IReadOnlySet<short> UnreadableMarkets, RowFailures Failures) : LighterFrame;

    /// <summary>Assets of the account: all of them in a snapshot, changed ones later.</summary>
    public sealed record AccountAssets(IReadOnlyList<AssetRow> Rows, long TimestampMs, RowFailures Failures) : LighterFrame;

    /// <summary>Margin figures of the account.</summary>
    public sealed record UserStats(UserStatsRow Row, long TimestampMs) : LighterFrame;

    /// <summary>What became of own transactions.</summary>
    public sealed record AccountTransactions(IReadOnlyList<TransactionRow> Rows, RowFailures Failures) : LighterFrame;

    /// <summary>Best bid and ask of a market; null where the book is empty.</summary>
    public sealed record Ticker(short MarketIndex, (decimal Price, decimal Size)? Bid, (decimal Price, decimal Size)? Ask, long TimestampMs) : LighterFrame;

    /// <summary>A frame of a type that this client does not use.</summary>
    public sealed record Other(string Type) : LighterFrame;

    /// <summary>Not JSON, or not shaped as its type says.</summary>
    public sealed record Malformed(string Reason) : LighterFrame;
}

/// <summary>Rows of a frame that could not be read.</summary>
/// <param name="Count">How many.</param>
/// <param name="FirstReason">Why the first one could not.</param>
internal readonly record struct RowFailures(int Count, string? FirstReason)
{
    /// <summary>These and one more.</summary>
    public RowFailures With(RowFormatException failure) => new(Count + 1, FirstReason ?? failure.Message);
}
