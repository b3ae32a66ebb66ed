using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests;

public sealed class UserWriteTests
{
    private const string Lin = LocalClerkDefaults.LinUserId;

    [Theory]
    [InlineData("first_name", "\"Mary\"", "null")]
    [InlineData("last_name", "\"Shelley\"", "null")]
    [InlineData("username", "\"mary-s\"", "null")]
    [InlineData("external_id", "\"x-1\"", "null")]
    [InlineData("locale", "\"en-GB\"", "null")]
    [InlineData("delete_self_enabled", "false", null)]
    [InlineData("create_organization_enabled", "false", null)]
    [InlineData("create_organizations_limit", "3", "null")]
    [InlineData("bypass_client_trust", "true", null)]
    public async Task Each_field_that_is_written_is_read_back_and_can_be_cleared(string field, string value, string? cleared)
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal(value, (await WriteAsync(clerk, field, value)).Json[field]!.ToJsonString());
        if (cleared is not null)
        {
            Assert.Null((await WriteAsync(clerk, field, cleared)).Json[field]);
        }
    }

    [Fact]
    public async Task Times_are_written_as_text_and_read_as_milliseconds()
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal(946684800000, (await WriteAsync(clerk, "created_at", "\"2000-01-01T00:00:00Z\"")).Number("created_at"));
        Assert.Equal(946684800000, (await WriteAsync(clerk, "legal_accepted_at", "\"2000-01-01T00:00:00Z\"")).Number("legal_accepted_at"));
        Assert.Equal(Lin, (await clerk.GetAsync("/v1/users?order_by=%2Bcreated_at&limit=1")).Ids().Single());
    }

    [Fact]
    public async Task New_user_has_ids_in_clerks_form_and_verified_addresses()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.PostAsync("/v1/users", JsonNode.Parse(
            """
            {"email_address":["a@example.com","b@example.com"],"email_address_identification_status":["verified","reserved"],
             "phone_number":["+12015550100"],"public_metadata":{"a":1},"private_metadata":{"b":2},"unsafe_metadata":{"c":3},"banned":true}
            """));

        Assert.Equal(200, answer.Status);
        Assert.Matches(@"\Auser_\w{27}\z", answer.Text("id"));
        var emails = answer.Json["email_addresses"]!.AsArray();
        Assert.Matches(@"\Aidn_\w{27}\z", (string)emails[0]!["id"]!);
        Assert.Equal(answer.Text("primary_email_address_id"), (string)emails[0]!["id"]!);
        Assert.Equal(["verified", "unverified"], emails.Select(email => (string?)email!["verification"]!["status"]));
        Assert.Equal([false, true], emails.Select(email => (bool)email!["reserved"]!));
        Assert.Equal("+12015550100", (string?)answer.Json["phone_numbers"]![0]!["phone_number"]);
        Assert.Equal("""{"b":2}""", answer.Json["private_metadata"]!.ToJsonString());
        Assert.True((bool)answer.Json["banned"]!);
    }

    [Theory]
    [InlineData("""{"email_address":"a@example.com"}""", "form_param_type_invalid", "email_address")]
    [InlineData("""{"email_address":["nonsense"]}""", "form_param_format_invalid", "email_address")]
    [InlineData("""{"email_address":["a@example.com","A@example.com"]}""", "form_param_duplicate", "email_address")]
    [InlineData("""{"email_address":["GRACE+clerk_test@example.com"]}""", "form_identifier_exists", "email_address")]
    [InlineData("""{"phone_number":["12"]}""", "form_param_format_invalid", "phone_number")]
    [InlineData("""{"username":"a b"}""", "form_param_format_invalid", "username")]
    [InlineData("""{"first_name":7}""", "form_param_type_invalid", "first_name")]
    [InlineData("""{"banned":"yes"}""", "form_param_type_invalid", "banned")]
    [InlineData("""{"password":"short"}""", "form_password_length_too_short", "password")]
    [InlineData("""{"public_metadata":[]}""", "form_param_type_invalid", "public_metadata")]
    [InlineData("""{"created_at":"yesterday"}""", "form_param_format_invalid", "created_at")]
    [InlineData("""{"shoe_size":43}""", "form_param_unknown", "shoe_size")]
    public async Task Faults_of_a_body_are_422_in_clerks_words(string body, string code, string parameter)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.PostAsync("/v1/users", JsonNode.Parse(body));

        Assert.Equal((422, code, parameter), (answer.Status, answer.Code, answer.Parameter));
        Assert.Equal(4, (await clerk.GetAsync("/v1/users/count")).Number("total_count"));
    }

    [Fact]
    public async Task All_faults_of_a_body_are_told_at_once()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await clerk.PostAsync("/v1/users", JsonNode.Parse("""{"first_name":1,"last_name":2,"shoe_size":3}"""));

        Assert.Equal(3, answer.Json["errors"]!.AsArray().Count);
    }

    [Fact]
    public async Task Metadata_are_no_members_of_the_profile_since_2026_05_12()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await WriteAsync(clerk, "public_metadata", """{"role":"admin"}""");

        Assert.Equal((422, "form_param_unknown"), (answer.Status, answer.Code));
        Assert.Equal("viewer", (string?)(await clerk.GetAsync($"/v1/users/{Lin}")).Json["public_metadata"]!["role"]);
    }

    [Fact]
    public async Task Patch_merges_metadata_at_every_depth_and_null_removes()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await MetadataAsync(clerk, HttpMethod.Patch, """{"public_metadata":{"a":{"b":1,"c":{"d":2}},"list":[1,2]}}""");

        var answer = await MetadataAsync(
            clerk, HttpMethod.Patch, """{"public_metadata":{"a":{"b":null,"c":{"e":3}},"list":[3],"new":{"x":null,"y":1}},"unsafe_metadata":{"u":1}}""");

        Assert.Equal(
            """{"role":"viewer","a":{"c":{"d":2,"e":3}},"list":[3],"new":{"y":1}}""",
            answer.Json["public_metadata"]!.ToJsonString());
        Assert.Equal("""{"u":1}""", answer.Json["unsafe_metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Put_replaces_what_is_given_and_leaves_the_rest()
    {
        await using var clerk = await RunningClerk.StartAsync();
        await MetadataAsync(clerk, HttpMethod.Patch, """{"private_metadata":{"keep":1}}""");

        var answer = await MetadataAsync(clerk, HttpMethod.Put, """{"public_metadata":{}}""");

        Assert.Equal("{}", answer.Json["public_metadata"]!.ToJsonString());
        Assert.Equal("""{"keep":1}""", answer.Json["private_metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Metadata_over_8_kB_are_refused()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await MetadataAsync(clerk, HttpMethod.Patch, $$$"""{"public_metadata":{"big":"{{{new string('x', 9000)}}}"}}""");

        Assert.Equal((422, "public_metadata"), (answer.Status, answer.Parameter));
    }

    [Fact]
    public async Task Deleted_user_is_gone_with_sessions_and_memberships()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(LocalClerkDefaults.GraceUserId);

        var answer = await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{LocalClerkDefaults.GraceUserId}");

        Assert.Equal($$"""{"object":"user","id":"{{LocalClerkDefaults.GraceUserId}}","deleted":true}""", answer.Body);
        Assert.Equal(404, (await clerk.GetAsync($"/v1/users/{LocalClerkDefaults.GraceUserId}")).Status);
        Assert.Equal(404, (await clerk.GetAsync($"/v1/sessions/{session}")).Status);
        var members = await clerk.GetAsync($"/v1/organizations/{LocalClerkDefaults.KryptonOrganizationId}/memberships");
        Assert.Equal(1, members.Number("total_count"));
        var free = await clerk.PostAsync("/v1/users", JsonNode.Parse("""{"email_address":["grace+clerk_test@example.com"]}"""));
        Assert.Equal(200, free.Status);
    }

    [Fact]
    public async Task Many_are_banned_and_unbanned_at_once()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var both = JsonNode.Parse($$"""{"user_ids":["{{Lin}}","{{LocalClerkDefaults.GraceUserId}}"]}""");

        Assert.All((await clerk.PostAsync("/v1/users/ban", both)).Array, user => Assert.True((bool)user!["banned"]!));
        Assert.Equal(2, (await clerk.GetAsync("/v1/users/count?banned=true")).Number("total_count"));
        Assert.All((await clerk.PostAsync("/v1/users/unban", both)).Array, user => Assert.False((bool)user!["banned"]!));
        Assert.Equal(404, (await clerk.PostAsync("/v1/users/ban", JsonNode.Parse("""{"user_ids":["user_2nobody"]}"""))).Status);
        Assert.Equal("user_ids", (await clerk.PostAsync("/v1/users/ban", JsonNode.Parse("""{"user_ids":null}"""))).Parameter);
    }

    [Fact]
    [Proves("A50")]
    public async Task Seeded_passwords_are_verified()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var path = $"/v1/users/{LocalClerkDefaults.AitherServiceUserId}/verify_password";

        Assert.Equal(200, (await clerk.PostAsync(path, new JsonObject { ["password"] = LocalClerkDefaults.Password })).Status);
        var wrong = await clerk.PostAsync(path, new JsonObject { ["password"] = "wrong" });
        Assert.Equal((422, "incorrect_password"), (wrong.Status, wrong.Code));
    }

    [Theory]
    [InlineData("POST", "/v1/users")]
    [InlineData("PATCH", $"/v1/users/{LocalClerkDefaults.LinUserId}")]
    public async Task Short_password_is_taken_only_without_checks(string method, string path)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var refused = await clerk.SendAsync(new HttpMethod(method), path, new JsonObject { ["password"] = "short" });
        var taken = await clerk.SendAsync(new HttpMethod(method), path, new JsonObject { ["password"] = "short", ["skip_password_checks"] = true });

        Assert.Equal((422, "form_password_length_too_short", "password"), (refused.Status, refused.Code, refused.Parameter));
        Assert.Equal(200, taken.Status);
        var verified = await clerk.PostAsync($"/v1/users/{taken.Text("id")}/verify_password", new JsonObject { ["password"] = "short" });
        Assert.Equal(200, verified.Status);
    }

    [Fact]
    public async Task Changed_password_can_end_the_sessions()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var session = await clerk.SessionAsync(Lin);

        var body = JsonNode.Parse("""{"password":"another long one","sign_out_of_other_sessions":true}""");
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{Lin}", body)).Status);

        Assert.Equal("revoked", (await clerk.GetAsync($"/v1/sessions/{session}")).Text("status"));
    }

    private static Task<Answer> WriteAsync(RunningClerk clerk, string field, string value) =>
        clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{Lin}", new JsonObject { [field] = JsonNode.Parse(value) });

    private static Task<Answer> MetadataAsync(RunningClerk clerk, HttpMethod method, string body) =>
        clerk.SendAsync(method, $"/v1/users/{Lin}/metadata", JsonNode.Parse(body));
}
