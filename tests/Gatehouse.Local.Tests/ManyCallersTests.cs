using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests;

public sealed class ManyCallersTests
{
    private const int Callers = 16;
    private const int Rounds = 25;

    [Fact]
    public async Task Many_callers_at_once_lose_nothing_and_break_nothing()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId, LocalClerkDefaults.OperatorsOrganizationId);
        var keys = (await clerk.GetAsync("/v1/jwks")).Json["keys"]!.AsArray().ToJsonString();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));

        Assert.Equal(4 + (Callers * Rounds), (await clerk.GetAsync("/v1/users/count")).Number("total_count"));
        var metadata = (await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.LinUserId}")).Json["unsafe_metadata"]!.AsObject();
        Assert.Equal(Callers * Rounds, metadata.Count);

        async Task CallAsync(int caller)
        {
            for (var round = 0; round < Rounds; round++)
            {
                Assert.Equal(200, (await clerk.PostAsync("/v1/users", new JsonObject { ["external_id"] = $"{caller}-{round}" })).Status);
                var change = new JsonObject { ["unsafe_metadata"] = new JsonObject { [$"c{caller}r{round}"] = 1 } };
                var path = $"/v1/users/{LocalClerkDefaults.LinUserId}/metadata";
                Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Patch, path, change)).Status);
                var token = (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Text("jwt");
                ReadToken.Verified(token, JsonNode.Parse(keys)!.AsArray());
                Assert.Equal(200, (await clerk.GetAsync("/v1/users?limit=20&query=a")).Status);
            }
        }
    }
}
