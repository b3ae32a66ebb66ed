using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>The claims that only Clerk writes. Its list is not published: this one holds what it is known to write.</summary>
internal static class ReservedClaims
{
    private static readonly FrozenSet<string> OfTemplates =
        new[] { "azp", "exp", "iat", "iss", "jti", "nbf", "sid", "sub" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfSessions = OfTemplates
        .Concat(["act", "fea", "fva", "o", "org_id", "org_permissions", "org_role", "org_slug", "pla", "sts", "v"])
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfMachines =
        new[] { "aud", "exp", "iat", "iss", "jti", "nbf", "scopes", "sub" }.ToFrozenSet(StringComparer.Ordinal);

    public static ClerkError? FindInTemplate(JsonObject claims) => Find(OfTemplates, claims, "jwt_template_reserved_claim");

    public static ClerkError? FindInSessionClaims(JsonObject claims) => Find(OfSessions, claims, "jwt_template_reserved_claim");

    public static ClerkError? FindInMachineClaims(JsonObject claims) => Find(OfMachines, claims, "machine_token_reserved_claim");

    private static ClerkError? Find(FrozenSet<string> reserved, JsonObject claims, string code) =>
        claims.Select(claim => claim.Key).FirstOrDefault(reserved.Contains) is { } name
            ? new ClerkError(400, code, "reserved claim used", $"You can't use the reserved claim: '{name}'.") { ParameterName = "claims" }
            : null;
}
