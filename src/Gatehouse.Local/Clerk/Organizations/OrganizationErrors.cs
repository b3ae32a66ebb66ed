using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Clerk's refusals about organizations and memberships.</summary>
internal static class OrganizationErrors
{
    public static ClerkError NotEnabled { get; } = new(
        403, "organization_not_enabled_in_instance", "access denied", "The organizations feature is not enabled for this instance.");

    public static ClerkError SlugsDisabled { get; } = new(
        403, "organization_slugs_disabled", "organization slugs not enabled", "This instance does not have slugs enabled for organizations.");

    public static ClerkError CreationLimit { get; } = new(
        403, "org_creation_limit_exceeded", "Organization Creation Limit Exceeded",
        "The user has created as many organizations as they may.");

    public static ClerkError AlreadyMember { get; } = new(
        400, "already_a_member_in_organization", "already a member", "The user is already a member of the organization.");

    public static ClerkError NotMember { get; } = new(
        403, "not_a_member_in_organization", "not a member",
        "The user is not a member of the organization. Only organization members can perform this action.");

    public static ClerkError MissingPermission { get; } = new(
        403, "missing_organization_permission", "missing permission", "The user is missing an organization permission.");

    public static ClerkError MinimumPermissionsNeeded { get; } = new(
        400, "organization_minimum_permissions_needed", "minimum organization permissions needed",
        "There has to be at least one organization member with the minimum required permissions.");

    public static ClerkError AdminDeleteNotEnabled { get; } = new(
        403, "organization_admin_delete_not_enabled", "admin delete not enabled",
        "Deletion by admin is not enabled for this organization.");

    public static ClerkError PersonalAccountsNotAllowed { get; } = new(
        422, "personal_accounts_not_allowed", "personal accounts are not allowed",
        "You must maintain at least one organization membership since personal accounts are not allowed on the application.");

    public static ClerkError CreatorNotFound(string userId) => new(
        400, "organization_creator_not_found", "creator not found", $"No users found with id {userId}.");

    public static ClerkError MembershipQuota(int most) => new(
        403, "organization_membership_quota_exceeded", "organization membership quota exceeded",
        $"You have reached your limit of {most} organization memberships, including outstanding invitations.");

    public static ClerkError NameInvalid { get; } = new(
        422, "form_param_value_invalid", "invalid organization name", "The organization name must contain neither URLs nor HTML.")
    {
        ParameterName = "name",
    };

    public static ClerkError RoleSetNotFound { get; } = new(404, "resource_not_found", "not found", "Organization role set not found")
    {
        ParameterName = "role_set_key",
    };
}
