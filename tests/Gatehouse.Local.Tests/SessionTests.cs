using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests;

public sealed class SessionTests
{
    private const string Grace = LocalClerkDefaults.GraceUserId;

    [Fact]
    public async Task Sessions_are_listed_newest_first_and_filtered()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var first = await clerk.SessionAsync(Grace);
        clerk.Clock.AdvanceSeconds(1);
        var second = await clerk.SessionAsync(Grace);
        clerk.Clock.AdvanceSeconds(1);
        var other = await clerk.SessionAsync(LocalClerkDefaults.LinUserId);
        await clerk.PostAsync($"/v1/sessions/{first}/revoke");
        var client = (await clerk.GetAsync($"/v1/sessions/{other}")).Text("client_id");

        Assert.Equal([other, second, first], (await clerk.GetAsync("/v1/sessions")).Ids());
        Assert.Equal([second, first], (await clerk.GetAsync($"/v1/sessions?user_id={Grace}")).Ids());
        Assert.Equal([first], (await clerk.GetAsync("/v1/sessions?status=revoked")).Ids());
        Assert.Equal([other], (await clerk.GetAsync($"/v1/sessions?client_id={client}")).Ids());
        var page = await clerk.GetAsync("/v1/sessions?paginated=true&limit=1&offset=1");
        Assert.Equal(3, page.Number("total_count"));
        Assert.Equal([second], page.Ids());
        Assert.Equal("status", (await clerk.GetAsync("/v1/sessions?status=asleep")).Parameter);
    }

    [Fact]
    public async Task Session_ends_by_itself_after_seven_days()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(Grace);

        clerk.Clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal("expired", (await clerk.GetAsync($"/v1/sessions/{session}")).Text("status"));
        Assert.Equal(404, (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Status);
        Assert.Equal([session], (await clerk.GetAsync("/v1/sessions?status=expired")).Ids());
    }

    [Fact]
    public async Task Session_has_every_field_of_version_2026_05_12()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var id = await clerk.SessionAsync(Grace, LocalClerkDefaults.KryptonOrganizationId);

        var session = await clerk.GetAsync($"/v1/sessions/{id}");

        Assert.Equal(
            ["object", "id", "user_id", "client_id", "actor", "status", "last_active_organization_id", "last_active_at", "latest_activity", "expire_at", "abandon_at", "created_at", "updated_at", "tasks"],
            session.Json.AsObject().Select(member => member.Key));
        Assert.Equal(LocalClerkDefaults.KryptonOrganizationId, session.Text("last_active_organization_id"));
        Assert.Equal(session.Number("created_at"), (await clerk.GetAsync($"/v1/users/{Grace}")).Number("last_sign_in_at"));
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("""{"user_id":null}""", 422)]
    [InlineData("""{"user_id":"user_2nobody"}""", 404)]
    [InlineData("""{"user_id":"user_2LocalMemberGrace0000000001","active_organization_id":"org_2LocalOperators000000000001"}""", 404)]
    public async Task Faults_are_refused(string body, int status)
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal(status, (await clerk.PostAsync("/v1/sessions", JsonNode.Parse(body))).Status);
    }
}
