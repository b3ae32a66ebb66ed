using System.Text.Json.Nodes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>How roles and permissions get into tokens, and what follows from changing them.</summary>
[Proves("A8")]
public sealed class RoleTests
{
    private const string Role = "/v1/organization_roles/{organization_role_id}";
    private const string Mary = "/v1/organizations/{organization_id}/memberships/{user_id}";

    [Fact]
    public async Task Permissions_get_into_the_next_token_as_names_features_and_masks()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", Mary, """{"role":"org:clerk"}""");
        await stage.NameAsync("active", "POST", "/v1/sessions", """{"user_id":"{user_id}","active_organization_id":"{organization_id}"}""", "id");

        Assert.Equal(("clerk", "write", "1", "o:invoices"), await ClaimsAsync(stage));

        await stage.DoAsync("POST", $"{Role}/permissions/{{permission_id}}");
        await stage.NameAsync("wiki", "POST", "/v1/organization_permissions", """{"name":"Read the wiki","key":"org:wiki:read"}""", "id");
        await stage.DoAsync("POST", $"{Role}/permissions/{{wiki}}");
        Assert.Equal(("clerk", "write,read", "3,2", "o:invoices,o:wiki"), await ClaimsAsync(stage));

        await stage.DoAsync("PATCH", "/v1/organization_permissions/{wiki}", """{"key":"org:book:open"}""");
        Assert.Equal(("clerk", "write,read,open", "3,4", "o:invoices,o:book"), await ClaimsAsync(stage));

        await stage.DoAsync("DELETE", "/v1/organization_permissions/{wiki}");
        await stage.DoAsync("DELETE", $"{Role}/permissions/{{other_permission}}");
        Assert.Equal(("clerk", "read", "1", "o:invoices"), await ClaimsAsync(stage));

        await stage.DoAsync("PATCH", Role, """{"key":"org:scribe","permissions":["perm_2LocalReadMembers0000000001"]}""");
        Assert.Equal(("scribe", null, null, null), await ClaimsAsync(stage));
    }

    [Fact]
    public async Task Change_of_a_role_reaches_members_invitations_and_settings()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", Mary, """{"role":"org:clerk"}""");
        await stage.NameAsync("waiting", "POST", "/v1/organizations/{organization_id}/invitations", """{"email_address":"w@example.com","role":"org:clerk"}""", "id");
        await stage.DoAsync("PATCH", "/v1/instance/organization_settings", """{"domains_default_role_id":"{organization_role_id}"}""");

        await stage.DoAsync("PATCH", Role, """{"key":"org:scribe","name":"Scribe"}""");

        var membership = (await stage.DoAsync("GET", "/v1/users/{user_id}/organization_memberships")).Json["data"]![0]!;
        Assert.Equal(("org:scribe", "Scribe"), ((string?)membership["role"], (string?)membership["role_name"]));
        Assert.Equal(["org:invoices:write"], membership["permissions"]!.AsArray().Select(permission => (string)permission!));
        var invitation = await stage.DoAsync("GET", "/v1/organizations/{organization_id}/invitations/{waiting}");
        Assert.Equal(("org:scribe", "Scribe"), (invitation.Text("role"), invitation.Text("role_name")));
        Assert.Equal("org:scribe", (await stage.DoAsync("GET", "/v1/instance/organization_settings")).Text("domains_default_role"));
    }

    [Fact]
    public async Task Role_is_deleted_only_when_nobody_has_it_or_is_invited_to_it()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", Mary, """{"role":"org:clerk"}""");
        Assert.Equal((422, "organization_role_assigned_members"), await DeleteAsync());

        await stage.DoAsync("PATCH", Mary, """{"role":"org:member"}""");
        await stage.NameAsync("waiting", "POST", "/v1/organizations/{organization_id}/invitations", """{"email_address":"w@example.com","role":"org:clerk"}""", "id");
        Assert.Equal((422, "organization_role_exists_in_invitations"), await DeleteAsync());

        await stage.DoAsync("POST", "/v1/organizations/{organization_id}/invitations/{waiting}/revoke");
        Assert.Equal((200, null), await DeleteAsync());
        Assert.Equal(404, (await stage.SendAsync("GET", Role)).Status);

        async Task<(int, string?)> DeleteAsync()
        {
            var answer = await stage.SendAsync("DELETE", Role);
            return (answer.Status, answer.Status == 200 ? null : answer.Code);
        }
    }

    [Fact]
    public async Task Creator_gets_the_role_that_the_instance_says_and_that_can_govern()
    {
        await using var stage = await Stage.SetAsync();
        var system = (await stage.DoAsync("GET", "/v1/organization_permissions?query=sys_&limit=100")).Ids();
        var all = new JsonObject { ["name"] = "Founder", ["key"] = "org:founder", ["permissions"] = new JsonArray([.. system.Select(id => (JsonNode?)id)]) };
        var founder = await stage.DoAsync("POST", "/v1/organization_roles", all.ToJsonString());
        Assert.True((bool)founder.Json["is_creator_eligible"]!);

        var settings = await stage.DoAsync("PATCH", "/v1/instance/organization_settings", $$"""{"creator_role_id":"{{founder.Text("id")}}"}""");
        await stage.NameAsync("mine", "POST", "/v1/organizations", """{"name":"Mine","created_by":"{lin}"}""", "id");

        Assert.Equal("org:founder", settings.Text("creator_role"));
        Assert.Equal("org:founder", (string?)(await stage.DoAsync("GET", "/v1/organizations/{mine}/memberships")).Json["data"]![0]!["role"]);
        Assert.Equal("organization_role_default_creator_role", (await stage.SendAsync("DELETE", $"/v1/organization_roles/{founder.Text("id")}")).Code);
        Assert.Equal("organization_missing_creator_role_permissions",
            (await stage.SendAsync("PATCH", $"/v1/organization_roles/{founder.Text("id")}", """{"permissions":[]}""")).Code);
    }

    [Fact]
    public async Task Instance_has_ten_roles_at_most()
    {
        await using var stage = await Stage.SetAsync();
        for (var number = 4; number <= 10; number++)
        {
            await stage.DoAsync("POST", "/v1/organization_roles", $$"""{"name":"New","key":"org:new_{{number}}"}""");
        }

        var answer = await stage.SendAsync("POST", "/v1/organization_roles", """{"name":"New","key":"org:new_11"}""");

        Assert.Equal((403, "organization_instance_roles_quota_exceeded"), (answer.Status, answer.Code));
    }

    private static async Task<(string? Role, string? Names, string? Masks, string? Features)> ClaimsAsync(Stage stage)
    {
        var token = await ReadToken.VerifiedAsync(stage.Clerk, (await stage.DoAsync("POST", "/v1/sessions/{active}/tokens")).Text("jwt"));
        var o = token.Claims["o"]!;
        return ((string?)o["rol"], (string?)o["per"], (string?)o["fpm"], token.Text("fea"));
    }
}
