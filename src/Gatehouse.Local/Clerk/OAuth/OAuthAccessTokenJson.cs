using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>An access token as the Backend API tells it.</summary>
internal static class OAuthAccessTokenJson
{
    public static void Write(Utf8JsonWriter json, OAuthAccessToken token, long now)
    {
        json.WriteStartObject();
        json.WriteString("object", "clerk_idp_oauth_access_token");
        json.WriteString("id", token.Id);
        json.WriteString("client_id", token.ClientId);
        json.WriteString("type", "oauth:access_token");
        json.WriteString("subject", token.Subject);
        json.WritePropertyName("scopes");
        ListJson.WriteTexts(json, token.Scopes);
        if (token.Audience.Count > 0)
        {
            json.WritePropertyName("aud");
            ListJson.WriteTexts(json, token.Audience);
        }

        json.WriteBoolean("revoked", token.Revoked);
        json.WriteNull("revocation_reason");
        json.WriteBoolean("expired", token.IsExpired(now));
        json.WriteNumber("expiration", token.ExpiresAt);
        json.WriteNumber("created_at", token.CreatedAt);
        json.WriteNumber("updated_at", token.UpdatedAt);
        json.WriteEndObject();
    }
}
