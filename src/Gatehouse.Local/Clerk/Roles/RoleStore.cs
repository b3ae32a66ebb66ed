using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>The instance's roles and permissions, found by id and by key.</summary>
internal sealed class RoleStore
{
    private readonly List<OrganizationRole> _roles = [OrganizationRole.Admin, OrganizationRole.Member];
    private readonly List<Permission> _permissions = [.. SystemPermissions.All];

    public IReadOnlyList<OrganizationRole> All => _roles;

    public IReadOnlyList<Permission> Permissions => _permissions;

    public OrganizationRole? Find(string id) => _roles.Find(role => role.Id == id);

    public OrganizationRole? FindByKey(string key) => _roles.Find(role => role.Key == key);

    public Permission? FindPermission(string id) => _permissions.Find(permission => permission.Id == id);

    public Permission? FindPermissionByKey(string key) => _permissions.Find(permission => permission.Key == key);

    /// <summary>Forgets all, Clerk's own too.</summary>
    public void Clear()
    {
        _roles.Clear();
        _permissions.Clear();
    }

    public void Add(OrganizationRole role) => _roles.Add(role);

    public void Add(Permission permission) => _permissions.Add(permission);

    public void Remove(OrganizationRole role) => _roles.RemoveAll(known => known.Id == role.Id);

    public void Remove(Permission permission) => _permissions.RemoveAll(known => known.Id == permission.Id);

    public void Replace(OrganizationRole role) => _roles[_roles.FindIndex(known => known.Id == role.Id)] = role;

    public void Replace(Permission permission) => _permissions[_permissions.FindIndex(known => known.Id == permission.Id)] = permission;
}
