using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Roles;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>The roles of a seed file. A permission that a role gives exists from then on.</summary>
internal sealed class SeedRoles(SeedReading reading)
{
    public void Read(SeedObject item)
    {
        var key = item.RequiredText("key");
        if (key.Length > 0 && !RoleKeys.IsRole(key))
        {
            item.Refuse("key", $"is '{key}', and must be org: and lower-case letters, digits or underscores");
        }

        var createdAt = item.Time("created_at") ?? SeedReading.Begin;
        var role = new OrganizationRole(key, item.Text("name") ?? key, Permissions(item, createdAt))
        {
            Id = reading.Ids.Optional(item, "role_", key),
            Description = item.Text("description"),
            CreatedAt = createdAt,
            UpdatedAt = item.Time("updated_at") ?? createdAt,
        };
        item.Finish();
        if (reading.Data.Roles.FindByKey(key) is not null)
        {
            item.Refuse("key", $"is '{key}', which another role has already");
        }
        else
        {
            reading.Data.Roles.Add(role);
        }
    }

    private List<string> Permissions(SeedObject role, long createdAt)
    {
        var permissions = new List<string>();
        foreach (var (key, path) in role.Texts("permissions"))
        {
            if (reading.Data.Roles.FindPermissionByKey(key) is null && !RoleKeys.IsPermission(key))
            {
                reading.Faults.Add(path, $"is '{key}', and must be org:feature:permission");
            }
            else if (permissions.Contains(key))
            {
                reading.Faults.Add(path, $"is '{key}', which is there twice");
            }
            else
            {
                permissions.Add(key);
                AddPermission(key, createdAt);
            }
        }

        return permissions;
    }

    private void AddPermission(string key, long createdAt)
    {
        if (reading.Data.Roles.FindPermissionByKey(key) is null)
        {
            reading.Data.Roles.Add(new Permission(SeedIds.Derive("perm_", key), key, key) { CreatedAt = createdAt, UpdatedAt = createdAt });
        }
    }
}
