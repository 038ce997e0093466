using ExecutionAdapters.Engine.Journal;
using Microsoft.Data.Sqlite;

namespace ExecutionAdapters.Sqlite;

/// <summary>The form of the file: its mark, its version, and the steps from each version to the next.</summary>
internal static class SqliteSchema
{
    /// <summary>"EAJL" in the file's header: this is a journal, and nothing else is.</summary>
    public const long ApplicationId = 0x45414A4C;

    /// <summary>The step at index n leads from version n to n + 1. A step that was released is never changed. Plain SQL, so that other databases take it.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE journal_state (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL);
        INSERT INTO journal_state (name, value) VALUES ('last_sequence', 0);
        CREATE TABLE events (
            sequence INTEGER NOT NULL PRIMARY KEY,
            client_order_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            ts_event INTEGER NOT NULL,
            trade_id TEXT,
            payload BLOB NOT NULL);
        CREATE INDEX events_by_order ON events (client_order_id, sequence);
        CREATE TABLE orders (
            client_order_id TEXT NOT NULL PRIMARY KEY,
            account_id TEXT,
            instrument_id TEXT NOT NULL,
            status TEXT NOT NULL,
            filled_qty TEXT NOT NULL,
            is_closed INTEGER NOT NULL,
            is_compacted INTEGER NOT NULL,
            ts_last INTEGER NOT NULL);
        CREATE INDEX orders_open ON orders (client_order_id) WHERE is_closed = 0;
        CREATE INDEX orders_by_time ON orders (ts_last);
        CREATE TABLE venue_orders (
            account_id TEXT NOT NULL,
            instrument_id TEXT NOT NULL,
            venue_order_id TEXT NOT NULL,
            client_order_id TEXT NOT NULL,
            place INTEGER NOT NULL,
            PRIMARY KEY (account_id, instrument_id, venue_order_id));
        CREATE INDEX venue_orders_by_order ON venue_orders (client_order_id, place);
        CREATE TABLE positions (
            account_id TEXT NOT NULL,
            instrument_id TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (account_id, instrument_id));
        CREATE TABLE client_values (
            client_id TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (client_id, name));
        CREATE TABLE reconciliations (
            account_id TEXT NOT NULL,
            ts INTEGER NOT NULL,
            is_complete INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (account_id, ts));
        CREATE INDEX reconciliations_by_account ON reconciliations (account_id, is_complete, ts);
        """,
    ];

    /// <summary>Brings the file to the last step's version: each step whole or not at all.</summary>
    /// <exception cref="JournalException">The file is no journal, or of a newer version.</exception>
    public static void Migrate(SqliteConnection connection, string path, IReadOnlyList<string> steps)
    {
        var version = Scalar(connection, "PRAGMA user_version");
        var mark = Scalar(connection, "PRAGMA application_id");
        var isEmpty = Scalar(connection, "SELECT count(*) FROM sqlite_master") == 0;
        if (mark != ApplicationId && !(isEmpty && mark == 0 && version == 0))
        {
            throw new JournalException($"{path} is a SQLite database of something else, not a journal. It was left as it is; name another file.");
        }

        if (version > steps.Count)
        {
            throw new JournalException($"{path} is a journal of version {version}; this program knows versions up to {steps.Count}. It was left as it is; use the newer program.");
        }

        for (; version < steps.Count; version++)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, transaction, steps[(int)version]);
            Execute(connection, transaction, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version + 1};");
            transaction.Commit();
        }
    }

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
