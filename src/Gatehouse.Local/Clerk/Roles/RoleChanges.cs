using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>Changes of roles and permissions, carried to everything that speaks of them.</summary>
internal static class RoleChanges
{
    /// <summary>Puts a changed role in the place of the old one: for its members, pending invitations and the instance's settings.</summary>
    public static void Replace(ClerkWorld world, OrganizationRole old, OrganizationRole changed)
    {
        var data = world.Data;
        data.Roles.Replace(changed);
        foreach (var membership in data.Organizations.Memberships.Where(held => held.Role.Key == old.Key))
        {
            membership.Role = changed;
        }

        foreach (var invitation in data.OrganizationInvitations.All.Where(invitation => invitation.RoleKey == old.Key))
        {
            invitation.RoleKey = changed.Key;
        }

        var settings = data.Settings.Organizations;
        settings.CreatorRole = settings.CreatorRole == old.Key ? changed.Key : settings.CreatorRole;
        settings.DomainsDefaultRole = settings.DomainsDefaultRole == old.Key ? changed.Key : settings.DomainsDefaultRole;
        world.Outbox.Raise("role.updated", json => RoleJson.Write(json, changed, data.Roles));
    }

    /// <summary>Gives the roles that hold a permission its new key, or takes it from them when there is none.</summary>
    public static void RenamePermission(ClerkWorld world, string oldKey, string? newKey)
    {
        foreach (var role in world.Data.Roles.All.Where(role => role.Permissions.Contains(oldKey, StringComparer.Ordinal)).ToList())
        {
            var permissions = role.Permissions.Select(key => key == oldKey ? newKey : key).OfType<string>();
            Replace(world, role, role with { Permissions = [.. permissions], UpdatedAt = world.Clock.NowMilliseconds });
        }
    }
}
