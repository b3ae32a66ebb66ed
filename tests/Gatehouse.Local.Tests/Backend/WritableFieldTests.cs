using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Tests.Shapes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Every member that a body may have is written and read back: what is accepted has its effect, and nothing is left out unnoticed.</summary>
[Proves("A8")]
public sealed class WritableFieldTests
{
    private const string Shtetl = LocalClerkDefaults.ShtetlZmanimMachineId;

    /// <summary>How to write each resource: the operation, a body that is enough, and where it is read (null: what was made).</summary>
    private static readonly Resource[] Resources =
    [
        new("POST /users", "{}", "/v1/users/{id}",
        [
            new("external_id", "\"x-1\""), new("first_name", "\"New\""), new("last_name", "\"Person\""), new("locale", "\"de-DE\""),
            new("email_address", """["new@example.com"]""", "email_addresses.0.email_address", "\"new@example.com\""),
            new("phone_number", """["+12015550150"]""", "phone_numbers.0.phone_number", "\"+12015550150\""),
            new("username", "\"newcomer\""), new("password", "\"a long enough one\"", "password_enabled", "true"),
            new("totp_secret", "\"JBSWY3DPEHPK3PXP\"", "totp_enabled", "true"),
            new("backup_codes", """["one"]""", "backup_code_enabled", "true"),
            new("public_metadata", """{"a":1}"""), new("private_metadata", """{"a":[1]}"""), new("unsafe_metadata", """{"a":null}"""),
            new("delete_self_enabled", "false"), new("legal_accepted_at", "\"2026-01-02T03:04:05.678Z\"", Expected: "1767323045678"),
            new("create_organization_enabled", "false"), new("create_organizations_limit", "3"),
            new("created_at", "\"2025-01-02T03:04:05Z\"", Expected: "1735787045000"), new("bypass_client_trust", "true"),
            new("banned", "true"), new("locked", "true"),
        ]),
        new("PATCH /users/{user_id}", "{}", "/v1/users/{user_id}",
        [
            new("external_id", "\"x-1\""), new("first_name", "\"New\""), new("last_name", "\"Person\""), new("locale", "\"de-DE\""),
            new("primary_email_address_id", "\"{email_address_id}\""), new("primary_phone_number_id", "\"{phone_number_id}\""),
            new("username", "\"newcomer\""), new("password", "\"another long one\"", "password_enabled", "true"),
            new("totp_secret", "null", "totp_enabled", "false"), new("backup_codes", "[]", "backup_code_enabled", "false"),
            new("delete_self_enabled", "false"), new("create_organization_enabled", "false"),
            new("legal_accepted_at", "\"2026-01-02T03:04:05.678Z\"", Expected: "1767323045678"), new("create_organizations_limit", "3"),
            new("created_at", "\"2025-01-02T03:04:05Z\"", Expected: "1735787045000"), new("bypass_client_trust", "true"),
        ]),
        new("PATCH /users/{user_id}/metadata", "{}", "/v1/users/{user_id}",
            [new("public_metadata", """{"a":1}"""), new("private_metadata", """{"a":1}"""), new("unsafe_metadata", """{"a":1}""")]),
        new("PUT /users/{user_id}/metadata", "{}", "/v1/users/{user_id}",
            [new("public_metadata", """{"a":1}"""), new("private_metadata", """{"a":1}"""), new("unsafe_metadata", """{"a":1}""")]),
        new("POST /email_addresses", """{"user_id":"{user_id}","email_address":"third@example.com"}""", "/v1/email_addresses/{id}",
            [new("email_address", "\"fourth@example.com\""), new("verified", "true", "verification.status", "\"verified\"")]),
        new("POST /email_addresses", """{"user_id":"{lin}","email_address":"third@example.com","verified":true}""", "/v1/users/{lin}",
            [new("user_id", "\"{lin}\"", "email_addresses.1.email_address", "\"third@example.com\""), new("primary", "true", "primary_email_address_id", "{id}")]),
        new("PATCH /email_addresses/{email_address_id}", "{}", "/v1/email_addresses/{email_address_id}",
            [new("verified", "false", "verification.status", "\"unverified\"")]),
        new("PATCH /email_addresses/{email_address_id}", "{}", "/v1/users/{user_id}",
            [new("primary", "true", "primary_email_address_id", "\"{email_address_id}\"")]),
        new("PUT /users/{user_id}/email_address", """{"email_address":"only@example.com"}""", "/v1/users/{user_id}",
        [
            new("email_address", "\"sole@example.com\"", "email_addresses.0.email_address", "\"sole@example.com\""),
            new("identification_status", "\"reserved\"", "email_addresses.0.reserved", "true"),
        ]),
        new("POST /phone_numbers", """{"user_id":"{lin}","phone_number":"+12015550160","verified":true}""", "/v1/users/{lin}",
        [
            new("user_id", "\"{lin}\"", "phone_numbers.0.phone_number", "\"+12015550160\""),
            new("phone_number", "\"+12015550161\"", "phone_numbers.0.phone_number", "\"+12015550161\""),
            new("verified", "false", "phone_numbers.0.verification.status", "\"unverified\""),
            new("primary", "true", "primary_phone_number_id", "{id}"), new("reserved_for_second_factor", "true", "two_factor_enabled", "true"),
        ]),
        new("PATCH /phone_numbers/{phone_number_id}", "{}", "/v1/phone_numbers/{phone_number_id}",
        [
            new("verified", "false", "verification.status", "\"unverified\""), new("reserved_for_second_factor", "true"),
            new("reserved_for_second_factor", "true", "default_second_factor", "true"),
        ]),
        new("PATCH /phone_numbers/{phone_number_id}", "{}", "/v1/users/{user_id}",
            [new("primary", "true", "primary_phone_number_id", "\"{phone_number_id}\"")]),
        new("PUT /users/{user_id}/phone_number", """{"phone_number":"+12015550170"}""", "/v1/users/{user_id}",
        [
            new("phone_number", "\"+12015550171\"", "phone_numbers.0.phone_number", "\"+12015550171\""),
            new("identification_status", "\"unverified\"", "phone_numbers.0.verification.status", "\"unverified\""),
        ]),
        new("POST /sessions", """{"user_id":"{ada}"}""", "/v1/sessions/{id}",
            [new("user_id", "\"{ada}\""), new("active_organization_id", "\"{krypton}\"", "last_active_organization_id")]),
        new("POST /organizations", """{"name":"New"}""", "/v1/organizations/{id}",
        [
            new("name", "\"Newer\""), new("created_by", "\"{lin}\""), new("private_metadata", """{"a":1}"""), new("public_metadata", """{"a":1}"""),
            new("slug", "\"new-slug\""), new("max_allowed_memberships", "9"), new("created_at", "\"2025-01-02T03:04:05Z\"", Expected: "1735787045000"),
        ]),
        new("PATCH /organizations/{organization_id}", "{}", "/v1/organizations/{organization_id}",
        [
            new("name", "\"Newer\""), new("slug", "\"new-slug\""), new("max_allowed_memberships", "9"), new("admin_delete_enabled", "false"),
            new("created_at", "\"2025-01-02T03:04:05Z\"", Expected: "1735787045000"),
        ]),
        new("PATCH /organizations/{organization_id}/metadata", "{}", "/v1/organizations/{organization_id}",
            [new("public_metadata", """{"a":1}"""), new("private_metadata", """{"a":1}""")]),
        new("PUT /organizations/{organization_id}/metadata", "{}", "/v1/organizations/{organization_id}",
            [new("public_metadata", """{"a":1}"""), new("private_metadata", """{"a":1}""")]),
        new("POST /organizations/{organization_id}/memberships", """{"user_id":"{lin}","role":"org:member"}""", null,
        [
            new("user_id", "\"{lin}\"", "public_user_data.user_id"), new("role", "\"org:clerk\""),
            new("public_metadata", """{"a":1}"""), new("private_metadata", """{"a":1}"""),
        ]),
        new("PATCH /organizations/{organization_id}/memberships/{user_id}", """{"role":"org:member"}""",
            "/v1/users/{user_id}/organization_memberships", [new("role", "\"org:clerk\"", "data.0.role")]),
        new("PATCH /organizations/{organization_id}/memberships/{user_id}/metadata", "{}", "/v1/users/{user_id}/organization_memberships",
            [new("public_metadata", """{"a":1}""", "data.0.public_metadata"), new("private_metadata", """{"a":1}""", "data.0.private_metadata")]),
        new("POST /organizations/{organization_id}/invitations", """{"email_address":"new@example.com","role":"org:member"}""",
            "/v1/organizations/{organization_id}/invitations/{id}",
        [
            new("email_address", "\"newer@example.com\""), new("inviter_user_id", "\"{ada}\"", "inviter_id"), new("role", "\"org:clerk\""),
            new("public_metadata", """{"a":1}"""), new("private_metadata", """{"a":1}"""),
            new("expires_in_days", "2", "expires_at", "1772539200000"),
        ]),
        new("POST /invitations", """{"email_address":"new@example.com"}""", null,
        [
            new("email_address", "\"newer@example.com\""), new("public_metadata", """{"a":1}"""),
            new("expires_in_days", "2", "expires_at", "1772539200000"),
        ]),
        new("POST /organization_roles", """{"name":"New","key":"org:new"}""", "/v1/organization_roles/{id}",
        [
            new("name", "\"Newer\""), new("key", "\"org:newer\""), new("description", "\"about\""),
            new("permissions", """["{permission_id}"]""", "permissions.0.id", "\"{permission_id}\""),
        ]),
        new("PATCH /organization_roles/{organization_role_id}", "{}", "/v1/organization_roles/{organization_role_id}",
        [
            new("name", "\"Newer\""), new("key", "\"org:newer\""), new("description", "\"about\""),
            new("permissions", """["{permission_id}"]""", "permissions.0.id", "\"{permission_id}\""),
        ]),
        new("POST /organization_permissions", """{"name":"New","key":"org:new:one"}""", "/v1/organization_permissions/{id}",
            [new("name", "\"Newer\""), new("key", "\"org:newer:one\""), new("description", "\"about\"")]),
        new("PATCH /organization_permissions/{permission_id}", "{}", "/v1/organization_permissions/{permission_id}",
            [new("name", "\"Newer\""), new("key", "\"org:newer:one\""), new("description", "\"about\"")]),
        new("POST /jwt_templates", """{"name":"new","claims":{}}""", "/v1/jwt_templates/{id}",
            [new("name", "\"newer\""), new("claims", """{"a":1}"""), new("lifetime", "90"), new("allowed_clock_skew", "9")]),
        new("PATCH /jwt_templates/{template_id}", """{"name":"mine","claims":{}}""", "/v1/jwt_templates/{template_id}",
            [new("name", "\"newer\""), new("claims", """{"a":1}"""), new("lifetime", "90"), new("allowed_clock_skew", "9")]),
        new("POST /machines", """{"name":"worker"}""", "/v1/machines/{id}",
        [
            new("name", "\"other\""), new("scoped_machines", """["{other_machine_id}"]""", "scoped_machines.0.id", "\"{other_machine_id}\""),
            new("default_token_ttl", "77"),
        ]),
        new("PATCH /machines/{machine_id}", "{}", "/v1/machines/{machine_id}", [new("name", "\"other\""), new("default_token_ttl", "77")]),
        new("POST /machines/{machine_id}/scopes", $$"""{"to_machine_id":"{{Shtetl}}"}""", "/v1/machines/{machine_id}",
            [new("to_machine_id", $"\"{Shtetl}\"", "scoped_machines.1.id")]),
        new("POST /oauth_applications", """{"name":"New"}""", "/v1/oauth_applications/{id}",
        [
            new("name", "\"Newer\""), new("redirect_uris", """["https://a.example/b","myapp://c"]"""), new("callback_url", "\"https://a.example/b\""),
            new("scopes", "\"openid email\""), new("consent_screen_enabled", "false"), new("pkce_required", "true"), new("public", "true"),
        ]),
        new("PATCH /oauth_applications/{oauth_application_id}", "{}", "/v1/oauth_applications/{oauth_application_id}",
        [
            new("name", "\"Newer\""), new("redirect_uris", """["https://a.example/b","myapp://c"]"""), new("callback_url", "\"https://a.example/b\""),
            new("scopes", "\"openid email\""), new("consent_screen_enabled", "false"), new("pkce_required", "true"),
        ]),
        new("PATCH /oauth_applications/{oauth_application_id}", """{"pkce_required":true}""", "/v1/oauth_applications/{oauth_application_id}",
            [new("public", "true")]),
        new("POST /api_keys", """{"name":"new key","subject":"{user_id}"}""", "/v1/api_keys/{id}",
        [
            new("type", "\"api_key\""), new("name", "\"newer key\""), new("description", "\"about\""), new("subject", "\"{organization_id}\""),
            new("claims", """{"a":[1]}"""), new("scopes", """["read"]"""), new("created_by", "\"{ada}\""),
            new("seconds_until_expiration", "60", "expiration", "1772366460000"),
        ]),
        new("PATCH /api_keys/{apiKeyID}", "{}", "/v1/api_keys/{apiKeyID}",
        [
            new("description", "\"about\""), new("subject", "\"{organization_id}\""), new("claims", """{"a":[1]}"""), new("scopes", """["read"]"""),
            new("seconds_until_expiration", "60", "expiration", "1772366460000"),
        ]),
        new("POST /api_keys/{apiKeyID}/revoke", "{}", "/v1/api_keys/{apiKeyID}", [new("revocation_reason", "\"lost\"")]),
        new("POST /m2m_tokens/{m2m_token_id}/revoke", "{}", "/v1/m2m_tokens?subject={machine_id}&revoked=true",
            [new("revocation_reason", "\"lost\"", "m2m_tokens.0.revocation_reason")]),
        new("POST /sign_in_tokens", """{"user_id":"{user_id}"}""", null, [new("user_id", "\"{lin}\"")]),
        new("POST /actor_tokens", """{"user_id":"{user_id}","actor":{"sub":"{ada}"}}""", null,
            [new("user_id", "\"{lin}\""), new("actor", """{"sub":"x","because":["y"]}""")]),
        new("PATCH /instance", "{}", "/v1/instance", [new("allowed_origins", """["http://localhost:3000"]""")]),
        new("PATCH /instance/organization_settings", "{}", "/v1/instance/organization_settings",
        [
            new("enabled", "false"), new("max_allowed_memberships", "50"), new("admin_delete_enabled", "false"), new("domains_enabled", "true"),
            new("slug_disabled", "true"), new("domains_enrollment_modes", """["automatic_invitation"]"""),
            new("domains_default_role_id", "\"{organization_role_id}\"", "domains_default_role", "\"org:clerk\""),
        ]),
        new("PATCH /instance/restrictions", "{}", null,
        [
            new("allowlist", "true"), new("blocklist", "true"), new("allowlist_blocklist_disabled_on_sign_in", "true"),
            new("block_email_subaddresses", "true"), new("block_disposable_email_domains", "true"),
        ]),
        new("PATCH /instance/protect", "{}", "/v1/instance/protect", [new("rules_enabled", "true"), new("specter_enabled", "true")]),
        new("PATCH /instance/communication", "{}", "/v1/instance/communication", [new("blocked_country_codes", """["AQ"]""")]),
        new("PATCH /instance/oauth_application_settings", "{}", "/v1/instance/oauth_application_settings",
        [
            new("dynamic_oauth_client_registration", "true"), new("default_scopes", """["email"]"""), new("oauth_jwt_access_tokens", "true"),
            new("client_id_metadata_documents_advertised", "true"), new("client_id_metadata_documents_only_allow_pre_registered_clients", "true"),
            new("client_id_metadata_documents_block_implicitly_allowed_clients", "true"),
        ]),
    ];

