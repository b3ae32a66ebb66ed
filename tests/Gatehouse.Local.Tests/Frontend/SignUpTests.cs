using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class SignUpTests
{
    private const string Address = "mary@example.com";

    [Fact]
    public async Task What_is_missing_is_told_until_nothing_is()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var begun = (await browser.PostAsync("/client/sign_ups", ("email_address", Address), ("first_name", "Mary"))).Json["response"]!;
        Assert.Equal(("missing_requirements", "password", "email_address"), (
            (string)begun["status"]!, (string)begun["missing_fields"]![0]!, (string)begun["unverified_fields"]![0]!));
        Assert.Equal("needs_prepare", (string?)begun["verifications"]!["email_address"]!["next_action"]);
        var path = $"/client/sign_ups/{begun["id"]}";
        var filled = (await browser.PatchAsync(path, ("password", "long enough"), ("unsafe_metadata", """{"theme":"dark"}"""))).Json["response"]!;
        Assert.Empty(filled["missing_fields"]!.AsArray());
        var prepared = (await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_code"))).Json["response"]!;
        Assert.Equal("needs_attempt", (string?)prepared["verifications"]!["email_address"]!["next_action"]);
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_verification", ("strategy", "email_code"), ("code", "1"))).Code);
        var done = await browser.PostAsync($"{path}/attempt_verification", ("strategy", "email_code"), ("code", "424242"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        Assert.Null(done.Json["client"]!["sign_up"]);
        Assert.Equal((string?)done.Json["response"]!["created_session_id"], (string?)done.Json["client"]!["sessions"]![0]!["id"]);
        var user = await clerk.GetAsync($"/v1/users/{done.Json["response"]!["created_user_id"]}");
        Assert.Equal(("Mary", "dark"), (user.Text("first_name"), (string?)user.Json["unsafe_metadata"]!["theme"]));
        Assert.Equal("email_code", (string?)user.Json["email_addresses"]![0]!["verification"]!["strategy"]);
        Assert.Equal("complete", (string?)(await browser.GetAsync(path)).Json["response"]!["status"]);
        Assert.Equal("client_state_invalid", (await browser.PatchAsync(path, ("first_name", "Anne"))).Code);
    }

    [Theory]
    [InlineData("email_address", "not an address", "form_param_format_invalid")]
    [InlineData("email_address", "ada+clerk_test@example.com", "form_identifier_exists")]
    [InlineData("password", "short", "form_password_length_too_short")]
    [InlineData("username", "é", "form_param_format_invalid")]
    [InlineData("unsafe_metadata", "[1]", "form_param_type_invalid")]
    [InlineData("unsafe_metadata", """{"a":"\ud800"}""", "form_param_type_invalid")]
    public async Task Faults_are_refused(string field, string value, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);

        var answer = await browser.PostAsync("/client/sign_ups", (field, value));

        Assert.Equal((422, code, field), (answer.Status, answer.Code, answer.Parameter));
    }

    [Fact]
    public async Task Address_that_another_took_meanwhile_is_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = await browser.PostAsync("/client/sign_ups", ("email_address", Address), ("password", "long enough"));
        var path = $"/client/sign_ups/{begun.Json["response"]!["id"]}";
        await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_code"));
        await clerk.PostAsync("/v1/users", new JsonObject { ["email_address"] = new JsonArray(Address) });

        var answer = await browser.PostAsync($"{path}/attempt_verification", ("strategy", "email_code"), ("code", "424242"));

        Assert.Equal((422, "form_identifier_exists"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Invited_person_need_not_prove_the_address_and_gets_what_the_invitation_holds()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var invitation = await clerk.PostAsync("/v1/invitations", new JsonObject
        {
            ["email_address"] = Address,
            ["public_metadata"] = new JsonObject { ["role"] = "editor" },
        });
        var ticket = invitation.Text("url").Split("ticket=")[1];

        var done = await browser.PostAsync("/client/sign_ups", ("strategy", "ticket"), ("ticket", ticket), ("password", "long enough"));

        Assert.Equal("complete", (string?)done.Json["response"]!["status"]);
        var user = await clerk.GetAsync($"/v1/users/{done.Json["response"]!["created_user_id"]}");
        Assert.Equal("editor", (string?)user.Json["public_metadata"]!["role"]);
        Assert.Equal(Address, (string?)user.Json["email_addresses"]![0]!["email_address"]);
        await browser.DeleteAsync("/client/sessions");
        Assert.Equal("ticket_invalid_code", (await browser.PostAsync("/client/sign_ups", ("strategy", "ticket"), ("ticket", ticket))).Code);
    }

    [Fact]
    public async Task Person_invited_into_an_organization_becomes_its_member()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var invitation = await clerk.PostAsync($"/v1/organizations/{LocalClerkDefaults.KryptonOrganizationId}/invitations", new JsonObject
        {
            ["email_address"] = Address,
            ["role"] = "org:member",
        });
        var ticket = invitation.Text("url").Split("ticket=")[1];

        var done = await browser.PostAsync("/client/sign_ups", ("strategy", "ticket"), ("ticket", ticket), ("password", "long enough"));

        var memberships = done.Json["client"]!["sessions"]![0]!["user"]!["organization_memberships"]!.AsArray();
        Assert.Equal(LocalClerkDefaults.KryptonOrganizationId, (string?)Assert.Single(memberships)!["organization"]!["id"]);
    }
}
