using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Every change is told, as what it was.</summary>
[Proves("A8")]
public sealed class EventTests
{
    public static TheoryData<string, string?, string> Changes => new()
    {
        { "POST /organizations", """{"name":"New"}""", "organization.created" },
        { "POST /organizations", """{"name":"New","created_by":"{lin}"}""", "organization.created organizationMembership.created" },
        { "PATCH /organizations/{organization_id}", """{"name":"Newer"}""", "organization.updated" },
        { "PATCH /organizations/{organization_id}/metadata", """{"public_metadata":{"a":1}}""", "organization.updated" },
        { "PUT /organizations/{organization_id}/metadata", """{"public_metadata":{"a":1}}""", "organization.updated" },
        { "DELETE /organizations/{organization_id}", null, "organizationMembership.deleted organizationMembership.deleted organization.deleted" },
        { "POST /organizations/{organization_id}/memberships", """{"user_id":"{lin}","role":"org:member"}""", "organizationMembership.created" },
        { "PATCH /organizations/{organization_id}/memberships/{user_id}", """{"role":"org:admin"}""", "organizationMembership.updated" },
        { "PATCH /organizations/{organization_id}/memberships/{user_id}/metadata", """{"public_metadata":{"a":1}}""", "organizationMembership.updated" },
        { "DELETE /organizations/{organization_id}/memberships/{user_id}", null, "organizationMembership.deleted" },
        { "POST /organizations/{organization_id}/invitations", """{"email_address":"n@example.com","role":"org:member"}""", "organizationInvitation.created" },
        { "POST /organizations/{organization_id}/invitations/bulk", """[{"email_address":"n@example.com","role":"org:member"}]""", "organizationInvitation.created" },
        { "POST /organizations/{organization_id}/invitations/{orginv}/revoke", null, "organizationInvitation.revoked" },
        { "POST /organization_roles", """{"name":"New","key":"org:new"}""", "role.created" },
        { "PATCH /organization_roles/{organization_role_id}", """{"name":"Newer"}""", "role.updated" },
        { "POST /organization_roles/{organization_role_id}/permissions/{permission_id}", null, "role.updated" },
        { "DELETE /organization_roles/{organization_role_id}/permissions/{other_permission}", null, "role.updated" },
        { "DELETE /organization_roles/{organization_role_id}", null, "role.deleted" },
        { "POST /organization_permissions", """{"name":"New","key":"org:new:one"}""", "permission.created" },
        { "PATCH /organization_permissions/{permission_id}", """{"name":"Newer"}""", "permission.updated" },
        { "PATCH /organization_permissions/{other_permission}", """{"key":"org:new:one"}""", "role.updated permission.updated" },
        { "DELETE /organization_permissions/{permission_id}", null, "permission.deleted" },
        { "POST /email_addresses", """{"user_id":"{user_id}","email_address":"n@example.com"}""", "user.updated" },
        { "PATCH /email_addresses/{email_address_id}", """{"primary":true}""", "user.updated" },
        { "DELETE /email_addresses/{email_address_id}", null, "user.updated" },
        { "PUT /users/{user_id}/email_address", """{"email_address":"n@example.com"}""", "user.updated" },
        { "POST /phone_numbers", """{"user_id":"{user_id}","phone_number":"+12015550131"}""", "user.updated" },
        { "PATCH /phone_numbers/{phone_number_id}", """{"reserved_for_second_factor":true}""", "user.updated" },
        { "DELETE /phone_numbers/{phone_number_id}", null, "user.updated" },
        { "PUT /users/{user_id}/phone_number", """{"phone_number":"+12015550132"}""", "user.updated" },
        { "POST /users/{user_id}/remove_password", null, "user.updated" },
        { "DELETE /users/{user_id}/mfa", null, "user.updated" },
        { "DELETE /users/{user_id}/profile_image", null, "user.updated" },
        { "DELETE /users/{user_id}/web3_wallets/{web3_wallet_identification_id}", null, "user.updated" },
        { "DELETE /organizations/{organization_id}/logo", null, "organization.updated" },
        { "POST /users/{user_id}/lock", null, "user.updated" },
        { "POST /users/{user_id}/unlock", null, "user.updated" },
        { "DELETE /users/{user_id}/external_accounts/{external_account_id}", null, "user.updated" },
        { "POST /users/{user_id}/remove_password", """{"sign_out_of_other_sessions":true}""", "user.updated session.revoked" },
        { "POST /users/{user_id}/password/set_compromised", """{"revoke_all_sessions":true}""", "session.revoked" },
        { "POST /email_addresses/{email_address_id}/prepare_verification", null, "email.created" },
        { "POST /phone_numbers/{phone_number_id}/prepare_verification", null, "sms.created" },
        { "POST /email_addresses/{email_address_id}/attempt_verification", """{"verification_id":"{email_verification}","code":"424242"}""", "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_is_told(string operation, string? body, string events)
    {
        await using var stage = await Stage.SetAsync();
        stage.Raised();

        await stage.DoAsync(operation.Split(' ')[0], $"/v1{operation.Split(' ')[1]}", body);

        Assert.Equal(events, string.Join(' ', stage.Raised()));
    }
}
