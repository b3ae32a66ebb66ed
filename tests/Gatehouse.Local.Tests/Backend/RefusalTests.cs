using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>What Clerk refuses is refused with its status and code, and the parameter that is at fault.</summary>
[Proves("A8")]
public sealed class RefusalTests
{
    private const string LongText = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    public static TheoryData<string, string?, int, string, string?> Refusals => new()
    {
        // Organizations
        { "POST /organizations", "{}", 422, "form_param_missing", "name" },
        { "POST /organizations", """{"name":null}""", 422, "form_param_nil", "name" },
        { "POST /organizations", """{"name":""}""", 422, "form_param_missing", "name" },
        { "POST /organizations", """{"name":7}""", 422, "form_param_type_invalid", "name" },
        { "POST /organizations", $$"""{"name":"{{LongText}}"}""", 422, "form_param_max_length_exceeded", "name" },
        { "POST /organizations", """{"name":"see https://example.com"}""", 422, "form_param_value_invalid", "name" },
        { "POST /organizations", """{"name":"<b>Acme</b>"}""", 422, "form_param_value_invalid", "name" },
        { "POST /organizations", """{"name":"New","slug":"Not A Slug"}""", 422, "form_param_format_invalid", "slug" },
        { "POST /organizations", """{"name":"New","slug":"acme"}""", 422, "form_identifier_exists", "slug" },
        { "POST /organizations", """{"name":"New","max_allowed_memberships":-1}""", 422, "form_param_value_invalid", "max_allowed_memberships" },
        { "POST /organizations", """{"name":"New","created_at":"yesterday"}""", 422, "form_param_format_invalid", "created_at" },
        { "POST /organizations", """{"name":"New","public_metadata":[]}""", 422, "form_param_type_invalid", "public_metadata" },
        { "POST /organizations", """{"name":"New","colour":"red"}""", 422, "form_param_unknown", "colour" },
        { "POST /organizations", """{"name":"New","created_by":"user_2nobody"}""", 400, "organization_creator_not_found", null },
        { "POST /organizations", """{"name":"New","role_set_key":"role_set:x"}""", 404, "resource_not_found", "role_set_key" },
        { "PATCH /organizations/{organization_id}", """{"public_metadata":{}}""", 422, "form_param_unknown", "public_metadata" },
        { "PATCH /organizations/{organization_id}", """{"slug":"krypton"}""", 422, "form_identifier_exists", "slug" },
        { "PATCH /organizations/{organization_id}", """{"admin_delete_enabled":"yes"}""", 422, "form_param_type_invalid", "admin_delete_enabled" },
        { "PATCH /organizations/org_2none", "{}", 404, "resource_not_found", null },
        { "DELETE /organizations/org_2none", null, 404, "resource_not_found", null },
        { "PUT /organizations/org_2none/metadata", "{}", 404, "resource_not_found", null },
        { "DELETE /organizations/{krypton}/logo", null, 404, "image_not_found", null },
        { "PUT /organizations/{krypton}/logo", null, 400, "form_param_missing", null },
        { "PUT /organizations/{krypton}/logo", "{}", 415, "unsupported_content_type", null },
        { "PUT /organizations/org_2none/logo", null, 404, "resource_not_found", null },
        { "PUT /oauth_applications/{oauth_application_id}/logo", null, 400, "form_param_missing", null },
        // Images and wallets of users
        { "POST /users/{user_id}/profile_image", null, 400, "form_param_missing", null },
        { "POST /users/user_2nobody/profile_image", null, 404, "resource_not_found", null },
        { "DELETE /users/{lin}/profile_image", null, 404, "image_not_found", null },
        { "PATCH /users/{user_id}", """{"profile_image_id":"img_2none"}""", 404, "image_not_found", null },
        { "PATCH /users/{user_id}", """{"primary_web3_wallet_id":"{email_address_id}"}""", 422, "form_param_value_invalid", "primary_web3_wallet_id" },
        { "POST /users", """{"web3_wallet":["0x0"]}""", 422, "form_param_format_invalid", "web3_wallet" },
        { "POST /users", """{"web3_wallet":["0x52908400098527886e0f7030069857d2e4169ee7"]}""", 422, "form_identifier_exists", "web3_wallet" },
        { "POST /users", """{"web3_wallet":"0x0"}""", 422, "form_param_type_invalid", "web3_wallet" },
        { "DELETE /users/{user_id}/web3_wallets/idn_2none", null, 404, "resource_not_found", null },
        // Memberships
        { "POST /organizations/{organization_id}/memberships", "{}", 422, "form_param_missing", "user_id" },
        { "POST /organizations/{organization_id}/memberships", """{"user_id":"{lin}","role":"org:none"}""", 404, "resource_not_found", "role" },
        { "POST /organizations/{organization_id}/memberships", """{"user_id":"user_2nobody","role":"org:member"}""", 404, "resource_not_found", null },
        { "POST /organizations/{organization_id}/memberships", """{"user_id":"{user_id}","role":"org:member"}""", 400, "already_a_member_in_organization", null },
        { "POST /organizations/org_2none/memberships", """{"user_id":"{user_id}","role":"org:member"}""", 404, "resource_not_found", null },
        { "PATCH /organizations/{organization_id}/memberships/{lin}", """{"role":"org:member"}""", 404, "resource_not_found", null },
        { "PATCH /organizations/{organization_id}/memberships/{ada}", """{"role":"org:member"}""", 400, "organization_minimum_permissions_needed", null },
        { "DELETE /organizations/{organization_id}/memberships/{ada}", null, 400, "organization_minimum_permissions_needed", null },
        { "DELETE /organizations/{organization_id}/memberships/{lin}", null, 404, "resource_not_found", null },
        // Invitations into organizations
        { "POST /organizations/{organization_id}/invitations", "{}", 422, "form_param_missing", "email_address" },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"x","role":"org:member"}""", 422, "form_param_format_invalid", "email_address" },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"new@example.com","role":"org:none"}""", 404, "resource_not_found", "role" },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"new@example.com","role":"org:member","expires_in_days":366}""", 422, "form_param_value_invalid", "expires_in_days" },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"new@example.com","role":"org:member","redirect_url":"nowhere"}""", 422, "form_param_format_invalid", "redirect_url" },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"INVITED@example.com","role":"org:member"}""", 400, "organization_invitation_not_unique", null },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"mary@example.com","role":"org:member"}""", 400, "already_a_member_in_organization", null },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"new@example.com","role":"org:member","inviter_user_id":"{lin}"}""", 403, "not_a_member_in_organization", null },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"new@example.com","role":"org:member","inviter_user_id":"{user_id}"}""", 403, "missing_organization_permission", null },
        { "POST /organizations/{organization_id}/invitations/bulk", "{}", 400, "request_body_invalid", null },
        { "POST /organizations/{organization_id}/invitations/bulk", "[1]", 400, "request_body_invalid", null },
        { "POST /organizations/{organization_id}/invitations/bulk", """[{"email_address":"a@example.com","role":"org:member"},{"role":"org:member"}]""", 422, "form_param_missing", "email_address" },
        { "POST /organizations/{organization_id}/invitations/bulk", """[{"email_address":"a@example.com","role":"org:member"},{"email_address":"A@example.com","role":"org:member"}]""", 400, "organization_invitation_not_unique", null },
        { "POST /organizations/{organization_id}/invitations/bulk", "[{},{},{},{},{},{},{},{},{},{},{}]", 400, "bulk_size_exceeded", null },
        { "GET /organizations/{krypton}/invitations/{orginv}", null, 404, "resource_not_found", null },
        { "GET /organizations/{organization_id}/invitations?status=lost", null, 422, "form_param_value_invalid", "status" },
        { "POST /organizations/{organization_id}/invitations/{orginv}/revoke", """{"requesting_user_id":"{lin}"}""", 403, "not_a_member_in_organization", null },
        { "POST /organizations/{organization_id}/invitations/orginv_2none/revoke", null, 404, "resource_not_found", null },
        { "GET /users/user_2nobody/organization_invitations", null, 404, "resource_not_found", null },
        // Invitations
        { "POST /invitations", "{}", 422, "form_param_missing", "email_address" },
        { "POST /invitations", """{"email_address":"SOMEBODY@example.com"}""", 400, "duplicate_record", null },
        { "POST /invitations", """{"email_address":"mary@example.com"}""", 400, "duplicate_record", null },
        { "POST /invitations", """{"email_address":"new@example.com","template_slug":"postcard"}""", 422, "form_param_value_invalid", "template_slug" },
        { "POST /invitations/bulk", """[{"email_address":"a@example.com"},{"email_address":"a@example.com"}]""", 400, "duplicate_record", null },
        { "POST /invitations/bulk", "[{},{},{},{},{},{},{},{},{},{},{}]", 400, "bulk_size_exceeded", null },
        { "POST /invitations/inv_2none/revoke", null, 404, "resource_not_found", null },
        // Roles and permissions
        { "POST /organization_roles", "{}", 422, "form_param_missing", "name" },
        { "POST /organization_roles", """{"name":"New","key":"new"}""", 422, "form_param_format_invalid", "key" },
        { "POST /organization_roles", """{"name":"New","key":"org:admin"}""", 422, "form_identifier_exists", "key" },
        { "POST /organization_roles", """{"name":"New","key":"org:new","permissions":["perm_2none"]}""", 404, "resource_not_found", null },
        { "PATCH /organization_roles/{organization_role_id}", """{"key":"org:admin"}""", 422, "form_identifier_exists", "key" },
        { "PATCH /organization_roles/role_2LocalAdmin0000000000000001", """{"permissions":[]}""", 422, "organization_missing_creator_role_permissions", null },
        { "DELETE /organization_roles/role_2LocalAdmin0000000000000001", null, 422, "organization_role_default_creator_role", null },
        { "DELETE /organization_roles/role_2LocalMember000000000000001", null, 422, "organization_role_domain_default_role", null },
        { "GET /organization_roles/role_2none", null, 404, "resource_not_found", null },
        { "POST /organization_roles/{organization_role_id}/permissions/{other_permission}", null, 409, "organization_role_permission_association_exists", null },
        { "DELETE /organization_roles/{organization_role_id}/permissions/{permission_id}", null, 404, "organization_role_permission_association_not_found", null },
        { "POST /organization_roles/{organization_role_id}/permissions/perm_2none", null, 404, "resource_not_found", null },
        { "DELETE /organization_roles/role_2LocalAdmin0000000000000001/permissions/perm_2LocalManageMembers00000001", null, 422, "organization_missing_creator_role_permissions", null },
        { "POST /organization_permissions", """{"name":"New","key":"org:new"}""", 422, "form_param_format_invalid", "key" },
        { "POST /organization_permissions", """{"name":"New","key":"org:sys_new:read"}""", 422, "form_param_format_invalid", "key" },
        { "POST /organization_permissions", """{"name":"New","key":"org:invoices:read"}""", 422, "form_identifier_exists", "key" },
        { "PATCH /organization_permissions/perm_2LocalManageMembers00000001", "{}", 403, "organization_system_permission_not_modifiable", null },
        { "DELETE /organization_permissions/perm_2LocalManageMembers00000001", null, 403, "organization_system_permission_not_modifiable", null },
        { "GET /organization_permissions/perm_2none", null, 404, "resource_not_found", null },
        // E-mail addresses and phone numbers
        { "POST /email_addresses", """{"user_id":"{user_id}"}""", 422, "form_param_missing", "email_address" },
        { "POST /email_addresses", """{"user_id":"{user_id}","email_address":"x"}""", 422, "form_param_format_invalid", "email_address" },
        { "POST /email_addresses", """{"user_id":"{user_id}","email_address":"MARY@example.com"}""", 422, "form_identifier_exists", "email_address" },
        { "POST /email_addresses", """{"user_id":"user_2nobody","email_address":"new@example.com"}""", 404, "resource_not_found", null },
        { "POST /email_addresses", """{"user_id":"{user_id}","email_address":"new@example.com","primary":true}""", 422, "form_verification_needed", "primary" },
        { "PATCH /email_addresses/{email_address_id}", """{"verified":false,"primary":true}""", 422, "form_verification_needed", "primary" },
        { "PATCH /email_addresses/{email_address_id}", """{"email_address":"new@example.com"}""", 422, "form_param_unknown", "email_address" },
        { "GET /email_addresses/idn_2none", null, 404, "resource_not_found", null },
        { "POST /email_addresses/{email_address_id}/attempt_verification", """{"code":"424242"}""", 422, "form_param_missing", "verification_id" },
        { "POST /email_addresses/{email_address_id}/attempt_verification", """{"verification_id":"{phone_verification}","code":"424242"}""", 404, "resource_not_found", null },
        { "POST /email_addresses/idn_2none/prepare_verification", null, 404, "resource_not_found", null },
        { "PUT /users/{user_id}/email_address", """{"email_address":"ada+clerk_test@example.com"}""", 422, "form_identifier_exists", "email_address" },
        { "PUT /users/{user_id}/email_address", """{"email_address":"new@example.com","identification_status":"perhaps"}""", 422, "form_param_value_invalid", "identification_status" },
        { "POST /phone_numbers", """{"user_id":"{user_id}","phone_number":"12015550100"}""", 422, "form_param_format_invalid", "phone_number" },
        { "POST /phone_numbers", """{"user_id":"{lin}","phone_number":"+12015550100"}""", 422, "form_identifier_exists", "phone_number" },
        { "POST /phone_numbers", """{"user_id":"{lin}","phone_number":"+12015550109","reserved_for_second_factor":true}""", 400, "identification_create_second_factor_unverified", null },
        { "PATCH /phone_numbers/{phone_number_id}", """{"verified":false,"reserved_for_second_factor":true}""", 400, "identification_update_second_factor_unverified", null },
        { "GET /phone_numbers/idn_2none", null, 404, "resource_not_found", null },
        { "DELETE /email_addresses/{ada_email}", null, 400, "identification_deletion_failed", null },
        // Users
        { "POST /users", """{"totp_secret":"not base32!"}""", 422, "invalid_totp_secret_code", "totp_secret" },
        { "POST /users/{user_id}/verify_totp", """{"code":"000000"}""", 422, "totp_incorrect_code", "code" },
        { "POST /users/{user_id}/verify_totp", """{"code":"0000"}""", 422, "totp_invalid_length", "code" },
        { "POST /users/{ada}/verify_totp", """{"code":"000000"}""", 400, "totp_disabled", null },
        { "GET /users/{user_id}/oauth_access_tokens/google", null, 400, "oauth_unsupported_provider", null },
        { "DELETE /users/{user_id}/external_accounts/eac_2none", null, 404, "resource_not_found", null },
        { "POST /users/user_2nobody/remove_password", null, 404, "resource_not_found", null },
        { "DELETE /users/user_2nobody/mfa", null, 404, "resource_not_found", null },
        { "POST /users/ban", """{"user_ids":["{user_id}","user_2nobody"]}""", 404, "resource_not_found", null },
        // Machine families: 400, and nothing but message and code
        { "POST /api_keys", "{}", 400, "form_param_missing", null },
        { "POST /api_keys", """{"name":"ab","subject":"{user_id}"}""", 400, "form_param_min_length_exceeded", null },
        { "POST /api_keys", """{"name":" padded","subject":"{user_id}"}""", 400, "form_param_format_invalid", null },
        { "POST /api_keys", """{"name":"a key","subject":"somebody"}""", 400, "form_param_format_invalid", null },
        { "POST /api_keys", """{"name":"a key","subject":"{user_id}","seconds_until_expiration":-1}""", 400, "form_param_value_invalid", null },
        { "POST /api_keys", """{"name":"a key","subject":"{user_id}","type":"other"}""", 400, "form_param_value_invalid", null },
        { "GET /api_keys", null, 400, "form_param_missing", null },
        { "GET /api_keys/ak_none", null, 404, "resource_not_found", null },
        { "POST /api_keys/verify", """{"secret":"ak_none"}""", 404, "resource_not_found", null },
        { "POST /api_keys/verify", "{}", 400, "form_param_missing", null },
        { "POST /oauth_applications/access_tokens/verify", """{"access_token":"oat_none"}""", 404, "resource_not_found", null },
        { "POST /oauth_applications/access_tokens/verify", "{}", 400, "form_param_missing", null },
        // OAuth applications
        { "POST /oauth_applications", "{}", 422, "form_param_missing", "name" },
        { "POST /oauth_applications", """{"name":"New","redirect_uris":["nowhere"]}""", 422, "form_param_format_invalid", "redirect_uris" },
        { "POST /oauth_applications", """{"name":"New","redirect_uris":["https://a.example","https://a.example"]}""", 422, "form_param_duplicate", "redirect_uris" },
        { "POST /oauth_applications", """{"name":"New","callback_url":"nowhere"}""", 422, "form_param_format_invalid", "callback_url" },
        { "POST /oauth_applications", """{"name":"New","scopes":"everything"}""", 422, "form_param_value_invalid", "scopes" },
        { "POST /oauth_applications", """{"name":"New","public":true,"pkce_required":false}""", 422, "form_public_client_requires_pkce", "pkce_required" },
        { "GET /oauth_applications/oa_2none", null, 404, "resource_not_found", null },
        { "POST /oauth_applications/{oauth_application_id}/revoke_token", """{"token":"oat_none"}""", 404, "resource_not_found", null },
        // Tickets
        { "POST /sign_in_tokens", "{}", 422, "form_param_missing", "user_id" },
        { "POST /sign_in_tokens", """{"user_id":"user_2nobody"}""", 404, "resource_not_found", null },
        { "POST /sign_in_tokens", """{"user_id":"{user_id}","expires_in_seconds":0}""", 422, "form_param_value_invalid", "expires_in_seconds" },
        { "POST /sign_in_tokens", """{"user_id":"{user_id}","org_id":"org_2none"}""", 404, "resource_not_found", null },
        { "POST /sign_in_tokens", """{"user_id":"{user_id}","org_id":"{krypton}"}""", 403, "not_a_member_in_organization", null },
        { "POST /sign_in_tokens/sit_2none/revoke", null, 404, "resource_not_found", null },
        { "POST /actor_tokens", """{"user_id":"{user_id}"}""", 422, "form_param_missing", "actor" },
        { "POST /actor_tokens", """{"user_id":"{user_id}","actor":{}}""", 422, "form_param_value_invalid", "actor" },
        { "POST /actor_tokens", """{"user_id":"user_2nobody","actor":{"sub":"x"}}""", 404, "resource_not_found", null },
        { "POST /actor_tokens/act_2none/revoke", null, 404, "resource_not_found", null },
        // Instance
        { "PATCH /instance", """{"test_mode":"on"}""", 422, "form_param_type_invalid", "test_mode" },
        { "PATCH /instance", """{"preferred_sign_in_strategy_when_password_required":"guess"}""", 422, "form_param_value_invalid", "preferred_sign_in_strategy_when_password_required" },
        { "PATCH /instance/organization_settings", """{"creator_role_id":"role_2none"}""", 404, "resource_not_found", "creator_role_id" },
        { "PATCH /instance/organization_settings", """{"creator_role_id":"{organization_role_id}"}""", 422, "organization_missing_creator_role_permissions", null },
        { "PATCH /instance/organization_settings", """{"domains_enrollment_modes":["by_post"]}""", 422, "form_param_value_invalid", "domains_enrollment_modes" },
        { "PATCH /instance/restrictions", """{"allowlist":1}""", 422, "form_param_type_invalid", "allowlist" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_has_clerks_status_code_and_parameter(string operation, string? body, int status, string code, string? parameter)
    {
        await using var stage = await Stage.SetAsync();
        await stage.NameAsync("ada_email", "GET", "/v1/users/{ada}", null, "primary_email_address_id");

        var answer = await stage.SendAsync(operation.Split(' ')[0], $"/v1{operation.Split(' ')[1]}", body);

        Assert.Equal((status, code, parameter), (answer.Status, answer.Code, answer.Parameter));
    }
}
