using System.Text.Json;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Frontend.Profile;

/// <summary>A session in the list of where a user is signed in: what the user would know it by, and nothing that stands for another browser.</summary>
internal static class ActiveSessionJson
{
    public static void Write(Utf8JsonWriter json, Session session, long now)
    {
        json.WriteStartObject();
        json.WriteString("object", "session");
        json.WriteString("id", session.Id);
        json.WriteString("status", SessionJson.Text(session.StatusAt(now)));
        json.WriteNumber("expire_at", session.ExpiresAt);
        json.WriteNumber("abandon_at", session.AbandonedAt);
        json.WriteNumber("last_active_at", session.LastActiveAt);
        SessionJson.WriteActor(json, session);
        SessionJson.WriteTasks(json, session, now);
        SessionJson.WriteActivity(json, session);
        json.WriteEndObject();
    }
}
