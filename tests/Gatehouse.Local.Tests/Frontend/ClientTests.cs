using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>Browsers as the Backend API tells of them, and the links that bring people to them.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task Browsers_are_listed_read_and_found_by_their_cookie()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var first = await TestBrowser.StartAsync(clerk);
        clerk.Clock.AdvanceSeconds(1);
        using var second = await TestBrowser.SignedInAsync(clerk);

        var listed = await clerk.GetAsync("/v1/clients?limit=1");
        var client = await clerk.GetAsync($"/v1/clients/{listed.Ids()[0]}");
        var found = await clerk.PostAsync("/v1/clients/verify", new JsonObject { ["token"] = second.ClientCookie });

        Assert.Equal(
            ["object", "id", "session_ids", "sessions", "sign_in_id", "sign_up_id", "last_active_session_id", "last_authentication_strategy", "updated_at", "created_at"],
            client.Json.AsObject().Select(member => member.Key));
        Assert.Equal(second.SessionId, (string?)client.Json["session_ids"]![0]);
        Assert.Equal(client.Text("id"), found.Text("id"));
        Assert.Equal(2, (await clerk.GetAsync("/v1/clients?paginated=true")).Number("total_count"));
        Assert.Equal(404, (await clerk.GetAsync("/v1/clients/client_nobody")).Status);
        Assert.Equal(404, (await clerk.PostAsync("/v1/clients/verify", new JsonObject { ["token"] = "nonsense" })).Status);
        Assert.Equal("form_param_missing", (await clerk.PostAsync("/v1/clients/verify", new JsonObject())).Code);
    }

    [Theory]
    [InlineData("mary@example.com", "sign_up")]
    [InlineData("lin+clerk_test@example.com", "sign_in")]
    public async Task Link_of_an_invitation_leads_to_the_app_with_its_ticket(string email, string status)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);
        var invitation = await clerk.PostAsync($"/v1/organizations/{LocalClerkDefaults.KryptonOrganizationId}/invitations", new JsonObject
        {
            ["email_address"] = email,
            ["role"] = "org:member",
            ["redirect_url"] = "http://localhost:3000/welcome",
        });

        var sent = await browser.OpenAsync(invitation.Text("url"));

        Assert.Equal(307, sent.Status);
        var ticket = invitation.Text("url").Split("ticket=")[1];
        Assert.Equal($"http://localhost:3000/welcome?__clerk_ticket={ticket}&__clerk_status={status}", sent.Message.Headers.Location!.AbsoluteUri);
    }

    [Fact]
    public async Task Invited_user_signs_in_with_the_ticket_and_is_a_member()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var invitation = await clerk.PostAsync($"/v1/organizations/{LocalClerkDefaults.KryptonOrganizationId}/invitations", new JsonObject
        {
            ["email_address"] = "lin+clerk_test@example.com",
            ["role"] = "org:member",
        });
        var ticket = invitation.Text("url").Split("ticket=")[1];

        var done = await browser.PostAsync("/client/sign_ins", ("strategy", "ticket"), ("ticket", ticket));

        browser.SessionId = (string)done.Json["response"]!["created_session_id"]!;
        Assert.Equal("krypton", (string?)(await browser.TokenAsync(clerk)).Claims["o"]!["slg"]);
    }

    [Fact]
    public async Task Link_of_a_sign_in_token_signs_in()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);
        var token = await clerk.PostAsync("/v1/sign_in_tokens", new JsonObject { ["user_id"] = LocalClerkDefaults.LinUserId });

        var sent = await browser.OpenAsync(token.Text("url"));

        Assert.Equal("/sign-in", sent.Message.Headers.Location!.AbsolutePath);
        Assert.Contains("Signed in as <strong id=\"current\">Lin Chen", (await browser.OpenAsync("/sign-in")).Body, StringComparison.Ordinal);
        Assert.Equal("session_exists", (await browser.OpenAsync(token.Text("url"))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ticket=")]
    [InlineData("?ticket=nonsense")]
    public async Task Link_without_a_good_ticket_is_refused(string query)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);

        Assert.Equal("ticket_invalid_code", (await browser.OpenAsync($"/__clerk/v1/tickets/accept{query}")).Code);
    }
}