    /// <summary>Members that are taken without being told anywhere, or are not taken at all; a word on each in the tests that show so.</summary>
    private static readonly Dictionary<string, string> Untold = new(StringComparer.Ordinal)
    {
        ["notify"] = "no mail leaves the local Clerk",
        ["notify_primary_email_address_changed"] = "no mail leaves the local Clerk",
        ["redirect_url"] = "told to whoever takes the ticket",
        ["template_slug"] = "no mail leaves the local Clerk",
        ["ignore_existing"] = "InvitationTests",
        ["include_in_initial_role_set"] = "there are no role sets",
        ["role_set_key"] = "there are no role sets: refused as not found",
        ["skip_password_checks"] = "UserWriteTests",
        ["skip_password_requirement"] = "passwords are not required",
        ["skip_legal_checks"] = "nobody is asked for consent",
        ["skip_user_requirement"] = "nothing is required of users",
        ["email_address_identification_status"] = "UserWriteTests",
        ["phone_number_identification_status"] = "UserWriteTests",
        ["sign_out_of_other_sessions"] = "CredentialTests",
        ["web3_wallet"] = "not taken: there are no wallets",
        ["primary_web3_wallet_id"] = "not taken: there are no wallets",
        ["password_digest"] = "not taken: passwords are hashed here only",
        ["password_hasher"] = "not taken: passwords are hashed here only",
        ["profile_image_id"] = "not taken: there are no images",
        ["custom_signing_key"] = "JwtTemplateTests",
        ["signing_algorithm"] = "JwtTemplateTests",
        ["signing_key"] = "not taken: templates are signed with the instance's key",
        ["creator_role_id"] = "RoleTests",
        ["org_id"] = "told to whoever takes the ticket",
        ["expires_in_seconds"] = "TicketTests",
        ["session_max_duration_in_seconds"] = "told to whoever takes the ticket",
        ["token_format"] = "M2MTokenTests",
        ["min_remaining_ttl_seconds"] = "M2MTokenTests",
        ["requesting_user_id"] = "OrganizationInvitationTests",
        ["previous_token_ttl"] = "MachineTests",
        ["revoke_all_sessions"] = "CredentialTests",
        ["test_mode"] = "InstanceTests",
        ["hibp"] = "InstanceTests",
        ["support_email"] = "InstanceTests",
        ["clerk_js_version"] = "InstanceTests",
        ["development_origin"] = "InstanceTests",
        ["cookieless_dev"] = "InstanceTests",
        ["url_based_session_syncing"] = "InstanceTests",
        ["preferred_sign_in_strategy_when_password_required"] = "InstanceTests",
    };

