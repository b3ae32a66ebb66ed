using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Data.Storage;

namespace Gatehouse.Local.Tests.Data;

public sealed class SeedFileTests
{
    private const string User = """{"id":"user_1","email_addresses":["a@b.example"]}""";

    [Fact]
    public void Everything_that_a_file_says_is_there()
    {
        var data = SeedText.Read("""
            // what a team begins with
            {"users":[{"id":"user_1","first_name":"Mina","last_name":"Okafor","username":"mina","external_id":"crm-1","locale":"en-US",
              "email_addresses":["mina@x.example",{"id":"idn_9","email_address":"m@work.example","verified":false}],"phone_numbers":["+12015550123"],
              "public_metadata":{"a":1},"private_metadata":{"b":[2]},"unsafe_metadata":{"c":null},"password":"long enough","banned":true,"locked":true,
              "delete_self_enabled":false,"create_organization_enabled":false,"create_organizations_limit":3,"bypass_client_trust":true,
              "legal_accepted_at":1,"last_sign_in_at":2,"last_active_at":3,"created_at":"2025-01-01T00:00:00Z","updated_at":1735689600001}],
             "roles":[{"key":"org:editor","name":"Editor","permissions":["org:articles:write"]}],
             "organizations":[{"id":"org_1","name":"Example Press","created_by":"user_1","max_allowed_memberships":9,"admin_delete_enabled":false,
               "public_metadata":{"d":1},"private_metadata":{"e":1},"created_at":4,"updated_at":5}],
             "memberships":[{"organization_id":"org_1","user_id":"user_1","role":"org:editor","public_metadata":{"f":1},"private_metadata":{"g":1},"created_at":6}],
             "machines":[{"id":"mch_1","name":"one","scoped_machines":["mch_2"]},{"id":"mch_2","name":"two","secret_key":"ak_12345678","default_token_ttl":60}],
             "jwt_templates":[{"id":"jtmp_1","name":"t","claims":{"x":"{{user.id}}"},"lifetime":90,"allowed_clock_skew":7}],
             "session_claims":{"h":"{{user.id}}"},}
            """);

        var user = data.Users.Find("user_1")!;
        Assert.Equal(("Mina", "Okafor", "mina", "crm-1", "en-US"), (user.FirstName, user.LastName, user.Username, user.ExternalId, user.Locale));
        Assert.Equal(["mina@x.example", "m@work.example"], user.EmailAddresses.Select(email => email.Address));
        Assert.Equal([true, false], user.EmailAddresses.Select(email => email.Verified));
        Assert.Equal(user.EmailAddresses[0].Id, user.PrimaryEmailAddressId);
        Assert.Equal("idn_9", user.EmailAddresses[1].Id);
        Assert.Equal("+12015550123", user.PrimaryPhoneNumber!.Number);
        Assert.Equal("""{"a":1}{"b":[2]}{"c":null}""", $"{user.PublicMetadata.ToJsonString()}{user.PrivateMetadata.ToJsonString()}{user.UnsafeMetadata.ToJsonString()}");
        Assert.True(user.Password!.Matches("user_1", "long enough"));
        Assert.True(user is { Banned: true, Locked: true, DeleteSelfEnabled: false, CreateOrganizationEnabled: false, CreateOrganizationsLimit: 3, BypassClientTrust: true });
        Assert.Equal((1L, 2L, 3L), (user.LegalAcceptedAt!.Value, user.LastSignInAt!.Value, user.LastActiveAt!.Value));
        Assert.Equal((1735689600000, 1735689600001), (user.CreatedAt, user.UpdatedAt));
        var organization = data.Organizations.Find("example-press")!;
        Assert.Equal(("org_1", "user_1", 9, false, 4L, 5L), (organization.Id, organization.CreatedBy, organization.MaximumMemberships, organization.AdminDeleteEnabled, organization.CreatedAt, organization.UpdatedAt));
        var membership = data.Organizations.FindMembership("org_1", "user_1")!;
        Assert.Equal(("org:editor", "Editor", 6L), (membership.Role.Key, membership.Role.Name, membership.CreatedAt));
        Assert.Equal(["org:articles:write"], membership.Role.Permissions);
        Assert.Same(membership.Role, data.Roles.FindByKey("org:editor"));
        Assert.NotNull(data.Roles.FindPermissionByKey("org:articles:write"));
        Assert.Equal(["mch_2"], data.Machines.Find("mch_1")!.Scopes);
        Assert.Equal((60, "two"), (data.Machines.FindBySecret("ak_12345678", 0)!.DefaultTokenTtl, data.Machines.Find("mch_2")!.Name));
        var template = data.Templates.FindByName("t")!;
        Assert.Equal(("jtmp_1", 90, 7, """{"x":"{{user.id}}"}"""), (template.Id, template.Lifetime, template.AllowedClockSkew, template.Claims.ToJsonString()));
        Assert.Equal("""{"h":"{{user.id}}"}""", data.SessionClaims.ToJsonString());
    }

