using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Tests.Webhooks;

namespace Gatehouse.Local.Tests;

public sealed class SnapshotTests
{
    private static readonly string[] Views =
    [
        "/v1/users?limit=500", "/v1/sessions", "/v1/organization_memberships", "/v1/jwt_templates", "/v1/machines", "/v1/jwks",
        "/_local/state", "/_local/endpoints", "/_local/faults", "/_local/session-claims", "/_local/clock", "/_local/webhooks",
    ];

    [Fact]
    public async Task Restoring_makes_everything_as_it_was()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await ChangeAsync(clerk, receiver.Url, "first");
        var before = await ViewAsync(clerk);
        var taken = await clerk.PostAsync("/_local/snapshots");
        await ChangeAsync(clerk, "http://localhost:1/", "second");
        await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{LocalClerkDefaults.AdaUserId}");
        var between = await ViewAsync(clerk);

        var restored = await clerk.PostAsync($"/_local/snapshots/{taken.Text("id")}/restore");

        Assert.Equal((201, 200), (taken.Status, restored.Status));
        Assert.Matches("^snap_", taken.Text("id"));
        Assert.All(Views, view => Assert.NotEqual(before[view], between[view]));
        Assert.Equal(before, await ViewAsync(clerk));
    }

    [Fact]
    public async Task Snapshot_can_be_restored_again_and_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = (await clerk.PostAsync("/_local/snapshots")).Text("id");
        var before = await ViewAsync(clerk);

        for (var round = 0; round < 3; round++)
        {
            await clerk.PostAsync("/v1/users", new JsonObject { ["first_name"] = "New" });
            await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.LinUserId}/metadata", JsonNode.Parse("""{"public_metadata":{"a":1}}"""));
            await clerk.PostAsync($"/_local/snapshots/{id}/restore");
            Assert.Equal(before, await ViewAsync(clerk));
        }
    }

    [Fact]
    public async Task Session_of_the_snapshot_mints_tokens_of_its_key_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.PostAsync("/_local/keys/rotate");
        var session = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);
        var id = (await clerk.PostAsync("/_local/snapshots")).Text("id");
        await clerk.PostAsync("/_local/reset");
        Assert.Equal(404, (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Status);

        await clerk.PostAsync($"/_local/snapshots/{id}/restore");

        var token = (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Text("jwt");
        Assert.NotEqual(LocalClerkDefaults.InstanceId, (string?)(await ReadToken.VerifiedAsync(clerk, token)).Header["kid"]);
    }

    [Fact]
    public async Task Retry_that_waited_waits_again_after_a_restore()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        var sent = await clerk.SampleAsync();
        clerk.Clock.AdvanceSeconds(2);
        var id = (await clerk.PostAsync("/_local/snapshots")).Text("id");
        receiver.Answer = _ => 200;
        clerk.Clock.AdvanceSeconds(3);
        await clerk.SettleAsync();
        Assert.Equal(2, receiver.Received.Count);

        await clerk.PostAsync($"/_local/snapshots/{id}/restore");
        clerk.Clock.AdvanceSeconds(2.999);
        await clerk.SettleAsync();
        Assert.Equal(2, receiver.Received.Count);
        clerk.Clock.AdvanceSeconds(0.001);
        await clerk.SettleAsync();

        Assert.Equal([sent, sent, sent], receiver.Received.Select(webhook => webhook.Id));
        Assert.Equal([500, 200], (await clerk.MessagesAsync()).Single()["attempts"]!.AsArray().Select(attempt => (int)attempt!["status"]!));
    }

    [Fact]
    public async Task What_was_to_be_delivered_is_not_after_a_reset()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => 500;
        await clerk.SendToAsync(new { url = receiver.Url });
        await clerk.SampleAsync();

        await clerk.PostAsync("/_local/reset");
        clerk.Clock.AdvanceSeconds(5);
        await clerk.SettleAsync();

        Assert.Single(receiver.Received);
        Assert.Empty(await clerk.MessagesAsync());
        Assert.Equal("[]", (await clerk.GetAsync("/_local/endpoints")).Body);
    }

    [Fact]
    public async Task Unknown_snapshot_is_not_found_and_changes_nothing()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var before = await ViewAsync(clerk);

        Assert.Equal(404, (await clerk.PostAsync("/_local/snapshots/snap_unknown/restore")).Status);

        Assert.Equal(before, await ViewAsync(clerk));
    }

    [Fact]
    public async Task Only_the_last_snapshots_are_kept()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var ids = new List<string>();
        for (var count = 0; count < 33; count++)
        {
            ids.Add((await clerk.PostAsync("/_local/snapshots")).Text("id"));
        }

        Assert.Equal(404, (await clerk.PostAsync($"/_local/snapshots/{ids[0]}/restore")).Status);
        Assert.Equal(200, (await clerk.PostAsync($"/_local/snapshots/{ids[1]}/restore")).Status);
    }

    private static async Task ChangeAsync(RunningClerk clerk, string url, string name)
    {
        await clerk.SendToAsync(new { url });
        await clerk.SetFaultsAsync($$$"""{"seed":{{{name.Length}}},"webhooks":{"duplicate":0.5}}""");
        await clerk.PostAsync("/v1/users", new JsonObject { ["first_name"] = name });
        await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);
        await clerk.PostAsync("/v1/machines", new JsonObject { ["name"] = name });
        await clerk.PostAsync("/v1/jwt_templates", new JsonObject { ["name"] = name, ["claims"] = new JsonObject { ["a"] = name } });
        await clerk.PostAsync("/_local/keys/rotate");
        await clerk.SendAsync(HttpMethod.Put, "/_local/session-claims", new JsonObject { ["claims"] = new JsonObject { ["name"] = name }, ["lifetime"] = 30 + name.Length });
        await clerk.PostAsync("/_local/clock", new JsonObject { ["advance_seconds"] = 60, ["webhook_time_factor"] = 1 + name.Length });
        await clerk.SettleAsync();
    }

    private static async Task<Dictionary<string, string>> ViewAsync(RunningClerk clerk)
    {
        var views = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var view in Views)
        {
            var answer = await clerk.GetAsync(view);
            Assert.Equal(200, answer.Status);
            views[view] = answer.Body;
        }

        return views;
    }
}
