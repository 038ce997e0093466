using ExecutionAdapters.Engine.Journal;
using ExecutionAdapters.Model;
using Microsoft.Data.Sqlite;

namespace ExecutionAdapters.Sqlite.Tests;

/// <summary>Files that are not what they should be: refused with a reason, and left as they were.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly SqliteHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public Task A_file_that_is_no_database_is_refused_and_left_as_it_is() => RefusesAsync("not a journal"u8.ToArray(), "is not a journal");

    [Fact]
    public Task An_empty_file_is_not_taken_for_a_new_journal() => RefusesAsync([], "is empty");

    [Fact]
    public async Task A_database_of_something_else_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE other (x INTEGER); INSERT INTO other VALUES (1);");
        await RefusesAsync(await File.ReadAllBytesAsync(_harness.Path), "of something else");
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused()
    {
        await using (var store = _harness.Create())
        {
            await store.OpenAsync();
        }

        Execute("PRAGMA user_version = 99;");
        var exception = await Assert.ThrowsAsync<JournalException>(() => _harness.Create().OpenAsync());
        Assert.Contains("version 99", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_journal_is_told_and_not_made_anew()
    {
        await using (var store = _harness.Create())
        {
            await store.OpenAsync();
            await store.AppendAsync(Orders(200));
        }

        var bytes = await File.ReadAllBytesAsync(_harness.Path);
        Array.Fill(bytes, (byte)0xA5, 4096, bytes.Length - 4096);
        await RefusesAsync(bytes, "damaged");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        var store = new SqliteJournalStore(Path.Combine(_harness.Path, "nowhere", "journal.db"));
        var exception = await Assert.ThrowsAsync<JournalException>(() => store.OpenAsync());
        Assert.Contains("no folder", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_moved_into_the_file_beside_the_writer()
    {
        await using var writer = _harness.Create();
        await writer.OpenAsync();
        var size = new FileInfo(_harness.Path).Length;
        await writer.AppendAsync(Orders(10_000));

        // The writer itself would not do it before 64 MiB.
        var started = TimeProvider.System.GetTimestamp();
        while (new FileInfo(_harness.Path).Length < size + 1_000_000)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "The log stays where it is.");
            await Task.Delay(5);
        }

        Assert.Empty(await writer.CheckAsync());
    }

    [Fact]
    public async Task Others_may_read_while_the_engine_writes()
    {
        await using var writer = _harness.Create();
        await writer.OpenAsync();
        await writer.AppendAsync(Orders(3));
        await using var reader = ReadOnly();
        Assert.Equal(3, (await reader.OpenAsync()).LastSequence);
        await writer.AppendAsync(new JournalBatch { Values = [new JournalValue(new ClientId("VENUE"), "nonce", "7")] });
        Assert.Equal(3, (await reader.ReadOrdersAsync().ToListAsync()).Count);
        await Assert.ThrowsAsync<JournalException>(() => reader.AppendAsync(Orders(1)));
    }

    [Fact]
    public async Task Reading_only_makes_nothing()
    {
        await Assert.ThrowsAsync<JournalException>(() => ReadOnly().OpenAsync());
        Assert.False(File.Exists(_harness.Path));
    }

    [Fact]
    public async Task The_journal_can_be_opened_again_once_the_first_engine_is_gone()
    {
        await using (var first = _harness.Create())
        {
            await first.OpenAsync();
        }

        await using var second = _harness.Create();
        await second.OpenAsync();
    }

    [Fact]
    public async Task An_older_journal_is_brought_up_to_date_with_all_it_holds()
    {
        await using (var store = _harness.Create())
        {
            await store.OpenAsync();
            await store.AppendAsync(Orders(3));
        }

        using var connection = Connect();
        SqliteSchema.Migrate(connection, _harness.Path, [.. SqliteSchema.Steps, "CREATE TABLE added_later (x INTEGER);"]);
        Assert.Equal(SqliteSchema.Steps.Count + 1, SqliteSchema.Scalar(connection, "PRAGMA user_version"));
        Assert.Equal(3, SqliteSchema.Scalar(connection, "SELECT count(*) FROM orders"));
        Assert.Equal(0, SqliteSchema.Scalar(connection, "SELECT count(*) FROM added_later"));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_older_journal_as_it_was()
    {
        await using (var store = _harness.Create())
        {
            await store.OpenAsync();
        }

        using var connection = Connect();
        Assert.Throws<SqliteException>(() => SqliteSchema.Migrate(
            connection, _harness.Path, [.. SqliteSchema.Steps, "CREATE TABLE added_later (x INTEGER); INSERT INTO nowhere VALUES (1);"]));
        Assert.Equal(SqliteSchema.Steps.Count, SqliteSchema.Scalar(connection, "PRAGMA user_version"));
        Assert.Equal(0, SqliteSchema.Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE name = 'added_later'"));
    }

    private async Task RefusesAsync(byte[] bytes, string because)
    {
        await File.WriteAllBytesAsync(_harness.Path, bytes);
        var exception = await Assert.ThrowsAsync<JournalException>(() => _harness.Create().OpenAsync());
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_harness.Path, exception.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_harness.Path));
    }

    private SqliteJournalStore ReadOnly() => new(new SqliteJournalOptions { Path = _harness.Path, IsReadOnly = true });

    private static JournalBatch Orders(int count) => new()
    {
        Events = [.. Enumerable.Range(1, count).Select(i => new JournalEvent(i, Id(i), "OrderAccepted", new UnixNanos(1), null, "{}"u8.ToArray()))],
        Orders =
        [
            .. Enumerable.Range(1, count).Select(i => new JournalOrder
            {
                ClientOrderId = Id(i), InstrumentId = InstrumentId.Parse("ETH-PERP.VENUE"), Status = OrderStatus.Accepted, FilledQty = 0, IsClosed = false, TsLast = new UnixNanos(1),
            }),
        ],
    };

    private static ClientOrderId Id(int i) => new($"O-{i}");

    private void Execute(string sql)
    {
        using var connection = Connect();
        SqliteSchema.Execute(connection, null, sql);
    }

    private SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={_harness.Path};Pooling=False");
        connection.Open();
        return connection;
    }
}
