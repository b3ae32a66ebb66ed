using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>Giving a role one more permission, and taking one away.</summary>
internal sealed class RolePermissionOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Post("/organization_roles/{organization_role_id}/permissions/{permission_id}", call => Find(call, Assign))
        .Delete("/organization_roles/{organization_role_id}/permissions/{permission_id}", call => Find(call, Remove));

    private ClerkAnswer Assign(OrganizationRole role, Permission permission) =>
        role.Permissions.Contains(permission.Key, StringComparer.Ordinal)
            ? RoleErrors.AlreadyAssigned
            : Change(role, [.. role.Permissions, permission.Key]);

    private ClerkAnswer Remove(OrganizationRole role, Permission permission)
    {
        if (!role.Permissions.Contains(permission.Key, StringComparer.Ordinal))
        {
            return RoleErrors.NotAssigned;
        }

        List<string> left = [.. role.Permissions.Where(key => key != permission.Key)];
        return role.Key == world.Data.Settings.Organizations.CreatorRole && !SystemPermissions.AreMinimal(left)
            ? RoleErrors.CreatorRoleNeeds
            : Change(role, left);
    }

    private ClerkAnswer Change(OrganizationRole role, List<string> permissions)
    {
        var changed = role with { Permissions = permissions, UpdatedAt = world.Clock.NowMilliseconds };
        RoleChanges.Replace(world, role, changed);
        return ClerkAnswer.Ok(json => RoleJson.Write(json, changed, world.Data.Roles));
    }

    private ClerkAnswer Find(ClerkCall call, Func<OrganizationRole, Permission, ClerkAnswer> found)
    {
        if (world.Data.Roles.Find(call.Route("organization_role_id")) is not { } role)
        {
            return ClerkErrors.NotFound("organization role", call.Route("organization_role_id"));
        }

        if (world.Data.Roles.FindPermission(call.Route("permission_id")) is not { } permission)
        {
            return RoleErrors.PermissionNotFound;
        }

        return call.Form.Faults() ?? found(role, permission);
    }
}
