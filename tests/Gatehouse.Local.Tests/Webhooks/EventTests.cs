using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Webhooks;
using Gatehouse.Local.Tests.Data;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Webhooks;

/// <summary>Which change tells what.</summary>
public sealed class EventTests
{
    private const string Grace = LocalClerkDefaults.GraceUserId;

    public static TheoryData<string> Types => [.. EventTypes.All];

    public static TheoryData<string, string, string, string[]> Changes => new()
    {
        { "POST", "/v1/users", """{"first_name":"New"}""", ["user.created"] },
        { "PATCH", $"/v1/users/{Grace}", """{"first_name":"G"}""", ["user.updated"] },
        { "PATCH", $"/v1/users/{Grace}", """{"password":"another long one","sign_out_of_other_sessions":true}""", ["session.revoked", "user.updated"] },
        { "PATCH", $"/v1/users/{Grace}/metadata", """{"public_metadata":{"a":1}}""", ["user.updated"] },
        { "PUT", $"/v1/users/{Grace}/metadata", """{"public_metadata":{"a":1}}""", ["user.updated"] },
        { "POST", $"/v1/users/{Grace}/ban", "{}", ["session.revoked", "user.updated"] },
        { "POST", $"/v1/users/{Grace}/unban", "{}", ["user.updated"] },
        { "POST", $"/v1/users/{Grace}/lock", "{}", ["user.updated"] },
        { "POST", $"/v1/users/{Grace}/unlock", "{}", ["user.updated"] },
        { "POST", "/v1/users/ban", $$"""{"user_ids":["{{Grace}}","{{LocalClerkDefaults.LinUserId}}"]}""", ["session.revoked", "user.updated", "user.updated"] },
        { "POST", "/v1/sessions", $$"""{"user_id":"{{Grace}}"}""", ["session.created"] },
        { "POST", "/v1/sessions/{session}/revoke", "{}", ["session.revoked"] },
        { "DELETE", $"/v1/users/{Grace}", "", ["session.removed", "organizationMembership.deleted", "user.deleted"] },

        // What changes nothing tells nothing.
        { "GET", $"/v1/users/{Grace}", "", [] },
        { "PATCH", $"/v1/users/{Grace}", """{"first_name":7}""", [] },
        { "PATCH", "/v1/users/user_2nobody", """{"first_name":"N"}""", [] },
        { "DELETE", "/v1/users/user_2nobody", "", [] },
        { "POST", $"/v1/users/{Grace}/verify_password", $$"""{"password":"{{LocalClerkDefaults.Password}}"}""", [] },
        { "POST", "/v1/sessions/{session}/tokens", "{}", [] },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Every_change_tells_what_it_changed(string method, string path, string body, string[] types)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(Grace);
        var before = (long)(await clerk.MessagesAsync())[^1]["n"]!;

        await clerk.SendAsync(
            new HttpMethod(method),
            path.Replace("{session}", session, StringComparison.Ordinal),
            body.Length == 0 ? null : JsonNode.Parse(body));

        var messages = await clerk.MessagesAsync(before);
        Assert.Equal(types, messages.Select(message => (string?)message["type"]));
        Assert.All(messages, message => Assert.Empty(EventShapes.Faults(message["payload"]!)));
    }

    [Fact]
    public async Task A_session_that_is_over_is_not_revoked_again()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(Grace);

        await clerk.PostAsync($"/v1/sessions/{session}/revoke");
        await clerk.PostAsync($"/v1/sessions/{session}/revoke");

