using Gatehouse.Testbed;
using Microsoft.Extensions.Options;

namespace Analyzer.Tests;

/// <summary>So many calls a minute for each user, however they come; and the state of it on every answer.</summary>
public sealed class LimitTests
{
    [Fact]
    [Proves("G25")]
    public async Task A_user_has_sixty_calls_a_minute_by_whatever_token_key_and_address()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        for (var n = 0; n < 60; n++)
        {
            var token = n % 3 == 0 ? AnalyzerHost.KeyOf(AnalyzerHost.Me, "modules:read") : analyzer.Forge.Session(claims => claims["jti"] = $"{n}");
            using var response = await analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me, n % 2 == 0 ? "" : "/api"), token);
            Assert.Equal((200, $"{59 - n}"), ((int)response.StatusCode, response.Header("X-RateLimit-Remaining")));
        }

        using var refused = await analyzer.GetAsync(AnalyzerHost.Chat);
        await refused.RefusedAsync(429, "rate-limited", "Rate limit exceeded");
        Assert.Equal("60", refused.Header("X-RateLimit-Limit"));
        Assert.Equal("0", refused.Header("X-RateLimit-Remaining"));
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.StartsWith("\"user\";", refused.Header("RateLimit-Policy"), StringComparison.Ordinal);
        await analyzer.GetAsync(AnalyzerHost.Chat, analyzer.TokenOf(Some.UserId())).OkAsync();
        analyzer.Clock.AdvanceSeconds(120);
        await analyzer.GetAsync(AnalyzerHost.Chat).OkAsync();
    }

    [Fact]
    [Proves("G25")]
    public async Task Every_status_shows_the_state_of_a_limit()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", "8"));
        var mine = AnalyzerHost.ModulesOf(AnalyzerHost.Me);
        await AssertAsync(analyzer.GetAsync(mine, null), 401, "6000");
        await AssertAsync(analyzer.GetAsync(mine), 200, "8");
        await AssertAsync(analyzer.GetAsync(mine + "?limit=x"), 400, "8");
        await AssertAsync(analyzer.GetAsync(AnalyzerHost.ModulesOf(Some.UserId())), 403, "8");
        await AssertAsync(analyzer.GetAsync("/api/nothing"), 404, "8");
        await AssertAsync(analyzer.PostAsync(AnalyzerHost.Save, "a", type: "text/plain"), 415, "8");
        await AssertAsync(analyzer.PostAsync(AnalyzerHost.Save, new string('a', 70_000)), 413, "8");
        File.Delete(analyzer.DatabasePath);
        await AssertAsync(analyzer.GetAsync(mine), 503, "8");
        await AssertAsync(analyzer.GetAsync(AnalyzerHost.Chat), 503, "8");
        await AssertAsync(analyzer.GetAsync(mine), 429, "8");
    }

    [Theory]
    [Proves("G25")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("100001")]
    public async Task A_limit_that_is_none_stops_the_start(string limit)
    {
        var failure = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => AnalyzerHost.StartAsync(settings: ("Analyzer:RequestsPerMinute", limit)));
        Assert.Equal("Analyzer:RequestsPerMinute must be 1 to 100,000", failure.Message);
    }

    private static async Task AssertAsync(Task<HttpResponseMessage> sent, int status, string limit)
    {
        using var response = await sent;
        Assert.Equal((status, limit), ((int)response.StatusCode, response.Header("X-RateLimit-Limit")));
        Assert.NotNull(response.Header("X-RateLimit-Remaining"));
        Assert.NotNull(response.Header("X-RateLimit-Reset"));
        Assert.NotNull(response.Header("RateLimit"));
    }
}