    [Fact]
    public void Seeded_people_stay_unless_the_file_replaces_them()
    {
        var beside = SeedText.Read($$"""{"users":[{{User}}]}""");
        var instead = SeedText.Read($$"""{"replace":true,"users":[{{User}}]}""");

        Assert.Equal(5, beside.Users.Count);
        Assert.NotNull(beside.Machines.Find(LocalClerkDefaults.AitherMachineId));
        Assert.Equal(1, instead.Users.Count);
        Assert.Empty(instead.Organizations.All);
        Assert.Empty(instead.Machines.All);
        Assert.Empty(instead.Templates.All);
    }

    [Fact]
    public void Ids_that_are_left_out_are_the_same_at_each_start()
    {
        const string Text = """{"users":[""" + User + """],"jwt_templates":[{"name":"t","claims":{}}]}""";

        Assert.Equal(ClerkDataJson.Write(SeedText.Read(Text)), ClerkDataJson.Write(SeedText.Read(Text)));
    }

    [Fact]
    public void Generated_users_can_be_members()
    {
        var id = new GeneratedUsers(10, 1)[7].Id;
        var data = SeedText.Read(
            $$"""{"memberships":[{"organization_id":"{{LocalClerkDefaults.KryptonOrganizationId}}","user_id":"{{id}}","role":"org:member"}]}""", generated: 10);

        Assert.NotNull(data.Organizations.FindMembership(LocalClerkDefaults.KryptonOrganizationId, id));
        Assert.Equal(14, data.Users.Count);
    }

