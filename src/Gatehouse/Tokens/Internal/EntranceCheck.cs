namespace Gatehouse.Tokens.Internal;

/// <summary>What is decided at every use of a genuine token, cached or not: one named check a demand, in the order of the failures.</summary>
internal static class EntranceCheck
{
    public static TokenFailure? FirstObjection(TokenClaims claims, TokenIssuer issuer, Entrance entrance, DateTimeOffset now) =>
        CheckClass(claims, entrance)
        ?? CheckIssuer(claims, issuer)
        ?? CheckParty(claims, entrance)
        ?? CheckAudience(claims, entrance)
        ?? CheckExpiry(claims, entrance, now)
        ?? CheckNotBefore(claims, entrance, now)
        ?? CheckIssuedAt(claims, entrance, now)
        ?? CheckLifetime(claims, entrance)
        ?? CheckScope(claims, entrance)
        ?? CheckPending(claims, entrance);

    private static TokenFailure? CheckClass(TokenClaims claims, Entrance entrance) =>
        entrance.Takes(claims.Class) ? null : TokenFailure.Class;

    private static TokenFailure? CheckIssuer(TokenClaims claims, TokenIssuer issuer) =>
        string.Equals(claims.Issuer, issuer.Name, StringComparison.Ordinal) ? null : TokenFailure.Issuer;

    private static TokenFailure? CheckParty(TokenClaims claims, Entrance entrance)
    {
        if (entrance.AuthorizedParties.Count == 0 || claims.Class is not (TokenClass.Session or TokenClass.Template))
        {
            return null;
        }

        var admitted = claims.AuthorizedParty is { } party ? entrance.AuthorizedParties.Contains(party) : entrance.AdmitAbsentParty;
        return admitted ? null : TokenFailure.AuthorizedParty;
    }

    private static TokenFailure? CheckAudience(TokenClaims claims, Entrance entrance)
    {
        // A machine token's audience is the list of its receivers, which CheckScope reads.
        var listed = entrance.Audiences.Count == 0
            || claims.Class == TokenClass.M2M
            || claims.Audiences.Any(entrance.Audiences.Contains);
        var meant = entrance.TemplateClaim is not { } claim
            || claims.Class != TokenClass.Template
            || !string.IsNullOrEmpty(claims.FindText(claim));
        return listed && meant ? null : TokenFailure.Audience;
    }

    private static TokenFailure? CheckExpiry(TokenClaims claims, Entrance entrance, DateTimeOffset now) =>
        claims.ExpiresAt <= now - entrance.Skew ? TokenFailure.Expired : null;

    private static TokenFailure? CheckNotBefore(TokenClaims claims, Entrance entrance, DateTimeOffset now) =>
        claims.NotBefore > now + entrance.Skew ? TokenFailure.NotYetValid : null;

    private static TokenFailure? CheckIssuedAt(TokenClaims claims, Entrance entrance, DateTimeOffset now) =>
        claims.IssuedAt > now + entrance.Skew ? TokenFailure.IssuedInFuture : null;

    // Without iat nobody can say how long it lives, so it lives too long.
    private static TokenFailure? CheckLifetime(TokenClaims claims, Entrance entrance) =>
        claims.IssuedAt is { } issued && claims.ExpiresAt - issued <= entrance.MaximumLifetimes.Of(claims.Class)
            ? null
            : TokenFailure.Lifetime;

    private static TokenFailure? CheckScope(TokenClaims claims, Entrance entrance) =>
        claims.Class != TokenClass.M2M || (entrance.MachineId is { } machine && claims.Scopes.Contains(machine, StringComparer.Ordinal))
            ? null
            : TokenFailure.Scope;

    private static TokenFailure? CheckPending(TokenClaims claims, Entrance entrance) =>
        claims.IsPending && !entrance.AdmitPending ? TokenFailure.Pending : null;
}
