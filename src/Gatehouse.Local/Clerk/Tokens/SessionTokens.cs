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
    private const int Never = -1;

    /// <summary>Minutes since the user last proved a first factor.</summary>
    public static long FirstFactorAge(Session session, long now) =>
        Math.Max(0, (now - (session.FirstFactorAt ?? session.CreatedAt)) / MillisecondsPerMinute);

    /// <summary>Minutes since the user last proved a second factor, or -1.</summary>
    public static long SecondFactorAge(Session session, long now) =>
        session.SecondFactorAt is { } at ? Math.Max(0, (now - at) / MillisecondsPerMinute) : Never;

    public static UnsignedToken Create(ClerkWorld world, Session session, string? origin, int? seconds) =>
        Create(world, session, origin, seconds, session.ActiveOrganizationId);

    /// <summary>A token of another organization than the session's active one.</summary>
    public static UnsignedToken Create(ClerkWorld world, Session session, string? origin, int? seconds, string? organizationId)
    {
        var data = world.Data;
        var context = ShortcodeContext.Of(data, session, organizationId);
        var (now, milliseconds) = (world.Clock.NowSeconds, world.Clock.NowMilliseconds);
        var claims = new ClaimSet
        {
            ["exp"] = now + (seconds ?? world.SessionTokenSeconds),
            ["fva"] = new JsonArray(FirstFactorAge(session, milliseconds), SecondFactorAge(session, milliseconds)),
            ["iat"] = now,
            ["iss"] = LocalClerkDefaults.Issuer,
            ["jti"] = world.Ids.NextHex("", bytes: 10),
            ["nbf"] = now - TokenLifetime.DefaultClockSkew,
            ["sid"] = session.Id,
            ["sts"] = session.StatusAt(milliseconds) == SessionStatus.Pending ? "pending" : "active",
            ["sub"] = session.UserId,
            ["v"] = 2,
        };
        if (origin is not null)
        {
            claims["azp"] = origin;
        }

        if (session.Actor is { } actor)
        {
            claims["act"] = actor.DeepClone();
        }

        if (context is { Organization: { } organization, Membership: { } membership })
        {
            OrganizationClaims.AddTo(claims, organization, membership.Role);
        }

        claims.AddAll(TemplateEvaluator.Evaluate(data.SessionClaims, context));
        return UnsignedToken.Of(data.Keys.Current, TokenCategory.Session, claims, originallyIssuedAt: now);
    }
}
