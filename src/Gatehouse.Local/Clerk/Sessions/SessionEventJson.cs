using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Sessions;

/// <summary>A session as events tell it: with its user.</summary>
internal static class SessionEventJson
{
    public static void Write(Utf8JsonWriter json, ClerkWorld world, Session session)
    {
        json.WriteStartObject();
        SessionJson.WriteMembers(json, session, world.Clock.NowMilliseconds);
        json.WritePropertyName("user");
        if (world.Data.Users.Find(session.UserId) is { } user)
        {
            UserJson.Write(json, user, world.Clock.NowMilliseconds);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }
}