    [Theory]
    [InlineData("[]", "the file: is a list, and must be an object")]
    [InlineData("""{"people":[]}""", "people: is no member of this object, which may have jwt_templates, machines, memberships, organizations, replace, roles, session_claims, users")]
    [InlineData("""{"replace":"yes"}""", "replace: is a text, and must be true or false")]
    [InlineData("""{"users":{}}""", "users: is an object, and must be a list")]
    [InlineData("""{"users":[7]}""", "users[0]: is a number, and must be an object", "users[0].id: is missing")]
    [InlineData("""{"users":[{}]}""", "users[0].id: is missing")]
    [InlineData("""{"users":[{"id":"usr_1"}]}""", "users[0].id: is 'usr_1', and must be user_ and 1 to 64 letters, digits or underscores")]
    [InlineData("""{"users":[{"id":"user_1\n"}]}""", "users[0].id: is 'user_1")]
    [InlineData("""{"users":[{"id":"user_1","id":"user_2"}]}""", "users[0].id: is there twice")]
    [InlineData("""{"users":[{"id":"user_1"},{"id":"user_1"}]}""", "users[1].id: is 'user_1', which users[0] has already")]
    [InlineData("""{"users":[{"id":"user_2LocalAdminAda0000000000001"}]}""", "users[0].id: is 'user_2LocalAdminAda0000000000001', which something seeded has already")]
    [InlineData("""{"users":[{"id":"user_1","emial":"a@b.example"}]}""", "users[0].emial: is no member of this object, which may have banned,")]
    [InlineData("""{"users":[{"id":"user_1","email_addresses":["nobody"]}]}""", "users[0].email_addresses[0].email_address: is 'nobody', and must be an e-mail address")]
    [InlineData("""{"users":[{"id":"user_1","email_addresses":["a@b.example","A@b.example"]}]}""", "users[0].email_addresses[1].email_address: is 'A@b.example', which this user has twice")]
    [InlineData("""{"users":[{"id":"user_1","email_addresses":["a@b.example"]},{"id":"user_2","email_addresses":["a@B.example"]}]}""", "users[1].email_addresses[0].email_address: is 'a@B.example', which user_1 has already")]
    [InlineData("""{"users":[{"id":"user_1","email_addresses":["ada+clerk_test@example.com"]}]}""", "users[0].email_addresses[0].email_address: is 'ada+clerk_test@example.com', which user_2LocalAdminAda0000000000001 has already")]
    [InlineData("""{"users":[{"id":"user_1","email_addresses":[{"email_address":"a@b.example","checked":true}]}]}""", "users[0].email_addresses[0].checked: is no member of this object, which may have email_address, id, verified")]
    [InlineData("""{"users":[{"id":"user_1","phone_numbers":["1234"]}]}""", "users[0].phone_numbers[0].phone_number: is '1234', and must be a phone number in the form of E.164, such as +12015550100")]
    [InlineData("""{"users":[{"id":"user_1","username":"a b"}]}""", "users[0].username: is 'a b', and must be 4 to 64 letters, digits, hyphens or underscores")]
    [InlineData("""{"users":[{"id":"user_1","password":"short"}]}""", "users[0].password: must have 8 to 72 characters")]
    [InlineData("""{"users":[{"id":"user_1","first_name":""}]}""", "users[0].first_name: is empty")]
    [InlineData("""{"users":[{"id":"user_1","banned":1}]}""", "users[0].banned: is a number, and must be true or false")]
    [InlineData("""{"users":[{"id":"user_1","created_at":"yesterday"}]}""", "users[0].created_at: must be unix milliseconds or a time in RFC 3339 form, since 1970")]
    [InlineData("""{"users":[{"id":"user_1","created_at":-5}]}""", "users[0].created_at: must be unix milliseconds or a time in RFC 3339 form, since 1970")]
    [InlineData("""{"users":[{"id":"user_1","create_organizations_limit":1.5}]}""", "users[0].create_organizations_limit: is 1.5, and must be a whole number from 0 to 10000")]
    [InlineData("""{"users":[{"id":"user_1","public_metadata":[]}]}""", "users[0].public_metadata: is a list, and must be an object")]
    [InlineData("""{"users":[{"id":"user_1","public_metadata":{"a":[{"b":1,"b":2}]}}]}""", "users[0].public_metadata.a[0].b: is there twice")]
    [InlineData("""{"users":[{"id":"user_1","public_metadata":{"a":"\ud800"}}]}""", "users[0].public_metadata.a: holds half a character pair")]
    [InlineData("""{"users":[{"id":"user_1","first_name":"\ud800"}]}""", "users[0].first_name: holds half a character pair")]
    [InlineData("""{"\ud800":1}""", "the file: has a member whose name holds half a character pair")]
    [InlineData("""{"session_claims":{"a":{"\ud800":1}}}""", "session_claims.a: has a member whose name holds half a character pair")]
    [InlineData("""{"organizations":[{"id":"org_1"}]}""", "organizations[0].name: is missing")]
    [InlineData("""{"organizations":[{"id":"org_1","name":"K","slug":"krypton"}]}""", "organizations[0].slug: is 'krypton', which org_2LocalKrypton00000000000001 has already")]
    [InlineData("""{"organizations":[{"id":"org_1","name":"K","slug":"K!"}]}""", "organizations[0].slug: is 'K!', and must be lower-case letters, digits and hyphens")]
    [InlineData("""{"organizations":[{"id":"org_1","name":"K","created_by":"user_x"}]}""", "organizations[0].created_by: is 'user_x', and no user has this id")]
    [InlineData("""{"memberships":[{}]}""", "memberships[0].organization_id: is missing", "memberships[0].user_id: is missing", "memberships[0].role: is missing")]
    [InlineData("""{"memberships":[{"organization_id":"krypton","user_id":"user_x","role":"org:boss"}]}""", "memberships[0].organization_id: is 'krypton', and no organization has this id", "memberships[0].user_id: is 'user_x', and no user has this id", "memberships[0].role: is 'org:boss', and must be one of org:admin, org:member")]
    [InlineData("""{"memberships":[{"organization_id":"org_2LocalKrypton00000000000001","user_id":"user_2LocalAdminAda0000000000001","role":"org:member"}]}""", "memberships[0].user_id: is 'user_2LocalAdminAda0000000000001', who belongs to org_2LocalKrypton00000000000001 already")]
    [InlineData("""{"roles":[{"key":"admin"}]}""", "roles[0].key: is 'admin', and must be org: and lower-case letters, digits or underscores")]
    [InlineData("""{"roles":[{"key":"org:admin"}]}""", "roles[0].key: is 'org:admin', which another role has already")]
    [InlineData("""{"roles":[{"key":"org:e","permissions":["write",5]}]}""", "roles[0].permissions[1]: is a number, and must be a text that is not empty", "roles[0].permissions[0]: is 'write', and must be org:feature:permission")]
    [InlineData("""{"machines":[{"id":"mch_1","name":"m","secret_key":"ak_gatehouse_local_aither"}]}""", "machines[0].secret_key: is the secret of mch_2LocalAither000000000000001 already")]
    [InlineData("""{"machines":[{"id":"mch_1","name":"m","secret_key":"secret"}]}""", "machines[0].secret_key: is 'secret', and must be ak_ and 8 to 128 letters, digits or underscores")]
    [InlineData("""{"machines":[{"id":"mch_1","name":"m","scoped_machines":["mch_1","mch_9"]}]}""", "machines[0].scoped_machines[0]: is 'mch_1', which is the machine itself", "machines[0].scoped_machines[1]: is 'mch_9', and no machine has this id")]
    [InlineData("""{"jwt_templates":[{"name":"hemera-api","claims":{}}]}""", "jwt_templates[0].name: is 'hemera-api', which another template has already")]
    [InlineData("""{"jwt_templates":[{"name":"a b","claims":{"sub":"x"},"lifetime":5}]}""", "jwt_templates[0].name: is 'a b', and must be letters, digits, hyphens and underscores", "jwt_templates[0].claims: You can't use the reserved claim: 'sub'.", "jwt_templates[0].lifetime: is 5, and must be a whole number from 30 to 315360000")]
    [InlineData("""{"session_claims":{"sid":"x"}}""", "session_claims: You can't use the reserved claim: 'sid'.")]
    public void Faults_are_named_with_their_path(string text, params string[] expected)
    {
        var faults = SeedText.Faults(text);

        Assert.Equal(expected.Length, faults.Length);
        Assert.All(expected.Zip(faults), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("users: none")]
    public void What_is_no_JSON_is_said_to_be_none(string text) =>
        Assert.StartsWith(
            "The seed file seed.json is no JSON: ", Assert.Throws<InvalidOperationException>(() => SeedText.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_not_UTF_8_is_refused() => Assert.Equal(
        "The seed file seed.json is not in UTF-8.",
        Assert.Throws<InvalidOperationException>(() => SeedText.Read([.. "{\"replace"u8, 0xC2, .. "\":true}"u8])).Message);

    [Fact]
    public async Task Missing_or_faulty_file_stops_the_start()
    {
        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningClerk.StartAsync(("LocalClerk:SeedFile", "nowhere.json")));
        using var folder = new TemporaryFolder();
        var faulty = folder.Write("seed.json", """{"users":[{"id":"user_1","banned":"no"}],"rolls":[]}""");
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningClerk.StartAsync(("LocalClerk:SeedFile", faulty)));

        Assert.StartsWith("The seed file nowhere.json cannot be read: ", missing.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            $"The seed file {faulty} has 2 faults:\n  users[0].banned: is a text, and must be true or false\n  rolls: is no member", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_goes_back_to_what_the_file_says()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("seed.json", "\uFEFF" + $$"""{"users":[{{User}}]}""");
        await using var clerk = await RunningClerk.StartAsync(("LocalClerk:SeedFile", file), ("LocalClerk:Users", "10"));
        await clerk.SendAsync(HttpMethod.Delete, "/v1/users/user_1");
        await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{new GeneratedUsers(10, 1)[0].Id}");

        await clerk.SendAsync(HttpMethod.Post, "/_local/reset", new JsonObject());

        Assert.Equal(200, (await clerk.GetAsync("/v1/users/user_1")).Status);
        Assert.Equal(15, (await clerk.GetAsync("/v1/users/count")).Number("total_count"));
    }

    [Fact]
    public void Example_in_the_documentation_can_be_read()
    {
        var data = SeedText.Read(File.ReadAllText(Repository.PathOf("docs/local-clerk-seed.example.json"), Encoding.UTF8));

        Assert.Equal(6, data.Users.Count);
        Assert.Equal(["org:articles:read", "org:articles:write"], data.Organizations.FindMembership("org_2ExamplePress000000000000001", "user_2ExampleMina0000000000000001")!.Role.Permissions);
    }
}
