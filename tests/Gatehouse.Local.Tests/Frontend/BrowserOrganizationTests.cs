using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class BrowserOrganizationTests
{
    [Fact]
    public async Task Organization_is_made_by_its_first_administrator()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var made = (await browser.PostAsync("/organizations", ("name", "Grace & Co"), ("slug", "graces"))).Json["response"]!;
        var renamed = await browser.PatchAsync($"/organizations/{made["id"]}", ("name", "Grace"), ("slug", "grace"));

        Assert.Equal(("Grace", "grace"), ((string)renamed.Json["response"]!["name"]!, (string)renamed.Json["response"]!["slug"]!));
        Assert.Null(made["private_metadata"]);
        var memberships = (await browser.GetAsync("/me/organization_memberships?paginated=true&limit=1")).Json["response"]!;
        Assert.Equal(2, (int)memberships["total_count"]!);
        Assert.Equal("org:admin", (string?)Assert.Single(memberships["data"]!.AsArray())!["role"]);
        var members = (await browser.GetAsync($"/organizations/{made["id"]}/memberships?paginated=true")).Json["response"]!;
        Assert.Equal(LocalClerkDefaults.GraceUserId, (string?)members["data"]![0]!["public_user_data"]!["user_id"]);
        Assert.Equal(2, (int)(await browser.GetAsync($"/organizations/{made["id"]}/roles")).Json["response"]!["total_count"]!);
        Assert.Equal(LocalClerkDefaults.GraceUserId, (await clerk.GetAsync("/v1/organizations/grace")).Text("created_by"));
    }

    [Theory]
    [InlineData("name", "", 422, "form_param_nil")]
    [InlineData("slug", "Not A Slug", 422, "form_param_format_invalid")]
    [InlineData("slug", "krypton", 422, "form_identifier_exists")]
    public async Task Faults_are_refused(string field, string value, int status, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var answer = await browser.PostAsync("/organizations", field == "name" ? (field, value) : ("name", "Mine"), (field, value));

        Assert.Equal((status, code, field), (answer.Status, answer.Code, answer.Parameter));
    }

    [Fact]
    public async Task Who_may_not_make_organizations_is_told_so()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        await clerk.SendAsync(
            HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", new JsonObject { ["create_organization_enabled"] = false });

        Assert.Equal(403, (await browser.PostAsync("/organizations", ("name", "Mine"))).Status);
    }

    [Fact]
    public async Task Organization_is_seen_by_members_and_changed_by_those_who_may()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        Assert.Equal(200, (await browser.GetAsync($"/organizations/{LocalClerkDefaults.KryptonOrganizationId}")).Status);
        Assert.Equal(403, (await browser.PatchAsync($"/organizations/{LocalClerkDefaults.KryptonOrganizationId}", ("name", "Mine"))).Status);
        Assert.Equal(404, (await browser.GetAsync($"/organizations/{LocalClerkDefaults.OperatorsOrganizationId}")).Status);
    }

    [Fact]
    public async Task Invitation_is_found_by_whom_it_is_for_and_taken_up()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        using var adas = await TestBrowser.SignedInAsync(clerk, "ada+clerk_test@example.com");
        await clerk.PostAsync($"/v1/organizations/{LocalClerkDefaults.OperatorsOrganizationId}/invitations", new JsonObject
        {
            ["email_address"] = "grace+clerk_test@example.com",
            ["role"] = "org:member",
        });

        Assert.Equal(0, (int)(await adas.GetAsync("/me/organization_invitations")).Json["response"]!["total_count"]!);
        Assert.Equal(0, (int)(await browser.GetAsync("/me/organization_invitations?status=accepted")).Json["response"]!["total_count"]!);
        var found = (await browser.GetAsync("/me/organization_invitations?status=pending")).Json["response"]!["data"]![0]!;
        Assert.Null(found["private_metadata"]);
        Assert.Equal(404, (await adas.PostAsync($"/me/organization_invitations/{found["id"]}/accept")).Status);
        var accepted = await browser.PostAsync($"/me/organization_invitations/{found["id"]}/accept");

        Assert.Equal("accepted", (string?)accepted.Json["response"]!["status"]);
        Assert.Equal(200, (await browser.GetAsync($"/organizations/{LocalClerkDefaults.OperatorsOrganizationId}")).Status);
    }
}
