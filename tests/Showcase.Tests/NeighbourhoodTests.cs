using Microsoft.Extensions.Configuration;

namespace Showcase.Tests;

public sealed class NeighbourhoodTests
{
    private static readonly string[] Apps = ["Gatehouse", "Hemera", "Aither", "Analyzer", "GoodTalk", "Shtetl Zmanim"];

    // Any file will do: it is only looked for.
    private static readonly KeyValuePair<string, string?> RedisServer = new("LocalUpstash:RedisServer", Environment.ProcessPath);

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("sk_test_gatehouse_local", "", true)]
    [InlineData("sk_test_of_somebody", null, false)]
    [InlineData(null, "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", false)]
    public void With_real_keys_the_local_Clerk_stays_away(string? secret, string? publishable, bool local)
    {
        var environment = new ConfigurationBuilder()
            .AddInMemoryCollection([new("CLERK_SECRET_KEY", secret), new("CLERK_PUBLISHABLE_KEY", publishable), RedisServer])
            .Build();
        var neighbourhood = Neighbourhood.Of(environment);
        Assert.Equal(local, neighbourhood.IsLocal);
        Assert.Equal(local ? ["Local Clerk", "Local Upstash", .. Apps] : Apps, neighbourhood.Services.Select(service => service.Name));
    }

    [Fact]
    public void Without_redis_server_the_local_Upstash_is_left_out_by_name()
    {
        var neighbourhood = Neighbourhood.Of(new ConfigurationBuilder().AddInMemoryCollection([new("LocalUpstash:RedisServer", "/nowhere/redis-server")]).Build());

        Assert.Equal(["Local Clerk", .. Apps], neighbourhood.Services.Select(service => service.Name));
        Assert.Contains("Local Upstash", Assert.Single(neighbourhood.Skipped), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_database_at_Upstash_the_local_one_stays_away()
    {
        var neighbourhood = Neighbourhood.Of(new ConfigurationBuilder().AddInMemoryCollection([new("UPSTASH_REDIS_REST_URL", "https://x.upstash.io"), RedisServer]).Build());

        Assert.Equal(["Local Clerk", .. Apps], neighbourhood.Services.Select(service => service.Name));
        Assert.Empty(neighbourhood.Skipped);
    }

    [Theory]
    [InlineData("Hemera:Gatehouse:MachineId=nobody", "Hemera:CLERK_SECRET_KEY=nonsense")]
    [InlineData("Hemera:Gatehouse:DataDirectory=/dev/null", "Hemera:Gatehouse:MachineId=mch_1")]
    [InlineData("Hemera:ConnectionStrings:Hemera=/dev/zero", "Hemera:Gatehouse:MachineId=mch_1")]
    public async Task What_cannot_start_ends_the_process_with_1(params string[] settings)
    {
        string[] real = ["CLERK_SECRET_KEY=sk_live_abc", "Hemera:CLERK_PUBLISHABLE_KEY=pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"];
        Assert.Equal(1, await ShowcaseProcess.RunAsync([.. real.Concat(settings).Select(setting => $"--{setting}")]));
    }
}