    /// <summary>The members that are refused as unknown, and why.</summary>
    internal static IEnumerable<(string Name, string Why)> NotTaken => Untold
        .Where(member => member.Value.StartsWith("not taken: ", StringComparison.Ordinal))
        .Select(member => (member.Key, member.Value["not taken: ".Length..]));

    /// <summary>Operations that act rather than write a field.</summary>
    private static readonly string[] Acts =
    [
        "/verify", "/verify_password", "/verify_totp", "/attempt_verification", "/users/ban", "/users/unban", "/tokens", "/tokens/{template_name}",
        "/refresh", "/revoke_token", "/bulk", "POST /m2m_tokens",
    ];

    public static TheoryData<string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            for (var index = 0; index < Resources.Length; index++)
            {
                foreach (var member in Resources[index].Fields)
                {
                    rows.Add($"{index} {Resources[index].Operation}", member.Name, member.Told);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Field_is_written_and_read_back(string resource, string name, string told)
    {
        await using var stage = await Stage.SetAsync();
        var subject = Resources[int.Parse(resource.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)];
        var field = subject.Fields.Single(known => known.Name == name && known.Told == told);
        var body = JsonNode.Parse(stage.Fill(subject.Body))!.AsObject();
        body[name] = JsonNode.Parse(stage.Fill(field.Value));

        var operation = subject.Operation.Split(' ');
        var written = await stage.DoAsync(operation[0], $"/v1{operation[1]}", body.ToJsonString());

        var id = written.Body.Length > 0 ? (string?)written.Json["id"] : null;
        var read = subject.ReadAt is null ? written : await stage.DoAsync("GET", subject.ReadAt.Replace("{id}", id, StringComparison.Ordinal));
        var expected = field.ExpectedValue == "{id}" ? JsonValue.Create(id) : JsonNode.Parse(stage.Fill(field.ExpectedValue));
        var found = Follow(read.Json, field.Told);
        Assert.True(JsonNode.DeepEquals(expected, found), $"{field.Told} is {found?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
    }

    [Fact]
    public void No_member_of_any_body_is_forgotten()
    {
        var written = Resources.SelectMany(resource => resource.Fields.Select(field => $"{resource.Operation} {field.Name}")).ToHashSet(StringComparer.Ordinal);

        var forgotten = ShapeBook.Operations
            .Where(operation => !Acts.Any(act => operation.Name.EndsWith(act, StringComparison.Ordinal)))
            .SelectMany(operation => operation.Body.Select(name => (Key: $"{operation.Name} {name}", Name: name)))
            .Where(member => !written.Contains(member.Key) && !Untold.ContainsKey(member.Name))
            .Select(member => member.Key);

        Assert.Empty(forgotten);
    }

    [Fact]
    public async Task No_member_is_refused_as_unknown_but_those_that_are_said_not_to_be_taken()
    {
        var refused = new List<string>();
        await using var stage = await Stage.SetAsync();
        foreach (var operation in ShapeBook.Operations.Where(operation => operation.Body.Count > 0))
        {
            foreach (var member in operation.Body)
            {
                // Null is refused or not, but never as unknown; nothing else of the request is right, so that it changes nothing.
                JsonNode item = new JsonObject { [member] = null, ["never_a_member"] = 1 };
                var body = (operation.TakesList ? new JsonArray(item) : item).ToJsonString();
                var answer = await stage.SendAsync(operation.Method, $"/v1{operation.Path}", body);
                Assert.NotEqual(200, answer.Status);
                if (answer.Body.Contains($"{member} is not a valid parameter", StringComparison.Ordinal))
                {
                    refused.Add(member);
                }
            }
        }

        Assert.Equal(
            NotTaken.Select(member => member.Name).Order(StringComparer.Ordinal),
            refused.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static JsonNode? Follow(JsonNode? node, string path)
    {
        foreach (var part in path.Split('.'))
        {
            node = int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index) ? node![index] : node![part];
        }

        return node;
    }

    private sealed record Resource(string Operation, string Body, string? ReadAt, Field[] Fields);

    /// <param name="Name">The member of the body.</param>
    /// <param name="Value">What is written, as JSON.</param>
    /// <param name="ToldAs">Where it is told, if not under the same name.</param>
    /// <param name="Expected">What is told, if not the same value.</param>
    private sealed record Field(string Name, string Value, string? ToldAs = null, string? Expected = null)
    {
        public string Told => ToldAs ?? Name;

        public string ExpectedValue => Expected ?? Value;
    }
}
