using System.Net.Http.Headers;
using Analyzer.Events;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Analyzer.Tests;

/// <summary>A stream tells what happens to its user's things, misses nothing, and ends with the right to it.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    [Fact]
    [Proves("G17")]
    public async Task What_happens_to_the_callers_things_is_told_and_what_happens_to_others_is_not()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("before")).OkAsync();
        await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session());
        Assert.Equal(("no-store", "no"), (stream.Response.Headers.CacheControl?.ToString(), stream.Response.Header("X-Accel-Buffering")));

        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("hers"), analyzer.TokenOf(Some.UserId())).OkAsync();
        var saved = await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one")).OkAsync();
        Assert.Equal(
            $$"""id: 3|event: module.saved|data: {"id":"{{saved.Text("id")}}","name":"one","updated_at":"2026-03-01T12:00:00.000Z"}""", await stream.NextAsync());
        var answered = await analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"one?"}""").OkAsync();
        Assert.StartsWith($$"""id: 4|event: chat.answered|data: {"id":"{{answered.Text("id")}}","message":"one?",""", await stream.NextAsync(), StringComparison.Ordinal);
        using var deleted = await analyzer.SendAsync(HttpMethod.Delete, $"/api/user_modules/{saved.Text("id")}", analyzer.Forge.Session());
        Assert.Equal($$"""id: 5|event: module.deleted|data: {"id":"{{saved.Text("id")}}","name":"one"}""", await stream.NextAsync());
    }

    [Theory]
    [InlineData("0", "", 1)]
    [InlineData("2", "", 3)]
    [InlineData(null, "?after=1", 2)]
    [InlineData("2", "?after=0", 3)]
    public async Task A_client_that_comes_back_goes_on_where_it_was(string? lastId, string query, int first)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        for (var n = 1; n <= 4; n++)
        {
            await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module(n)).OkAsync();
        }

        await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session(), lastId, query);
        for (var n = first; n <= 4; n++)
        {
            Assert.StartsWith($"id: {n}|event: module.saved|", await stream.NextAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task More_than_is_read_at_once_comes_whole_and_in_order()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "10000"));
        var count = EventStore.Batch * 2;
        for (var n = 1; n <= count; n++)
        {
            await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one", $"{{\"n\":{n}}}")).OkAsync();
        }

        await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session(), "0");
        for (var n = 1; n <= count; n++)
        {
            Assert.StartsWith($"id: {n}|", await stream.NextAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_saved_while_streams_open_and_close_reaches_every_client_once_and_in_order()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "10000"));
        const int Count = 24;
        var writing = Task.Run(async () =>
        {
            for (var n = 1; n <= Count; n++)
            {
                await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one", $"{{\"n\":{n}}}")).OkAsync();
            }
        });
        var clients = await Task.WhenAll(Enumerable.Range(1, 4).Select(async step =>
        {
            var seen = new List<string>();
            while (seen.Count < Count)
            {
                await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session(), seen.Count == 0 ? "0" : seen[^1]);
                for (var n = 0; n < step && seen.Count < Count; n++)
                {
                    seen.Add((await stream.NextAsync())!.Split('|')[0]["id: ".Length..]);
                }
            }

            return seen;
        }));
        await writing;
        Assert.All(clients, seen => Assert.Equal(Enumerable.Range(1, Count).Select(n => $"{n}"), seen));
    }

    [Fact]
    public async Task An_id_of_another_database_is_taken_for_the_latest_and_one_that_is_none_is_400()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one")).OkAsync();
        await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session(), "999");
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("two")).OkAsync();
        Assert.StartsWith("id: 2|", await stream.NextAsync(), StringComparison.Ordinal);
        foreach (var id in (string[])["x", "-1", "1.5", "99999999999999999999"])
        {
            await analyzer.GetAsync($"{AnalyzerHost.Stream}?after={id}").RefusedAsync(400, "bad-request", "Invalid request data");
        }
    }

    [Fact]
    public async Task Each_ten_seconds_it_says_that_it_is_here_and_looks_what_another_process_has_written()
    {
        await using var analyzer = await StartAsync();
        await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session(), "0");
        await AdvanceAsync(analyzer, Beat);
        Assert.Equal(": here", await stream.NextAsync());

        await using (var other = analyzer.OpenDatabase())
        {
            await using var command = other.CreateCommand();
            command.CommandText = $"INSERT INTO events (user_id, type, data, created_at) VALUES ('{AnalyzerHost.Me}', 'module.saved', '{{}}', 0)";
            command.ExecuteNonQuery();
        }

        await AdvanceAsync(analyzer, Beat);
        Assert.Equal(": here", await stream.NextAsync());
        Assert.Equal("id: 1|event: module.saved|data: {}", await stream.NextAsync());
    }

    [Fact]
    [Proves("G34")]
    public async Task When_the_token_expires_it_says_so_and_ends_and_another_token_goes_on()
    {
        await using var analyzer = await StartAsync();
        await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session(claims => claims["exp"] = claims["iat"]!.GetValue<long>() + 15));
        await AdvanceAsync(analyzer, Beat);
        Assert.Equal(": here", await stream.NextAsync());
        await AdvanceAsync(analyzer, Beat / 2);
        var last = await stream.NextAsync();
        Assert.Equal("event: expired|data: {}", last == ": here" ? await stream.NextAsync() : last);   // a beat before it, or none in time
        Assert.Null(await stream.NextAsync());
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Theory]
    [Proves("G27")]
    [InlineData(RevocationKind.Session, TokenForge.SessionId)]
    [InlineData(RevocationKind.User, TokenForge.UserId)]
    public async Task A_stream_whose_session_or_user_is_revoked_is_cut_off_and_others_go_on(RevocationKind kind, string value)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        await using var mine = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session());
        var ada = Some.UserId();
        var hers = analyzer.Forge.Session(claims => (claims["sub"], claims["sid"]) = (ada, Some.SessionId()));
        await using var other = await EventStreamReader.OpenAsync(analyzer, hers);

        var now = analyzer.Clock.GetUtcNow();
        analyzer.App.Services.GetRequiredService<RevocationList>().Add(new Revocation(kind, value, now, now.AddHours(1)));
        await Assert.ThrowsAnyAsync<IOException>(mine.NextAsync);
        await analyzer.GetAsync(AnalyzerHost.Chat).RefusedAsync(401, "revoked", "Invalid token: Token is revoked");
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one"), hers).OkAsync();
        Assert.StartsWith("id: 1|", await other.NextAsync(), StringComparison.Ordinal);
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Fact]
    public async Task A_user_has_so_many_streams_and_one_that_closes_makes_room()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "10000"));
        var streams = new List<EventStreamReader>();
        for (var n = 0; n < EventBells.MaximumStreams; n++)
        {
            streams.Add(await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session()));
        }

        await analyzer.GetAsync(AnalyzerHost.Stream).RefusedAsync(429, "too-many-streams", "Too many open streams: close one first");
        await using (await EventStreamReader.OpenAsync(analyzer, analyzer.TokenOf(Some.UserId())))
        {
            await streams[0].DisposeAsync();
        }

        await WaitForAsync(async () =>
        {
            using var response = await OpenAsync(analyzer);
            return (int)response.StatusCode == 200;
        });
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_that_is_away_at_the_beginning_is_503_and_later_ends_the_stream()
    {
        await using var analyzer = await StartAsync();
        await using var stream = await EventStreamReader.OpenAsync(analyzer, analyzer.Forge.Session());
        File.Delete(analyzer.DatabasePath);
        await analyzer.GetAsync(AnalyzerHost.Stream).RefusedAsync(503, "unavailable", "Authentication error: Database unavailable");
        await AdvanceAsync(analyzer, Beat);
        Assert.Equal(": here", await stream.NextAsync());
        Assert.Null(await stream.NextAsync());
        Assert.Contains(analyzer.Log.Lines, line => line.Text.StartsWith($"A stream of {AnalyzerHost.Me} ended:", StringComparison.Ordinal));
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Fact]
    public async Task Of_a_users_events_the_latest_are_kept()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "10000"));
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("hers"), analyzer.TokenOf(Some.UserId())).OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one")).OkAsync();
        analyzer.Read<long>(
            $"""
            INSERT INTO events (user_id, type, data, created_at)
            WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {EventStore.Kept})
            SELECT '{AnalyzerHost.Me}', 'module.saved', '{"{}"}', 0 FROM n; SELECT 1
            """);
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("two")).OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("three")).OkAsync();

        Assert.Equal(EventStore.Kept, analyzer.Read<long>($"SELECT count(*) FROM events WHERE user_id = '{AnalyzerHost.Me}'"));
        Assert.Equal(4, analyzer.Read<long>($"SELECT min(position) FROM events WHERE user_id = '{AnalyzerHost.Me}'"));
        Assert.Equal(1L, analyzer.Read<long>($"SELECT count(*) FROM events WHERE user_id <> '{AnalyzerHost.Me}'"));
    }

    private static async Task<HttpResponseMessage> OpenAsync(AnalyzerHost analyzer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AnalyzerHost.Stream);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", analyzer.Forge.Session());
        return await analyzer.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    // Nothing else waits by the test's clock: so a stream's waiting can be told from its not having got there yet.
    private static async Task<AnalyzerHost> StartAsync()
    {
        var analyzer = await AnalyzerHost.StartAsync();
        Assert.Equal(0, analyzer.Clock.WaitingTimers);
        return analyzer;
    }

    // The stream waits by the clock that the test moves; moved before it waits, the time would pass unseen.
    private static async Task AdvanceAsync(AnalyzerHost analyzer, TimeSpan by)
    {
        await WaitForAsync(() => Task.FromResult(analyzer.Clock.WaitingTimers > 0));
        analyzer.Clock.Advance(by);
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
