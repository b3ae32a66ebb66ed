using System.Text.Json;

namespace Gatehouse.Local.Clerk.Invitations;

/// <summary>An invitation to the application as the Backend API tells it.</summary>
internal static class InvitationJson
{
    public static void Write(Utf8JsonWriter json, Invitation invitation, long now)
    {
        var status = invitation.StatusAt(now);
        json.WriteStartObject();
        json.WriteString("object", "invitation");
        json.WriteString("id", invitation.Id);
        json.WriteString("email_address", invitation.EmailAddress);
        json.WritePropertyName("public_metadata");
        invitation.PublicMetadata.WriteTo(json);
        json.WriteBoolean("revoked", status == InvitationStatus.Revoked);
        json.WriteString("status", Text(status));
        json.WriteString("url", invitation.Url);
        json.WriteNumber("expires_at", invitation.ExpiresAt);
        json.WriteNumber("created_at", invitation.CreatedAt);
        json.WriteNumber("updated_at", invitation.UpdatedAt);
        json.WriteEndObject();
    }

    public static string Text(InvitationStatus status) => status.ToString().ToLowerInvariant();
}
