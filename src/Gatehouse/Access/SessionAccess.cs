using Gatehouse.Tokens;

namespace Gatehouse.Access;

/// <summary>Answers from a session's own claims, as <c>has()</c> of Clerk's packages does.</summary>
public static class SessionAccess
{
    private const string OrganizationPrefix = "org:";

    /// <summary>Whether everything that is asked holds. Always no for tokens of other classes than a session, and for what is not said.</summary>
    public static bool Has(this TokenClaims claims, AccessQuestion question)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(question);
        var asked = question is not { Role: null, Permission: null, Feature: null, Plan: null, Reverification: null };
        return asked
            && claims.Class == TokenClass.Session
            && (question.Role is not { } role || HasRole(claims.Organization, role))
            && (question.Permission is not { } permission || HasPermission(claims.Organization, permission))
            && (question.Feature is not { } feature || HasScoped(claims.FindText("fea"), feature))
            && (question.Plan is not { } plan || HasScoped(claims.FindText("pla"), plan))
            && (question.Reverification is not { } proof || proof.IsMetBy(claims.FirstFactorAge, claims.SecondFactorAge));
    }

    private static bool HasRole(OrganizationClaims? organization, string role) =>
        organization?.Role is { } held && Prefixed(held) == Prefixed(role);

    private static bool HasPermission(OrganizationClaims? organization, string permission) =>
        organization is not null && organization.Permissions.Any(held => Prefixed(held) == Prefixed(permission));

    // Claims hold o:gold,u:basic,ou:reports; a question names a scope in one of several ways, or none for either.
    private static bool HasScoped(string? claim, string wanted)
    {
        var parts = wanted.Split(':', 2);
        var scope = parts.Length == 1 ? "" : ScopeOf(parts[0]);
        return claim is not null && scope is not null && claim.Split(',', StringSplitOptions.TrimEntries).Any(entry =>
            entry.Split(':', 2) is [var held, var name]
            && name == parts[^1]
            && held is "o" or "u" or "ou" or "uo"
            && held.Contains(scope, StringComparison.Ordinal));
    }

    private static string? ScopeOf(string name) => name switch
    {
        "o" or "org" or "organization" => "o",
        "u" or "user" => "u",
        _ => null,
    };

    private static string Prefixed(string name) =>
        name.StartsWith(OrganizationPrefix, StringComparison.Ordinal) ? name : OrganizationPrefix + name;
}
