using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Instance;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>Making an access token without a browser, which at Clerk only an authorization in one does.</summary>
internal sealed class OAuthAccessTokenControl(ClerkWorld world)
{
    private const string Jwt = "jwt";
    private const string Opaque = "opaque";

    public void Map(ControlRoutes routes) => routes.Map("POST", "/oauth_access_tokens", Create);

    private ClerkAnswer Create(ClerkCall call)
    {
        var user = call.Form.RequiredText("user");
        var clientId = call.Form.RequiredText("client_id");
        var scopes = call.Form.Texts("scopes");
        var audience = call.Form.Texts("audience") ?? [];
        var format = call.Form.OneOf("format", Jwt, Opaque);
        var seconds = call.Form.Integer("seconds_until_expiration", 1, TokenLifetime.Maximum);
        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (world.Data.Users.Find(user) is null)
        {
            return ClerkErrors.NotFound("user", user);
        }

        if (world.Data.OAuthApplications.FindByClientId(clientId) is not { } application)
        {
            return ClerkErrors.NotFound("OAuth application", clientId);
        }

        var now = world.Clock.NowMilliseconds;
        var token = new OAuthAccessToken
        {
            Id = world.Ids.NextHex("oat_"),
            ClientId = clientId,
            Subject = user,
            Scopes = scopes ?? application.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Audience = audience,
            IsJwt = format is null ? world.Data.Settings.Switches[InstanceSwitches.JwtAccessTokens] : format == Jwt,
            ExpiresAt = now + ((seconds ?? OAuthAccessToken.DefaultSeconds) * 1000L),
            CreatedAt = now,
            UpdatedAt = now,
        };
        return Tell(token, OAuthAccessTokenMint.Create(world, token));
    }

    private static ClerkAnswer Tell(OAuthAccessToken token, string text) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("id", token.Id);
        json.WriteString("access_token", text);
        json.WriteString("token_type", "bearer");
        json.WriteNumber("expires_at", token.ExpiresAt);
        json.WriteString("scope", string.Join(' ', token.Scopes));
        json.WriteEndObject();
    });
}
