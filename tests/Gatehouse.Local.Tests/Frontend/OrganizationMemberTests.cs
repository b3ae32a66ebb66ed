using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Tests.Webhooks;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>What members do with an organization from the browser, and what those may not who lack a permission.</summary>
public sealed class OrganizationMemberTests
{
    private const string Krypton = $"/organizations/{LocalClerkDefaults.KryptonOrganizationId}";
    private const string Operators = $"/organizations/{LocalClerkDefaults.OperatorsOrganizationId}";
    private const string Ada = "ada+clerk_test@example.com";
    private const string Lin = LocalClerkDefaults.LinUserId;

    [Fact]
    public async Task Members_are_added_given_another_role_and_removed()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);
        var before = (await clerk.MessagesAsync()).Count;

        var added = await browser.PostAsync($"{Operators}/memberships", ("user_id", Lin), ("role", "org:member"));
        var raised = await browser.PatchAsync($"{Operators}/memberships/{Lin}", ("role", "org:admin"));
        var removed = await browser.DeleteAsync($"{Operators}/memberships/{Lin}");

        Assert.Equal(("org:member", "org:admin", (string?)added.Json["response"]!["id"]), (
            (string?)added.Json["response"]!["role"], (string?)raised.Json["response"]!["role"], (string?)removed.Json["response"]!["id"]));
        Assert.Equal(404, (await browser.DeleteAsync($"{Operators}/memberships/{Lin}")).Status);
        var told = await clerk.MessagesAsync(before);
        Assert.Equal(
            ["organizationMembership.created", "organizationMembership.updated", "organizationMembership.deleted"],
            told.Select(message => (string?)message["type"]));
        Assert.All(told, message => Assert.Empty(EventShapes.Faults(message["payload"]!)));
    }

    [Fact]
    public async Task Members_are_listed_by_role_by_name_and_in_pages()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);
        await browser.PostAsync($"{Operators}/memberships", ("user_id", Lin), ("role", "org:member"));

        Assert.Equal([LocalClerkDefaults.AdaUserId, Lin], (await ListAsync("?paginated=true")).Order(StringComparer.Ordinal));
        Assert.Equal([Lin], await ListAsync("?paginated=true&role=org:member"));
        Assert.Equal([Lin], await ListAsync("?paginated=true&query=lin"));
        Assert.Empty(await ListAsync("?paginated=true&query=nobody"));
        Assert.Single(await ListAsync("?paginated=true&limit=1"));
        Assert.Equal(2, (await browser.GetAsync($"{Operators}/memberships")).Json["response"]!.AsArray().Count);
        Assert.Equal(422, (await browser.GetAsync($"{Operators}/memberships?limit=0")).Status);

        async Task<List<string?>> ListAsync(string query) =>
            [.. (await browser.GetAsync($"{Operators}/memberships{query}")).Json["response"]!["data"]!.AsArray()
                .Select(member => (string?)member!["public_user_data"]!["user_id"])];
    }

    [Theory]
    [InlineData("POST", "/memberships", "user_id", Lin)]
    [InlineData("PATCH", $"/memberships/{LocalClerkDefaults.AdaUserId}", "role", "org:member")]
    [InlineData("DELETE", $"/memberships/{LocalClerkDefaults.AdaUserId}", "", "")]
    [InlineData("GET", "/invitations", "", "")]
    [InlineData("GET", "/invitations/pending", "", "")]
    [InlineData("POST", "/invitations", "email_address", "mary@example.com")]
    [InlineData("POST", "/invitations/bulk", "email_address", "mary@example.com")]
    [InlineData("POST", "/invitations/orginv_x/revoke", "", "")]
    [InlineData("GET", "/membership_requests", "", "")]
    [InlineData("PATCH", "", "name", "Mine")]
    [InlineData("DELETE", "", "", "")]
    public async Task Mere_member_is_told_what_permission_is_missing_and_who_is_none_finds_nothing(string method, string path, string field, string value)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var graces = await TestBrowser.SignedInAsync(clerk);
        using var lins = await TestBrowser.SignedInAsync(clerk, "lin+clerk_test@example.com");
        (string, string)[] form = field.Length == 0 ? [] : [(field, value)];

        Assert.Equal((403, "missing_organization_permission"), await TryAsync(graces));
        Assert.Equal((404, "resource_not_found"), await TryAsync(lins));

        async Task<(int, string?)> TryAsync(TestBrowser browser)
        {
            var answer = method switch
            {
                "GET" => await browser.GetAsync(Krypton + path),
                "POST" => await browser.PostAsync(Krypton + path, form),
                "PATCH" => await browser.PatchAsync(Krypton + path, form),
                _ => await browser.DeleteAsync(Krypton + path),
            };
            return (answer.Status, answer.Code);
        }
    }

    [Fact]
    public async Task Permission_comes_from_the_role_as_it_is_now()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var read = (await clerk.GetAsync("/v1/organization_permissions")).Json["data"]!.AsArray()
            .Single(permission => (string?)permission!["key"] == "org:sys_memberships:read")!["id"];
        Assert.Equal(200, (await browser.GetAsync($"{Krypton}/memberships")).Status);

        await clerk.SendAsync(HttpMethod.Delete, $"/v1/organization_roles/role_2LocalMember000000000000001/permissions/{read}");

        Assert.Equal("missing_organization_permission", (await browser.GetAsync($"{Krypton}/memberships")).Code);
        Assert.Equal(200, (await browser.GetAsync(Krypton)).Status);
    }

    [Fact]
    public async Task Last_who_governs_can_neither_be_lowered_nor_removed_nor_leave()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);

        foreach (var answer in new[]
        {
            await browser.PatchAsync($"{Operators}/memberships/{LocalClerkDefaults.AdaUserId}", ("role", "org:member")),
            await browser.DeleteAsync($"{Operators}/memberships/{LocalClerkDefaults.AdaUserId}"),
            await browser.DeleteAsync($"/me/organization_memberships/{LocalClerkDefaults.OperatorsOrganizationId}"),
        })
        {
            Assert.Equal((400, "organization_minimum_permissions_needed"), (answer.Status, answer.Code));
        }
    }

    [Theory]
    [InlineData("user_nobody", "org:member", 404, "resource_not_found")]
    [InlineData(Lin, "org:no_such_role", 404, "resource_not_found")]
    [InlineData(LocalClerkDefaults.AdaUserId, "org:member", 400, "already_a_member_in_organization")]
    [InlineData("", "org:member", 422, "form_param_nil")]
    public async Task Membership_that_cannot_be_is_refused(string userId, string role, int status, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);

        var answer = await browser.PostAsync($"{Operators}/memberships", ("user_id", userId), ("role", role));

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Who_leaves_is_in_no_organization_any_more()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        await browser.PostAsync($"/client/sessions/{browser.SessionId}/touch", ("active_organization_id", "krypton"));
        Assert.NotNull((await browser.TokenAsync(clerk)).Claims["o"]);

        var left = await browser.DeleteAsync($"/me/organization_memberships/{LocalClerkDefaults.KryptonOrganizationId}");

        Assert.Equal(("organization_membership", true), ((string?)left.Json["response"]!["object"], (bool)left.Json["response"]!["deleted"]!));
        Assert.Null((string?)left.Json["client"]!["sessions"]![0]!["last_active_organization_id"]);
        Assert.Null((await browser.TokenAsync(clerk)).Claims["o"]);
        Assert.Equal(404, (await browser.DeleteAsync($"/me/organization_memberships/{LocalClerkDefaults.KryptonOrganizationId}")).Status);
    }

    [Fact]
    public async Task Last_organization_is_not_left_where_one_must_be_chosen()
    {
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:ForceOrganizationSelection", "true"));
        using var browser = await TestBrowser.SignedInAsync(clerk);

        var refused = await browser.DeleteAsync($"/me/organization_memberships/{LocalClerkDefaults.KryptonOrganizationId}");

        Assert.Equal((422, "personal_accounts_not_allowed"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task Organization_is_deleted_with_all_that_is_in_it_unless_that_is_switched_off()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        var id = (string)(await browser.PostAsync("/organizations", ("name", "Mine"))).Json["response"]!["id"]!;
        await browser.PostAsync($"/organizations/{id}/invitations", ("email_address", "mary@example.com"), ("role", "org:member"));
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/organizations/{id}", new JsonObject { ["admin_delete_enabled"] = false });
        Assert.Equal((403, "organization_admin_delete_not_enabled"), await browser.DeleteAsync($"/organizations/{id}") is var no ? (no.Status, no.Code) : default);
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/organizations/{id}", new JsonObject { ["admin_delete_enabled"] = true });
        var before = (await clerk.MessagesAsync()).Count;

        var deleted = await browser.DeleteAsync($"/organizations/{id}");

        Assert.Equal((200, id, "mine"), (deleted.Status, (string?)deleted.Json["response"]!["id"], (string?)deleted.Json["response"]!["slug"]));
        Assert.Equal(404, (await clerk.GetAsync($"/v1/organizations/{id}")).Status);
        Assert.Equal(["organizationMembership.deleted", "organization.deleted"], (await clerk.MessagesAsync(before)).Select(message => (string?)message["type"]));
    }

    [Theory]
    [InlineData("name", "see https://example.com", "form_param_value_invalid")]
    [InlineData("slug", "krypton", "form_identifier_exists")]
    [InlineData("slug", "Not A Slug", "form_param_format_invalid")]
    public async Task Change_that_cannot_be_is_refused(string field, string value, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk, Ada);

        var answer = await browser.PatchAsync(Operators, (field, value));

        Assert.Equal((422, code, field), (answer.Status, answer.Code, answer.Parameter));
    }

    [Fact]
    public async Task Nothing_is_answered_while_organizations_are_switched_off()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var browser = await TestBrowser.SignedInAsync(clerk);
        await clerk.SendAsync(HttpMethod.Patch, "/v1/instance/organization_settings", new JsonObject { ["enabled"] = false });

        Assert.Equal((403, "organization_not_enabled_in_instance"), await browser.GetAsync(Krypton) is var off ? (off.Status, off.Code) : default);
    }
}
