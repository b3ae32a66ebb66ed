using System.Text.Json;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Roles;

/// <summary>Roles and permissions as the Backend API tells them.</summary>
internal static class RoleJson
{
    public static void Write(Utf8JsonWriter json, OrganizationRole role, RoleStore roles)
    {
        json.WriteStartObject();
        json.WriteString("object", "role");
        json.WriteString("id", role.Id);
        json.WriteString("name", role.Name);
        json.WriteString("key", role.Key);
        json.WriteString("description", role.Description);
        json.WriteBoolean("is_creator_eligible", SystemPermissions.AreMinimal(role.Permissions));
        json.WritePropertyName("permissions");
        ListJson.WriteArray(json, role.Permissions.Select(roles.FindPermissionByKey).OfType<Permission>(), Write);
        json.WriteNumber("created_at", role.CreatedAt);
        json.WriteNumber("updated_at", role.UpdatedAt);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Permission permission)
    {
        json.WriteStartObject();
        json.WriteString("object", "permission");
        json.WriteString("id", permission.Id);
        json.WriteString("name", permission.Name);
        json.WriteString("key", permission.Key);
        json.WriteString("description", permission.Description);
        json.WriteString("type", permission.IsSystem ? "system" : "user");
        json.WriteNumber("created_at", permission.CreatedAt);
        json.WriteNumber("updated_at", permission.UpdatedAt);
        json.WriteEndObject();
    }
}
