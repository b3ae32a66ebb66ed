using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.OAuth;

/// <summary>Makes access tokens, opaque or as JWTs of the type <c>at+jwt</c>.</summary>
internal static class OAuthAccessTokenMint
{
    private const int SecretBytes = 32;

    /// <summary>Makes a token and keeps it; what it gives back is the token's text.</summary>
    public static string Create(ClerkWorld world, OAuthAccessToken token)
    {
        var text = token.IsJwt ? AsJwt(world, token).Sign() : world.Ids.NextHex("oat_", SecretBytes);
        world.Data.OAuthAccessTokens.Add(token, text);
        return text;
    }

    private static UnsignedToken AsJwt(ClerkWorld world, OAuthAccessToken token)
    {
        var issuedAt = token.CreatedAt / 1000;
        var claims = new ClaimSet
        {
            ["client_id"] = token.ClientId,
            ["exp"] = token.ExpiresAt / 1000,
            ["iat"] = issuedAt,
            ["iss"] = LocalClerkDefaults.Issuer,
            ["jti"] = token.Id,
            ["nbf"] = issuedAt - TokenLifetime.DefaultClockSkew,
            ["scope"] = string.Join(' ', token.Scopes),
            ["sub"] = token.Subject,
        };
        if (token.Audience.Count > 0)
        {
            claims["aud"] = new JsonArray([.. token.Audience.Select(app => (JsonNode?)app)]);
        }

        return UnsignedToken.OfType("at+jwt", world.Data.Keys.Current, claims);
    }
}
