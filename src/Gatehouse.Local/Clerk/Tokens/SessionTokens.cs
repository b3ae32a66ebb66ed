using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Sessions;

namespace Gatehouse.Local.Clerk.Tokens;

/// <summary>Session tokens, version 2.</summary>
/// <remarks>
/// <c>fva</c> counts from the session's making, as if the user had just proved a first factor: a session made through the Backend API has
/// no sign-in, and what asks for a recent one could not be tried otherwise.
/// </remarks>
internal static class SessionTokens
{
    private const int MillisecondsPerMinute = 60_000;
    private const int NoSecondFactor = -1;

    public static UnsignedToken Create(ClerkWorld world, Session session, string? origin, int? seconds)
    {
        var data = world.Data;
        var context = ShortcodeContext.Of(data, session);
        var now = world.Clock.NowSeconds;
        var claims = new ClaimSet
        {
            ["exp"] = now + (seconds ?? TokenLifetime.Default),
            ["fva"] = new JsonArray(Math.Max(0, (world.Clock.NowMilliseconds - session.CreatedAt) / MillisecondsPerMinute), NoSecondFactor),
            ["iat"] = now,
            ["iss"] = LocalClerkDefaults.Issuer,
            ["jti"] = world.Ids.NextHex("", bytes: 10),
            ["nbf"] = now - TokenLifetime.DefaultClockSkew,
            ["sid"] = session.Id,
            ["sts"] = "active",
            ["sub"] = session.UserId,
            ["v"] = 2,
        };
        if (origin is not null)
        {
            claims["azp"] = origin;
        }

        if (context is { Organization: { } organization, Membership: { } membership })
        {
            OrganizationClaims.AddTo(claims, organization, membership.Role);
        }

        claims.AddAll(TemplateEvaluator.Evaluate(data.SessionClaims, context));
        return UnsignedToken.Of(data.Keys.Current, TokenCategory.Session, claims, originallyIssuedAt: now);
    }
}
