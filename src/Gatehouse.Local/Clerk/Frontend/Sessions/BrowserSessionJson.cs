using System.Text.Json;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Local.Clerk.Sessions;
using Gatehouse.Local.Clerk.Tokens;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.Sessions;

/// <summary>A session as browsers are told it: with its user, and with a token to begin with.</summary>
internal static class BrowserSessionJson
{
    public static void Write(Utf8JsonWriter json, ClerkWorld world, Session session, string? origin)
    {
        var isOpen = world.Data.Users.Find(session.UserId) is not null && session.IsOpenAt(world.Clock.NowMilliseconds);
        Write(json, world, session, isOpen ? SessionTokens.Create(world, session, origin, seconds: null) : null);
    }

    /// <summary>A session of another browser: what signs it in stays there.</summary>
    public static void WriteWithoutToken(Utf8JsonWriter json, ClerkWorld world, Session session) => Write(json, world, session, token: null);

    private static void Write(Utf8JsonWriter json, ClerkWorld world, Session session, UnsignedToken? token)
    {
        var now = world.Clock.NowMilliseconds;
        var user = world.Data.Users.Find(session.UserId);
        json.WriteStartObject();
        json.WriteString("object", "session");
        json.WriteString("id", session.Id);
        json.WriteString("status", SessionJson.Text(session.StatusAt(now)));
        json.WriteNumber("expire_at", session.ExpiresAt);
        json.WriteNumber("abandon_at", session.AbandonedAt);
        json.WriteNumber("last_active_at", session.LastActiveAt);
        json.WriteString("last_active_organization_id", ActiveOrganization(world.Data, session));
        SessionJson.WriteActor(json, session);
        SessionJson.WriteTasks(json, session, now);
        json.WriteStartArray("factor_verification_age");
        json.WriteNumberValue(SessionTokens.FirstFactorAge(session, now));
        json.WriteNumberValue(SessionTokens.SecondFactorAge(session, now));
        json.WriteEndArray();
        WriteTokenOrNull(json, token);
        WriteUser(json, world, user);
        json.WriteNumber("created_at", session.CreatedAt);
        json.WriteNumber("updated_at", session.UpdatedAt);
        json.WriteEndObject();
    }

    // Who left or was removed has none, whatever was chosen before.
    private static string? ActiveOrganization(ClerkData data, Session session) =>
        session.ActiveOrganizationId is { } id && data.Organizations.FindMembership(id, session.UserId) is not null ? id : null;

    public static void WriteToken(Utf8JsonWriter json, UnsignedToken token)
    {
        json.WriteStartObject();
        json.WriteString("object", "token");
        json.WriteString("jwt", token.Sign());
        json.WriteEndObject();
    }

    private static void WriteTokenOrNull(Utf8JsonWriter json, UnsignedToken? token)
    {
        json.WritePropertyName("last_active_token");
        if (token is null)
        {
            json.WriteNullValue();
        }
        else
        {
            WriteToken(json, token);
        }
    }

    private static void WriteUser(Utf8JsonWriter json, ClerkWorld world, User? user)
    {
        if (user is null)
        {
            json.WriteNull("user");
            json.WriteNull("public_user_data");
            return;
        }

        json.WritePropertyName("user");
        BrowserView.Write(json, user, world);
        json.WriteStartObject("public_user_data");
        json.WriteString("first_name", user.FirstName);
        json.WriteString("last_name", user.LastName);
        PictureJson.Write(json, user);
        json.WriteString("identifier", SignInIdentifier.Of(user));
        json.WriteString("user_id", user.Id);
        json.WriteEndObject();
    }
}
