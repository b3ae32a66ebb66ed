using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Invitations;
using Gatehouse.Local.Clerk.Organizations;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.OrganizationInvitations;

/// <summary>An invitation into an organization as the Backend API tells it.</summary>
internal static class OrganizationInvitationJson
{
    /// <param name="json">Where to.</param>
    /// <param name="invitation">Which.</param>
    /// <param name="world">Whose time and people it speaks of.</param>
    /// <param name="organization">Given where the list goes over several organizations, and then told.</param>
    /// <param name="acceptedBy">The id of the user who has just accepted it, for the event that tells so.</param>
    public static void Write(
        Utf8JsonWriter json,
        OrganizationInvitation invitation,
        ClerkWorld world,
        Organization? organization = null,
        string? acceptedBy = null)
    {
        json.WriteStartObject();
        json.WriteString("object", "organization_invitation");
        json.WriteString("id", invitation.Id);
        json.WriteString("email_address", invitation.EmailAddress);
        json.WriteString("role", invitation.RoleKey);
        json.WriteString("role_name", world.Data.Roles.FindByKey(invitation.RoleKey)?.Name ?? "");
        json.WriteString("organization_id", invitation.OrganizationId);
        json.WriteString("inviter_id", invitation.InviterId);
        WriteInviter(json, invitation.InviterId is { } id ? world.Data.Users.Find(id) : null);
        json.WriteString("status", InvitationJson.Text(invitation.StatusAt(world.Clock.NowMilliseconds)));
        json.WritePropertyName("public_metadata");
        invitation.PublicMetadata.WriteTo(json);
        json.WritePropertyName("private_metadata");
        invitation.PrivateMetadata.WriteTo(json);
        json.WriteString("url", invitation.Url);
        json.WriteNumber("expires_at", invitation.ExpiresAt);
        json.WriteNumber("created_at", invitation.CreatedAt);
        json.WriteNumber("updated_at", invitation.UpdatedAt);
        if (organization is not null)
        {
            WriteOrganization(json, organization);
        }

        if (acceptedBy is not null)
        {
            json.WriteString("user_id", acceptedBy);
        }

        json.WriteEndObject();
    }

    private static void WriteInviter(Utf8JsonWriter json, User? user)
    {
        json.WritePropertyName("public_inviter_data");
        if (user is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("user_id", user.Id);
        json.WriteString("first_name", user.FirstName);
        json.WriteString("last_name", user.LastName);
        PictureJson.Write(json, user);
        json.WriteString("identifier", user.PrimaryEmailAddress?.Address ?? user.PrimaryPhoneNumber?.Number ?? user.Username ?? user.Id);
        json.WriteEndObject();
    }

    private static void WriteOrganization(Utf8JsonWriter json, Organization organization)
    {
        json.WriteStartObject("public_organization_data");
        json.WriteString("id", organization.Id);
        json.WriteString("name", organization.Name);
        json.WriteString("slug", organization.Slug);
        PictureJson.Write(json, organization);
        json.WriteEndObject();
    }
}
