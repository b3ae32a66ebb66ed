using System.Globalization;

namespace Gatehouse.Tokens.Internal;

/// <summary>What a refusal means for somebody who wants to mend it. Names what the token's holder can read anyway, and no secret.</summary>
internal static class FailureWords
{
    /// <summary>A genuine token with claims that cannot be read.</summary>
    public const string Unreadable =
        "it is genuine, but says what cannot be read: exp or sub is missing, a claim comes twice, or one is of another type than it must be";

    /// <summary>A genuine token that is of no class.</summary>
    public const string Contradictory =
        "it is genuine, but what it says of its class contradicts itself: category, type, subject and session do not belong together";

    public static string Of(TokenFailure failure, TokenClaims? claims, Entrance entrance, DateTimeOffset now) => failure switch
    {
        TokenFailure.Malformed => "it is no token, or not all of one: check that it was copied whole, without quotes or line breaks",
        TokenFailure.TooLarge => $"it is longer than {TokenVerifier.MaximumTokenLength} characters: a template puts too much into it",
        TokenFailure.Algorithm => "its algorithm is not the one that the key is for: only RS256 (and ES256 of configured issuers) is taken",
        TokenFailure.Type => "its header names a type, a category or an extension that is not known here",
        TokenFailure.KeyUnknown => "the issuer has no such key: the token is of another instance, or of a key that was withdrawn",
        TokenFailure.KeyUnusable => "the issuer has this key, but it is weak or not for signatures",
        TokenFailure.Signature => "the signature does not fit: the token was changed, or signed by somebody else",
        TokenFailure.PublishedKey => "it is signed with the published key of the local Clerk, which counts in development only",
        TokenFailure.KeysUnavailable => "its issuer cannot be asked just now: try again in a moment",
        TokenFailure.NeedsClerk => "only Clerk can say what it is, and Clerk is not asked here",
        TokenFailure.Unknown => "its issuer does not know it as good: it was revoked, has expired, is not for this receiver, or never was",
        TokenFailure.Class => $"this entrance takes {entrance.Classes}{(claims is null ? "" : $", and this is {claims.Class}")}",
        TokenFailure.Issuer => Issuer(claims, entrance),
        TokenFailure.AuthorizedParty => Party(claims, entrance),
        TokenFailure.Audience => Audience(claims, entrance),
        TokenFailure.Expired => $"it expired at {Time(claims?.ExpiresAt)}, and now is {Time(now)}: fetch a new one, and compare the clocks",
        TokenFailure.NotYetValid => $"it begins at {Time(claims?.NotBefore)}, and now is {Time(now)}: compare the clocks",
        TokenFailure.IssuedInFuture => $"it was issued at {Time(claims?.IssuedAt)}, and now is {Time(now)}: compare the clocks",
        TokenFailure.Lifetime => Lifetime(claims, entrance),
        TokenFailure.Scope => Scope(claims, entrance),
        TokenFailure.Pending => "its session has an outstanding task, such as choosing an organization",
        TokenFailure.Revoked => "its session, its subject, or the token itself was revoked: sign in again",
        TokenFailure.RevocationsStale => "nothing has been heard of revocations for a minute, and it lives longer than that: try again in a moment",
        _ => "nobody has verified it",
    };

    private static string Issuer(TokenClaims? claims, Entrance entrance) =>
        entrance.Issuers.Count > 0 && claims is not null && !entrance.Issuers.Contains(claims.Issuer)
            ? $"{claims.Issuer} has issued it, and this entrance takes the tokens of {string.Join(", ", entrance.Issuers.Order(StringComparer.Ordinal))}"
            : $"it says that {claims?.Issuer} has issued it, whose key this is not";

    private static string Party(TokenClaims? claims, Entrance entrance)
    {
        var listed = string.Join(", ", entrance.AuthorizedParties.Order(StringComparer.Ordinal));
        return claims?.AuthorizedParty is { } party
            ? $"it was made for {party}; listed are {listed}"
            : $"it names no party (azp), which is needed where parties are listed ({listed}): mint it with an Origin";
    }

    private static string Audience(TokenClaims? claims, Entrance entrance)
    {
        if (claims?.Class == TokenClass.Template && entrance.TemplateClaim is { } claim && string.IsNullOrEmpty(claims.FindText(claim)))
        {
            return $"a template token must carry the claim {claim} here: it is of another template, or the user has no such metadata";
        }

        var wanted = string.Join(", ", entrance.Audiences.Order(StringComparer.Ordinal));
        return $"it is for {(claims is { Audiences.Count: > 0 } ? string.Join(", ", claims.Audiences) : "nobody in particular")}, and {(wanted.Length > 0 ? wanted : "no audience")} is taken here";
    }

    private static string Lifetime(TokenClaims? claims, Entrance entrance) => claims?.IssuedAt is { } issued
        ? $"it lives for {(claims.ExpiresAt - issued).TotalSeconds:0} s, and at most {entrance.MaximumLifetimes.Of(claims.Class).TotalSeconds:0} s is taken here"
        : "it does not say when it was issued (iat), so nobody can say how long it lives";

    private static string Scope(TokenClaims? claims, Entrance entrance) => entrance.MachineId is { } machine
        ? $"it is for {(claims is { Scopes.Count: > 0 } ? string.Join(", ", claims.Scopes) : "no machine")}, and this is {machine}: let the sending machine communicate with it at Clerk"
        : "this entrance does not know its own machine id, so no machine token can be meant for it";

    private static string Time(DateTimeOffset? time) => time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
}
