using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Limits;
using Gatehouse.Testbed.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests.RateLimiting;

public sealed class LimitCrawlTests
{
    [Theory]
    [InlineData(LimitAlgorithm.SlidingWindow)]
    [InlineData(LimitAlgorithm.FixedWindow)]
    [InlineData(LimitAlgorithm.TokenBucket)]
    public async Task Every_limited_endpoint_shows_its_limit_at_every_status_and_the_truth_about_it(LimitAlgorithm algorithm)
    {
        var minute = TimeSpan.FromMinutes(1);
        var policy = algorithm switch
        {
            LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow("api", 20, minute),
            LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow("api", 20, minute),
            _ => LimitPolicy.TokenBucket("api", 20, minute),
        };
        await using var app = await EdgeApp.StartAsync(
            gatehouse: builder => builder.AddRateLimit(policy, "/api"),
            endpoints: routes =>
            {
                var api = routes.MapGroup("/api").RequireRateLimit("api").RequireRateLimit("wide");
                api.MapPost("/json", (Note note) => note.Text).RequirePermission("read");
                api.MapGet("/away", () => TypedResults.StatusCode(503)).RequirePermission("read");
                api.MapGet("/missing/{id}", () => TypedResults.NotFound()).RequirePermission("read");
                api.MapGet("/dear", () => "dear").RequirePermission("read").RequireRateLimit("api", cost: 5);
            },
            services: services => services.Configure<RateLimitOptions>(
                options => options.Policies["wide"] = new PrefixedLimit(LimitPolicy.FixedWindow("wide", 10_000, minute), default)));
        var crawler = new LimitCrawler(app.Client, app.Clock, app.SessionOf, "admin", "unknown");
        var crawled = 0;
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetOrderedMetadata<RateLimitMetadata>().LastOrDefault(limit => limit.PolicyName == "api") is { } limit)
            {
                var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
                await crawler.CrawlAsync(method, endpoint.RoutePattern.RawText!.Replace("{id}", "7", StringComparison.Ordinal), limit.Cost);
                crawled++;
            }
        }

        Assert.Equal(7, crawled);
        Assert.Equal([200, 400, 401, 403, 404, 405, 415, 429, 500, 503], crawler.Statuses);
    }

    internal sealed record Note(string Text);
}
