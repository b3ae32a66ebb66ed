using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Testbed.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gatehouse.AspNetCore.Tests.RateLimiting;

/// <summary>While the store of the counts is away each limit does what it says it does.</summary>
public sealed class LimitAwayTests
{
    [Fact]
    public async Task A_limit_that_counts_here_meanwhile_still_limits()
    {
        await using var app = await StartAsync(LimitWhenAway.Local);
        Store(app).IsAway = true;
        var token = app.SessionOf("reader");
        Assert.Equal((int[])[200, 200, 429], await StatusesAsync(app, token, 3));
        using var refused = await app.SendAsync("/shared", token);
        Assert.Equal("shared", ShownLimit.Of(refused, app.Clock.GetUtcNow()).Policy);
    }

    [Fact]
    public async Task A_limit_that_refuses_meanwhile_answers_503_until_the_store_is_back()
    {
        await using var app = await StartAsync(LimitWhenAway.Refuse);
        Store(app).IsAway = true;
        var token = app.SessionOf("reader");
        using var refused = await app.SendAsync("/shared", token);
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal("limits-unavailable", (await EntranceTests.ProblemAsync(refused)).GetProperty("code").GetString());
        Assert.Equal("address", ShownLimit.Of(refused, app.Clock.GetUtcNow()).Policy);

        Store(app).IsAway = false;
        app.Clock.AdvanceSeconds(3);
        Assert.Equal((int[])[200, 200, 429], await StatusesAsync(app, token, 3));
    }

    [Fact]
    public async Task A_limit_that_lets_all_through_meanwhile_shows_nothing_of_itself()
    {
        await using var app = await StartAsync(LimitWhenAway.Allow);
        Store(app).IsAway = true;
        var token = app.SessionOf("reader");
        Assert.Equal((int[])[200, 200, 200, 200], await StatusesAsync(app, token, 4));
        using var admitted = await app.SendAsync("/shared", token);
        Assert.Equal("address", ShownLimit.Of(admitted, app.Clock.GetUtcNow()).Policy);
    }

    [Fact]
    public async Task A_store_that_is_away_is_asked_once_in_two_seconds_and_told_of_once()
    {
        await using var app = await StartAsync(LimitWhenAway.Local);
        Store(app).IsAway = true;
        await StatusesAsync(app, app.SessionOf("reader"), 20);
        Assert.Equal(1, Store(app).Calls);
        app.Clock.AdvanceSeconds(2);
        await StatusesAsync(app, app.SessionOf("reader"), 20);
        Assert.Equal(2, Store(app).Calls);
        Assert.Single(app.Log.Lines, line => line.Text.StartsWith("The store of the limits does not answer", StringComparison.Ordinal));

        Store(app).IsAway = false;
        app.Clock.AdvanceSeconds(2);
        await StatusesAsync(app, app.SessionOf("reader"), 1);
        Assert.Single(app.Log.Lines, line => line.Text.StartsWith("The store of the limits answers again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_hangs_holds_a_request_up_for_a_second_and_no_longer()
    {
        await using var app = await StartAsync(LimitWhenAway.Allow);
        Store(app).Hangs = true;
        var asking = app.SendAsync("/shared", app.SessionOf("reader"));
        while (app.Clock.WaitingTimers == 0 || Store(app).Calls == 0)
        {
            await Task.Yield();
        }

        Assert.False(asking.IsCompleted);
        while (!asking.IsCompleted)
        {
            app.Clock.AdvanceSeconds(1);
            await Task.Delay(1);
        }

        using var response = await asking;
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static StubLimitStore Store(EdgeApp app) => (StubLimitStore)app.Services.GetRequiredService<ILimitStore>();

    private static Task<EdgeApp> StartAsync(LimitWhenAway choice) => EdgeApp.StartAsync(
        gatehouse: builder => builder.AddRateLimit(
            new PrefixedLimit(LimitPolicy.SlidingWindow("shared", 2, TimeSpan.FromMinutes(1)), default) { WhenAway = choice }),
        services: services => services.Replace(ServiceDescriptor.Singleton<ILimitStore, StubLimitStore>()),
        endpoints: routes => routes.MapGet("/shared", () => "shared").RequireRateLimit("shared"));

    private static async Task<int[]> StatusesAsync(EdgeApp app, string token, int calls)
    {
        var statuses = new List<int>();
        for (var call = 0; call < calls; call++)
        {
            using var response = await app.SendAsync("/shared", token);
            statuses.Add((int)response.StatusCode);
        }

        return [.. statuses];
    }
}
