using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Tests.Webhooks;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>Which change that a browser makes tells what.</summary>
public sealed class BrowserEventTests
{
    private const string Password = LocalClerkDefaults.Password;

    [Fact]
    public async Task Signing_up_tells_of_the_mail_with_the_code_of_the_user_and_of_the_session()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        var begun = await browser.PostAsync("/client/sign_ups", ("email_address", "mary@example.com"), ("password", "long enough"));
        var path = $"/client/sign_ups/{begun.Json["response"]!["id"]}";
        await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_code"));
        await browser.PostAsync($"{path}/attempt_verification", ("strategy", "email_code"), ("code", "424242"));

        var told = await ToldAsync(clerk, 0, "email.created", "user.created", "session.created");

        Assert.Equal(("424242", "mary@example.com"), (
            (string?)told[0]["data"]!["otp_code"], (string?)told[0]["to_email_address"]));
        Assert.Equal((string?)told[1]["id"], (string?)told[2]["user"]!["id"]);
    }

    [Fact]
    public async Task Signing_in_and_out_tell_of_the_session_and_wrong_passwords_of_nothing()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.StartAsync(clerk);
        await browser.PostAsync("/client/sign_ins", ("identifier", "grace+clerk_test@example.com"), ("password", "wrong"));
        await browser.PostAsync("/client/sign_ins", ("identifier", "grace+clerk_test@example.com"), ("password", Password));
        await browser.DeleteAsync("/client/sessions");
        await browser.DeleteAsync("/client/sessions");

        var told = await ToldAsync(clerk, 0, "session.created", "session.removed");

        Assert.Equal(LocalClerkDefaults.GraceUserId, (string?)told[0]["user"]!["id"]);
        Assert.Equal("removed", (string?)told[1]["status"]);
    }

    [Fact]
    public async Task Ending_a_session_tells_that_it_ended()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        await browser.PostAsync($"/client/sessions/{browser.SessionId}/end");

        await ToldAsync(clerk, 1, "session.ended");
    }

    [Fact]
    public async Task Session_is_told_of_as_pending_and_as_created_when_it_counts()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:ForceOrganizationSelection", "true"));
        using var browser = await TestBrowser.SignedInAsync(clerk);

        await browser.PostAsync($"/client/sessions/{browser.SessionId}/touch", ("active_organization_id", "krypton"));

        var told = await ToldAsync(clerk, 0, "session.pending", "session.created");
        Assert.Equal(("pending", "active"), ((string?)told[0]["status"], (string?)told[1]["status"]));
    }

    [Fact]
    public async Task Changes_of_oneself_and_of_organizations_are_told()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        await browser.PatchAsync("/me", ("first_name", "Amazing"));
        await browser.PatchAsync("/me/metadata", ("unsafe_metadata", """{"a":1}"""));
        await browser.PostAsync("/me/change_password", ("current_password", Password), ("new_password", "another one"));
        var email = (await browser.PostAsync("/me/email_addresses", ("email_address", "new@example.com"))).Json["response"]!;
        await browser.PostAsync($"/me/email_addresses/{email["id"]}/prepare_verification", ("strategy", "email_code"));
        await browser.PostAsync($"/me/email_addresses/{email["id"]}/attempt_verification", ("code", "424242"));
        await browser.DeleteAsync($"/me/email_addresses/{email["id"]}");
        var made = (await browser.PostAsync("/organizations", ("name", "Mine"))).Json["response"]!;
        await browser.PatchAsync($"/organizations/{made["id"]}", ("name", "Ours"));

        await ToldAsync(
            clerk, 1, "user.updated", "user.updated", "user.updated", "user.updated", "email.created", "user.updated", "user.updated",
            "organization.created", "organizationMembership.created", "organization.updated");
    }

    [Fact]
    public async Task Deleting_oneself_is_told_from_the_leaves_to_the_root()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        await browser.DeleteAsync("/me");

        await ToldAsync(clerk, 1, "session.removed", "organizationMembership.deleted", "user.deleted");
    }

    [Fact]
    public async Task Pages_tell_what_the_api_tells()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = new TestBrowser(clerk);

        await browser.SubmitAsync("/sign-in", origin: null, ("user_id", LocalClerkDefaults.LinUserId));
        await browser.SubmitAsync("/sign-out", origin: null);

        await ToldAsync(clerk, 0, "session.created", "session.removed");
    }

    /// <summary>The data of what was told, which must be of these types and have Clerk's fields.</summary>
    private static async Task<IReadOnlyList<JsonNode>> ToldAsync(RunningClerk clerk, long after, params string[] types)
    {
        var messages = await clerk.MessagesAsync(after);
        Assert.Equal(types, messages.Select(message => (string?)message["type"]));
        Assert.All(messages, message => Assert.Empty(EventShapes.Faults(message["payload"]!)));
        return [.. messages.Select(message => message["payload"]!["data"]!)];
    }
}
