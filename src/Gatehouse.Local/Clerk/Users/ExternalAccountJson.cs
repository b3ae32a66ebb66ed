using System.Text.Json;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Images;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>An account at another provider as the Backend API tells it, and its token.</summary>
internal static class ExternalAccountJson
{
    public static void Write(Utf8JsonWriter json, User user, ExternalAccount account)
    {
        json.WriteStartObject();
        json.WriteString("object", "external_account");
        json.WriteString("id", account.Id);
        json.WriteString("provider", account.Provider);
        json.WriteString("identification_id", account.IdentificationId);
        json.WriteString("provider_user_id", account.ProviderUserId);
        json.WriteString("approved_scopes", string.Join(' ', account.Scopes));
        json.WriteString("email_address", account.EmailAddress);
        json.WriteBoolean("email_address_verified", true);
        json.WriteString("first_name", user.FirstName ?? "");
        json.WriteString("last_name", user.LastName ?? "");
        json.WriteString("image_url", PictureJson.UrlOf(user));
        json.WriteNull("username");
        json.WriteNull("phone_number");
        WriteEmptyObject(json, "public_metadata");
        json.WriteNull("label");
        json.WriteNumber("created_at", account.CreatedAt);
        json.WriteNumber("updated_at", account.UpdatedAt);
        json.WriteStartObject("verification");
        json.WriteString("object", "verification_oauth");
        json.WriteString("status", "verified");
        json.WriteString("strategy", account.Provider);
        json.WriteNull("attempts");
        json.WriteNumber("expire_at", account.CreatedAt);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteToken(Utf8JsonWriter json, ExternalAccount account)
    {
        json.WriteStartObject();
        json.WriteString("object", "oauth_access_token");
        json.WriteString("external_account_id", account.Id);
        json.WriteString("provider_user_id", account.ProviderUserId);
        json.WriteString("token", account.Token);
        TimeJson.Write(json, "expires_at", account.ExpiresAt);
        json.WriteString("provider", account.Provider);
        WriteEmptyObject(json, "public_metadata");
        json.WriteNull("label");
        json.WritePropertyName("scopes");
        ListJson.WriteTexts(json, account.Scopes);
        json.WriteEndObject();
    }

    private static void WriteEmptyObject(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.WriteEndObject();
    }
}
