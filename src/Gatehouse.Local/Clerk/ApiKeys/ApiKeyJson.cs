using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.ApiKeys;

/// <summary>An API key as the Backend API tells it; its secret only where it has just been made.</summary>
internal static class ApiKeyJson
{
    public static void Write(Utf8JsonWriter json, ApiKey key, long now, bool withSecret = false)
    {
        json.WriteStartObject();
        json.WriteString("object", "api_key");
        json.WriteString("id", key.Id);
        json.WriteString("type", key.Type);
        json.WriteString("subject", key.Subject);
        json.WriteString("name", key.Name);
        json.WriteString("description", key.Description);
        json.WritePropertyName("claims");
        if (key.Claims is null)
        {
            json.WriteNullValue();
        }
        else
        {
            key.Claims.WriteTo(json);
        }

        json.WritePropertyName("scopes");
        ListJson.WriteTexts(json, key.Scopes);
        if (withSecret)
        {
            json.WriteString("secret", key.Secret);
        }

        WriteStanding(json, key, now);
        json.WriteEndObject();
    }

    private static void WriteStanding(Utf8JsonWriter json, ApiKey key, long now)
    {
        json.WriteBoolean("revoked", key.Revoked);
        json.WriteString("revocation_reason", key.RevocationReason);
        json.WriteBoolean("expired", key.IsExpired(now));
        TimeJson.Write(json, "expiration", key.ExpiresAt);
        json.WriteString("created_by", key.CreatedBy);
        TimeJson.Write(json, "last_used_at", key.LastUsedAt);
        json.WriteNumber("created_at", key.CreatedAt);
        json.WriteNumber("updated_at", key.UpdatedAt);
    }
}
