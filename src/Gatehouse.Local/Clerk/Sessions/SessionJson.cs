using System.Text.Json;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>A session as the Backend API tells it.</summary>
internal static class SessionJson
{
    public static void Write(Utf8JsonWriter json, Session session, long now)
    {
        json.WriteStartObject();
        json.WriteString("object", "session");
        json.WriteString("id", session.Id);
        json.WriteString("user_id", session.UserId);
        json.WriteString("client_id", session.ClientId);
        json.WriteNull("actor");
        json.WriteString("status", Text(session.StatusAt(now)));
        json.WriteString("last_active_organization_id", session.ActiveOrganizationId);
        json.WriteNumber("last_active_at", session.LastActiveAt);
        json.WriteStartObject("latest_activity");
        json.WriteString("object", "session_activity");
        json.WriteString("id", session.ActivityId);
        json.WriteBoolean("is_mobile", false);
        json.WriteString("ip_address", "127.0.0.1");
        json.WriteEndObject();
        json.WriteNumber("expire_at", session.ExpiresAt);
        json.WriteNumber("abandon_at", session.AbandonedAt);
        json.WriteNumber("created_at", session.CreatedAt);
        json.WriteNumber("updated_at", session.UpdatedAt);
        json.WriteNull("tasks");
        json.WriteEndObject();
    }

    public static string Text(SessionStatus status) => status.ToString().ToLowerInvariant();
}
