using Gatehouse.Local.Upstash;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Interop.Tests;

/// <summary>A local Upstash of a test's own, over a redis-server of its own.</summary>
internal static class FreshLocalUpstash
{
    /// <summary>Starts it; skips the test where the machine has no redis-server.</summary>
    /// <param name="url">Where, if it has to be where another was before. Default a free port.</param>
    public static async Task<WebApplication> StartAsync(string url = "http://127.0.0.1:0")
    {
        Assert.SkipUnless(LocalUpstash.HasRedisServer(new ConfigurationBuilder().AddEnvironmentVariables().Build()), "no redis-server");
        var upstash = LocalUpstash.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", url)]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await upstash.StartAsync(TestContext.Current.CancellationToken);
        return upstash;
    }

    /// <summary>The variables that the official clients read.</summary>
    public static Dictionary<string, string> Environment(WebApplication upstash) => new(StringComparer.Ordinal)
    {
        ["UPSTASH_REDIS_REST_URL"] = upstash.Urls.Single(),
        ["UPSTASH_REDIS_REST_TOKEN"] = LocalUpstashDefaults.Token,
        ["UPSTASH_DISABLE_TELEMETRY"] = "1",
    };
}
