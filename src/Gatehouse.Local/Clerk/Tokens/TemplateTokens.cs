using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>Tokens of JWT templates. They are not bound to the session that they were minted for.</summary>
internal static class TemplateTokens
{
    public static UnsignedToken Create(ClerkWorld world, Session session, JwtTemplate template, string? origin, int? seconds)
    {
        var now = world.Clock.NowSeconds;
        var claims = new ClaimSet
        {
            ["exp"] = now + (seconds ?? template.Lifetime),
            ["iat"] = now,
            ["iss"] = LocalClerkDefaults.Issuer,
            ["jti"] = world.Ids.NextHex("", bytes: 10),
            ["nbf"] = now - template.AllowedClockSkew,
            ["sub"] = session.UserId,
        };
        if (origin is not null)
        {
            claims["azp"] = origin;
        }

        claims.AddAll(TemplateEvaluator.Evaluate(template.Claims, ShortcodeContext.Of(world.Data, session)));
        return template.Signer is { } signer
            ? UnsignedToken.Of(signer, TokenCategory.Template, claims)
            : UnsignedToken.Of(world.Data.Keys.Current, TokenCategory.Template, claims);
    }
}
