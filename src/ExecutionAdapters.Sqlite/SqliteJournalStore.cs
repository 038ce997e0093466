using System.Globalization;
using ExecutionAdapters.Engine.Journal;
using Microsoft.Data.Sqlite;

namespace ExecutionAdapters.Sqlite;

/// <summary>
/// A journal in one SQLite file, with a write-ahead log beside it. One engine at a time: a second one is refused. Others may read meanwhile, see
/// <see cref="SqliteJournalOptions.IsReadOnly"/>.
/// </summary>
public sealed partial class SqliteJournalStore : IJournalStore
{
    private readonly SqliteJournalOptions _options;
    private FileStream? _lock;
    private SqliteConnection? _connection;
    private Statements? _statements;

    /// <summary>Creates the store; nothing is opened before <see cref="OpenAsync"/>.</summary>
    public SqliteJournalStore(SqliteJournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Path);
        _options = options;
    }

    /// <summary>Creates the store of a file, with the default settings.</summary>
    public SqliteJournalStore(string path)
        : this(new SqliteJournalOptions { Path = path })
    {
    }

    private SqliteConnection Connection => _connection ?? throw new InvalidOperationException($"The journal {_options.Path} is not open.");

    /// <inheritdoc/>
    public Task<JournalHead> OpenAsync(CancellationToken cancellationToken = default)
    {
        if (_connection is not null)
        {
            throw new InvalidOperationException($"The journal {_options.Path} is open already.");
        }

        try
        {
            CheckFile();
            if (!_options.IsReadOnly)
            {
                TakeLock();
            }

            var head = Guard("opened", () =>
            {
                Connect();
                return ReadHead(cancellationToken);
            });
            return Task.FromResult(head);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task AppendAsync(JournalBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Guard("written", () =>
        {
            using var transaction = Connection.BeginTransaction();
            (_statements ??= new Statements(Connection)).Write(batch, transaction);
            transaction.Commit();
            return true;
        });
        CheckpointBeside(batch.Events.Count + batch.Orders.Count + batch.Values.Count);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _checkpoint.ConfigureAwait(false);
        Close();
    }

    private void CheckFile()
    {
        var file = new FileInfo(_options.Path);
        if (!file.Exists)
        {
            if (_options.IsReadOnly)
            {
                throw new JournalException($"There is no journal {_options.Path}.");
            }

            if (file.Directory is { Exists: false } folder)
            {
                throw new JournalException($"The journal {_options.Path} cannot be made: there is no folder {folder.FullName}.");
            }

            return;
        }

        try
        {
            Span<byte> head = stackalloc byte[16];
            using var stream = new FileStream(_options.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (read == 0)
            {
                throw new JournalException($"{_options.Path} is empty, which no journal ever is: it was cut off or never was one. Move it away to begin a new journal.");
            }

            if (!head[..read].SequenceEqual("SQLite format 3\0"u8))
            {
                throw new JournalException($"{_options.Path} is not a journal: it does not begin like a SQLite file. It was left as it is; name another file, or move it away to begin a new journal.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"{_options.Path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The lock of the file itself would keep readers out as well; this one ends with the process, however it ends.</summary>
    private void TakeLock()
    {
        var path = _options.Path + ".lock";
        try
        {
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                $"The journal {_options.Path} is in use by another engine, or {path} cannot be written: {exception.Message} Only one engine at a time may write it.", exception);
        }
    }

    private void Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        if (!File.Exists(_options.Path))
        {
            Make();
        }

        _connection = OpenFile(_options.Path, _options.IsReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite);
        if (_options.IsReadOnly)
        {
            CheckMark();

            // Whatever is read is of one moment, also while an engine writes.
            SqliteSchema.Execute(_connection, null, "BEGIN");
            return;
        }

        SqliteSchema.Migrate(_connection, _options.Path, SqliteSchema.Steps);
        var synchronous = _options.Durability == SqliteDurability.Power ? "FULL" : "NORMAL";
        SqliteSchema.Execute(_connection, null, string.Create(
            CultureInfo.InvariantCulture,
            $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = {LargestLogInPages};"));
    }

    /// <summary>Under another name first: one that is killed here leaves no file that looks like a journal that was cut off.</summary>
    private void Make()
    {
        var path = _options.Path + ".new";
        File.Delete(path);
        using (var connection = OpenFile(path, SqliteOpenMode.ReadWriteCreate))
        {
            SqliteSchema.Migrate(connection, path, SqliteSchema.Steps);
        }

        File.Move(path, _options.Path);
    }

    private static SqliteConnection OpenFile(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private void CheckMark()
    {
        if (SqliteSchema.Scalar(Connection, "PRAGMA application_id") != SqliteSchema.ApplicationId)
        {
            throw new JournalException($"{_options.Path} is a SQLite database of something else, not a journal.");
        }

        var version = SqliteSchema.Scalar(Connection, "PRAGMA user_version");
        if (version != SqliteSchema.Steps.Count)
        {
            throw new JournalException($"{_options.Path} is a journal of version {version}; this program reads version {SqliteSchema.Steps.Count}. An engine of this program brings an older one up to date when it opens it.");
        }
    }

    private T Guard<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            throw new JournalException($"The journal {_options.Path} could not be {what}: {Explain(exception)}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The journal {_options.Path} could not be {what}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is FormatException or InvalidCastException or ArgumentException or OverflowException)
        {
            throw new JournalException($"The journal {_options.Path} holds a value that is none of a journal: {exception.Message} It was left as it is.", exception);
        }
    }

    /// <summary>See sqlite.org/rescode.html.</summary>
    private static string Explain(SqliteException exception) => exception.SqliteErrorCode switch
    {
        5 or 6 => "it is locked by another program.",
        8 => "it, or its folder, may not be written.",
        10 => $"the disk failed: {exception.Message}.",
        19 => "another event is in the place of one that is to be written: two engines wrote it, or its sequence is broken. Nothing was written.",
        11 => "it is damaged. It was left as it is: restore a copy, or move it away to begin anew from the venue.",
        13 => "the disk is full.",
        14 => "it cannot be opened: the path or its rights are wrong.",
        26 => "it is not a SQLite file, or its first page is damaged. It was left as it is.",
        _ => exception.Message,
    };

    private void Close()
    {
        _statements?.Dispose();
        _statements = null;
        _connection?.Dispose();
        _connection = null;
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>The statements of a batch, prepared once.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly SqliteCommand _event;
        private readonly SqliteCommand _order;
        private readonly SqliteCommand _venueOrder;
        private readonly SqliteCommand _position;
        private readonly SqliteCommand _value;
        private readonly SqliteCommand _reconciliation;
        private readonly SqliteCommand _state;

        public Statements(SqliteConnection connection)
        {
            // A batch that is written again, since nobody knows whether the first time worked, changes nothing; another event in its place is an error.
            _event = Prepare(connection, """
                INSERT INTO events (sequence, client_order_id, kind, ts_event, trade_id, payload) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (sequence) DO UPDATE SET payload = CASE WHEN events.payload = excluded.payload THEN events.payload END
                """, 6);
            _order = Prepare(connection, """
                INSERT INTO orders (client_order_id, account_id, instrument_id, status, filled_qty, is_closed, is_compacted, ts_last) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
                ON CONFLICT (client_order_id) DO UPDATE SET account_id = excluded.account_id, instrument_id = excluded.instrument_id, status = excluded.status,
                    filled_qty = excluded.filled_qty, is_closed = excluded.is_closed, ts_last = excluded.ts_last
                """, 7);
            _venueOrder = Prepare(connection, """
                INSERT INTO venue_orders (account_id, instrument_id, venue_order_id, client_order_id, place) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (account_id, instrument_id, venue_order_id) DO UPDATE SET client_order_id = excluded.client_order_id, place = excluded.place
                """, 5);
            _position = Prepare(connection, """
                INSERT INTO positions (account_id, instrument_id, sequence, payload) VALUES ($1, $2, $3, $4)
                ON CONFLICT (account_id, instrument_id) DO UPDATE SET sequence = excluded.sequence, payload = excluded.payload
                """, 4);
            _value = Prepare(connection, """
                INSERT INTO client_values (client_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (client_id, name) DO UPDATE SET value = excluded.value
                """, 3);
            _reconciliation = Prepare(connection, """
                INSERT INTO reconciliations (account_id, ts, is_complete, payload) VALUES ($1, $2, $3, $4) ON CONFLICT (account_id, ts) DO NOTHING
                """, 4);
            _state = Prepare(connection, "UPDATE journal_state SET value = $1 WHERE name = 'last_sequence' AND value < $1", 1);
        }

        public void Write(JournalBatch batch, SqliteTransaction transaction)
        {
            foreach (var entry in batch.Events)
            {
                Run(_event, transaction, entry.Sequence, entry.ClientOrderId.Value, entry.Kind, (long)entry.TsEvent.Value, entry.TradeId?.Value, entry.Payload.ToArray());
            }

            foreach (var order in batch.Orders)
            {
                Run(
                    _order, transaction, order.ClientOrderId.Value, order.AccountId?.Value, order.InstrumentId.ToString(), order.Status.ToString(),
                    order.FilledQty.ToString(CultureInfo.InvariantCulture), order.IsClosed ? 1L : 0L, (long)order.TsLast.Value);
                for (var place = 0; order.AccountId is { } account && place < order.VenueOrderIds.Count; place++)
                {
                    Run(_venueOrder, transaction, account.Value, order.InstrumentId.ToString(), order.VenueOrderIds[place].Value, order.ClientOrderId.Value, (long)place);
                }
            }

            foreach (var position in batch.Positions)
            {
                Run(_position, transaction, position.AccountId.Value, position.InstrumentId.ToString(), position.Sequence, position.Payload.ToArray());
            }

            foreach (var value in batch.Values)
            {
                Run(_value, transaction, value.ClientId.Value, value.Name, value.Value);
            }

            foreach (var reconciliation in batch.Reconciliations)
            {
                Run(_reconciliation, transaction, reconciliation.AccountId.Value, (long)reconciliation.At.Value, reconciliation.IsComplete ? 1L : 0L, reconciliation.Payload.ToArray());
            }

            if (batch.Events.Count > 0)
            {
                Run(_state, transaction, batch.Events[^1].Sequence);
            }
        }

        public void Dispose()
        {
            foreach (var command in (ReadOnlySpan<SqliteCommand>)[_event, _order, _venueOrder, _position, _value, _reconciliation, _state])
            {
                command.Dispose();
            }
        }

        private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameters)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= parameters; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture) });
            }

            command.Prepare();
            return command;
        }

        private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object?> values)
        {
            command.Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }
}
