using System.Globalization;
using System.Net;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Testbed;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests.RateLimiting;

public sealed class RateLimitTests
{
    [Fact]
    [Proves("A48")]
    public async Task The_call_beyond_the_limit_is_429_and_says_until_when()
    {
        await using var app = await EdgeApp.StartAsync();
        app.Clock.MoveTo(new DateTimeOffset(2026, 3, 1, 12, 0, 20, TimeSpan.Zero));
        var token = app.SessionOf("reader");
        for (var left = 4; left >= 0; left--)
        {
            using var admitted = await app.SendAsync("/api/read", token);
            Assert.Equal(HttpStatusCode.OK, admitted.StatusCode);
            Assert.Equal(left.ToString(CultureInfo.InvariantCulture), Header(admitted, "X-RateLimit-Remaining"));
        }

        using var refused = await app.SendAsync("/api/read", token);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("5", Header(refused, "X-RateLimit-Limit"));
        Assert.Equal("0", Header(refused, "X-RateLimit-Remaining"));
        Assert.Equal("1772366460", Header(refused, "X-RateLimit-Reset"));
        Assert.Equal("\"api\";q=5;w=60", Header(refused, "RateLimit-Policy"));
        Assert.Equal("\"api\";r=0;t=40", Header(refused, "RateLimit"));

        // In 40 seconds the window ends, but in its last instant all of it still weighs: a call just then would be refused again.
        Assert.Equal("41", Header(refused, "Retry-After"));
        Assert.Equal("rate-limited", (await EntranceTests.ProblemAsync(refused)).GetProperty("code").GetString());
    }

    [Fact]
    [Proves("A47")]
    public async Task Each_subject_has_a_limit_of_its_own()
    {
        await using var app = await EdgeApp.StartAsync();
        await SpendAsync(app, app.SessionOf("reader"));
        using var other = await app.SendAsync("/api/read", app.SessionOf("reader", Some.UserId()));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/api/read", "reader", "GET", 200, "api")]
    [InlineData("/api/read", "unknown", "GET", 403, "api")]
    [InlineData("/api/nothing", "reader", "GET", 404, "api")]
    [InlineData("/api/read", "reader", "DELETE", 405, "api")]
    [InlineData("/api/fault", "reader", "GET", 500, "api")]
    [InlineData("/api/read", null, "GET", 401, "address")]
    [InlineData("/api/nothing", null, "GET", 404, "address")]
    public async Task Every_answer_under_a_limited_prefix_has_the_headers(string path, string? role, string method, int status, string policy)
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync(path, role is null ? null : app.SessionOf(role), new HttpMethod(method));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith($"\"{policy}\";q=", Header(response, "RateLimit-Policy"), StringComparison.Ordinal);
        Assert.NotNull(Header(response, "X-RateLimit-Limit"));
        Assert.NotNull(Header(response, "X-RateLimit-Remaining"));
        Assert.NotNull(Header(response, "X-RateLimit-Reset"));
        Assert.Equal("application/problem+json", status == 200 ? "application/problem+json" : response.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task An_endpoint_without_a_limit_shows_none()
    {
        await using var app = await EdgeApp.StartAsync();
        using var response = await app.SendAsync("/open");
        Assert.False(response.Headers.Contains("X-RateLimit-Limit"));
    }

    [Fact]
    public async Task Strangers_are_limited_by_their_address_before_their_tokens_are_looked_at()
    {
        await using var app = await EdgeApp.StartAsync(services: services => services.Configure<RateLimitOptions>(
            options => options.AddressPolicy = LimitPolicy.SlidingWindow("address", 2, TimeSpan.FromMinutes(1))));
        for (var call = 0; call < 2; call++)
        {
            using var unauthorized = await app.SendAsync("/api/read", "a.b.c");
            Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
        }

        using var refused = await app.SendAsync("/api/read", app.SessionOf("reader"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("2", Header(refused, "X-RateLimit-Limit"));
    }

    private static async Task SpendAsync(EdgeApp app, string token)
    {
        for (var call = 0; call < 6; call++)
        {
            (await app.SendAsync("/api/read", token)).Dispose();
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
