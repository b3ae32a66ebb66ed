using Gatehouse.Sqlite;
using Gatehouse.Testbed;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Hemera.Tests;

/// <summary>The database is away: 503 and a warning. Something is wrong with it: 500 and an error. It comes back: all is well.</summary>
public sealed class DatabaseFailureTests
{
    private static readonly (HttpMethod Method, string Path, string Log)[] Calls =
    [
        (HttpMethod.Get, HemeraHost.Courses, "Failed to fetch courses:"),
        (HttpMethod.Get, HemeraHost.Course, "Failed to fetch course:"),
        (HttpMethod.Get, HemeraHost.Participation, "Failed to fetch participation:"),
        (HttpMethod.Put, HemeraHost.Result, "Failed to update participation result:"),
    ];

    [Fact]
    [Proves("A34", "A36", "A38")]
    public async Task A_fault_is_500_and_says_nothing_of_itself()
    {
        await using var hemera = await HemeraHost.StartAsync();
        hemera.Execute("PRAGMA foreign_keys = OFF; ALTER TABLE courses RENAME TO lost_courses; ALTER TABLE participations RENAME TO lost_participations;");
        foreach (var (method, path, text) in Calls)
        {
            using var response = await CallAsync(hemera, method, path);
            await response.RefusedAsync(500, "internal-error", "Internal server error");
            Assert.DoesNotContain("lost", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains(hemera.Log.Lines, line => line.Level == LogLevel.Error && line.Text == text && line.Failure is SqliteException);
        }
    }

    [Fact]
    public async Task A_deleted_database_is_503_for_all_and_is_not_made_anew()
    {
        await using var hemera = await HemeraHost.StartAsync();
        File.Delete(hemera.DatabasePath);
        await AssertAwayAsync(hemera, Calls);
        Assert.False(File.Exists(hemera.DatabasePath));
        await AssertReadinessAsync(hemera, 503, """{"status":"unready","reasons":["database"]}""");
    }

    [Fact]
    public async Task A_database_that_was_put_in_place_of_another_is_the_one_that_serves()
    {
        await using var hemera = await HemeraHost.StartAsync();
        hemera.Execute("UPDATE participations SET result_notes = 'of the backup' WHERE id = 'prt_001'; PRAGMA wal_checkpoint(TRUNCATE)");
        var backup = hemera.DatabasePath + ".backup";
        File.Copy(hemera.DatabasePath, backup);
        using var before = await hemera.PutAsync(HemeraHost.Result, """{"resultNotes":"after the backup"}""");
        File.Delete(hemera.DatabasePath + "-wal");
        File.Delete(hemera.DatabasePath + "-shm");
        File.Move(backup, hemera.DatabasePath, overwrite: true);

        using var written = await hemera.PutAsync(HemeraHost.Result, """{"resultOutcome":"passed"}""");
        Assert.Equal("of the backup", (await written.JsonAsync()).GetProperty("resultNotes").GetString());
        await using var file = hemera.OpenDatabase();
        Assert.Equal("passed", Scalar(file, "SELECT result_outcome FROM participations WHERE id = 'prt_001'"));
    }

    [Fact]
    public async Task A_database_that_is_locked_for_writing_is_503_to_writers_and_serves_readers()
    {
        await using var hemera = await HemeraHost.StartAsync();
        await using (var other = hemera.OpenDatabase())
        {
            Run(other, "BEGIN EXCLUSIVE");
            await AssertAwayAsync(hemera, Calls[3..]);
            using var read = await hemera.GetAsync(HemeraHost.Participation, hemera.TokenOf("api-client"));
            Assert.Equal(200, (int)read.StatusCode);
            Run(other, "ROLLBACK");
        }

        using var written = await hemera.PutAsync(HemeraHost.Result, """{"resultOutcome":"passed"}""");
        Assert.Equal(200, (int)written.StatusCode);
    }

    [Fact]
    public async Task A_database_that_another_holds_alone_is_503_for_all_until_it_lets_go()
    {
        await using var hemera = await HemeraHost.StartAsync();
        SqliteConnection.ClearAllPools();
        await using (var other = hemera.OpenDatabase())
        {
            Run(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE users SET name = name; COMMIT");
            await AssertAwayAsync(hemera, Calls);
            await AssertReadinessAsync(hemera, 503, """{"status":"unready","reasons":["database"]}""");
        }

        using var read = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf("api-client"));
        Assert.Equal(200, (int)read.StatusCode);
        await AssertReadinessAsync(hemera, 200, """{"status":"ready","reasons":[]}""");
    }

    [Fact]
    public async Task Many_callers_of_a_locked_database_are_all_answered_503_and_hold_up_nobody_else()
    {
        await using var hemera = await HemeraHost.StartAsync();
        await using var other = hemera.OpenDatabase();
        Run(other, "BEGIN EXCLUSIVE");
        var blocked = Enumerable.Range(0, 60).Select(_ => hemera.PutAsync(HemeraHost.Result, """{"resultOutcome":"passed"}""")).ToList();
        var free = hemera.GetAsync("/healthz", null);

        Assert.Same(free, await Task.WhenAny([free, .. blocked]));
        Assert.Equal(200, (int)(await free).StatusCode);
        Assert.All(await Task.WhenAll(blocked), answer => Assert.Equal(503, (int)answer.StatusCode));
    }

    [Fact]
    public async Task A_read_only_database_is_503_to_writers()
    {
        await using var hemera = await HemeraHost.StartAsync();
        SqliteConnection.ClearAllPools();
        hemera.Execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;");
        MakeReadOnly(hemera.DatabasePath);
        await AssertAwayAsync(hemera, Calls[3..]);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_503()
    {
        await using var hemera = await HemeraHost.StartAsync();
        SqliteConnection.ClearAllPools();
        File.Delete(hemera.DatabasePath + "-wal");
        File.Delete(hemera.DatabasePath + "-shm");
        await File.WriteAllTextAsync(hemera.DatabasePath, new string('x', 8192));
        await AssertAwayAsync(hemera, Calls);
    }

    [Theory]
    [InlineData(5, true, "locked by another")]
    [InlineData(6, true, "locked by ourselves")]
    [InlineData(8, true, "read-only")]
    [InlineData(10, true, "a disk that fails")]
    [InlineData(13, true, "a disk that is full")]
    [InlineData(14, true, "gone")]
    [InlineData(1, false, "a wrong statement")]
    [InlineData(19, false, "a broken constraint")]
    public void What_may_pass_by_itself_is_told_from_what_is_wrong(int code, bool isUnavailable, string what) =>
        Assert.Equal(isUnavailable, new SqliteException(what, code).IsUnavailable());

    private static async Task AssertAwayAsync(HemeraHost hemera, IEnumerable<(HttpMethod Method, string Path, string Log)> calls)
    {
        foreach (var (method, path, text) in calls)
        {
            using var response = await CallAsync(hemera, method, path);
            await response.RefusedAsync(503, "unavailable", "Internal server error");
            Assert.Equal("5", response.Header("Retry-After"));
            Assert.Contains(hemera.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.StartsWith(text, StringComparison.Ordinal));
        }

        Assert.Empty(hemera.Log.Alarms);
    }

    private static async Task AssertReadinessAsync(HemeraHost hemera, int status, string body)
    {
        using var response = await hemera.GetAsync("/readyz", null);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> CallAsync(HemeraHost hemera, HttpMethod method, string path) =>
        method == HttpMethod.Put
            ? hemera.PutAsync(path, """{"resultOutcome":"passed"}""")
            : hemera.GetAsync(path, hemera.TokenOf("api-client"));

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }

    // Byte 18 of the header is the format that a writer must know; SQLite only reads what is newer than itself.
    private static void MakeReadOnly(string path)
    {
        using var file = File.OpenWrite(path);
        file.Position = 18;
        file.WriteByte(200);
    }
}
