using Microsoft.Extensions.Configuration;

namespace Showcase.Tests;

public sealed class NeighbourhoodTests
{
    private static readonly string[] Apps = ["Gatehouse", "Hemera", "Aither", "Analyzer", "GoodTalk", "Shtetl Zmanim"];

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("sk_test_gatehouse_local", "", true)]
    [InlineData("sk_test_of_somebody", null, false)]
    [InlineData(null, "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k", false)]
    public void With_real_keys_the_local_Clerk_stays_away(string? secret, string? publishable, bool local)
    {
        var environment = new ConfigurationBuilder()
            .AddInMemoryCollection([new("CLERK_SECRET_KEY", secret), new("CLERK_PUBLISHABLE_KEY", publishable)])
            .Build();
        var neighbourhood = Neighbourhood.Of(environment);
        Assert.Equal(local, neighbourhood.IsLocal);
        Assert.Equal(local ? ["Local Clerk", .. Apps] : Apps, neighbourhood.Services.Select(service => service.Name));
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
