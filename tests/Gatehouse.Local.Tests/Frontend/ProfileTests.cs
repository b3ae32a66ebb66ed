using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

public sealed class ProfileTests
{
    [Fact]
    public async Task Each_field_is_changed_and_read_back()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        await browser.PatchAsync(
            "/me", ("first_name", "Amazing"), ("last_name", "Murray"), ("username", "grace_h"), ("unsafe_metadata", """{"a":{"b":1},"c":2}"""));
        await browser.PatchAsync("/me/metadata", ("unsafe_metadata", """{"a":{"d":3},"c":null}"""));

        var me = (await browser.GetAsync("/me")).Json["response"]!;
        Assert.Equal(("Amazing", "Murray", "grace_h"), ((string)me["first_name"]!, (string)me["last_name"]!, (string)me["username"]!));
        Assert.Equal("""{"a":{"b":1,"d":3}}""", me["unsafe_metadata"]!.ToJsonString());
        Assert.Null(me["private_metadata"]);
        await browser.PatchAsync("/me", ("last_name", ""), ("username", ""));
        me = (await browser.GetAsync("/me")).Json["response"]!;
        Assert.Equal(("Amazing", null, null), ((string)me["first_name"]!, (string?)me["last_name"], (string?)me["username"]));
    }

    [Fact]
    public async Task Addresses_come_are_proved_become_primary_and_go()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var old = (string)(await browser.GetAsync("/me")).Json["response"]!["primary_email_address_id"]!;

        var added = (await browser.PostAsync("/me/email_addresses/", ("email_address", "new@example.com"))).Json["response"]!;
        var (id, path) = ((string)added["id"]!, $"/me/email_addresses/{added["id"]}");
        Assert.Equal("unverified", (string?)added["verification"]!["status"]);
        Assert.Equal("form_param_value_invalid", (await browser.PatchAsync("/me", ("primary_email_address_id", id))).Code);
        Assert.Equal("verification_missing", (await browser.PostAsync($"{path}/attempt_verification", ("code", "424242"))).Code);
        await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_code"));
        Assert.Equal("form_code_incorrect", (await browser.PostAsync($"{path}/attempt_verification", ("code", "000000"))).Code);
        var proved = (await browser.PostAsync($"{path}/attempt_verification", ("code", "424242"))).Json["response"]!;
        Assert.Equal("verified", (string?)proved["verification"]!["status"]);
        Assert.Equal("verification_already_verified", (await browser.PostAsync($"{path}/prepare_verification", ("strategy", "email_code"))).Code);
        Assert.Equal(400, (await browser.DeleteAsync($"/me/email_addresses/{old}")).Status);
        await browser.PatchAsync("/me", ("primary_email_address_id", id));
        var deleted = (await browser.DeleteAsync($"/me/email_addresses/{old}")).Json["response"]!;
        Assert.True((bool)deleted["deleted"]!);

        var user = await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}");
        Assert.Equal("new@example.com", (string?)Assert.Single(user.Json["email_addresses"]!.AsArray())!["email_address"]);
        Assert.Equal("form_identifier_exists", (await browser.PostAsync("/me/email_addresses", ("email_address", "ada+clerk_test@example.com"))).Code);
        Assert.Equal("form_identifier_exists", (await browser.PostAsync("/me/email_addresses", ("email_address", "NEW@example.com"))).Code);
    }

    [Fact]
    public async Task Password_is_changed_with_the_old_one_and_ends_other_sessions_when_asked()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        using var other = await TestBrowser.SignedInAsync(clerk);

        var refused = await browser.PostAsync("/me/change_password", ("current_password", "wrong"), ("new_password", "another one"));
        Assert.Equal((422, "form_password_incorrect", "current_password"), (refused.Status, refused.Code, refused.Parameter));
        Assert.Equal("form_password_length_too_short", (await browser.PostAsync(
            "/me/change_password", ("current_password", LocalClerkDefaults.Password), ("new_password", "short"))).Code);
        var changed = await browser.PostAsync(
            "/me/change_password",
            ("current_password", LocalClerkDefaults.Password), ("new_password", "another one"), ("sign_out_of_other_sessions", "true"));

        Assert.Equal(200, changed.Status);
        Assert.Equal(200, (await browser.GetAsync("/me")).Status);
        Assert.Equal(401, (await other.GetAsync("/me")).Status);
        Assert.Equal(200, (await browser.PostAsync("/me/remove_password", ("current_password", "another one"))).Status);
        Assert.Equal("no_password_set", (await browser.PostAsync("/me/remove_password", ("current_password", "another one"))).Code);
    }

    [Fact]
    public async Task Own_sessions_are_listed_and_revoked()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        using var other = await TestBrowser.SignedInAsync(clerk);
        using var adas = await TestBrowser.SignedInAsync(clerk, "ada+clerk_test@example.com");

        Assert.Equal(2, (await browser.GetAsync("/me/sessions/active")).Array.Count);
        Assert.Equal(404, (await browser.PostAsync($"/me/sessions/{adas.SessionId}/revoke")).Status);
        var revoked = await browser.PostAsync($"/me/sessions/{other.SessionId}/revoke");

        Assert.Equal("revoked", (string?)revoked.Json["response"]!["status"]);
        Assert.Single((await browser.GetAsync("/me/sessions/active")).Array);
        Assert.Equal(2, (await browser.GetAsync("/me/sessions")).Array.Count);
    }

    [Fact]
    public async Task Users_delete_themselves_unless_they_may_not()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var forbid = new System.Text.Json.Nodes.JsonObject { ["delete_self_enabled"] = false };
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", forbid);
        Assert.Equal(403, (await browser.DeleteAsync("/me")).Status);
        forbid = new System.Text.Json.Nodes.JsonObject { ["delete_self_enabled"] = true };
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{LocalClerkDefaults.GraceUserId}", forbid);

        var deleted = await browser.DeleteAsync("/me");

        Assert.Equal(200, deleted.Status);
        Assert.Empty(deleted.Json["client"]!["sessions"]!.AsArray());
        Assert.Equal(404, (await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}")).Status);
    }

    [Theory]
    [InlineData("username", "x!", "form_param_format_invalid")]
    [InlineData("first_name", "LONG", "form_param_max_length_exceeded")]
    [InlineData("unsafe_metadata", "{", "form_param_type_invalid")]
    [InlineData("primary_email_address_id", "idn_of_nobody", "form_param_value_invalid")]
    public async Task Faults_are_refused(string field, string value, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var answer = await browser.PatchAsync("/me", (field, value == "LONG" ? new string('a', 257) : value));

        Assert.Equal((422, code, field), (answer.Status, answer.Code, answer.Parameter));
    }
}
