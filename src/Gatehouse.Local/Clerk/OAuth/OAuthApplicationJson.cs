using System.Text.Json;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>An OAuth application as the Backend API tells it; its secret only where it has just been made.</summary>
internal static class OAuthApplicationJson
{
    public static void Write(Utf8JsonWriter json, OAuthApplication application, string? secret = null)
    {
        json.WriteStartObject();
        json.WriteString("object", "oauth_application");
        json.WriteString("id", application.Id);
        json.WriteString("instance_id", LocalClerkDefaults.InstanceId);
        json.WriteString("name", application.Name);
        json.WriteString("client_id", application.ClientId);
        json.WriteNull("client_uri");
        json.WriteString("client_image_url", application.Picture?.Url);
        json.WriteBoolean("dynamically_registered", false);
        json.WriteBoolean("consent_screen_enabled", application.ConsentScreenEnabled);
        json.WriteBoolean("pkce_required", application.PkceRequired);
        json.WriteBoolean("public", application.Public);
        json.WriteString("scopes", application.Scopes);
        json.WritePropertyName("redirect_uris");
        ListJson.WriteTexts(json, application.RedirectUris);
        json.WriteString("callback_url", application.RedirectUris is [var first, ..] ? first : "");
        json.WriteString("authorize_url", $"{LocalClerkDefaults.Issuer}/oauth/authorize");
        json.WriteString("token_fetch_url", $"{LocalClerkDefaults.Issuer}/oauth/token");
        json.WriteString("user_info_url", $"{LocalClerkDefaults.Issuer}/oauth/userinfo");
        json.WriteString("discovery_url", $"{LocalClerkDefaults.Issuer}/.well-known/openid-configuration");
        json.WriteString("token_introspection_url", $"{LocalClerkDefaults.Issuer}/oauth/token_info");
        json.WriteNumber("created_at", application.CreatedAt);
        json.WriteNumber("updated_at", application.UpdatedAt);
        if (secret is not null)
        {
            json.WriteString("client_secret", secret);
        }

        json.WriteEndObject();
    }
}
