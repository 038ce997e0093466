using System.Globalization;
using System.Runtime.CompilerServices;
using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;
using Microsoft.Data.Sqlite;

namespace ExecutionAdapters.Sqlite;

/// <content>Reading, compacting, checking.</content>
public sealed partial class SqliteJournalStore
{
    private const string OrderColumns = "client_order_id, account_id, instrument_id, status, filled_qty, is_closed, is_compacted, ts_last";
    private const string EventColumns = "sequence, client_order_id, kind, ts_event, trade_id, payload";

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalStory>> FindAsync(
        AccountId accountId,
        IReadOnlyList<ClientOrderId> clientOrderIds,
        IReadOnlyList<(InstrumentId Instrument, VenueOrderId Id)> venueOrderIds,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientOrderIds);
        ArgumentNullException.ThrowIfNull(venueOrderIds);
        return Task.FromResult(Guard<IReadOnlyList<JournalStory>>("read", () =>
        {
            var found = clientOrderIds.Select(id => id.Value).ToHashSet();
            if (venueOrderIds.Count > 0)
            {
                found.UnionWith(OwnIdsOf(accountId, venueOrderIds, cancellationToken));
            }

            using var byId = Command($"SELECT {OrderColumns} FROM orders WHERE client_order_id = $1", "");
            using var events = Command($"SELECT {EventColumns} FROM events WHERE client_order_id = $1 ORDER BY sequence", "");
            using var venueIds = VenueIdsOfOrder();
            var stories = new List<JournalStory>();
            foreach (var id in found)
            {
                cancellationToken.ThrowIfCancellationRequested();
                byId.Parameters[0].Value = events.Parameters[0].Value = id;
                if (Rows(byId, row => OrderOf(row, venueIds)) is [var order])
                {
                    stories.Add(new JournalStory(order, Rows(events, EventOf)));
                }
            }

            return stories;
        }));
    }

    private List<string> OwnIdsOf(AccountId accountId, IReadOnlyList<(InstrumentId Instrument, VenueOrderId Id)> venueOrderIds, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        using var byVenueId = Command("SELECT client_order_id FROM venue_orders WHERE account_id = $1 AND instrument_id = $2 AND venue_order_id = $3", accountId.Value, "", "");
        foreach (var (instrument, id) in venueOrderIds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byVenueId.Parameters[1].Value = instrument.ToString();
            byVenueId.Parameters[2].Value = id.Value;
            if (byVenueId.ExecuteScalar() is string own)
            {
                ids.Add(own);
            }
        }

        return ids;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ClientOrderId> ReadClientOrderIdsAsync(CancellationToken cancellationToken = default) =>
        StreamAsync("SELECT client_order_id FROM orders", row => new ClientOrderId(row.GetString(0)), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalOrder> ReadOrdersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var venueIds = VenueIdsOfOrder();
        await foreach (var order in StreamAsync($"SELECT {OrderColumns} FROM orders ORDER BY ts_last DESC, client_order_id", row => OrderOf(row, venueIds), cancellationToken).ConfigureAwait(false))
        {
            yield return order;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEvent> ReadEventsAsync(long fromSequence = 1, CancellationToken cancellationToken = default) => StreamAsync(
        $"SELECT {EventColumns} FROM events WHERE sequence >= {fromSequence.ToString(CultureInfo.InvariantCulture)} ORDER BY sequence", EventOf, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalReconciliation> ReadReconciliationsAsync(CancellationToken cancellationToken = default) => StreamAsync(
        "SELECT account_id, ts, is_complete, payload FROM reconciliations ORDER BY ts DESC",
        row => new JournalReconciliation(new AccountId(row.GetString(0)), Time(row, 1), row.GetInt64(2) != 0, Bytes(row, 3)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<(long Orders, long Events)> CompactAsync(UnixNanos closedBefore, CancellationToken cancellationToken = default) => Task.FromResult(Guard("compacted", () =>
    {
        const string Old = "is_closed = 1 AND is_compacted = 0 AND ts_last < $1";
        long orders;
        long events;
        using (var transaction = Connection.BeginTransaction())
        {
            events = Change(transaction, $"DELETE FROM events WHERE client_order_id IN (SELECT client_order_id FROM orders WHERE {Old})", closedBefore);
            orders = Change(transaction, $"UPDATE orders SET is_compacted = 1 WHERE {Old}", closedBefore);

            // The latest agreement of an account says from when on the venue is to be asked.
            Change(transaction, """
                DELETE FROM reconciliations WHERE ts < $1 AND NOT (is_complete = 1 AND ts = (
                    SELECT max(latest.ts) FROM reconciliations AS latest WHERE latest.account_id = reconciliations.account_id AND latest.is_complete = 1))
                """, closedBefore);
            transaction.Commit();
        }

        GiveRoomBack();
        return (orders, events);
    }));

    /// <summary>The events are gone already; a disk too full to give room back is told as that.</summary>
    private void GiveRoomBack()
    {
        try
        {
            SqliteSchema.Execute(Connection, null, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
        }
        catch (SqliteException exception)
        {
            throw new JournalException($"The journal {_options.Path} was compacted, but its room could not be given back: {Explain(exception)}", exception);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken = default) => Task.FromResult(Guard<IReadOnlyList<string>>("checked", () =>
    {
        using var command = Command("PRAGMA integrity_check");
        return Rows(command, row => row.GetString(0)).Where(line => line != "ok").ToList();
    }));

    private JournalHead ReadHead(CancellationToken cancellationToken)
    {
        using var venueIds = VenueIdsOfOrder();
        using var orders = Command($"SELECT {OrderColumns} FROM orders WHERE is_closed = 0 ORDER BY client_order_id");
        using var events = Command($"SELECT {EventColumns} FROM events WHERE client_order_id = $1 ORDER BY sequence", "");
        var stories = new List<JournalStory>();
        foreach (var order in Rows(orders, row => OrderOf(row, venueIds)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            events.Parameters[0].Value = order.ClientOrderId.Value;
            stories.Add(new JournalStory(order, Rows(events, EventOf)));
        }

        using var positions = Command("SELECT account_id, instrument_id, sequence, payload FROM positions ORDER BY account_id, instrument_id");
        using var values = Command("SELECT client_id, name, value FROM client_values");
        using var agreed = Command("SELECT account_id, max(ts) FROM reconciliations WHERE is_complete = 1 GROUP BY account_id");
        return new JournalHead
        {
            LastSequence = SqliteSchema.Scalar(Connection, "SELECT value FROM journal_state WHERE name = 'last_sequence'"),
            OpenOrders = stories,
            Positions = Rows(positions, row => new JournalPosition(new AccountId(row.GetString(0)), InstrumentId.Parse(row.GetString(1)), row.GetInt64(2), Bytes(row, 3))),
            Values = Rows(values, row => new JournalValue(new ClientId(row.GetString(0)), row.GetString(1), row.GetString(2))),
            AgreedAt = Rows(agreed, row => (Account: new AccountId(row.GetString(0)), At: Time(row, 1))).ToDictionary(entry => entry.Account, entry => entry.At),
        };
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(string sql, Func<SqliteDataReader, T> map, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var command = Guard("read", () => Command(sql));
        using var reader = Guard("read", command.ExecuteReader);
        while (Guard("read", reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Guard("read", () => map(reader));
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private long Change(SqliteTransaction transaction, string sql, UnixNanos before)
    {
        using var command = Command(sql, (long)before.Value);
        command.Transaction = transaction;
        return command.ExecuteNonQuery();
    }

    private SqliteCommand VenueIdsOfOrder() => Command("SELECT venue_order_id FROM venue_orders WHERE client_order_id = $1 ORDER BY place", "");

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + (i + 1).ToString(CultureInfo.InvariantCulture), values[i]);
        }

        return command;
    }

    private static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> map)
    {
        var rows = new List<T>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private static JournalOrder OrderOf(SqliteDataReader row, SqliteCommand venueIds)
    {
        venueIds.Parameters[0].Value = row.GetString(0);
        return new JournalOrder
        {
            ClientOrderId = new ClientOrderId(row.GetString(0)),
            AccountId = row.IsDBNull(1) ? null : new AccountId(row.GetString(1)),
            InstrumentId = InstrumentId.Parse(row.GetString(2)),
            Status = Enum.Parse<OrderStatus>(row.GetString(3)),
            FilledQty = decimal.Parse(row.GetString(4), NumberStyles.Number, CultureInfo.InvariantCulture),
            IsClosed = row.GetInt64(5) != 0,
            IsCompacted = row.GetInt64(6) != 0,
            TsLast = Time(row, 7),
            VenueOrderIds = Rows(venueIds, id => new VenueOrderId(id.GetString(0))),
        };
    }

    private static JournalEvent EventOf(SqliteDataReader row) => new(
        row.GetInt64(0), new ClientOrderId(row.GetString(1)), row.GetString(2), Time(row, 3), row.IsDBNull(4) ? null : new TradeId(row.GetString(4)), Bytes(row, 5));

    private static UnixNanos Time(SqliteDataReader row, int column) => new(checked((ulong)row.GetInt64(column)));

    private static byte[] Bytes(SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
