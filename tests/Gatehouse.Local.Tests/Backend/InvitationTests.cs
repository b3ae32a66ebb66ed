using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.OrganizationInvitations;
using Gatehouse.Local.Tests.Frontend;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>How invitations of both kinds end.</summary>
[Proves("A8")]
public sealed class InvitationTests
{
    private const int Day = 24 * 3600;
    private const string OfOrganization = "/v1/organizations/{organization_id}/invitations";

    [Theory]
    [InlineData("/v1/invitations", """{"email_address":"@@","ignore_existing":true}""")]
    [InlineData("/v1/invitations/bulk", """[{"email_address":"@@","ignore_existing":true}]""")]
    public async Task Existing_address_is_invited_when_that_is_to_be_ignored(string path, string body)
    {
        await using var stage = await Stage.SetAsync();

        await stage.DoAsync("POST", path, body.Replace("@@", "somebody@example.com", StringComparison.Ordinal));
        await stage.DoAsync("POST", path, body.Replace("@@", "mary@example.com", StringComparison.Ordinal));

        Assert.Equal(3, (await stage.DoAsync("GET", "/v1/invitations?paginated=true")).Number("total_count"));
    }

    [Fact]
    public async Task Revoked_invitation_is_listed_only_when_asked_for()
    {
        await using var stage = await Stage.SetAsync();

        var revoked = await stage.DoAsync("POST", "/v1/invitations/{inv}/revoke");

        Assert.Equal(("revoked", true), (revoked.Text("status"), (bool)revoked.Json["revoked"]!));
        Assert.Empty((await stage.DoAsync("GET", "/v1/invitations")).Ids());
        Assert.Equal([stage["inv"]], (await stage.DoAsync("GET", "/v1/invitations?status=revoked")).Ids());
        Assert.Equal((400, "invitation_already_revoked"), await RevokeAsync(stage));
        await stage.DoAsync("POST", "/v1/invitations", """{"email_address":"somebody@example.com"}""");
    }

    [Fact]
    public async Task Accepted_invitation_cannot_be_revoked()
    {
        await using var stage = await Stage.SetAsync();
        lock (stage.Clerk.World.Gate)
        {
            stage.Clerk.World.Data.Invitations.Find(stage["inv"])!.Accept(stage.Clerk.World.Clock.NowMilliseconds);
        }

        Assert.Equal((400, "invitation_already_accepted"), await RevokeAsync(stage));
        Assert.Equal([stage["inv"]], (await stage.DoAsync("GET", "/v1/invitations?status=accepted")).Ids());
    }

    [Fact]
    public async Task Invitations_expire_after_thirty_days()
    {
        await using var stage = await Stage.SetAsync();

        stage.Clerk.Clock.AdvanceSeconds((30 * Day) - 1);
        Assert.Equal([stage["inv"]], (await stage.DoAsync("GET", "/v1/invitations?status=pending")).Ids());
        Assert.Equal([stage["orginv"]], (await stage.DoAsync("GET", $"{OfOrganization}/pending")).Ids());

        stage.Clerk.Clock.AdvanceSeconds(1);
        Assert.Equal([stage["inv"]], (await stage.DoAsync("GET", "/v1/invitations?status=expired")).Ids());
        Assert.Equal([stage["orginv"]], (await stage.DoAsync("GET", $"{OfOrganization}?status=expired")).Ids());
        Assert.Empty((await stage.DoAsync("GET", $"{OfOrganization}/pending")).Ids());
        var revoked = await stage.SendAsync("POST", $"{OfOrganization}/{{orginv}}/revoke");
        Assert.Equal((404, "organization_invitation_not_pending"), (revoked.Status, revoked.Code));
    }

