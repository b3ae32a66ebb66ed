using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Organizations and memberships as the Backend API tells them.</summary>
internal static class OrganizationJson
{
    /// <param name="json">Where to.</param>
    /// <param name="organization">Which.</param>
    /// <param name="membersCount">Told when known, as the other counts are.</param>
    /// <param name="pendingInvitations">How many invitations wait for an answer.</param>
    /// <param name="lacksGovernor">Whether no member may govern the organization.</param>
    public static void Write(
        Utf8JsonWriter json,
        Organization organization,
        int? membersCount,
        int? pendingInvitations = null,
        bool? lacksGovernor = null)
    {
        json.WriteStartObject();
        json.WriteString("object", "organization");
        json.WriteString("id", organization.Id);
        json.WriteString("name", organization.Name);
        json.WriteString("slug", organization.Slug);
        PictureJson.Write(json, organization);
        if (membersCount is { } count)
        {
            json.WriteNumber("members_count", count);
        }

        if (lacksGovernor is { } lacks)
        {
            json.WriteBoolean("missing_member_with_elevated_permissions", lacks);
        }

        if (pendingInvitations is { } pending)
        {
            json.WriteNumber("pending_invitations_count", pending);
        }

        json.WriteNumber("max_allowed_memberships", organization.MaximumMemberships);
        json.WriteBoolean("admin_delete_enabled", organization.AdminDeleteEnabled);
        json.WritePropertyName("public_metadata");
        organization.PublicMetadata.WriteTo(json);
        json.WritePropertyName("private_metadata");
        organization.PrivateMetadata.WriteTo(json);
        if (organization.CreatedBy is not null)
        {
            json.WriteString("created_by", organization.CreatedBy);
        }

        json.WriteNull("role_set_key");
        json.WriteNumber("created_at", organization.CreatedAt);
        json.WriteNumber("updated_at", organization.UpdatedAt);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Membership membership, ClerkData data)
    {
        json.WriteStartObject();
        json.WriteString("id", membership.Id);
        json.WriteString("object", "organization_membership");
        json.WriteString("role", membership.Role.Key);
        json.WriteString("role_name", membership.Role.Name);
        json.WriteStartArray("permissions");
        foreach (var permission in membership.Role.Permissions)
        {
            json.WriteStringValue(permission);
        }

        json.WriteEndArray();
        json.WritePropertyName("public_metadata");
        membership.PublicMetadata.WriteTo(json);
        json.WritePropertyName("private_metadata");
        membership.PrivateMetadata.WriteTo(json);
        json.WritePropertyName("organization");
        Write(json, data.Organizations.Find(membership.OrganizationId)!, data.Organizations.MembershipsOf(membership.OrganizationId).Count);
        WritePublicUserData(json, data.Users.Find(membership.UserId)!);
        json.WriteNumber("created_at", membership.CreatedAt);
        json.WriteNumber("updated_at", membership.UpdatedAt);
        json.WriteEndObject();
    }

    private static void WritePublicUserData(Utf8JsonWriter json, User user)
    {
        json.WriteStartObject("public_user_data");
        json.WriteString("user_id", user.Id);
        json.WriteString("first_name", user.FirstName);
        json.WriteString("last_name", user.LastName);
        PictureJson.WriteOfProfile(json, user);
        json.WriteString("identifier", user.PrimaryEmailAddress?.Address ?? user.PrimaryPhoneNumber?.Number ?? user.Username);
        json.WriteString("username", user.Username);
        json.WriteBoolean("banned", user.Banned);
        json.WriteBoolean("deprovisioned", false);
        json.WriteEndObject();
    }
}
