using Gatehouse.Testbed;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ShtetlZmanim.Tests.Support;

namespace ShtetlZmanim.Tests;

public sealed class UsageTests
{
    [Fact]
    public async Task Each_caller_sees_its_own_calls_by_the_hour()
    {
        await using var shtetl = await ShtetlHost.StartAsync(KnownKeys.Add);
        await CallAsync(shtetl, shtetl.Forge.M2M(), 3);
        await CallAsync(shtetl, KnownKeys.Of("user_1"), 2);
        shtetl.Clock.Advance(TimeSpan.FromHours(2));
        await CallAsync(shtetl, shtetl.Forge.M2M(), 1);

        using var machine = await shtetl.GetAsync(ShtetlHost.Usage, shtetl.Forge.M2M());
        var report = await machine.JsonAsync();
        Assert.Equal(["client_id", "from", "requests", "refused", "hours"], report.Names());
        Assert.Equal((TokenForge.MachineId, 4, 0), (report.Text("client_id"), report.GetProperty("requests").GetInt32(), report.GetProperty("refused").GetInt32()));
        Assert.Equal("2026-02-22T14:00:00+00:00", report.Text("from"));
        Assert.Equal(
            ["2026-03-01T14:00:00+00:00 1 0", "2026-03-01T12:00:00+00:00 3 0"],
            report.GetProperty("hours").EnumerateArray().Select(hour => $"{hour.Text("hour")} {hour.GetProperty("requests")} {hour.GetProperty("refused")}"));

        using var key = await shtetl.GetAsync(ShtetlHost.Usage, KnownKeys.Of("user_1"));
        Assert.Equal(2, (await key.JsonAsync()).GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Calls_that_the_limit_refused_are_told_apart_and_a_machine_is_no_key_of_that_subject()
    {
        await using var shtetl = await ShtetlHost.StartAsync(KnownKeys.Add, ("ShtetlZmanim:M2MRequestsPerHour", "2"));
        await CallAsync(shtetl, shtetl.Forge.M2M(), 5);
        shtetl.Clock.Advance(TimeSpan.FromMinutes(30));
        using var machine = await shtetl.GetAsync(ShtetlHost.Usage, shtetl.Forge.M2M());
        var report = await machine.JsonAsync();
        Assert.Equal((5, 3), (report.GetProperty("requests").GetInt32(), report.GetProperty("refused").GetInt32()));
        using var key = await shtetl.GetAsync(ShtetlHost.Usage, KnownKeys.Of(TokenForge.MachineId));
        Assert.Equal(0, (await key.JsonAsync()).GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task What_was_counted_outlives_the_process_and_not_its_keeping()
    {
        var folder = Directory.CreateTempSubdirectory("usage-");
        (string, string?) database = ("ConnectionStrings:ShtetlZmanim", Path.Combine(folder.FullName, "usage.db"));
        await using (var before = await ShtetlHost.StartAsync(database))
        {
            await CallAsync(before, before.Forge.M2M(), 3);
            await before.App.StopAsync();
        }

        await using (var after = await ShtetlHost.StartAsync(database))
        {
            using var response = await after.GetAsync(ShtetlHost.Usage, after.Forge.M2M());
            Assert.Equal(3, (await response.JsonAsync()).GetProperty("requests").GetInt32());
            after.Clock.Advance(TimeSpan.FromDays(91));
            await CallAsync(after, after.Forge.M2M(), 1);
            await after.App.StopAsync();
            Assert.Equal([1L], Rows(database.Item2!));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task While_the_database_is_away_calls_are_answered_and_counted_still()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        File.Move(shtetl.DatabasePath, shtetl.DatabasePath + ".away");
        await CallAsync(shtetl, shtetl.Forge.M2M(), 2);
        using var away = await shtetl.GetAsync(ShtetlHost.Usage, shtetl.Forge.M2M());
        using var answered = await shtetl.GetAsync(ShtetlHost.Jerusalem, shtetl.Forge.M2M());
        Assert.Equal((503, 200), ((int)away.StatusCode, (int)answered.StatusCode));

        File.Move(shtetl.DatabasePath + ".away", shtetl.DatabasePath);
        using var back = await shtetl.GetAsync(ShtetlHost.Usage, shtetl.Forge.M2M());
        Assert.Equal(4, (await back.JsonAsync()).GetProperty("requests").GetInt32());
        Assert.DoesNotContain(shtetl.Log.Lines, line => line.Level == LogLevel.Error && line.Category.StartsWith("ShtetlZmanim", StringComparison.Ordinal));
    }

    [Fact]
    [Proves("Z5", "Z12", "Z13", "Z24", "Z29")]
    public async Task Each_call_is_one_line_in_the_log_with_client_method_route_status_and_user_agent_and_nothing_secret()
    {
        await using var shtetl = await ShtetlHost.StartAsync();
        var token = shtetl.Forge.M2M();
        using var request = new HttpRequestMessage(HttpMethod.Get, ShtetlHost.Jerusalem + "&secret=of-the-query");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.TryAddWithoutValidation("User-Agent", "almanac/1.2 (spring)");
        using var response = await shtetl.Client.SendAsync(request);
        using var nobody = await shtetl.GetAsync(ShtetlHost.Health, null);

        var lines = await LinesAsync(shtetl, 2);
        var line = Assert.Single(lines, line => line.Contains(TokenForge.MachineId, StringComparison.Ordinal));
        Assert.All(["GET", ShtetlHost.Zmanim, "400", "almanac/1.2 (spring)"], part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains(ShtetlHost.Health, StringComparison.Ordinal) && line.Contains("401", StringComparison.Ordinal));
        Assert.All(shtetl.Log.Lines, line => Assert.DoesNotContain(token, line.Text, StringComparison.Ordinal));
        Assert.All(shtetl.Log.Lines, line => Assert.DoesNotContain("of-the-query", line.Text, StringComparison.Ordinal));
    }

    // A line is written when its answer has been sent, and so perhaps after it has been read.
    private static async Task<List<string>> LinesAsync(ShtetlHost shtetl, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var lines = shtetl.Log.Lines.Select(line => line.Text).Where(text => text.StartsWith("Used by ", StringComparison.Ordinal)).ToList();
            if (lines.Count >= count)
            {
                return lines;
            }

            await Task.Delay(5, patience.Token);
        }
    }

    private static async Task CallAsync(ShtetlHost shtetl, string token, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            using var response = await shtetl.GetAsync(ShtetlHost.Health, token);
            Assert.Contains((int)response.StatusCode, (int[])[200, 429]);
        }
    }

    private static List<long> Rows(string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT requests FROM usage";
        using var reader = command.ExecuteReader();
        List<long> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.GetInt64(0));
        }

        return rows;
    }
}
