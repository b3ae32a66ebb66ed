using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Clients;

/// <summary>A browser as the Backend API tells it.</summary>
internal static class BackendClientJson
{
    public static void Write(Utf8JsonWriter json, ClerkWorld world, BrowserClient client)
    {
        var (now, sessions) = (world.Clock.NowMilliseconds, ClientSessions.Open(world, client).ToList());
        json.WriteStartObject();
        json.WriteString("object", "client");
        json.WriteString("id", client.Id);
        json.WritePropertyName("session_ids");
        ListJson.WriteArray(json, sessions, (inner, session) => inner.WriteStringValue(session.Id));
        json.WritePropertyName("sessions");
        ListJson.WriteArray(json, sessions, (inner, session) => SessionJson.Write(inner, session, now));
        json.WriteString("sign_in_id", client.OpenSignIn?.Id);
        json.WriteString("sign_up_id", client.OpenSignUp?.Id);
        json.WriteString("last_active_session_id", ClientSessions.Current(world, client)?.Id);
        json.WriteString("last_authentication_strategy", client.LastStrategy);
        json.WriteNumber("updated_at", client.UpdatedAt);
        json.WriteNumber("created_at", client.CreatedAt);
        json.WriteEndObject();
    }
}
