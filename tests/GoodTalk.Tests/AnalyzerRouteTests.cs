using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace GoodTalk.Tests;

/// <summary>The route by which the browser reaches the Analyzer, to the letter of the plan that it comes from.</summary>
public sealed class AnalyzerRouteTests
{
    [Fact]
    [Proves("G1", "G35")]
    public async Task Nobody_is_401_Unauthorized()
    {
        await using var frontend = await Frontend.StartAsync();
        using var answer = await Frontend.SaveAsync(new Browser(frontend.ClerkUrl), frontend.Url, new { name = "x", content = new { } });
        await EqualAsync(HttpStatusCode.Unauthorized, "text/plain", "Unauthorized", answer);
    }

    [Fact]
    [Proves("G2")]
    public async Task Somebody_without_a_token_is_401_Unauthorized_Token_unavailable()
    {
        await using var frontend = await Frontend.StartAsync();
        var grace = await frontend.SignInAsync();
        frontend.Clock.AdvanceSeconds(52);   // too little life left to be passed on, and Clerk is away
        await frontend.CloseClerkAsync();

        using var answer = await Frontend.SaveAsync(grace, frontend.Url, new { name = "x", content = new { } });

        await EqualAsync(HttpStatusCode.Unauthorized, "text/plain", "Unauthorized - Token unavailable", answer);
    }

    [Fact]
    [Proves("G3", "G4", "G12", "G20", "G33")]
    public async Task A_module_is_saved_in_the_name_of_whoever_is_signed_in_and_the_Analyzers_answer_comes_back()
    {
        await using var frontend = await Frontend.StartAsync();
        var grace = await frontend.SignInAsync();

        using var answer = await Frontend.SaveAsync(grace, frontend.Url, new { name = "Rivers", content = new { text = "remember" } });
        var module = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "Rivers", LocalClerkDefaults.GraceUserId), (answer.StatusCode, Text(module, "name"), Text(module, "user_id")));
        Assert.Contains("remember", (await grace.OpenAsync($"{frontend.Url}/modules")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [Proves("G4")]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "not json", HttpStatusCode.BadRequest)]
    [InlineData("text/plain", "{}", HttpStatusCode.UnsupportedMediaType)]
    public async Task The_Analyzers_refusals_come_back_with_their_status_and_words(string type, string body, HttpStatusCode status)
    {
        await using var frontend = await Frontend.StartAsync();
        var grace = await frontend.SignInAsync();

        using var answer = await grace.FetchAsync($"{frontend.Url}/api/analyzer", HttpMethod.Post, request => request.Content = new StringContent(body, Encoding.UTF8, type));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(JsonValueKind.String, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").ValueKind);
    }

    [Fact]
    [Proves("G5")]
    public async Task While_the_Analyzer_is_away_it_is_500_with_the_plans_words_and_a_line_in_the_log()
    {
        await using var frontend = await Frontend.StartAsync();
        var grace = await frontend.SignInAsync();
        await frontend.StopAnalyzerAsync();

        using var answer = await Frontend.SaveAsync(grace, frontend.Url, new { name = "x", content = new { } });

        await EqualAsync(HttpStatusCode.InternalServerError, "application/json", """{"error":"Failed to communicate with analyzer service"}""", answer);
        Assert.Contains(frontend.Log.Lines, line => line.Text.Contains("Error calling analyzer service:", StringComparison.Ordinal));
        var page = await grace.OpenAsync($"{frontend.Url}/modules");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("cannot be reached just now", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("G19", "G36")]
    public async Task Whom_a_caller_claims_to_be_is_not_passed_on()
    {
        await using var frontend = await Frontend.StartAsync();
        var grace = await frontend.SignInAsync();

        using var answer = await grace.FetchAsync($"{frontend.Url}/api/analyzer", HttpMethod.Post, request =>
        {
            request.Content = JsonContent.Create(new { name = "Mine", content = new { } });
            request.Headers.Add("X-User-ID", LocalClerkDefaults.AdaUserId);
            request.Headers.Add("X-Gatehouse-User", LocalClerkDefaults.AdaUserId);
        });

        Assert.Equal(LocalClerkDefaults.GraceUserId, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken), "user_id"));
    }

    [Fact]
    [Proves("G17", "G18")]
    public async Task Pages_and_streams_are_for_people_who_are_signed_in()
    {
        await using var frontend = await Frontend.StartAsync();
        var nobody = new Browser(frontend.ClerkUrl);

        foreach (var page in new[] { "/modules", "/chat" })
        {
            Assert.StartsWith($"{frontend.ClerkUrl}/sign-in", (await nobody.OpenAsync($"{frontend.Url}{page}")).Address, StringComparison.Ordinal);
        }

        using var stream = await nobody.FetchAsync($"{frontend.Url}/api/stream");
        using var chat = await nobody.FetchAsync($"{frontend.Url}/api/chat", HttpMethod.Post);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (stream.StatusCode, chat.StatusCode));
    }

    [Fact]
    public async Task Pages_are_not_kept_and_run_only_their_own_scripts()
    {
        await using var frontend = await Frontend.StartAsync();
        var grace = await frontend.SignInAsync();

        using var answer = await grace.SendAsync(HttpMethod.Get, $"{frontend.Url}/modules", request => request.Headers.Add("Accept", "text/html"));

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("blazor-enhanced-nav"));
    }

    [Fact]
    public async Task A_form_of_another_sites_page_saves_nothing()
    {
        await using var frontend = await Frontend.StartAsync();
        var grace = await frontend.SignInAsync();

        using var theirs = await grace.SubmitAsync($"{frontend.Url}/modules", "x", "cross-site", "https://evil.example");
        using var withoutToken = await grace.SubmitAsync($"{frontend.Url}/modules", "x");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (theirs.StatusCode, withoutToken.StatusCode));
    }

    [Fact]
    public void An_Analyzer_off_this_machine_without_https_stops_the_start()
    {
        var fault = Assert.ThrowsAny<Exception>(() =>
        {
            using var app = (IDisposable)GoodTalkApp.Build(["--ANALYZER_SERVICE_URL", "http://analyzer.example.com", "--environment", "Development"]);
        });
        Assert.Contains("analyzer", fault.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task EqualAsync(HttpStatusCode status, string type, string body, HttpResponseMessage answer)
    {
        Assert.Equal((status, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(body, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
