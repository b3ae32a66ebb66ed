using System.Globalization;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Testbed;
using Microsoft.Extensions.DependencyInjection;
using ShtetlZmanim.Tests.Support;

namespace ShtetlZmanim.Tests;

public sealed class LimitTests
{
    private const string Error = "Rate limit exceeded";

    [Fact]
    [Proves("Z15", "Z16", "Z17", "Z18", "Z19", "Z20", "Z21", "A48")]
    public async Task Ten_thousand_calls_at_once_then_one_more_each_360_milliseconds()
    {
        await using var shtetl = await ShtetlHost.StartAsync(WithoutAddressLimit);
        shtetl.Clock.MoveTo(DateTimeOffset.FromUnixTimeSeconds(1_772_366_400));
        var token = shtetl.Forge.M2M();
        using var first = await shtetl.GetAsync(ShtetlHost.Health, token);
        first.ShowsLimit("m2m", 10_000);
        Assert.Equal(("9999", "1772366401"), (first.Header("X-RateLimit-Remaining"), first.Header("X-RateLimit-Reset")));
        Assert.Equal("\"m2m\";q=10000;w=3600", first.Header("RateLimit-Policy"));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(shtetl, token, 1_250)));
        Assert.Equal(9_999, statuses.Sum());

        shtetl.Clock.Advance(TimeSpan.FromMilliseconds(359));
        using var tooSoon = await shtetl.GetAsync(ShtetlHost.Health, token);
        shtetl.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var next = await shtetl.GetAsync(ShtetlHost.Health, token);
        using var nextButOne = await shtetl.GetAsync(ShtetlHost.Health, token);
        Assert.Equal((429, 200, 429), ((int)tooSoon.StatusCode, (int)next.StatusCode, (int)nextButOne.StatusCode));
        Assert.Equal("1", tooSoon.Header("Retry-After"));
    }

    [Fact]
    [Proves("Z20")]
    public async Task The_limit_of_machines_is_configured_as_M2MRequestsPerHour()
    {
        await using var shtetl = await ShtetlHost.StartAsync(("ShtetlZmanim:M2MRequestsPerHour", "100"));
        var token = shtetl.Forge.M2M();
        for (var left = 99; left >= 0; left--)
        {
            using var admitted = await shtetl.GetAsync(ShtetlHost.Health, token);
            Assert.Equal(200, (int)admitted.StatusCode);
            Assert.Equal(left.ToString(CultureInfo.InvariantCulture), admitted.Header("X-RateLimit-Remaining"));
        }

        using var refused = await shtetl.GetAsync(ShtetlHost.Jerusalem, token);
        await refused.RefusedAsync(429, "rate-limited", Error);
        refused.ShowsLimit("m2m", 100);
        Assert.Equal("36", refused.Header("Retry-After"));

        shtetl.Clock.AdvanceSeconds(36);
        using var again = await shtetl.GetAsync(ShtetlHost.Jerusalem, token);
        using var tooSoon = await shtetl.GetAsync(ShtetlHost.Jerusalem, token);
        Assert.Equal((200, 429), ((int)again.StatusCode, (int)tooSoon.StatusCode));
    }

    [Fact]
    [Proves("Z21", "Z22")]
    public async Task Machines_and_keys_have_counts_and_limits_of_their_own()
    {
        await using var shtetl = await ShtetlHost.StartAsync(
            KnownKeys.Add, ("ShtetlZmanim:M2MRequestsPerHour", "5"), ("ShtetlZmanim:ApiKeyRequestsPerHour", "3"));
        await SpendAsync(shtetl, shtetl.Forge.M2M(), 5, "m2m");
        using var other = await shtetl.GetAsync(ShtetlHost.Health, shtetl.TokenOf(Some.MachineId()));
        Assert.Equal("4", other.Header("X-RateLimit-Remaining"));

        // Two keys of one subject share its count.
        await SpendAsync(shtetl, KnownKeys.Of("user_1"), 3, "api");
        using var second = await shtetl.GetAsync(ShtetlHost.Health, KnownKeys.Of("user_1") + ".second");
        using var another = await shtetl.GetAsync(ShtetlHost.Health, KnownKeys.Of("user_2"));
        Assert.Equal(429, (int)second.StatusCode);
        another.ShowsLimit("api", 3);
        Assert.Equal("2", another.Header("X-RateLimit-Remaining"));
        Assert.Equal(
            [$"Limit m2m refused m2m:{TokenForge.MachineId}", "Limit api refused api:user_1", "Limit api refused api:user_1"],
            shtetl.Log.Lines.Select(line => line.Text).Where(text => text.StartsWith("Limit ", StringComparison.Ordinal)));
    }

    [Theory]
    [Proves("Z6", "Z30", "A48")]
    [InlineData("GET", ShtetlHost.Health, "machine", 200)]
    [InlineData("GET", ShtetlHost.Usage, "machine", 200)]
    [InlineData("GET", ShtetlHost.Jerusalem, "machine", 200)]
    [InlineData("GET", ShtetlHost.Zmanim, "machine", 400)]
    [InlineData("GET", ShtetlHost.Health, "nobody", 401)]
    [InlineData("GET", ShtetlHost.Health, "person", 401)]
    [InlineData("GET", ShtetlHost.Health, "key", 200)]
    [InlineData("GET", ShtetlHost.Health, "other key", 403)]
    [InlineData("GET", "/api/v1/external", "machine", 404)]
    [InlineData("GET", "/api/v1/external/nothing", "machine", 404)]
    [InlineData("GET", "/API/V1/External/nothing", "key", 404)]
    [InlineData("GET", "/api/v1/external/nothing", "nobody", 404)]
    [InlineData("POST", ShtetlHost.Health, "machine", 405)]
    [InlineData("PUT", ShtetlHost.Zmanim, "key", 405)]
    [InlineData("OPTIONS", ShtetlHost.Zmanim, "nobody", 405)]
    public async Task Every_answer_shows_the_limit(string method, string path, string caller, int status)
    {
        await using var shtetl = await ShtetlHost.StartAsync(KnownKeys.Add);
        var (token, policy, limit) = caller switch
        {
            "machine" => (shtetl.Forge.M2M(), "m2m", 10_000),
            "key" => (KnownKeys.Of("user_1"), "api", 1_000),
            "other key" => (KnownKeys.Of("user_1", "other.read"), "api", 1_000),
            "person" => (shtetl.Forge.Session(), "address", 6_000),
            _ => (null, "address", 6_000),
        };
        using var response = await shtetl.SendAsync(new HttpMethod(method), path, token);
        Assert.Equal(status, (int)response.StatusCode);
        response.ShowsLimit(policy, limit);
    }

    [Fact]
    [Proves("Z6")]
    public async Task Answers_of_429_and_503_show_the_limit_too()
    {
        await using var shtetl = await ShtetlHost.StartAsync(("ShtetlZmanim:M2MRequestsPerHour", "2"));
        File.Delete(shtetl.DatabasePath);
        using var away = await shtetl.GetAsync(ShtetlHost.Usage, shtetl.Forge.M2M());
        await SpendAsync(shtetl, shtetl.Forge.M2M(), 1, "m2m");
        await away.RefusedAsync(503, "unavailable", "Service Unavailable");
        Assert.NotNull(away.Header("Retry-After"));
        away.ShowsLimit("m2m", 2);
    }

    [Theory]
    [InlineData("ShtetlZmanim:M2MRequestsPerHour", "0")]
    [InlineData("ShtetlZmanim:M2MRequestsPerHour", "1000001")]
    [InlineData("ShtetlZmanim:ApiKeyRequestsPerHour", "-1")]
    public async Task A_limit_that_is_none_stops_the_start(string key, string value)
    {
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => ShtetlHost.StartAsync((key, value)));
        Assert.Contains(key, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_own_machines_id_it_does_not_start()
    {
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => ShtetlHost.StartAsync(("Gatehouse:MachineId", null)));
        Assert.Contains("Gatehouse:MachineId", thrown.Message, StringComparison.Ordinal);
    }

    // Ten thousand calls of one address in a moment are what it is there to stop.
    private static void WithoutAddressLimit(IServiceCollection services) => services.Configure<RateLimitOptions>(
        limits => limits.AddressPolicy = LimitPolicy.SlidingWindow("address", 1_000_000, TimeSpan.FromMinutes(1)));

    /// <returns>How many were admitted.</returns>
    private static async Task<int> CallAsync(ShtetlHost shtetl, string token, int calls)
    {
        var admitted = 0;
        for (var call = 0; call < calls; call++)
        {
            using var response = await shtetl.GetAsync(ShtetlHost.Health, token);
            admitted += response.IsSuccessStatusCode ? 1 : 0;
        }

        return admitted;
    }

    private static async Task SpendAsync(ShtetlHost shtetl, string token, int calls, string policy)
    {
        for (var call = 0; call < calls; call++)
        {
            using var admitted = await shtetl.GetAsync(ShtetlHost.Health, token);
            Assert.Equal(200, (int)admitted.StatusCode);
        }

        using var refused = await shtetl.GetAsync(ShtetlHost.Health, token);
        await refused.RefusedAsync(429, "rate-limited", Error);
        Assert.StartsWith($"\"{policy}\";r=0;", refused.Header("RateLimit"), StringComparison.Ordinal);
    }
}
