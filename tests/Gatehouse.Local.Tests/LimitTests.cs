using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests;

public sealed class LimitTests
{
    [Fact]
    [Proves("A61")]
    public async Task Request_over_the_limit_is_429_until_the_window_ends()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Limits:BackendPer10Seconds", "3"));
        for (var count = 0; count < 3; count++)
        {
            Assert.Equal(200, (await clerk.GetAsync("/v1/users")).Status);
        }

        clerk.Clock.AdvanceSeconds(2.5);
        var refused = await clerk.GetAsync("/v1/users");
        Assert.Equal((429, "too_many_requests", "8"), (refused.Status, refused.Code, refused.RetryAfter));
        Assert.Equal(200, (await clerk.GetAsync("/v1/jwks")).Status);

        clerk.Clock.AdvanceSeconds(7.5);
        Assert.Equal(200, (await clerk.GetAsync("/v1/users")).Status);
    }

    [Fact]
    public async Task Writes_to_one_user_are_limited_apart_from_others()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:Limits:PerResourcePer10Seconds", "2"));

        Assert.Equal(200, await WriteAsync(clerk, LocalClerkDefaults.LinUserId));
        Assert.Equal(200, await WriteAsync(clerk, LocalClerkDefaults.LinUserId));
        Assert.Equal(429, await WriteAsync(clerk, LocalClerkDefaults.LinUserId));
        Assert.Equal(200, await WriteAsync(clerk, LocalClerkDefaults.GraceUserId));
        Assert.Equal(200, (await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.LinUserId}")).Status);
    }

    [Fact]
    public async Task Without_a_setting_there_is_no_limit()
    {
        await using var clerk = await RunningClerk.StartAsync();
        for (var count = 0; count < 200; count++)
        {
            Assert.Equal(200, (await clerk.GetAsync("/v1/instance")).Status);
        }
    }

    private static async Task<int> WriteAsync(RunningClerk clerk, string userId) =>
        (await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{userId}/metadata", new JsonObject { ["public_metadata"] = new JsonObject() })).Status;
}
