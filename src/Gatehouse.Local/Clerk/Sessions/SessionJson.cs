using System.Text.Json;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>A session as the Backend API tells it.</summary>
internal static class SessionJson
{
    public static void Write(Utf8JsonWriter json, Session session, long now)
    {
        json.WriteStartObject();
        WriteMembers(json, session, now);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, Session session, long now)
    {
        json.WriteString("object", "session");
        json.WriteString("id", session.Id);
        json.WriteString("user_id", session.UserId);
        json.WriteString("client_id", session.ClientId);
        WriteActor(json, session);
        json.WriteString("status", Text(session.StatusAt(now)));
        json.WriteString("last_active_organization_id", session.ActiveOrganizationId);
        json.WriteNumber("last_active_at", session.LastActiveAt);
        WriteActivity(json, session);
        json.WriteNumber("expire_at", session.ExpiresAt);
        json.WriteNumber("abandon_at", session.AbandonedAt);
        json.WriteNumber("created_at", session.CreatedAt);
        json.WriteNumber("updated_at", session.UpdatedAt);
        WriteTasks(json, session, now);
    }

    public static void WriteActor(Utf8JsonWriter json, Session session)
    {
        json.WritePropertyName("actor");
        if (session.Actor is null)
        {
            json.WriteNullValue();
        }
        else
        {
            session.Actor.WriteTo(json);
        }
    }

    public static void WriteActivity(Utf8JsonWriter json, Session session)
    {
        json.WriteStartObject("latest_activity");
        json.WriteString("object", "session_activity");
        json.WriteString("id", session.ActivityId);
        json.WriteBoolean("is_mobile", false);
        json.WriteString("ip_address", "127.0.0.1");
        json.WriteEndObject();
    }

    /// <summary>What the user has left to do before the session counts.</summary>
    public static void WriteTasks(Utf8JsonWriter json, Session session, long now)
    {
        if (session.StatusAt(now) != SessionStatus.Pending)
        {
            json.WriteNull("tasks");
            return;
        }

        json.WriteStartArray("tasks");
        json.WriteStartObject();
        json.WriteString("key", "choose-organization");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static string Text(SessionStatus status) => status.ToString().ToLowerInvariant();
}
