using System.Text.Json;

namespace Gatehouse.Local.Clerk.M2M;

/// <summary>A machine token as the Backend API tells it; its text only where it has just been asked for.</summary>
internal static class M2MTokenJson
{
    public static void Write(Utf8JsonWriter json, M2MToken token, long now, string? text = null)
    {
        json.WriteStartObject();
        json.WriteString("object", "machine_to_machine_token");
        json.WriteString("id", token.Id);
        json.WriteString("subject", token.Subject);
        json.WriteStartArray("scopes");
        foreach (var scope in token.Scopes)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WritePropertyName("claims");
        if (token.Claims is null)
        {
            json.WriteNullValue();
        }
        else
        {
            token.Claims.WriteTo(json);
        }

        if (text is not null)
        {
            json.WriteString("token", text);
        }

        WriteStanding(json, token, now);
        json.WriteEndObject();
    }

    private static void WriteStanding(Utf8JsonWriter json, M2MToken token, long now)
    {
        json.WriteBoolean("revoked", token.Revoked);
        json.WriteString("revocation_reason", token.RevocationReason);
        json.WriteBoolean("expired", token.IsExpired(now));
        json.WriteNumber("expiration", token.ExpiresAt);
        if (token.LastUsedAt is { } used)
        {
            json.WriteNumber("last_used_at", used);
        }
        else
        {
            json.WriteNull("last_used_at");
        }

        json.WriteNumber("created_at", token.CreatedAt);
        json.WriteNumber("updated_at", token.UpdatedAt);
    }
}