    [Fact]
    public async Task Invitations_lead_to_this_server_with_a_ticket_that_finds_them()
    {
        await using var stage = await Stage.SetAsync();
        var listed = (await stage.DoAsync("GET", "/v1/invitations")).Array[0]!;
        var ticket = ((string)listed["url"]!).Split("ticket=")[1];

        lock (stage.Clerk.World.Gate)
        {
            Assert.Equal(stage["inv"], stage.Clerk.World.Data.Invitations.FindByTicket(ticket)!.Id);
        }

        Assert.StartsWith($"{stage.Clerk.Address.ToString().TrimEnd('/')}/__clerk/v1/tickets/accept", (string)listed["url"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/invitations", """{"email_address":"new@example.com","redirect_url":"http://localhost:3000/welcome"}""")]
    [InlineData("/v1/invitations/bulk", """[{"email_address":"new@example.com","redirect_url":"http://localhost:3000/welcome"}]""")]
    [InlineData(OfOrganization, """{"email_address":"new@example.com","role":"org:member","redirect_url":"http://localhost:3000/welcome"}""")]
    [InlineData(OfOrganization + "/bulk", """[{"email_address":"new@example.com","role":"org:member","redirect_url":"http://localhost:3000/welcome"}]""")]
    public async Task Invitation_leads_to_the_page_that_it_names(string path, string body)
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("POST", path, body);
        string ticket;
        lock (stage.Clerk.World.Gate)
        {
            var data = stage.Clerk.World.Data;
            ticket = data.Invitations.All.Concat<EmailInvitation>(data.OrganizationInvitations.All).Single(made => made.EmailAddress == "new@example.com").Ticket;
        }

        using var browser = new TestBrowser(stage.Clerk);
        var sent = await browser.OpenAsync($"/__clerk/v1/tickets/accept?ticket={ticket}");

        Assert.Equal(
            $"http://localhost:3000/welcome?__clerk_ticket={ticket}&__clerk_status=sign_up", sent.Message.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Acceptance_makes_a_member_with_the_invitations_role_and_metadata()
    {
        await using var stage = await Stage.SetAsync();
        await stage.NameAsync(
            "offer", "POST", OfOrganization,
            """{"email_address":"lin+clerk_test@example.com","role":"org:clerk","public_metadata":{"a":1},"private_metadata":{"b":2}}""", "id");

        var world = stage.Clerk.World;
        lock (world.Gate)
        {
            var invitation = world.Data.OrganizationInvitations.Find(stage["offer"])!;
            var lin = world.Data.Users.Find(stage["lin"])!;
            Assert.Null(OrganizationInvitationAcceptance.Accept(world, invitation, lin).Refusal);
            Assert.Equal("organization_invitation_not_pending", OrganizationInvitationAcceptance.Accept(world, invitation, lin).Refusal!.Code);
        }

        var held = (await stage.DoAsync("GET", "/v1/users/{lin}/organization_memberships")).Json["data"]![0]!;
        Assert.Equal(("org:clerk", """{"a":1}""", """{"b":2}"""),
            ((string?)held["role"], held["public_metadata"]!.ToJsonString(), held["private_metadata"]!.ToJsonString()));
        var ofLin = await stage.DoAsync("GET", "/v1/users/{lin}/organization_invitations?status=accepted");
        Assert.Equal("Acme", (string?)ofLin.Json["data"]![0]!["public_organization_data"]!["name"]);
    }

    [Fact]
    public async Task Bulk_makes_all_or_none()
    {
        await using var stage = await Stage.SetAsync();

        var made = await stage.DoAsync("POST", $"{OfOrganization}/bulk",
            """[{"email_address":"a@example.com","role":"org:admin","inviter_user_id":"{ada}"},{"email_address":"b@example.com","role":"org:member"}]""");
        await stage.SendAsync("POST", $"{OfOrganization}/bulk",
            """[{"email_address":"c@example.com","role":"org:admin"},{"email_address":"b@example.com","role":"org:member"}]""");

        Assert.Equal(2, made.Number("total_count"));
        Assert.Equal((stage["ada"], "Ada"), ((string?)made.Json["data"]![0]!["inviter_id"], (string?)made.Json["data"]![0]!["public_inviter_data"]!["first_name"]));
        Assert.Equal(3, (await stage.DoAsync("GET", OfOrganization)).Number("total_count"));
    }

    private static async Task<(int, string?)> RevokeAsync(Stage stage)
    {
        var answer = await stage.SendAsync("POST", "/v1/invitations/{inv}/revoke");
        return (answer.Status, answer.Code);
    }
}
