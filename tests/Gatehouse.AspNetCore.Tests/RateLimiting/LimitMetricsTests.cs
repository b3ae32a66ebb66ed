using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gatehouse.AspNetCore.Tests.RateLimiting;

public sealed class LimitMetricsTests
{
    // Other tests run at the same time and count in meters of the same name.
    private readonly string _name = $"counted {Guid.NewGuid()}";

    [Fact]
    public async Task Decisions_are_counted_by_what_came_of_them()
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen(counted);
        await using var app = await StartAsync(new PrefixedLimit(Policy, default) { ExemptRoles = ["admin"] });
        await CallAsync(app, app.SessionOf("reader"), app.SessionOf("reader"), app.SessionOf("admin"));
        Assert.Equal(["outcome=allowed", "outcome=refused", "outcome=exempt"], counted);
    }

    [Fact]
    public async Task Refusals_that_are_only_reported_are_counted_as_such()
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen(counted);
        await using var app = await StartAsync(new PrefixedLimit(Policy, default), options => options.ReportOnly.Add(_name));
        await CallAsync(app, app.SessionOf("reader"), app.SessionOf("reader"));
        Assert.Equal(["outcome=allowed", "outcome=reported"], counted);
    }

    [Theory]
    [InlineData(LimitWhenAway.Local, "choice=local, outcome=allowed")]
    [InlineData(LimitWhenAway.Refuse, "choice=refuse")]
    [InlineData(LimitWhenAway.Allow, "choice=allow")]
    public async Task Decisions_without_the_store_are_counted_by_what_was_done_instead(LimitWhenAway choice, string expected)
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen(counted);
        await using var app = await StartAsync(new PrefixedLimit(Policy, default) { WhenAway = choice });
        ((StubLimitStore)app.Services.GetRequiredService<ILimitStore>()).IsAway = true;
        await CallAsync(app, app.SessionOf("reader"));
        Assert.Equal(expected, string.Join(", ", counted));
    }

    [Fact]
    public void Every_choice_has_a_test_here() => Assert.Equal(3, Enum.GetValues<LimitWhenAway>().Length);

    private LimitPolicy Policy => LimitPolicy.SlidingWindow(_name, 1, TimeSpan.FromMinutes(1));

    private Task<EdgeApp> StartAsync(PrefixedLimit limit, Action<RateLimitOptions>? configure = null) => EdgeApp.StartAsync(
        gatehouse: builder => builder.AddRateLimit(limit),
        services: services =>
        {
            services.Replace(ServiceDescriptor.Singleton<ILimitStore, StubLimitStore>());
            services.Configure(configure ?? (_ => { }));
        },
        endpoints: routes => routes.MapGet("/counted", () => "counted").RequireRateLimit(_name));

    private static async Task CallAsync(EdgeApp app, params string[] tokens)
    {
        foreach (var token in tokens)
        {
            (await app.SendAsync("/counted", token)).Dispose();
        }
    }

    private MeterListener Listen(ConcurrentQueue<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name is "gatehouse.limits.decisions" or "gatehouse.limits.away")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (count == 1 && Equals(tags[0].Value, _name))
            {
                counted.Enqueue($"{tags[1].Key}={tags[1].Value}");
            }
        });
        listener.Start();
        return listener;
    }
}
