using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>What making, changing and deleting organizations and memberships brings with it.</summary>
[Proves("A8")]
public sealed class OrganizationWriteTests
{
    private const string Acme = "/v1/organizations/{organization_id}";

    [Fact]
    public async Task Creator_becomes_its_administrator_and_a_slug_is_made_of_the_name()
    {
        await using var stage = await Stage.SetAsync();

        var made = await stage.DoAsync("POST", "/v1/organizations", """{"name":"Œuvres & Co.","created_by":"{lin}"}""");
        var again = await stage.DoAsync("POST", "/v1/organizations", """{"name":"Œuvres & Co."}""");

        Assert.Matches(@"\Auvres-co-[0-9]+\z", made.Text("slug"));
        Assert.NotEqual(made.Text("slug"), again.Text("slug"));
        var members = (await stage.DoAsync("GET", $"/v1/organizations/{made.Text("id")}/memberships")).Json["data"]!.AsArray();
        Assert.Equal((stage["lin"], "org:admin"), ((string?)members.Single()!["public_user_data"]!["user_id"], (string?)members[0]!["role"]));
        Assert.Empty((await stage.DoAsync("GET", $"/v1/organizations/{again.Text("id")}/memberships")).Ids());
    }

    [Fact]
    public async Task Counts_tell_members_invitations_and_whether_nobody_governs()
    {
        await using var stage = await Stage.SetAsync();
        const string Asked = "?include_members_count=true&include_missing_member_with_elevated_permissions=true";

        var acme = await stage.DoAsync("GET", Acme + Asked);
        await stage.NameAsync("empty", "POST", "/v1/organizations", """{"name":"Empty"}""", "id");
        var empty = await stage.DoAsync("GET", $"/v1/organizations/{{empty}}{Asked}");

        Assert.Equal((2, 1, false), (acme.Number("members_count"), acme.Number("pending_invitations_count"), (bool)acme.Json["missing_member_with_elevated_permissions"]!));
        Assert.Equal((0, 0, true), (empty.Number("members_count"), empty.Number("pending_invitations_count"), (bool)empty.Json["missing_member_with_elevated_permissions"]!));
        Assert.Contains("\"missing_member_with_elevated_permissions\":true", (await stage.DoAsync("GET", $"/v1/organizations{Asked}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_are_merged_and_replaced()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", $"{Acme}/metadata", """{"public_metadata":{"a":{"b":1,"c":[1,2]},"d":1},"private_metadata":{"p":1}}""");

        var merged = await stage.DoAsync("PATCH", $"{Acme}/metadata", """{"public_metadata":{"a":{"b":null,"c":[3]},"e":2}}""");
        var replaced = await stage.DoAsync("PUT", $"{Acme}/metadata", """{"public_metadata":{}}""");
        var membership = await stage.DoAsync("PATCH", $"{Acme}/memberships/{{user_id}}/metadata", """{"public_metadata":{"x":{"y":1}}}""");
        var again = await stage.DoAsync("PATCH", $"{Acme}/memberships/{{user_id}}/metadata", """{"public_metadata":{"x":{"y":null}}}""");

        Assert.Equal("""{"a":{"c":[3]},"d":1,"e":2}""", merged.Json["public_metadata"]!.ToJsonString());
        Assert.Equal(("{}", """{"p":1}"""), (replaced.Json["public_metadata"]!.ToJsonString(), replaced.Json["private_metadata"]!.ToJsonString()));
        Assert.Equal("""{"x":{"y":1}}""", membership.Json["public_metadata"]!.ToJsonString());
        Assert.Equal("""{"x":{}}""", again.Json["public_metadata"]!.ToJsonString());
        var large = await stage.SendAsync("PUT", $"{Acme}/metadata", $$$"""{"private_metadata":{"a":"{{{new string('x', 9000)}}}"}}""");
        Assert.Equal((422, "form_param_max_length_exceeded", "private_metadata"), (large.Status, large.Code, large.Parameter));
    }

    [Fact]
    public async Task Deletion_takes_members_and_invitations_along()
    {
        await using var stage = await Stage.SetAsync();
        await stage.NameAsync("active", "POST", "/v1/sessions", """{"user_id":"{user_id}","active_organization_id":"{organization_id}"}""", "id");

        var deleted = await stage.DoAsync("DELETE", Acme);

        Assert.Equal(("organization", stage["organization_id"], "acme"), (deleted.Text("object"), deleted.Text("id"), deleted.Text("slug")));
        Assert.Equal(404, (await stage.SendAsync("GET", Acme)).Status);
        Assert.Empty((await stage.DoAsync("GET", "/v1/users/{user_id}/organization_memberships")).Ids());
        Assert.Empty((await stage.DoAsync("GET", "/v1/organization_invitations")).Ids());
        var token = await ReadToken.VerifiedAsync(stage.Clerk, (await stage.DoAsync("POST", "/v1/sessions/{active}/tokens")).Text("jwt"));
        Assert.Null(token.Claims["o"]);
    }

    [Fact]
    public async Task Deleted_membership_is_told_whole()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", $"{Acme}/memberships/{{user_id}}/metadata", """{"public_metadata":{"x":1}}""");

        var deleted = await stage.DoAsync("DELETE", $"{Acme}/memberships/{{user_id}}");

        Assert.Equal("organization_membership", deleted.Text("object"));
        Assert.Equal("""{"x":1}""", deleted.Json["public_metadata"]!.ToJsonString());
        Assert.Equal(stage["user_id"], (string?)deleted.Json["public_user_data"]!["user_id"]);
        Assert.Equal(404, (await stage.SendAsync("DELETE", $"{Acme}/memberships/{{user_id}}")).Status);
    }

    [Fact]
    public async Task Organization_is_full_when_members_and_invited_ones_are_as_many_as_it_may_have()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", Acme, """{"max_allowed_memberships":3}""");

        var member = await stage.SendAsync("POST", $"{Acme}/memberships", """{"user_id":"{lin}","role":"org:member"}""");
        var invited = await stage.SendAsync("POST", $"{Acme}/invitations", """{"email_address":"n@example.com","role":"org:member"}""");
        await stage.DoAsync("POST", $"{Acme}/invitations/{{orginv}}/revoke");
        var afterwards = await stage.SendAsync("POST", $"{Acme}/memberships", """{"user_id":"{lin}","role":"org:member"}""");

        Assert.Equal((403, "organization_membership_quota_exceeded"), (member.Status, member.Code));
        Assert.Equal((403, "organization_membership_quota_exceeded"), (invited.Status, invited.Code));
        Assert.Equal(200, afterwards.Status);
    }

    [Fact]
    public async Task User_makes_as_many_organizations_as_allowed()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", "/v1/users/{lin}", """{"create_organizations_limit":1}""");

        await stage.DoAsync("POST", "/v1/organizations", """{"name":"First","created_by":"{lin}"}""");
        var second = await stage.SendAsync("POST", "/v1/organizations", """{"name":"Second","created_by":"{lin}"}""");

        Assert.Equal((403, "org_creation_limit_exceeded"), (second.Status, second.Code));
    }

    [Theory]
    [InlineData("GET", "/v1/organizations")]
    [InlineData("POST", "/v1/organizations")]
    [InlineData("GET", "/v1/organizations/{organization_id}/memberships")]
    [InlineData("POST", "/v1/organizations/{organization_id}/invitations")]
    [InlineData("GET", "/v1/organization_memberships")]
    [InlineData("POST", "/v1/sign_in_tokens")]
    public async Task Nothing_about_organizations_works_while_they_are_switched_off(string method, string path)
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", "/v1/instance/organization_settings", """{"enabled":false}""");

        var body = path.EndsWith("tokens", StringComparison.Ordinal) ? """{"user_id":"{user_id}","org_id":"{organization_id}"}""" : null;
        var answer = await stage.SendAsync(method, path, body);

        Assert.Equal((403, "organization_not_enabled_in_instance"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task New_organizations_take_over_what_the_instance_says()
    {
        await using var stage = await Stage.SetAsync();
        await stage.DoAsync("PATCH", "/v1/instance/organization_settings", """{"max_allowed_memberships":42,"admin_delete_enabled":false,"slug_disabled":true}""");

        var made = await stage.DoAsync("POST", "/v1/organizations", """{"name":"New"}""");
        var slugged = await stage.SendAsync("POST", "/v1/organizations", """{"name":"New","slug":"mine"}""");

        Assert.Equal((42, false), (made.Number("max_allowed_memberships"), (bool)made.Json["admin_delete_enabled"]!));
        Assert.Equal((403, "organization_slugs_disabled"), (slugged.Status, slugged.Code));
    }
}