        Assert.Equal(["session.created", "session.revoked"], (await clerk.MessagesAsync()).Select(message => (string?)message["type"]));
    }

    [Fact]
    public async Task Deletion_is_told_from_the_leaves_to_the_root_with_what_each_was()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.AdaUserId}", new JsonObject { ["external_id"] = "x-1" });
        var first = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId);
        var second = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId);
        var over = await clerk.SessionAsync(LocalClerkDefaults.AdaUserId);
        await clerk.PostAsync($"/v1/sessions/{over}/revoke");
        var before = (long)(await clerk.MessagesAsync())[^1]["n"]!;

        await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{LocalClerkDefaults.AdaUserId}");

        var told = (await clerk.MessagesAsync(before)).Select(message => message["payload"]!).ToList();
        Assert.Equal(
            ["session.removed", "session.removed", "organizationMembership.deleted", "organizationMembership.deleted", "user.deleted"],
            told.Select(payload => (string?)payload["type"]));
        Assert.Equal([first, second], told.Take(2).Select(payload => (string?)payload["data"]!["id"]));
        Assert.All(told.Take(2), payload => Assert.Equal("removed", (string?)payload["data"]!["status"]));
        Assert.Equal(
            [LocalClerkDefaults.OperatorsOrganizationId, LocalClerkDefaults.KryptonOrganizationId],
            told.Skip(2).Take(2).Select(payload => (string?)payload["data"]!["organization"]!["id"]));
        Assert.Equal("ada+clerk_test@example.com", (string?)told[2]["data"]!["public_user_data"]!["identifier"]);
        Assert.Equal(
            $$"""{"deleted":true,"external_id":"x-1","id":"{{LocalClerkDefaults.AdaUserId}}","object":"user"}""",
            told[4]["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Event_tells_the_resource_as_it_was_when_it_happened()
    {
        await using var clerk = await RunningClerk.StartAsync();

        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{Grace}", new JsonObject { ["first_name"] = "One" });
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{Grace}", new JsonObject { ["first_name"] = "Two" });

        Assert.Equal(["One", "Two"], (await clerk.MessagesAsync()).Select(message => (string?)message["payload"]!["data"]!["first_name"]));
    }

    [Fact]
    public async Task Envelope_names_instance_time_and_the_request_that_caused_it()
    {
        await using var clerk = await RunningClerk.StartAsync();
        clerk.Http.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1.0");
        await clerk.PostAsync("/_local/clock", new JsonObject { ["offset_seconds"] = 60 });

        await clerk.PostAsync($"/v1/users/{Grace}/lock");

        var payload = (await clerk.MessagesAsync()).Single()["payload"]!.AsObject();
        payload.Remove("data");
        Assert.Equal(
            $$$"""{"event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":"tests/1.0"}},"instance_id":"{{{LocalClerkDefaults.InstanceId}}}","object":"event","timestamp":{{{clerk.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 60_000}}},"type":"user.updated"}""",
            payload.ToJsonString());
    }

    [Fact]
    public void Every_documented_event_is_known() =>
        Assert.Equal(EventShapes.Types.Order(StringComparer.Ordinal), EventTypes.All.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_event_has_its_place_on_the_page()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/local-clerk-webhooks.md"));

        Assert.All(EventTypes.All, type => Assert.Contains($"`{type}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_event_can_be_sent_as_a_sample_with_all_its_fields(string type)
    {
        await using var clerk = await RunningClerk.StartAsync();
        var state = (await clerk.GetAsync("/_local/state")).Body;

        var sent = await clerk.PostAsync("/_local/webhooks", new JsonObject { ["type"] = type });

        var message = (await clerk.MessagesAsync()).Single();
        Assert.Equal((200, type, (string?)message["id"]), (sent.Status, sent.Text("type"), sent.Text("id")));
        Assert.Empty(EventShapes.Faults(message["payload"]!));
        Assert.DoesNotContain("\"@", message["payload"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(state, (await clerk.GetAsync("/_local/state")).Body);
    }

    [Theory]
    [InlineData("session.pending", "status", "pending")]
    [InlineData("session.ended", "status", "ended")]
    [InlineData("organizationInvitation.accepted", "status", "accepted")]
    [InlineData("paymentAttempt.updated", "status", "paid")]
    [InlineData("subscription.pastDue", "status", "past_due")]
    [InlineData("subscriptionItem.canceled", "status", "canceled")]
    [InlineData("waitlistEntry.updated", "status", "invited")]
    public async Task Sample_is_in_the_state_that_its_event_tells(string type, string name, string value)
    {
        await using var clerk = await RunningClerk.StartAsync();

        await clerk.SampleAsync(type);

        Assert.Equal(value, (string?)(await clerk.MessagesAsync()).Single()["payload"]!["data"]![name]);
    }

    [Fact]
    public async Task Sample_takes_members_of_the_callers_own()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = Some.UserId();

        await clerk.PostAsync("/_local/webhooks", new JsonObject
        {
            ["type"] = "user.updated",
            ["data"] = new JsonObject { ["id"] = id, ["updated_at"] = 7 },
        });

        var data = (await clerk.MessagesAsync()).Single()["payload"]!["data"]!;
        Assert.Equal((id, 7, "Grace"), ((string?)data["id"], (int)data["updated_at"]!, (string?)data["first_name"]));
    }

    [Fact]
    public async Task Samples_are_sent_also_where_nobody_is_left()
    {
        await using var clerk = await RunningClerk.StartAsync();
        foreach (var id in (await clerk.GetAsync("/v1/users")).Ids())
        {
            await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{id}");
        }

        foreach (var type in EventTypes.All.Where(type => !type.StartsWith("organizationMembership", StringComparison.Ordinal)))
        {
            await clerk.SampleAsync(type);
        }

        Assert.All((await clerk.MessagesAsync()).TakeLast(40), message => Assert.Empty(EventShapes.Faults(message["payload"]!)));
    }

    [Theory]
    [InlineData("""{}""", "type")]
    [InlineData("""{"type":"user.exploded"}""", "type")]
    [InlineData("""{"type":"user.created","data":[]}""", "data")]
    public async Task Other_samples_are_refused(string body, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.PostAsync("/_local/webhooks", JsonNode.Parse(body));

        Assert.Equal((422, parameter), (answer.Status, answer.Parameter));
        Assert.Empty(await clerk.MessagesAsync());
    }
}
