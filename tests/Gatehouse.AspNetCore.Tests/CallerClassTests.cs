using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>Endpoints that machines and keys share, with a demand and a limit for each kind.</summary>
public sealed class CallerClassTests
{
    [Theory]
    [InlineData("items:read", 200)]
    [InlineData("items:write", 403)]
    [InlineData("read", 403)]
    public async Task A_key_needs_the_permission_by_its_scopes_where_people_and_machines_need_none(string scope, int status)
    {
        await using var app = await StartAsync(scope);
        using var key = await app.SendAsync("/shared/a", "ak_secret");
        using var machine = await app.SendAsync("/shared/a", app.Forge.M2M());
        using var person = await app.SendAsync("/shared/a", app.Forge.Session());
        using var stranger = await app.SendAsync("/shared/a");
        Assert.Equal((status, 200, 200, 401), ((int)key.StatusCode, (int)machine.StatusCode, (int)person.StatusCode, (int)stranger.StatusCode));
    }

    [Fact]
    public async Task A_limit_for_one_class_counts_no_other_and_hides_behind_none()
    {
        await using var app = await StartAsync("items:read");
        foreach (var (token, policy) in ((string, string)[])[(app.Forge.M2M(), "\"machines\";q=2;"), ("ak_secret", "\"keys\";q=3;"), (app.Forge.Session(), "\"address\";")])
        {
            using var named = await app.SendAsync("/shared/a", token);
            using var prefixed = await app.SendAsync("/shared/nothing", token);
            Assert.All([named, prefixed], response => Assert.StartsWith(policy, response.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal));
        }

        using var third = await app.SendAsync("/shared/a", app.Forge.M2M());
        using var key = await app.SendAsync("/shared/a", "ak_secret");
        Assert.Equal((429, 200), ((int)third.StatusCode, (int)key.StatusCode));
    }

    [Fact]
    public async Task Whoever_looks_at_a_refused_call_sees_whose_it_was()
    {
        var seen = new List<(int Status, string? Subject)>();
        await using var app = await StartAsync("items:read", (context, next) => LookAsync(seen, context, next));
        for (var call = 0; call < 3; call++)
        {
            using var response = await app.SendAsync("/shared/a", app.Forge.M2M());
        }

        Assert.Equal([(200, TokenForge.MachineId), (200, TokenForge.MachineId), (429, TokenForge.MachineId)], seen);
    }

    private static async Task LookAsync(List<(int Status, string? Subject)> seen, HttpContext context, RequestDelegate next)
    {
        await next(context);
        seen.Add((context.Response.StatusCode, (context.User as Authentication.ClerkPrincipal)?.Subject));
    }

    private static Task<EdgeApp> StartAsync(string scope, Func<HttpContext, RequestDelegate, Task>? outermost = null) => EdgeApp.StartAsync(
        entrance => entrance.Classes = TokenClass.Session | TokenClass.M2M | TokenClass.ApiKey,
        gatehouse => gatehouse
            .AddRateLimit(new PrefixedLimit(LimitPolicy.SlidingWindow("machines", 2, TimeSpan.FromMinutes(1)), "/shared") { Classes = TokenClass.M2M })
            .AddRateLimit(new PrefixedLimit(LimitPolicy.SlidingWindow("keys", 3, TimeSpan.FromMinutes(1)), "/shared") { Classes = TokenClass.ApiKey }),
        services =>
        {
            services.AddSingleton<IOpaqueTokenSource>(new Word(scope));
            if (outermost is not null)
            {
                services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(new Outermost(outermost));
            }
        },
        endpoints: app => app.MapGet("/shared/a", () => "a").RequireKeyPermission("read").RequireRateLimit("machines").RequireRateLimit("keys"),
        settings: [("Gatehouse:Scopes:items:read:0", "read"), ("Gatehouse:Scopes:items:write:0", "write")]);

    private sealed class Outermost(Func<HttpContext, RequestDelegate, Task> look) : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(following => context => look(context, following));
            next(app);
        };
    }

    private sealed class Word(string scope) : IOpaqueTokenSource
    {
        public ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken) =>
            ValueTask.FromResult(OpaqueLookup.Of(new OpaqueToken { Class = tokenClass, Id = "ak_1", Subject = TokenForge.UserId, Scopes = [scope] }));
    }
}
