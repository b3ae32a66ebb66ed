using Gatehouse.Testbed;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Analyzer.Tests;

/// <summary>The database is away, or something is wrong with it: never 401, whatever the first form of this service answered.</summary>
public sealed class DatabaseTests
{
    private static readonly (HttpMethod Method, string Path, string Body)[] Calls =
    [
        (HttpMethod.Get, AnalyzerHost.ModulesOf(AnalyzerHost.Me), ""),
        (HttpMethod.Post, AnalyzerHost.Save, AnalyzerHost.Module("one")),
        (HttpMethod.Post, AnalyzerHost.Chat, """{"message":"one?"}"""),
        (HttpMethod.Get, AnalyzerHost.Chat, ""),
        (HttpMethod.Get, AnalyzerHost.Stream, ""),
        (HttpMethod.Delete, "/api/user_modules/mod_1", ""),
    ];

    [Fact]
    [Proves("G14")]
    public async Task A_database_that_is_away_is_503_with_the_time_to_come_back()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        File.Delete(analyzer.DatabasePath);
        foreach (var call in Calls)
        {
            using var response = await SendAsync(analyzer, call);
            await response.RefusedAsync(503, "unavailable", "Authentication error: Database unavailable");
            Assert.Equal("5", response.Header("Retry-After"));
        }

        using var ready = await analyzer.GetAsync("/readyz", null);
        Assert.Equal("""{"status":"unready","reasons":["database"]}""", await ready.Content.ReadAsStringAsync());
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Fact]
    [Proves("G14")]
    public async Task A_fault_is_500_and_says_nothing_of_itself()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        await using var other = analyzer.OpenDatabase();
        await using var command = other.CreateCommand();
        command.CommandText = "CREATE TRIGGER broken BEFORE INSERT ON modules BEGIN SELECT RAISE(ABORT, 'a secret'); END";
        command.ExecuteNonQuery();
        using var failed = await SendAsync(analyzer, Calls[1]);
        await failed.RefusedAsync(500, "internal-error", "Internal server error");
        Assert.DoesNotContain("secret", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(analyzer.Log.Lines, line => line is { Level: LogLevel.Error, Text: "Failed to save module:" });
    }

    [Fact]
    public async Task What_was_answered_is_there_after_the_process_ends()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one")).OkAsync();
        var copy = analyzer.DatabasePath + ".copy";
        foreach (var suffix in (string[])["", "-wal"])
        {
            File.Copy(analyzer.DatabasePath + suffix, copy + suffix);   // as the disk is in this moment
        }

        await using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM modules";
        Assert.Equal("one", command.ExecuteScalar());
    }

    private static async Task<HttpResponseMessage> SendAsync(AnalyzerHost analyzer, (HttpMethod Method, string Path, string Body) call)
    {
        using var content = call.Body.Length == 0 ? null : new StringContent(call.Body, System.Text.Encoding.UTF8, "application/json");
        return await analyzer.SendAsync(call.Method, call.Path, analyzer.Forge.Session(), content);
    }
}
