using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>Clerk's refusals about roles and permissions.</summary>
internal static class RoleErrors
{
    public static ClerkError IsCreatorRole { get; } = new(
        422, "organization_role_default_creator_role", "role is used as the creator role",
        "The organization role cannot be deleted: organizations give it to their creator.");

    public static ClerkError IsDomainsDefaultRole { get; } = new(
        422, "organization_role_domain_default_role", "role is used as the domain default role",
        "The organization role cannot be deleted: organization domains give it by default.");

    public static ClerkError HasMembers { get; } = new(
        422, "organization_role_assigned_members", "role is assigned to organization members",
        "The organization role is assigned to one or more organization members.");

    public static ClerkError HasInvitations { get; } = new(
        422, "organization_role_exists_in_invitations", "role exists in pending organization invitations",
        "The organization role exists in one or more pending organization invitations. Revoke them first.");

    public static ClerkError SystemPermission { get; } = new(
        403, "organization_system_permission_not_modifiable", "organization system permission cannot be modified",
        "This organization permission cannot be modified because it is a system permission.");

    public static ClerkError AlreadyAssigned { get; } = new(
        409, "organization_role_permission_association_exists", "permission already assigned to role",
        "This organization permission is already associated to this organization role.");

    public static ClerkError NotAssigned { get; } = new(
        404, "organization_role_permission_association_not_found", "permission not assigned to role",
        "This organization permission is not associated with the organization role.");

    public static ClerkError CreatorRoleNeeds { get; } = new(
        422, "organization_missing_creator_role_permissions", "missing permissions for creator role",
        $"The creator role must contain the following permissions: {string.Join(", ", SystemPermissions.Minimum)}");

    public static ClerkError TooManyRoles(int most) => new(
        403, "organization_instance_roles_quota_exceeded", "organization roles for instance quota exceeded",
        $"You have reached your limit of {most} organization roles per instance.");

    /// <summary>A role that a member of the request names and that is not there.</summary>
    public static ClerkError NotFound(string parameter) => new(404, "resource_not_found", "not found", "Organization role not found")
    {
        ParameterName = parameter,
    };

    public static ClerkError PermissionNotFound { get; } = new(404, "resource_not_found", "not found", "Organization permission not found");
}
