using System.Text.Json;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>A JWT template as the Backend API tells it: never with its key.</summary>
internal static class JwtTemplateJson
{
    public static void Write(Utf8JsonWriter json, JwtTemplate template)
    {
        json.WriteStartObject();
        json.WriteString("object", "jwt_template");
        json.WriteString("id", template.Id);
        json.WriteString("name", template.Name);
        json.WritePropertyName("claims");
        template.Claims.WriteTo(json);
        json.WriteNumber("lifetime", template.Lifetime);
        json.WriteNumber("allowed_clock_skew", template.AllowedClockSkew);
        json.WriteBoolean("custom_signing_key", template.Signer is not null);
        json.WriteString("signing_algorithm", template.Signer?.Algorithm ?? JwtTemplate.InstanceAlgorithm);
        json.WriteNumber("created_at", template.CreatedAt);
        json.WriteNumber("updated_at", template.UpdatedAt);
        json.WriteEndObject();
    }
}
