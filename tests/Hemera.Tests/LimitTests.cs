using System.Globalization;
using Gatehouse.Testbed;

namespace Hemera.Tests;

public sealed class LimitTests
{
    [Fact]
    [Proves("A44", "A46", "A48", "A49")]
    public async Task The_101st_call_of_a_minute_is_429_whichever_endpoints_were_called()
    {
        await using var hemera = await HemeraHost.StartAsync();
        hemera.Clock.MoveTo(new DateTimeOffset(2026, 3, 1, 12, 0, 20, TimeSpan.Zero));
        var token = hemera.TokenOf("api-client");
        string[] paths = [HemeraHost.Courses, HemeraHost.Course, HemeraHost.Participation, "/api/service/nothing"];
        for (var left = 99; left >= 0; left--)
        {
            using var admitted = await hemera.GetAsync(paths[left % paths.Length], token);
            Assert.NotEqual(429, (int)admitted.StatusCode);
            Assert.Equal("100", admitted.Header("X-RateLimit-Limit"));
            Assert.Equal(left.ToString(CultureInfo.InvariantCulture), admitted.Header("X-RateLimit-Remaining"));
        }

        using var refused = await hemera.GetAsync(HemeraHost.Courses, token);
        await refused.RefusedAsync(429, "rate-limited", "Rate limit exceeded");
        Assert.Equal("100", refused.Header("X-RateLimit-Limit"));
        Assert.Equal("0", refused.Header("X-RateLimit-Remaining"));
        Assert.Equal("1772366460", refused.Header("X-RateLimit-Reset"));
        Assert.Equal("\"service\";q=100;w=60", refused.Header("RateLimit-Policy"));
        Assert.Equal("\"service\";r=0;t=40", refused.Header("RateLimit"));
        Assert.Equal("41", refused.Header("Retry-After"));   // at the border itself the whole window still weighs

        using var put = await hemera.PutAsync(HemeraHost.Result, "{}", token);
        Assert.Equal(429, (int)put.StatusCode);
    }

    [Fact]
    [Proves("A44")]
    public async Task The_window_slides()
    {
        await using var hemera = await HemeraHost.StartAsync();
        hemera.Clock.MoveTo(new DateTimeOffset(2026, 3, 1, 12, 0, 30, TimeSpan.Zero));
        for (var call = 0; call < 100; call++)
        {
            using var spent = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf("api-client"));
        }

        // A quarter into the next minute three quarters of the calls before still count.
        hemera.Clock.MoveTo(new DateTimeOffset(2026, 3, 1, 12, 1, 15, TimeSpan.Zero));
        using var response = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf("api-client"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("24", response.Header("X-RateLimit-Remaining"));
    }

    [Fact]
    [Proves("A47")]
    public async Task Every_caller_has_a_limit_of_its_own_and_strangers_share_none_of_it()
    {
        await using var hemera = await HemeraHost.StartAsync();
        for (var call = 0; call < 101; call++)
        {
            using var spent = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf("api-client"));
        }

        using var other = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf("api-client", Some.UserId()));
        Assert.Equal("99", other.Header("X-RateLimit-Remaining"));
        using var stranger = await hemera.GetAsync(HemeraHost.Courses, null);
        Assert.Equal(401, (int)stranger.StatusCode);
        Assert.StartsWith("\"address\"", stranger.Header("RateLimit-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [Proves("A48", "A49")]
    [InlineData("GET", HemeraHost.Courses, "admin", 200, "service")]
    [InlineData("GET", HemeraHost.Courses, null, 401, "address")]
    [InlineData("GET", HemeraHost.Participation, "participant", 403, "service")]
    [InlineData("GET", "/api/service/courses/unknown", "admin", 404, "service")]
    [InlineData("GET", "/api/service/nothing", "admin", 404, "service")]
    [InlineData("GET", "/api/service/nothing", null, 404, "address")]
    [InlineData("DELETE", HemeraHost.Courses, "admin", 405, "service")]
    [InlineData("POST", HemeraHost.Result, "admin", 405, "service")]
    public async Task Every_answer_shows_the_limit(string method, string path, string? role, int status, string policy)
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var response = await hemera.SendAsync(new HttpMethod(method), path, role is null ? null : hemera.TokenOf(role));
        Assert.Equal(status, (int)response.StatusCode);
        AssertLimit(response, policy);
        if (status == 405)
        {
            Assert.NotEmpty(response.Content.Headers.Allow);
            await response.RefusedAsync(405, "method-not-allowed", "Method Not Allowed");
        }
    }

    [Fact]
    [Proves("A48")]
    public async Task Refusals_of_bodies_and_of_a_lost_database_show_the_limit()
    {
        await using var hemera = await HemeraHost.StartAsync();
        using var text = new StringContent("passed");
        using var unsupported = await hemera.SendAsync(HttpMethod.Put, HemeraHost.Result, hemera.TokenOf("admin"), text);
        Assert.Equal(415, (int)unsupported.StatusCode);
        AssertLimit(unsupported, "service");
        using var malformed = await hemera.PutAsync(HemeraHost.Result, "{");
        Assert.Equal(400, (int)malformed.StatusCode);
        AssertLimit(malformed, "service");
        File.Delete(hemera.DatabasePath);
        using var away = await hemera.GetAsync(HemeraHost.Courses, hemera.TokenOf("admin"));
        Assert.Equal(503, (int)away.StatusCode);
        AssertLimit(away, "service");
    }

    private static void AssertLimit(HttpResponseMessage response, string policy)
    {
        Assert.NotNull(response.Header("X-RateLimit-Limit"));
        Assert.NotNull(response.Header("X-RateLimit-Remaining"));
        Assert.Equal("1772366460", response.Header("X-RateLimit-Reset"));
        Assert.NotNull(response.Header("RateLimit"));
        Assert.StartsWith($"\"{policy}\";", response.Header("RateLimit-Policy"), StringComparison.Ordinal);
    }
}
