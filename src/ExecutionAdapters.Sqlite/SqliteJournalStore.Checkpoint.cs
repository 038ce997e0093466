using Microsoft.Data.Sqlite;

namespace ExecutionAdapters.Sqlite;

/// <content>
/// Moving the write-ahead log into the file. SQLite has the writer do that, and wait for the disk, in the middle of a batch; here a connection of its own does it beside
/// the writer, so that events do not wait (sqlite.org/wal.html, "Avoiding Excessively Large WAL Files").
/// </content>
public sealed partial class SqliteJournalStore
{
    /// <summary>Rows between checkpoints: about four megabytes of log.</summary>
    private const int RowsPerCheckpoint = 4_000;

    /// <summary>Should the checkpoints beside it not keep up, the writer makes one itself at 64 MiB of log: then events wait, but the log does not grow for ever.</summary>
    private const int LargestLogInPages = 16_384;

    private Task _checkpoint = Task.CompletedTask;
    private int _rowsSinceCheckpoint;

    private void CheckpointBeside(int rows)
    {
        _rowsSinceCheckpoint += rows;
        if (_rowsSinceCheckpoint >= RowsPerCheckpoint && _checkpoint.IsCompleted)
        {
            _rowsSinceCheckpoint = 0;
            _checkpoint = Task.Run(Checkpoint);
        }
    }

    private void Checkpoint()
    {
        try
        {
            using var connection = OpenFile(_options.Path, SqliteOpenMode.ReadWrite);
            SqliteSchema.Execute(connection, null, "PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (Exception)
        {
            // Nothing is lost: the log holds it all, and the next checkpoint, at the latest the writer's own, fails where it is told.
        }
    }
}
