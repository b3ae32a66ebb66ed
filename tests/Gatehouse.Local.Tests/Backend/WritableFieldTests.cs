using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Tests.Frontend;
using Gatehouse.Local.Tests.Passwords;
using Gatehouse.Local.Tests.Shapes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Every member that a body may have is written and read back: what is accepted has its effect, and nothing is left out unnoticed.</summary>
[Proves("A8")]
public sealed class WritableFieldTests
{
    private const string Wallet = "0x8617E340B3D01FA5F11F306F4090FD50E238070D";
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
            new("web3_wallet", $"""["{Wallet}"]""", "web3_wallets.0.web3_wallet", $"\"{Wallet}\""),
        ]),
        new("PATCH /users/{user_id}", "{}", "/v1/users/{user_id}",
        [
            new("external_id", "\"x-1\""), new("first_name", "\"New\""), new("last_name", "\"Person\""), new("locale", "\"de-DE\""),
            new("primary_email_address_id", "\"{email_address_id}\""), new("primary_phone_number_id", "\"{phone_number_id}\""),
            new("primary_web3_wallet_id", "\"{web3_wallet_identification_id}\""),
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
        new("POST /invitations/bulk", """[{"email_address":"new@example.com"}]""", null,
        [
            new("email_address", "\"newer@example.com\"", "0.email_address"), new("public_metadata", """{"a":1}""", "0.public_metadata"),
            new("expires_in_days", "2", "0.expires_at", "1772539200000"),
        ]),
        new("POST /organizations/{organization_id}/invitations/bulk", """[{"email_address":"new@example.com","role":"org:member"}]""", null,
        [
            new("email_address", "\"newer@example.com\"", "data.0.email_address"), new("inviter_user_id", "\"{ada}\"", "data.0.inviter_id"),
            new("role", "\"org:clerk\"", "data.0.role"), new("public_metadata", """{"a":1}""", "data.0.public_metadata"),
            new("private_metadata", """{"a":1}""", "data.0.private_metadata"), new("expires_in_days", "2", "data.0.expires_at", "1772539200000"),
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
        new("POST /jwt_templates", """{"name":"new","claims":{},"custom_signing_key":true,"signing_algorithm":"HS256","signing_key":"a secret"}""", "/v1/jwt_templates/{id}",
            [new("custom_signing_key", "true"), new("signing_algorithm", "\"HS384\"")]),
        new("PATCH /jwt_templates/{template_id}", """{"name":"mine","claims":{},"custom_signing_key":true,"signing_algorithm":"HS256","signing_key":"a secret"}""", "/v1/jwt_templates/{template_id}",
            [new("custom_signing_key", "true"), new("signing_algorithm", "\"HS384\"")]),
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

    /// <summary>Members that are read back in another way than as a field: by which test.</summary>
    private static readonly Dictionary<string, string> ShownBy = new(StringComparer.Ordinal)
    {
        ["POST /users email_address_identification_status"] = $"{nameof(UserWriteTests)}.{nameof(UserWriteTests.New_user_has_ids_in_clerks_form_and_verified_addresses)}",
        ["POST /users phone_number_identification_status"] = $"{nameof(UserWriteTests)}.{nameof(UserWriteTests.New_user_has_ids_in_clerks_form_and_verified_addresses)}",
        ["POST /users password_digest"] = $"{nameof(ImportedPasswordTests)}.{nameof(ImportedPasswordTests.User_with_a_digest_signs_in_with_the_password_and_no_other)}",
        ["POST /users password_hasher"] = $"{nameof(ImportedPasswordTests)}.{nameof(ImportedPasswordTests.User_with_a_digest_signs_in_with_the_password_and_no_other)}",
        ["POST /users skip_password_checks"] = $"{nameof(UserWriteTests)}.{nameof(UserWriteTests.Short_password_is_taken_only_without_checks)}",
        ["PATCH /users/{user_id} password_digest"] = $"{nameof(ImportedPasswordTests)}.{nameof(ImportedPasswordTests.Digest_takes_the_place_of_a_password_and_survives_a_snapshot)}",
        ["PATCH /users/{user_id} password_hasher"] = $"{nameof(ImportedPasswordTests)}.{nameof(ImportedPasswordTests.Digest_takes_the_place_of_a_password_and_survives_a_snapshot)}",
        ["PATCH /users/{user_id} skip_password_checks"] = $"{nameof(UserWriteTests)}.{nameof(UserWriteTests.Short_password_is_taken_only_without_checks)}",
        ["PATCH /users/{user_id} profile_image_id"] = $"{nameof(ImageTests)}.{nameof(ImageTests.Image_that_is_there_can_be_given_to_another_user)}",
        ["PATCH /users/{user_id} sign_out_of_other_sessions"] = $"{nameof(CredentialTests)}.{nameof(CredentialTests.Sessions_are_revoked_where_that_is_asked)}",
        ["POST /users/{user_id}/remove_password sign_out_of_other_sessions"] = $"{nameof(CredentialTests)}.{nameof(CredentialTests.Sessions_are_revoked_where_that_is_asked)}",
        ["POST /users/{user_id}/password/set_compromised revoke_all_sessions"] = $"{nameof(CredentialTests)}.{nameof(CredentialTests.Sessions_are_revoked_where_that_is_asked)}",
        ["POST /users/{user_id}/profile_image file"] = $"{nameof(ImageTests)}.{nameof(ImageTests.Picture_is_served_as_it_was_uploaded)}",
        ["PUT /organizations/{organization_id}/logo file"] = $"{nameof(ImageTests)}.{nameof(ImageTests.Picture_is_served_as_it_was_uploaded)}",
        ["PUT /organizations/{organization_id}/logo uploader_user_id"] = $"{nameof(ImageTests)}.{nameof(ImageTests.Uploader_must_be_somebody)}",
        ["PUT /oauth_applications/{oauth_application_id}/logo file"] = $"{nameof(ImageTests)}.{nameof(ImageTests.Picture_is_served_as_it_was_uploaded)}",
        ["PUT /oauth_applications/{oauth_application_id}/logo uploader_user_id"] = $"{nameof(ImageTests)}.{nameof(ImageTests.Uploader_must_be_somebody)}",
        ["POST /sessions/{session_id}/tokens expires_in_seconds"] = $"{nameof(SessionTokenTests)}.{nameof(SessionTokenTests.Lifetime_can_be_asked_for_within_its_bounds)}",
        ["POST /sessions/{session_id}/tokens/{template_name} expires_in_seconds"] = $"{nameof(SessionTokenTests)}.{nameof(SessionTokenTests.Lifetime_of_a_templates_token_can_be_asked_for)}",
        ["POST /sessions/{session_id}/refresh expired_token"] = $"{nameof(SessionRefreshTests)}.{nameof(SessionRefreshTests.Expired_token_is_traded_for_a_new_one)}",
        ["POST /sessions/{session_id}/refresh refresh_token"] = $"{nameof(SessionRefreshTests)}.{nameof(SessionRefreshTests.Refusal_tells_what_was_wrong)}",
        ["POST /sessions/{session_id}/refresh request_origin"] = $"{nameof(SessionRefreshTests)}.{nameof(SessionRefreshTests.Refusal_tells_what_was_wrong)}",
        ["POST /sessions/{session_id}/refresh format"] = $"{nameof(SessionRefreshTests)}.{nameof(SessionRefreshTests.Expired_token_is_traded_for_a_new_one)}",
        ["POST /invitations redirect_url"] = $"{nameof(InvitationTests)}.{nameof(InvitationTests.Invitation_leads_to_the_page_that_it_names)}",
        ["POST /invitations/bulk redirect_url"] = $"{nameof(InvitationTests)}.{nameof(InvitationTests.Invitation_leads_to_the_page_that_it_names)}",
        ["POST /organizations/{organization_id}/invitations redirect_url"] = $"{nameof(InvitationTests)}.{nameof(InvitationTests.Invitation_leads_to_the_page_that_it_names)}",
        ["POST /organizations/{organization_id}/invitations/bulk redirect_url"] = $"{nameof(InvitationTests)}.{nameof(InvitationTests.Invitation_leads_to_the_page_that_it_names)}",
        ["POST /invitations ignore_existing"] = $"{nameof(InvitationTests)}.{nameof(InvitationTests.Existing_address_is_invited_when_that_is_to_be_ignored)}",
        ["POST /invitations/bulk ignore_existing"] = $"{nameof(InvitationTests)}.{nameof(InvitationTests.Existing_address_is_invited_when_that_is_to_be_ignored)}",
        ["POST /organizations/{organization_id}/invitations/{invitation_id}/revoke requesting_user_id"] = $"{nameof(RefusalTests)}.{nameof(RefusalTests.Refusal_has_clerks_status_code_and_parameter)}",
        ["POST /actor_tokens expires_in_seconds"] = $"{nameof(KeyAndTokenTests)}.{nameof(KeyAndTokenTests.Ticket_is_found_by_its_token_and_usable_until_it_expires)}",
        ["POST /actor_tokens session_max_duration_in_seconds"] = $"{nameof(SignInTests)}.{nameof(SignInTests.Ticket_of_an_actor_token_names_the_actor_and_ends_early)}",
        ["POST /sign_in_tokens expires_in_seconds"] = $"{nameof(SignInTests)}.{nameof(SignInTests.Ticket_that_came_too_late_is_refused)}",
        ["POST /sign_in_tokens org_id"] = $"{nameof(SignInTests)}.{nameof(SignInTests.Ticket_of_a_sign_in_token_signs_in_once_and_into_its_organization)}",
        ["PATCH /instance test_mode"] = $"{nameof(VerificationTests)}.{nameof(VerificationTests.Outside_test_mode_the_code_is_another_each_time)}",
        ["PATCH /instance hibp"] = $"{nameof(InstanceTests)}.{nameof(InstanceTests.Settings_are_kept)}",
        ["PATCH /instance support_email"] = $"{nameof(InstanceTests)}.{nameof(InstanceTests.Settings_are_kept)}",
        ["PATCH /instance clerk_js_version"] = $"{nameof(InstanceTests)}.{nameof(InstanceTests.Settings_are_kept)}",
        ["PATCH /instance development_origin"] = $"{nameof(InstanceTests)}.{nameof(InstanceTests.Settings_are_kept)}",
        ["PATCH /instance cookieless_dev"] = $"{nameof(InstanceTests)}.{nameof(InstanceTests.Older_name_of_a_setting_is_taken_where_the_newer_is_missing)}",
        ["PATCH /instance url_based_session_syncing"] = $"{nameof(InstanceTests)}.{nameof(InstanceTests.Settings_are_kept)}",
        ["PATCH /instance preferred_sign_in_strategy_when_password_required"] = $"{nameof(InstanceTests)}.{nameof(InstanceTests.Settings_are_kept)}",
        ["PATCH /instance/organization_settings creator_role_id"] = $"{nameof(RoleTests)}.{nameof(RoleTests.Creator_gets_the_role_that_the_instance_says_and_that_can_govern)}",
        ["POST /jwt_templates signing_key"] = $"{nameof(TemplateSignerTests)}.{nameof(TemplateSignerTests.Token_is_signed_with_the_key_of_its_template)}",
        ["PATCH /jwt_templates/{template_id} signing_key"] = $"{nameof(TemplateSignerTests)}.{nameof(TemplateSignerTests.Key_is_another_after_a_change)}",
        ["POST /machines/{machine_id}/secret_key/rotate previous_token_ttl"] = $"{nameof(MachineTests)}.{nameof(MachineTests.Rotated_secret_stays_good_as_long_as_was_said)}",
        ["POST /m2m_tokens token_format"] = $"{nameof(M2MTokenTests)}.{nameof(M2MTokenTests.Jwt_names_receivers_and_claims_and_is_not_kept)}",
        ["POST /m2m_tokens seconds_until_expiration"] = $"{nameof(M2MTokenTests)}.{nameof(M2MTokenTests.Jwt_names_receivers_and_claims_and_is_not_kept)}",
        ["POST /m2m_tokens claims"] = $"{nameof(M2MTokenTests)}.{nameof(M2MTokenTests.Jwt_names_receivers_and_claims_and_is_not_kept)}",
        ["POST /m2m_tokens min_remaining_ttl_seconds"] = $"{nameof(M2MTokenTests)}.{nameof(M2MTokenTests.Token_is_given_again_while_enough_life_is_left)}",
        ["POST /organizations role_set_key"] = $"{nameof(RefusalTests)}.{nameof(RefusalTests.Refusal_has_clerks_status_code_and_parameter)}",
        ["PATCH /organizations/{organization_id} role_set_key"] = $"{nameof(RefusalTests)}.{nameof(RefusalTests.Refusal_has_clerks_status_code_and_parameter)}",
    };

    /// <summary>Members that are taken and have nothing to change here.</summary>
    internal static IReadOnlyDictionary<string, string> WithoutEffect { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["include_in_initial_role_set"] = "there are no role sets",
        ["notify"] = "no mail leaves the local Clerk",
        ["notify_primary_email_address_changed"] = "no mail leaves the local Clerk",
        ["request_headers"] = "nothing here looks at what browser it is",
        ["request_originating_ip"] = "nothing here looks at where a browser is",
        ["skip_legal_checks"] = "nobody is asked for consent",
        ["skip_password_requirement"] = "passwords are not required",
        ["skip_user_requirement"] = "nothing is required of users",
        ["template_slug"] = "no mail leaves the local Clerk",
    };

    /// <summary>Operations that look at what they are given rather than write it: that they find it shows in <see cref="EveryOperationTests"/>.</summary>
    private static readonly string[] Looks =
    [
        "/verify", "/verify_password", "/verify_totp", "/attempt_verification", "/users/ban", "/users/unban", "/revoke_token",
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
        var body = JsonNode.Parse(stage.Fill(subject.Body))!;
        (body as JsonArray is [{ } item] ? item : body)[name] = JsonNode.Parse(stage.Fill(field.Value));

        var operation = subject.Operation.Split(' ');
        var written = await stage.DoAsync(operation[0], $"/v1{operation[1]}", body.ToJsonString());

        var id = written.Body.Length > 0 && written.Json is JsonObject made ? (string?)made["id"] : null;
        var read = subject.ReadAt is null ? written : await stage.DoAsync("GET", subject.ReadAt.Replace("{id}", id, StringComparison.Ordinal));
        var expected = field.ExpectedValue == "{id}" ? JsonValue.Create(id) : JsonNode.Parse(stage.Fill(field.ExpectedValue));
        var found = Follow(read.Json, field.Told);
        Assert.True(JsonNode.DeepEquals(expected, found), $"{field.Told} is {found?.ToJsonString() ?? "null"}, not {expected?.ToJsonString() ?? "null"}");
    }

    [Fact]
    public void No_member_of_any_body_is_forgotten()
    {
        var members = ShapeBook.Operations
            .Where(operation => !Looks.Any(look => operation.Name.EndsWith(look, StringComparison.Ordinal)))
            .SelectMany(operation => operation.Body.Select(name => (Key: $"{operation.Name} {name}", Name: name)))
            .ToList();
        var written = Resources.SelectMany(resource => resource.Fields.Select(field => $"{resource.Operation} {field.Name}"));
        var known = written.Concat(ShownBy.Keys).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(members.Where(member => !known.Contains(member.Key) && !WithoutEffect.ContainsKey(member.Name)).Select(member => member.Key));
        Assert.Empty(known.Concat(WithoutEffect.Keys).Except(members.SelectMany(member => new[] { member.Key, member.Name }), StringComparer.Ordinal));
    }

    [Fact]
    public void Every_test_that_is_said_to_show_a_member_is_there()
    {
        var tests = typeof(WritableFieldTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Empty(ShownBy.Values.Except(tests, StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_member_is_refused_as_unknown()
    {
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
                Assert.DoesNotContain($"{member} is not a valid parameter", answer.Body, StringComparison.Ordinal);
            }
        }
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
