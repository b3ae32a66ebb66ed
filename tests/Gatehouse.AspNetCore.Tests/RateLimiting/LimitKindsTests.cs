using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Testbed;
using Gatehouse.Testbed.Limits;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gatehouse.AspNetCore.Tests.RateLimiting;

/// <summary>Whom a limit counts, whom it spares, what a call costs, and several limits at once.</summary>
public sealed class LimitKindsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_limit_by_class_is_shared_by_all_callers_of_a_class()
    {
        await using var app = await StartAsync(Two with { By = LimitBy.Class });
        Assert.Equal(1, (await CallAsync(app, app.SessionOf("reader", Some.UserId()))).Remaining);
        Assert.Equal(0, (await CallAsync(app, app.SessionOf("reader", Some.UserId()))).Remaining);
        Assert.NotNull((await CallAsync(app, app.SessionOf("reader", Some.UserId()))).RetryAfter);
        Assert.Equal(1, (await CallAsync(app, app.Forge.M2M())).Remaining);
    }

    [Fact]
    public async Task A_limit_by_organization_is_shared_by_its_members_and_others_count_alone()
    {
        await using var app = await StartAsync(Two with { By = LimitBy.Organization });
        Assert.Equal(1, (await CallAsync(app, MemberOf("org_2One"))).Remaining);
        Assert.Equal(0, (await CallAsync(app, MemberOf("org_2One"))).Remaining);
        Assert.Equal(1, (await CallAsync(app, MemberOf("org_2Two"))).Remaining);
        Assert.Equal(1, (await CallAsync(app, app.SessionOf("reader", Some.UserId()))).Remaining);
        Assert.Equal(1, (await CallAsync(app, app.SessionOf("reader", Some.UserId()))).Remaining);

        string MemberOf(string organization) => app.Forge.Session(claims =>
        {
            claims["sub"] = Some.UserId();
            claims["o"] = new JsonObject { ["id"] = organization, ["rol"] = "member" };
        });
    }

    [Fact]
    public async Task A_limit_by_address_counts_before_anybody_is_known()
    {
        await using var app = await StartAsync(Two with { By = LimitBy.Address });
        Assert.Equal(1, (await CallAsync(app, "a.b.c")).Remaining);
        Assert.Equal(0, (await CallAsync(app, app.SessionOf("reader", Some.UserId()))).Remaining);
        Assert.Equal("tight", (await CallAsync(app, null)).Policy);
        using var refused = await app.SendAsync("/tight", app.SessionOf("reader", Some.UserId()));
        Assert.Equal(429, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Of_several_limits_all_count_and_the_tightest_shows()
    {
        await using var app = await EdgeApp.StartAsync(
            gatehouse: builder => builder
                .AddRateLimit(LimitPolicy.FixedWindow("wide", 10, Minute))
                .AddRateLimit(LimitPolicy.TokenBucket("narrow", 3, 1, TimeSpan.FromSeconds(10))),
            endpoints: routes =>
            {
                var group = routes.MapGroup("/several").RequireRateLimit("wide");
                group.MapGet("/both", () => "both").RequireRateLimit("narrow");
                group.MapGet("/one", () => "one");
                group.MapGet("/dear", () => "dear").RequireRateLimit("wide", cost: 5);
            });
        var token = app.SessionOf("reader");
        for (var left = 2; left >= 0; left--)
        {
            Assert.Equal(("narrow", left), Of(await CallAsync(app, token, "/several/both")));
        }

        // Refused by the one, it has been counted by the other too.
        var refused = await CallAsync(app, token, "/several/both");
        Assert.Equal(("narrow", 0L, TimeSpan.FromSeconds(10)), (refused.Policy, refused.Remaining, refused.RetryAfter));
        Assert.Equal(("wide", 5), Of(await CallAsync(app, token, "/several/one")));
        Assert.Equal(("wide", 0), Of(await CallAsync(app, token, "/several/dear")));
    }

    [Fact]
    [Proves("Z21", "Z22")]
    public async Task Machines_and_people_can_have_limits_of_their_own_at_one_endpoint()
    {
        await using var app = await EdgeApp.StartAsync(
            gatehouse: builder => builder
                .AddRateLimit(new PrefixedLimit(LimitPolicy.TokenBucket("m2m", 10_000, TimeSpan.FromHours(1)), default) { Classes = TokenClass.M2M })
                .AddRateLimit(new PrefixedLimit(LimitPolicy.FixedWindow("people", 3, Minute), default) { Classes = TokenClass.Session }),
            services: services => services.Replace(ServiceDescriptor.Singleton<ILimitStore, StubLimitStore>()),
            endpoints: routes => routes.MapGet("/external", (HttpContext context) => context.FindRateLimit()!.Decision.Remaining)
                .RequireRateLimit("m2m").RequireRateLimit("people"));
        Assert.Equal(("m2m", 9_999), Of(await CallAsync(app, app.Forge.M2M(), "/external")));
        Assert.Equal(("people", 2), Of(await CallAsync(app, app.SessionOf("reader"), "/external")));
        Assert.Equal(
            [$"m2m:{TokenForge.MachineId}", $"people:{TokenForge.UserId}"],   // and no address: that limit stays here
            ((StubLimitStore)app.Services.GetRequiredService<ILimitStore>()).Keys);
        using var response = await app.SendAsync("/external", app.SessionOf("reader"));
        Assert.Equal("1", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    [Proves("A48")]
    public async Task A_refusals_problem_names_its_type_and_the_limits_that_refused()
    {
        await using var app = await StartAsync(Two);
        var token = app.SessionOf("reader");
        await CallAsync(app, token);
        await CallAsync(app, token);
        using var refused = await app.SendAsync("/tight", token);
        Assert.Equal(
            """{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","title":"Too Many Requests","status":429,"code":"rate-limited","detail":"Rate limit exceeded","violated-policies":["tight"]}""",
            await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Whom_a_limit_spares_is_not_counted()
    {
        var spared = Some.UserId();
        await using var app = await StartAsync(Two with { ExemptSubjects = [spared], ExemptRoles = ["admin"] });
        foreach (var token in (string[])[app.SessionOf("reader", spared), app.SessionOf("admin", Some.UserId())])
        {
            for (var call = 0; call < 4; call++)
            {
                Assert.Equal("address", (await CallAsync(app, token)).Policy);
            }
        }

        Assert.Equal(("tight", 1), Of(await CallAsync(app, app.SessionOf("reader", Some.UserId()))));
    }

    [Fact]
    public async Task Who_might_be_spared_counts_while_nobody_can_say()
    {
        await using var app = await StartAsync(Two with { ExemptRoles = ["admin"] });
        app.Roles.IsAway = true;
        Assert.Equal(("tight", 1), Of(await CallAsync(app, app.SessionOf(null))));
    }

    [Fact]
    public async Task A_call_that_could_never_be_paid_for_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => EdgeApp.StartAsync(
            endpoints: routes => routes.MapGet("/dear", () => "dear").RequireRateLimit("api", cost: 6)));
        Assert.Equal("HTTP: GET /dear costs 6 of the limit 'api', which admits 5: nobody could call it", refused.Message);
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7, 127.0.0.1", "203.0.113.8, 127.0.0.1", 1)]
    [InlineData("127.0.0.0/8", "6.6.6.6, 203.0.113.7", "203.0.113.7", 0)]
    [InlineData("127.0.0.1", "2001:db8::1", "2001:db8::2", 0)]
    [InlineData("127.0.0.1", "2001:db8:0:1::1", "2001:db8:0:2::1", 1)]
    [InlineData("10.0.0.1", "203.0.113.7", "203.0.113.8", 0)]
    [InlineData(null, "203.0.113.7", "203.0.113.8", 0)]
    public async Task Whom_a_proxy_names_counts_only_if_the_configuration_trusts_it(string? trusted, string first, string second, long left)
    {
        await using var app = await StartAsync(Two with { By = LimitBy.Address }, trusted is null ? [] : [("Gatehouse:TrustedProxies:0", trusted)]);
        Assert.Equal(1, (await ForAsync(first)).Remaining);
        Assert.Equal(left, (await ForAsync(second)).Remaining);

        async Task<ShownLimit> ForAsync(string client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/tight");
            request.Headers.Add("X-Forwarded-For", client);
            using var response = await app.Client.SendAsync(request);
            return ShownLimit.Of(response, app.Clock.GetUtcNow());
        }
    }

    [Fact]
    [Proves("Z24")]
    public async Task Each_use_is_logged_with_who_how_where_and_what_came_of_it_and_no_secret()
    {
        await using var app = await StartAsync(Two with { LogUsage = true });
        var machine = app.Forge.M2M();
        foreach (var (token, agent) in ((string?, string)[])
        [
            (machine, "zmanim-client/1.2 (+https://example.com)"),
            (machine, $"evil {machine}"),
            (machine, "sk_test_gatehouse_local ak_0123456789abcdef0 " + new string('a', 15) + new string(' ', 400)),
            (null, ""),
        ])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/tight/of/7?key=hidden");
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            (await app.Client.SendAsync(request)).Dispose();
        }

        await app.DisposeAsync();   // lines are written after the answers
        var lines = app.Log.Lines.Where(line => line.Text.StartsWith("Used by", StringComparison.Ordinal)).Select(line => line.Text).ToList();
        Assert.Equal(
            [
                $"Used by - (-): GET /tight/of/{{id}} answered 200 to -",
                $"Used by {TokenForge.MachineId} (m2m): GET /tight/of/{{id}} answered 200 to evil ***",
                $"Used by {TokenForge.MachineId} (m2m): GET /tight/of/{{id}} answered 200 to zmanim-client/1.2 (+https://example.com)",
                $"Used by {TokenForge.MachineId} (m2m): GET /tight/of/{{id}} answered 429 to *** *** {new string('a', 15)}",
            ],
            lines.Select(line => line.TrimEnd()).Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 300));
    }

    private static PrefixedLimit Two => new(LimitPolicy.SlidingWindow("tight", 2, Minute), default);

    private static (string Policy, int Remaining) Of(ShownLimit shown) => (shown.Policy, (int)shown.Remaining);

    private static Task<EdgeApp> StartAsync(PrefixedLimit limit, params (string Key, string? Value)[] settings) => EdgeApp.StartAsync(
        gatehouse: builder => builder.AddRateLimit(limit),
        endpoints: routes =>
        {
            routes.MapGet("/tight", () => "tight").RequireRateLimit("tight");
            routes.MapGet("/tight/of/{id}", (string id) => id).RequireRateLimit("tight");
        },
        settings: settings);

    private static async Task<ShownLimit> CallAsync(EdgeApp app, string? token, string path = "/tight")
    {
        using var response = await app.SendAsync(path, token);
        return ShownLimit.Of(response, app.Clock.GetUtcNow());
    }
}
