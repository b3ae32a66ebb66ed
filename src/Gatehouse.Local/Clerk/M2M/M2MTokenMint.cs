using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.M2M;

/// <summary>Makes machine tokens: opaque ones, which are kept, and JWTs, which are not.</summary>
internal static class M2MTokenMint
{
    /// <summary>What a token says. Without a lifetime it is the machine's default: Clerk's own samples end after an hour, too.</summary>
    public static M2MToken Describe(ClerkWorld world, Machine machine, JsonObject? claims, int? seconds)
    {
        var now = world.Clock.NowMilliseconds;
        return new M2MToken
        {
            Id = world.Ids.NextHex("mt_"),
            Subject = machine.Id,
            Scopes = [.. machine.Scopes],
            Claims = claims,
            CreatedAt = now,
            UpdatedAt = now,
            ExpiresAt = now + ((seconds ?? machine.DefaultTokenTtl) * 1000L),
        };
    }

    public static UnsignedToken AsJwt(ClerkWorld world, M2MToken token)
    {
        var issuedAt = token.CreatedAt / 1000;
        var claims = new ClaimSet
        {
            ["aud"] = new JsonArray([.. token.Scopes.Select(scope => (JsonNode?)scope)]),
            ["exp"] = token.ExpiresAt / 1000,
            ["iat"] = issuedAt,
            ["iss"] = LocalClerkDefaults.Issuer,
            ["jti"] = token.Id,
            ["nbf"] = issuedAt - TokenLifetime.DefaultClockSkew,
            ["scopes"] = string.Join(' ', token.Scopes),
            ["sub"] = token.Subject,
        };
        claims.AddAll(token.Claims ?? []);
        return UnsignedToken.Of(world.Data.Keys.Current, TokenCategory.MachineToMachine, claims);
    }

    /// <summary>A token that is as good as a new one and lives long enough.</summary>
    public static M2MToken? FindReusable(ClerkWorld world, M2MToken wanted, int minimumRemainingSeconds)
    {
        var now = world.Clock.NowMilliseconds;
        return world.Data.M2MTokens.Of(wanted.Subject).FirstOrDefault(token =>
            token.IsUsable(now)
            && token.ExpiresAt - now >= minimumRemainingSeconds * 1000L
            && token.Scopes.SequenceEqual(wanted.Scopes, StringComparer.Ordinal)
            && JsonNode.DeepEquals(token.Claims, wanted.Claims));
    }
}
