using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Tests.RateLimiting;

/// <summary>Limits as the configuration writes them.</summary>
public sealed class LimitSettingsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_kind_of_limit_can_be_written_in_the_configuration()
    {
        await using var app = await EdgeApp.StartAsync(settings:
        [
            ("Gatehouse:Limits:sliding:Requests", "100"), ("Gatehouse:Limits:sliding:Window", "00:01:00"),
            ("Gatehouse:Limits:fixed:Algorithm", "FixedWindow"), ("Gatehouse:Limits:fixed:Requests", "100"), ("Gatehouse:Limits:fixed:Window", "00:01:00"),
            ("Gatehouse:Limits:even:Algorithm", "TokenBucket"), ("Gatehouse:Limits:even:Requests", "10000"), ("Gatehouse:Limits:even:Window", "01:00:00"),
            ("Gatehouse:Limits:steps:Algorithm", "tokenbucket"), ("Gatehouse:Limits:steps:Burst", "20"), ("Gatehouse:Limits:steps:Refill", "5"),
            ("Gatehouse:Limits:steps:Window", "00:00:10"),
            ("Gatehouse:Limits:address:Requests", "7"),
        ]);
        var options = Options(app);
        Assert.Equal(LimitPolicy.SlidingWindow("sliding", 100, Minute), options.Policies["sliding"].Policy);
        Assert.Equal(LimitPolicy.FixedWindow("fixed", 100, Minute), options.Policies["fixed"].Policy);
        Assert.Equal(LimitPolicy.TokenBucket("even", 10_000, 1, TimeSpan.FromMilliseconds(360)), options.Policies["even"].Policy);
        Assert.Equal(LimitPolicy.TokenBucket("steps", 20, 5, TimeSpan.FromSeconds(10)), options.Policies["steps"].Policy);
        Assert.Equal(LimitPolicy.SlidingWindow("address", 7, Minute), options.AddressPolicy);
    }

    [Fact]
    public async Task The_configuration_changes_what_it_names_and_leaves_the_rest_as_the_code_said()
    {
        var bucket = LimitPolicy.TokenBucket("bucket", 10, 3, TimeSpan.FromSeconds(1));
        await using var app = await EdgeApp.StartAsync(
            gatehouse: builder => builder.AddRateLimit(new PrefixedLimit(bucket, "/b") { KeyPrefix = "b", WhenAway = LimitWhenAway.Refuse }),
            settings:
            [
                ("Gatehouse:Limits:api:Requests", "50"),
                ("Gatehouse:Limits:api:ReportOnly", "true"),
                ("Gatehouse:Limits:bucket:By", "organization"),
                ("Gatehouse:Limits:bucket:Classes", "M2M, ApiKey"),
                ("Gatehouse:Limits:bucket:WhenAway", "Allow"),
                ("Gatehouse:Limits:bucket:LogUsage", "true"),
                ("Gatehouse:Limits:bucket:Exempt:Subjects:0", "user_2Spared"),
                ("Gatehouse:Limits:bucket:Exempt:Roles:0", "admin"),
            ]);
        var options = Options(app);
        Assert.Equal(LimitPolicy.SlidingWindow("api", 50, Minute), options.Policies["api"].Policy);
        Assert.Equal("/api", options.Policies["api"].Prefix);
        Assert.Equal(["api"], options.ReportOnly);
        var changed = options.Policies["bucket"];
        Assert.Equal(
            (bucket, "/b", LimitBy.Organization, LimitWhenAway.Allow, "b", true),
            (changed.Policy, changed.Prefix.Value, changed.By, changed.WhenAway, changed.KeyPrefix, changed.LogUsage));
        Assert.Equal(TokenClass.M2M | TokenClass.ApiKey, changed.Classes);
        Assert.Equal(["user_2Spared"], changed.ExemptSubjects);
        Assert.Equal(["admin"], changed.ExemptRoles);
    }

    [Fact]
    public async Task Wrong_settings_stop_the_start_and_one_message_names_them_all()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => EdgeApp.StartAsync(settings:
        [
            ("Gatehouse:Limits:a:Requests", "0"), ("Gatehouse:Limits:a:Window", "soon"), ("Gatehouse:Limits:a:Algorithm", "7"),
            ("Gatehouse:Limits:b:Request", "5"), ("Gatehouse:Limits:b:Window", "00:01:00"),
            ("Gatehouse:Limits:c:Requests", "5"), ("Gatehouse:Limits:c:Window", "2.00:00:00"),
            ("Gatehouse:Limits:d:Requests", "5"), ("Gatehouse:Limits:d:Window", "00:01:00"), ("Gatehouse:Limits:d:Burst", "9"),
            ("Gatehouse:Limits:d:By", "moon"), ("Gatehouse:Limits:d:Classes", "M2M, Handshake"), ("Gatehouse:Limits:d:WhenAway", "1"), ("Gatehouse:Limits:d:LogUsage", "si"), ("Gatehouse:Limits:d:Prefix", "api"),
            ("Gatehouse:Limits:e:Requests", "5"), ("Gatehouse:Limits:e:Window", "00:01:00"), ("Gatehouse:Limits:e:By", "Address"),
            ("Gatehouse:Limits:e:Exempt:Roles:0", "king"),
            ("Gatehouse:TrustedProxies:0", "proxy.local"),
        ]));
        foreach (var fault in (string[])
        [
            "Gatehouse:Limits:a:Algorithm must be one of SlidingWindow, FixedWindow, TokenBucket",
            "Gatehouse:Limits:a:Requests must be 1 to 1,000,000,000",
            "Gatehouse:Limits:a:Window must be a time, as in 00:01:00",
            "Gatehouse:Limits:a needs Requests (1 or more) and Window (at least a second, as in 00:01:00)",
            "Gatehouse:Limits:b:Request is no setting of a limit: Algorithm, Requests, Window, Burst, Refill, By, Classes, WhenAway, KeyPrefix, Prefix, Exempt, LogUsage, ReportOnly",
            "Gatehouse:Limits:b needs Requests",
            "Gatehouse:Limits:c is no limit: ",
            "Gatehouse:Limits:d: Burst and Refill are for Algorithm TokenBucket",
            "Gatehouse:Limits:d:By must be one of Subject, Class, Organization, Address",
            "Gatehouse:Limits:d:Classes must name one or more of Session, Template, M2M, OAuth, ApiKey",
            "Gatehouse:Limits:d:WhenAway must be one of Local, Refuse, Allow",
            "Gatehouse:Limits:d:LogUsage must be true or false",
            "Gatehouse:Limits:d:Prefix must be a path that begins with /",
            "no role is called 'king': add it to Gatehouse:Roles",
            "exempts nobody: it counts before anybody is known",
            "'proxy.local' is neither an address nor a network such as 10.0.0.0/8",
        ])
        {
            Assert.Contains(fault, failure.Message, StringComparison.Ordinal);
        }
    }

    private static RateLimitOptions Options(EdgeApp app) => app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;
}
