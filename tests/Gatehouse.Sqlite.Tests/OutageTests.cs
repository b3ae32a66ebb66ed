using Gatehouse.Sqlite.Internal;
using Gatehouse.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gatehouse.Sqlite.Tests;

/// <summary>The database is away, and why; told from statements that are wrong.</summary>
public sealed class OutageTests
{
    private const string Write = "INSERT INTO notes (text) VALUES ('three')";

    [Theory]
    [InlineData(5, StoreFailure.Busy)]
    [InlineData(6, StoreFailure.Busy)]
    [InlineData(8, StoreFailure.ReadOnly)]
    [InlineData(10, StoreFailure.Failing)]
    [InlineData(11, StoreFailure.Damaged)]
    [InlineData(13, StoreFailure.Full)]
    [InlineData(14, StoreFailure.Away)]
    [InlineData(26, StoreFailure.Damaged)]
    [InlineData(1, StoreFailure.None)]
    [InlineData(19, StoreFailure.None)]
    [InlineData(20, StoreFailure.None)]
    public void Each_result_code_has_its_outage_or_none(int code, StoreFailure outage)
    {
        var failure = new SqliteException("text", code);
        Assert.Equal(outage, failure.ToStoreFailure());
        Assert.Equal(outage != StoreFailure.None, failure.IsUnavailable());
    }

    [Fact]
    public void Every_outage_has_words_for_the_operator() =>
        Assert.All(Enum.GetValues<StoreFailure>().Except([StoreFailure.None]), outage => Assert.NotEmpty(DatabaseCreation.CauseOf(outage)));

    [Fact]
    public async Task A_full_disk_is_told_and_passes_by_itself()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());

        // SQLite's own bound on the file's size answers as a disk without room does.
        var failure = await Assert.ThrowsAsync<SqliteException>(() => host.Database.RunAsync(WriteTooMuch, TestContext.Current.CancellationToken));
        Assert.Equal(StoreFailure.Full, host.Diagnosis.Diagnose(failure));
        await RunAsync(host, Write);
        Assert.Equal(3, await host.CountAsync());
    }

    [Fact]
    public async Task A_read_only_database_is_told_to_writers_and_serves_readers()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        DatabaseFolder.MakeReadOnly(folder.File());
        await AssertOutageAsync(host, StoreFailure.ReadOnly, Write);
        Assert.Equal(2, await host.CountAsync());
    }

    [Fact]
    public async Task A_lock_is_told_and_passes_when_it_is_let_go()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        await using (var other = DatabaseFolder.Open(folder.File()))
        {
            DatabaseFolder.Scalar<object?>(other, "BEGIN EXCLUSIVE");
            await AssertOutageAsync(host, StoreFailure.Busy, Write);
        }

        await RunAsync(host, Write);
    }

    [Fact]
    public async Task A_database_that_is_gone_is_told_and_not_made_anew()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        File.Delete(folder.File());
        await AssertOutageAsync(host, StoreFailure.Away, Write);
        Assert.False(File.Exists(folder.File()));
        AssertUnwell(await host.HealthAsync());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(folder.File(), new string('x', 8192));
        await AssertOutageAsync(host, StoreFailure.Damaged, Write);
        AssertUnwell(await host.HealthAsync());
    }

    [Fact]
    public async Task A_wrong_statement_is_no_outage()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        await AssertOutageAsync(host, StoreFailure.None, "INSERT INTO nothing (text) VALUES ('three')");
        await AssertOutageAsync(host, StoreFailure.None, "INSERT INTO notes (text) VALUES (NULL)");
        Assert.Equal(StoreFailure.None, host.Diagnosis.Diagnose(new InvalidOperationException("disk full")));
    }

    [Fact]
    public async Task A_table_that_went_lost_makes_it_unwell_and_its_return_well()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync()).Status);
        DatabaseFolder.Execute(folder.File(), "ALTER TABLE tags RENAME TO lost");
        AssertUnwell(await host.HealthAsync());
        DatabaseFolder.Execute(folder.File(), "ALTER TABLE lost RENAME TO tags");
        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync()).Status);
    }

    [Fact]
    public async Task What_keeps_it_from_the_start_is_named_with_the_setting_that_cures_it()
    {
        using var folder = new DatabaseFolder();
        await File.WriteAllTextAsync(folder.File("text"), new string('x', 8192));
        await AssertStartFailsAsync(folder.File("text"), "it is damaged, or the file is no database");
        await AssertStartFailsAsync(folder.File("text/below.db"), "its folder cannot be made or used");
        Directory.CreateDirectory(folder.File("folder.db"));
        await AssertStartFailsAsync(folder.File("folder.db"), "the file cannot be opened");
        DatabaseFolder.Execute(folder.File("read-only.db"), "CREATE TABLE other (id integer)");
        DatabaseFolder.MakeReadOnly(folder.File("read-only.db"));
        await AssertStartFailsAsync(folder.File("read-only.db"), "it is read-only");
        await using var holder = DatabaseFolder.Open(folder.File("held.db"));
        DatabaseFolder.Scalar<object?>(holder, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (id integer); COMMIT");
        await AssertStartFailsAsync(folder.File("held.db"), "another process holds it alone");
    }

    private static object? WriteTooMuch(SqliteConnection connection)
    {
        DatabaseFolder.Scalar<object?>(connection, "PRAGMA max_page_count = 1");
        try
        {
            return DatabaseFolder.Scalar<object?>(connection, "INSERT INTO notes (text) VALUES (hex(zeroblob(100000)))");
        }
        finally
        {
            DatabaseFolder.Scalar<object?>(connection, "PRAGMA max_page_count = 1000000");
        }
    }

    private static async Task AssertStartFailsAsync(string path, string cause)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Host.StartAsync(path));
        Assert.StartsWith($"The database {path} cannot be used: {cause} (", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("ConnectionStrings:Notes or Gatehouse:DataDirectory says where it is.", failure.Message, StringComparison.Ordinal);
    }

    private static async Task AssertOutageAsync(Host host, StoreFailure outage, string sql) =>
        Assert.Equal(outage, host.Diagnosis.Diagnose(await Assert.ThrowsAsync<SqliteException>(() => RunAsync(host, sql))));

    private static Task<object?> RunAsync(Host host, string sql) =>
        host.Database.RunAsync(connection => DatabaseFolder.Scalar<object?>(connection, sql), TestContext.Current.CancellationToken);

    private static void AssertUnwell(HealthReportEntry entry) =>
        Assert.Equal((HealthStatus.Unhealthy, "database"), (entry.Status, entry.Description));
}
