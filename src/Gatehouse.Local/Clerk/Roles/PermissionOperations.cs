using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>Listing, creating, reading, updating and deleting permissions. System permissions stay as they are.</summary>
internal sealed class PermissionOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Get("/organization_permissions", List)
        .Post("/organization_permissions", Create)
        .Get("/organization_permissions/{permission_id}", call => Find(call, Tell))
        .Patch("/organization_permissions/{permission_id}", call => Find(call, permission => Update(call, permission)))
        .Delete("/organization_permissions/{permission_id}", call => Find(call, Delete));

    private RoleStore Roles => world.Data.Roles;

    private ClerkAnswer List(ClerkCall call) => KeyedList.Answer(call, Roles.Permissions, RoleJson.Write);

    private ClerkAnswer Create(ClerkCall call)
    {
        var name = call.Form.RequiredText("name");
        var key = call.Form.RequiredText("key");
        CheckKey(call.Form, key, permission: null);
        var description = call.Form.Text("description");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var now = world.Clock.NowMilliseconds;
        var permission = new Permission(world.Ids.Next("perm_"), key, name)
        {
            Description = description ?? "",
            CreatedAt = now,
            UpdatedAt = now,
        };
        Roles.Add(permission);
        world.Outbox.Raise("permission.created", json => RoleJson.Write(json, permission));
        return Tell(permission);
    }

    private ClerkAnswer Update(ClerkCall call, Permission permission)
    {
        if (permission.IsSystem)
        {
            return RoleErrors.SystemPermission;
        }

        var name = call.Form.GivenText("name");
        var key = call.Form.GivenText("key");
        CheckKey(call.Form, key, permission);
        var description = call.Form.Text("description");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var changed = permission with
        {
            Name = name ?? permission.Name,
            Key = key ?? permission.Key,
            Description = description ?? permission.Description,
            UpdatedAt = world.Clock.NowMilliseconds,
        };
        Roles.Replace(changed);
        if (changed.Key != permission.Key)
        {
            RoleChanges.RenamePermission(world, permission.Key, changed.Key);
        }

        world.Outbox.Raise("permission.updated", json => RoleJson.Write(json, changed));
        return Tell(changed);
    }

    private ClerkAnswer Delete(Permission permission)
    {
        if (permission.IsSystem)
        {
            return RoleErrors.SystemPermission;
        }

        RoleChanges.RenamePermission(world, permission.Key, newKey: null);
        Roles.Remove(permission);
        world.Outbox.Raise("permission.deleted", json => ListJson.WriteDeleted(json, "permission", permission.Id));
        return ListJson.Deleted("permission", permission.Id);
    }

    private void CheckKey(FormReader form, string? key, Permission? permission)
    {
        if (!string.IsNullOrEmpty(key))
        {
            const string Expected = "org:feature:action in lowercase letters, digits or underscores, and must not begin with org:sys_";
            RoleKeys.Check(form, RoleKeys.IsPermission(key) ? null : Expected, Roles.FindPermissionByKey(key), permission);
        }
    }
    private ClerkAnswer Find(ClerkCall call, Func<Permission, ClerkAnswer> found) =>
        Roles.FindPermission(call.Route("permission_id")) is { } permission ? found(permission) : RoleErrors.PermissionNotFound;

    private static ClerkAnswer Tell(Permission permission) => ClerkAnswer.Ok(json => RoleJson.Write(json, permission));
}
