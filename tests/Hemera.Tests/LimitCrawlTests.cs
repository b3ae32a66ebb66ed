using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.Testbed;
using Gatehouse.Testbed.Limits;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Hemera.Tests;

public sealed class LimitCrawlTests
{
    [Fact]
    [Proves("A48", "A49")]
    public async Task Every_limited_endpoint_shows_its_limit_at_every_status_and_the_truth_about_it()
    {
        await using var hemera = await HemeraHost.StartAsync();
        var crawler = new LimitCrawler(hemera.Client, hemera.Clock, hemera.TokenOf, "admin", "participant");
        var endpoints = hemera.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RateLimitMetadata>() is not null)
            .Select(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], Path(endpoint)))
            .ToList();
        foreach (var (method, path) in endpoints)
        {
            await crawler.CrawlAsync(method, path);
        }

        Assert.Equal(4, endpoints.Count);
        Assert.Equal([200, 400, 401, 403, 404, 405, 415, 429], crawler.Statuses);

        File.Delete(hemera.DatabasePath);
        await crawler.CrawlAsync(endpoints[0].Item1, endpoints[0].Item2);
        Assert.Contains(503, crawler.Statuses);
    }

    private static string Path(RouteEndpoint endpoint)
    {
        var template = endpoint.RoutePattern.RawText!.TrimEnd('/');
        return template.Contains("courses", StringComparison.Ordinal)
            ? template.Replace("{id}", HemeraHost.Course.Split('/')[^1], StringComparison.Ordinal)
            : template.Replace("{id}", HemeraHost.Participation.Split('/')[^1], StringComparison.Ordinal);
    }
}
