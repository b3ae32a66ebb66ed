using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>Listing, creating, reading, updating and deleting roles.</summary>
internal sealed class RoleOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Get("/organization_roles", List)
        .Post("/organization_roles", Create)
        .Get("/organization_roles/{organization_role_id}", call => Find(call, Tell))
        .Patch("/organization_roles/{organization_role_id}", call => Find(call, role => Update(call, role)))
        .Delete("/organization_roles/{organization_role_id}", call => Find(call, Delete));

    private RoleStore Roles => world.Data.Roles;

    private ClerkAnswer List(ClerkCall call) => KeyedList.Answer(call, Roles.All, (json, role) => RoleJson.Write(json, role, Roles));

    private ClerkAnswer Create(ClerkCall call)
    {
        var name = call.Form.RequiredText("name");
        var key = call.Form.RequiredText("key");
        CheckKey(call.Form, key, role: null);
        var description = call.Form.Text("description");
        var permissions = call.Form.Texts("permissions") ?? [];
        call.Form.Flag("include_in_initial_role_set");   // every organization here can give every role
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var most = world.Data.Settings.Organizations.MaximumRoles;
        if (Roles.All.Count >= most)
        {
            return RoleErrors.TooManyRoles(most);
        }

        if (FindKeys(permissions) is not { } keys)
        {
            return RoleErrors.PermissionNotFound;
        }

        var now = world.Clock.NowMilliseconds;
        var role = new OrganizationRole(key, name, keys)
        {
            Id = world.Ids.Next("role_"),
            Description = description,
            CreatedAt = now,
            UpdatedAt = now,
        };
        Roles.Add(role);
        world.Outbox.Raise("role.created", json => RoleJson.Write(json, role, Roles));
        return Tell(role);
    }

    private ClerkAnswer Update(ClerkCall call, OrganizationRole role)
    {
        var name = call.Form.GivenText("name");
        var key = call.Form.GivenText("key");
        CheckKey(call.Form, key, role);
        var description = call.Form.Has("description") ? call.Form.Text("description") : role.Description;
        var permissions = call.Form.Texts("permissions");
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        var keys = permissions is null ? role.Permissions : FindKeys(permissions);
        if (keys is null)
        {
            return RoleErrors.PermissionNotFound;
        }

        if (role.Key == world.Data.Settings.Organizations.CreatorRole && !SystemPermissions.AreMinimal(keys))
        {
            return RoleErrors.CreatorRoleNeeds;
        }

        var changed = role with
        {
            Name = name ?? role.Name,
            Key = key ?? role.Key,
            Description = description,
            Permissions = keys,
            UpdatedAt = world.Clock.NowMilliseconds,
        };
        RoleChanges.Replace(world, role, changed);
        return Tell(changed);
    }

    private ClerkAnswer Delete(OrganizationRole role)
    {
        var settings = world.Data.Settings.Organizations;
        var now = world.Clock.NowMilliseconds;
        ClerkError? refusal = role.Key == settings.CreatorRole ? RoleErrors.IsCreatorRole
            : role.Key == settings.DomainsDefaultRole ? RoleErrors.IsDomainsDefaultRole
            : world.Data.Organizations.Memberships.Any(held => held.Role.Key == role.Key) ? RoleErrors.HasMembers
            : world.Data.OrganizationInvitations.All.Any(invitation => invitation.IsPending(now) && invitation.RoleKey == role.Key)
                ? RoleErrors.HasInvitations
            : null;
        if (refusal is not null)
        {
            return refusal;
        }

        Roles.Remove(role);
        world.Outbox.Raise("role.deleted", json => ListJson.WriteDeleted(json, "role", role.Id));
        return ListJson.Deleted("role", role.Id);
    }

    private void CheckKey(FormReader form, string? key, OrganizationRole? role)
    {
        if (!string.IsNullOrEmpty(key))
        {
            const string Expected = "org: and lowercase letters, digits or underscores";
            RoleKeys.Check(form, RoleKeys.IsRole(key) ? null : Expected, Roles.FindByKey(key), role);
        }
    }

    private List<string>? FindKeys(IReadOnlyList<string> ids)
    {
        var found = ids.Distinct(StringComparer.Ordinal).Select(Roles.FindPermission).ToList();
        return found.Contains(null) ? null : [.. found.Select(permission => permission!.Key)];
    }

    private ClerkAnswer Find(ClerkCall call, Func<OrganizationRole, ClerkAnswer> found) =>
        Roles.Find(call.Route("organization_role_id")) is { } role
            ? found(role)
            : ClerkErrors.NotFound("organization role", call.Route("organization_role_id"));

    private ClerkAnswer Tell(OrganizationRole role) => ClerkAnswer.Ok(json => RoleJson.Write(json, role, Roles));
}
