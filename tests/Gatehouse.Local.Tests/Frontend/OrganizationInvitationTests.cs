using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Tests.Webhooks;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>Inviting people into an organization from the browser.</summary>
public sealed class OrganizationInvitationTests
{
    private const string Path = $"/organizations/{LocalClerkDefaults.OperatorsOrganizationId}/invitations";
    private const string Ada = "ada+clerk_test@example.com";
    private const string Mary = "mary@example.com";

    [Fact]
    public async Task Invitations_are_made_listed_and_taken_back()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);
        var before = (await clerk.MessagesAsync()).Count;

        var made = (await browser.PostAsync(Path, ("email_address", Mary), ("role", "org:member"))).Json["response"]!;
        Assert.Equal((Mary, "org:member", "pending"), ((string?)made["email_address"], (string?)made["role"], (string?)made["status"]));
        Assert.Equal(1, (int)(await browser.GetAsync($"{Path}?status=pending")).Json["response"]!["total_count"]!);
        Assert.Single((await browser.GetAsync($"{Path}/pending")).Json["response"]!.AsArray());
        Assert.Equal(1, (int)(await browser.GetAsync($"/organizations/{LocalClerkDefaults.OperatorsOrganizationId}"))
            .Json["response"]!["pending_invitations_count"]!);
        var revoked = await browser.PostAsync($"{Path}/{made["id"]}/revoke");

        Assert.Equal("revoked", (string?)revoked.Json["response"]!["status"]);
        Assert.Equal((404, "organization_invitation_not_pending"), await browser.PostAsync($"{Path}/{made["id"]}/revoke") is var twice
            ? (twice.Status, twice.Code)
            : default);
        Assert.Equal(0, (int)(await browser.GetAsync($"{Path}?status=pending")).Json["response"]!["total_count"]!);
        Assert.Equal(1, (int)(await browser.GetAsync(Path)).Json["response"]!["total_count"]!);
        var told = await clerk.MessagesAsync(before);
        Assert.Equal(["organizationInvitation.created", "organizationInvitation.revoked"], told.Select(message => (string?)message["type"]));
        Assert.All(told, message => Assert.Empty(EventShapes.Faults(message["payload"]!)));
        Assert.Equal(LocalClerkDefaults.AdaUserId, (string?)told[0]["payload"]!["data"]!["inviter_id"]);
    }

    [Fact]
    public async Task Many_are_invited_at_once_or_none()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);

        var made = (await browser.PostAsync(
            $"{Path}/bulk", ("email_address", Mary), ("email_address", "anne@example.com"), ("role", "org:member"))).Json["response"]!.AsArray();
        Assert.Equal([Mary, "anne@example.com"], made.Select(one => (string?)one!["email_address"]));
        Assert.Equal("organization_invitation_not_unique", (await browser.PostAsync(
            $"{Path}/bulk", ("email_address", "new@example.com"), ("email_address", Mary), ("role", "org:member"))).Code);
        (string, string)[] eleven = [.. Enumerable.Range(0, 11).Select(number => ("email_address", $"many{number}@example.com"))];
        Assert.Equal((400, "bulk_size_exceeded"), await browser.PostAsync($"{Path}/bulk", [.. eleven, ("role", "org:member")]) is var many
            ? (many.Status, many.Code)
            : default);

        Assert.Equal(2, (int)(await browser.GetAsync(Path)).Json["response"]!["total_count"]!);
    }

    [Theory]
    [InlineData("", "org:member", 422, "form_param_nil")]
    [InlineData("not an address", "org:member", 422, "form_param_format_invalid")]
    [InlineData(Mary, "", 422, "form_param_nil")]
    [InlineData(Mary, "org:no_such_role", 404, "resource_not_found")]
    [InlineData(Ada, "org:member", 400, "already_a_member_in_organization")]
    public async Task Invitation_that_cannot_be_is_refused(string email, string role, int status, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);

        foreach (var path in new[] { Path, $"{Path}/bulk" })
        {
            var answer = await browser.PostAsync(path, ("email_address", email), ("role", role));
            Assert.Equal((status, code), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Organization_that_is_full_invites_nobody()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);
        await clerk.SendAsync(
            HttpMethod.Patch, $"/v1/organizations/{LocalClerkDefaults.OperatorsOrganizationId}", new JsonObject { ["max_allowed_memberships"] = 2 });

        Assert.Equal(200, (await browser.PostAsync(Path, ("email_address", Mary), ("role", "org:member"))).Status);
        Assert.Equal((403, "organization_membership_quota_exceeded"), await browser.PostAsync(Path, ("email_address", "anne@example.com"), ("role", "org:member")) is var full
            ? (full.Status, full.Code)
            : default);
    }

    [Fact]
    public async Task Invited_user_accepts_in_the_own_browser()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var adas = await TestBrowser.SignedInAsync(clerk, Ada);
        using var lins = await TestBrowser.SignedInAsync(clerk, "lin+clerk_test@example.com");
        await adas.PostAsync(Path, ("email_address", "lin+clerk_test@example.com"), ("role", "org:admin"));

        var mine = (await lins.GetAsync("/me/organization_invitations?status=pending")).Json["response"]!["data"]![0]!;
        var accepted = await lins.PostAsync($"/me/organization_invitations/{mine["id"]}/accept");

        Assert.Equal("accepted", (string?)accepted.Json["response"]!["status"]);
        Assert.Equal(200, (await lins.GetAsync(Path)).Status);   // as an administrator
    }

    [Fact]
    public async Task Invitation_of_another_organization_is_not_found()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);
        var foreign = await clerk.PostAsync(
            $"/v1/organizations/{LocalClerkDefaults.KryptonOrganizationId}/invitations",
            new JsonObject { ["email_address"] = Mary, ["role"] = "org:member" });

        Assert.Equal(404, (await browser.PostAsync($"{Path}/{foreign.Text("id")}/revoke")).Status);
    }
}
