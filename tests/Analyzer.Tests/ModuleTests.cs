using System.Text.Json;
using Analyzer.Modules;
using Gatehouse.Testbed;

namespace Analyzer.Tests;

/// <summary>Modules: the caller's own, each under its name once.</summary>
public sealed class ModuleTests
{
    private const string WarmUp = """{"name":"Warm-up","content":{"text":"Breathe in.","marks":[1,2.50,null,true,"é🙂"]}}""";

    [Fact]
    [Proves("G12", "G15", "G20", "G32")]
    public async Task What_is_saved_is_listed_under_both_addresses()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var saved = await analyzer.PostAsync(AnalyzerHost.Save, WarmUp).OkAsync();
        Assert.Equal(["id", "user_id", "name", "content", "created_at", "updated_at"], saved.Names());
        Assert.Matches("^mod_[0-9a-f]{32}$", saved.Text("id"));
        Assert.Equal((AnalyzerHost.Me, "Warm-up"), (saved.Text("user_id"), saved.Text("name")));
        Assert.Equal(("2026-03-01T12:00:00.000Z", "2026-03-01T12:00:00.000Z"), (saved.Text("created_at"), saved.Text("updated_at")));
        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(WarmUp).GetProperty("content"), saved.GetProperty("content")));
        foreach (var prefix in (string[])["", "/api"])
        {
            var listed = await analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me, prefix)).OkAsync();
            Assert.Equal($$"""{"modules":[{{saved.GetRawText()}}],"next":null}""", listed.GetRawText());
        }
    }

    [Fact]
    public async Task Saving_the_same_again_changes_nothing_and_saving_another_content_replaces_it()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var first = await analyzer.PostAsync(AnalyzerHost.Save, WarmUp).OkAsync();
        analyzer.Clock.AdvanceSeconds(10);
        var same = await analyzer.PostAsync(AnalyzerHost.Save, WarmUp.Replace(":", " : ", StringComparison.Ordinal)).OkAsync();
        Assert.Equal(first.GetRawText(), same.GetRawText());
        Assert.Equal(1L, analyzer.Read<long>("SELECT count(*) FROM events"));

        var other = await analyzer.PostAsync(AnalyzerHost.Save, """{"content":{},"name":"Warm-up"}""").OkAsync();
        Assert.Equal((first.Text("id"), first.Text("created_at"), "2026-03-01T12:00:10.000Z"), (other.Text("id"), other.Text("created_at"), other.Text("updated_at")));
        Assert.Equal(1L, analyzer.Read<long>("SELECT count(*) FROM modules"));
        Assert.Equal(2L, analyzer.Read<long>("SELECT count(*) FROM events"));
    }

    [Theory]
    [Proves("G15", "G37")]
    [InlineData("")]
    [InlineData("/api")]
    public async Task Another_users_modules_are_forbidden_whether_there_are_any_or_not(string prefix)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var ada = Some.UserId();
        await analyzer.PostAsync(AnalyzerHost.Save, WarmUp, analyzer.TokenOf(ada)).OkAsync();
        foreach (var user in (string[])[ada, Some.UserId(), "me", "%20", AnalyzerHost.Me.ToUpperInvariant(), AnalyzerHost.Me + "'--"])
        {
            await analyzer.GetAsync(AnalyzerHost.ModulesOf(user, prefix)).RefusedAsync(403, "forbidden", "Not authorized to access this resource");
        }

        var mine = await analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me, prefix)).OkAsync();
        Assert.Equal(0, mine.GetProperty("modules").GetArrayLength());
    }

    [Fact]
    [Proves("G12")]
    public async Task Of_64_first_requests_at_the_same_time_one_makes_the_user()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "1000"));
        var token = analyzer.Forge.Session();
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var requests = Enumerable.Range(0, 64).Select(async n =>
        {
            await begin.Task;
            return n % 2 == 0
                ? await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module(n), token)
                : await analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me), token);
        }).ToList();
        begin.SetResult();
        Assert.All(await Task.WhenAll(requests), response => Assert.Equal(200, (int)response.StatusCode));
        Assert.Equal(1L, analyzer.Read<long>("SELECT count(*) FROM users"));
        Assert.Equal(32L, analyzer.Read<long>("SELECT count(*) FROM modules"));
        Assert.Single(analyzer.Log.Lines, line => line.Text == $"{AnalyzerHost.Me} called for the first time");
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Fact]
    public async Task Of_many_who_save_under_one_name_at_the_same_time_each_is_answered_and_one_module_is_there()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "1000"));
        var token = analyzer.Forge.Session();
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one", $"{{\"n\":{n}}}"), token).OkAsync()));
        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
        Assert.Equal(1L, analyzer.Read<long>("SELECT count(*) FROM modules"));
        Assert.Equal(32L, analyzer.Read<long>("SELECT count(*) FROM events WHERE type = 'module.saved'"));
    }

    [Fact]
    public async Task Two_users_may_use_one_name()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var ada = Some.UserId();
        await analyzer.PostAsync(AnalyzerHost.Save, """{"name":"one","content":{"of":"me"}}""").OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, """{"name":"one","content":{"of":"ada"}}""", analyzer.TokenOf(ada)).OkAsync();
        var mine = await analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me)).OkAsync();
        Assert.Equal("me", mine.GetProperty("modules")[0].GetProperty("content").Text("of"));
    }

    [Fact]
    [Proves("G37")]
    public async Task A_module_is_deleted_by_its_user_alone_and_once()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var id = (await analyzer.PostAsync(AnalyzerHost.Save, WarmUp).OkAsync()).Text("id");
        var stranger = analyzer.TokenOf(Some.UserId());
        await analyzer.SendAsync(HttpMethod.Delete, $"/api/user_modules/{id}", stranger).RefusedAsync(404, "not-found", "Module not found");
        using var deleted = await analyzer.SendAsync(HttpMethod.Delete, $"/api/user_modules/{id}", analyzer.Forge.Session());
        Assert.Equal((204, 0), ((int)deleted.StatusCode, (await deleted.Content.ReadAsByteArrayAsync()).Length));
        await analyzer.SendAsync(HttpMethod.Delete, $"/api/user_modules/{id}", analyzer.Forge.Session()).RefusedAsync(404, "not-found", "Module not found");
        Assert.Equal("module.saved,module.deleted", analyzer.Read<string>("SELECT group_concat(type) FROM events"));
    }

    [Fact]
    public async Task A_list_is_read_in_pages_and_none_is_missed_or_comes_twice()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "1000"));
        for (var n = 0; n < 7; n++)
        {
            await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module(n)).OkAsync();
            await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module(n), analyzer.TokenOf(Some.UserId())).OkAsync();
        }

        var names = new List<string?>();
        var next = "";
        for (var pages = 0; next is not null; pages++)
        {
            Assert.True(pages < 4);
            var page = await analyzer.GetAsync($"{AnalyzerHost.ModulesOf(AnalyzerHost.Me)}?limit=3{next}").OkAsync();
            names.AddRange(page.GetProperty("modules").EnumerateArray().Select(module => module.Text("name")));
            next = page.Text("next") is { } cursor ? $"&cursor={cursor}" : null;
        }

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], names);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("limit=99999999999999999999", "limit")]
    [InlineData("cursor=-1", "cursor")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=1;DROP TABLE modules", "cursor")]
    public async Task A_query_that_is_none_is_400_and_names_its_part(string query, string part)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var problem = await analyzer.GetAsync($"{AnalyzerHost.ModulesOf(AnalyzerHost.Me)}?{query}").RefusedAsync(400, "bad-request", "Invalid request data");
        Assert.Equal(part, problem.GetProperty("details")[0].GetProperty("path")[0].GetString());
    }

    [Fact]
    public async Task A_user_has_so_many_modules_and_no_more_until_one_is_deleted()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "1000"));
        for (var n = 0; n < ModuleStore.Maximum; n++)
        {
            await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module(n)).OkAsync();
        }

        await analyzer.PostAsync(AnalyzerHost.Save, """{"name":"more","content":{}}""").RefusedAsync(409, "too-many-modules", "Too many modules: delete one first");
        var known = await analyzer.PostAsync(AnalyzerHost.Save, """{"name":"7","content":{"changed":true}}""").OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, """{"name":"7","content":{"changed":true}}""").OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, """{"name":"more","content":{}}""", analyzer.TokenOf(Some.UserId())).OkAsync();
        using var deleted = await analyzer.SendAsync(HttpMethod.Delete, $"/api/user_modules/{known.Text("id")}", analyzer.Forge.Session());
        await analyzer.PostAsync(AnalyzerHost.Save, """{"name":"more","content":{}}""").OkAsync();
    }
}
