using System.Text.Json;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.SignUps;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Frontend.Sessions;

/// <summary>A browser's whole state as it is told to that browser.</summary>
internal static class ClientJson
{
    public static void WriteOrNull(Utf8JsonWriter json, ClerkWorld world, BrowserClient? client, string? origin)
    {
        if (client is null)
        {
            json.WriteNullValue();
        }
        else
        {
            Write(json, world, client, origin);
        }
    }

    public static void Write(Utf8JsonWriter json, ClerkWorld world, BrowserClient client, string? origin)
    {
        json.WriteStartObject();
        json.WriteString("object", "client");
        json.WriteString("id", client.Id);
        json.WritePropertyName("sessions");
        ListJson.WriteArray(
            json, ClientSessions.Open(world, client), (inner, session) => BrowserSessionJson.Write(inner, world, session, origin));
        json.WritePropertyName("sign_in");
        SignInJson.WriteOrNull(json, client.OpenSignIn, world);
        json.WritePropertyName("sign_up");
        SignUpJson.WriteOrNull(json, client.OpenSignUp, world.Clock.NowMilliseconds);
        json.WriteString("last_active_session_id", ClientSessions.Current(world, client)?.Id);
        json.WriteString("last_authentication_strategy", client.LastStrategy);
        json.WriteNull("cookie_expires_at");
        json.WriteBoolean("captcha_bypass", true);
        json.WriteNumber("created_at", client.CreatedAt);
        json.WriteNumber("updated_at", client.UpdatedAt);
        json.WriteEndObject();
    }
}
