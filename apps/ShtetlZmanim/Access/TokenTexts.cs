using Gatehouse.AspNetCore.Problems;
using Gatehouse.Tokens;

namespace ShtetlZmanim.Access;

/// <summary>
/// What callers read when they are refused: <c>error</c> is one of few texts that clients were written against, <c>message</c> says what to
/// do about it, and <c>code</c> is the thing to branch on.
/// </summary>
internal static class TokenTexts
{
    public const string Missing = "Missing M2M token";
    public const string Invalid = "Invalid M2M token";
    public const string UserToken = "User tokens not accepted for external API";

    public const string Unauthenticated = "unauthenticated";

    private static readonly Dictionary<string, string> Errors =
        Enum.GetValues<TokenFailure>().ToDictionary(TokenFailures.ToCode, ErrorOf, StringComparer.Ordinal);

    public static void Configure(ProblemTextOptions problems)
    {
        problems.TextMember = "message";
        problems.TextsByCode[Unauthenticated] = "Send a machine token or an API key in the header Authorization, after the word Bearer";
        problems.TextsByCode["forbidden"] = $"This API key lacks the scope {ExternalAccess.ReadZmanim}: create one with it";
        problems.TextsByCode["rate-limited"] = "The calls are used up: wait as many seconds as Retry-After says";
        problems.TextsByCode["not-found"] = "There is nothing at this address";
        problems.TextsByCode["method-not-allowed"] = "Call it as Allow says";
        problems.TextsByCode["unavailable"] = "Try again when Retry-After says";
        problems.TextsByCode["internal-error"] = "This is a fault of ours, and has been logged";
        foreach (var failure in Enum.GetValues<TokenFailure>())
        {
            problems.TextsByCode[failure.ToCode()] = MessageOf(failure);
        }
    }

    /// <summary>The text of a refused token; null for another problem's code.</summary>
    public static string? FindError(string? code) =>
        code == Unauthenticated ? Missing : code is not null && Errors.TryGetValue(code, out var error) ? error : null;

    private static string ErrorOf(TokenFailure failure) =>
        failure == TokenFailure.Class ? UserToken : failure.IsOurs() ? "Service unavailable" : Invalid;

    private static string MessageOf(TokenFailure failure) => failure switch
    {
        TokenFailure.Malformed => "The Authorization header holds no single bearer token",
        TokenFailure.TooLarge => "The token is too large to be one of Clerk's",
        TokenFailure.Algorithm => "The token is not signed as Clerk signs",
        TokenFailure.Type => "This type of token is not known",
        TokenFailure.KeyUnknown => "The token was signed with a key that is not this Clerk instance's",
        TokenFailure.KeyUnusable => "The token was signed with a key that cannot be trusted",
        TokenFailure.PublishedKey => "The token was signed with a key that is published, and anybody may hold",
        TokenFailure.Signature => "The signature is not that of this token",
        TokenFailure.Class => "This API is for machines: create a machine for your service in Clerk, or an API key",
        TokenFailure.Issuer => "The token is of another Clerk instance",
        TokenFailure.AuthorizedParty => "The token was made for another origin",
        TokenFailure.Audience => "The token was made for another audience",
        TokenFailure.Expired => "The token has expired: create a new one",
        TokenFailure.NotYetValid => "The token is not valid yet: check the clocks",
        TokenFailure.IssuedInFuture => "The token was issued in the future: check the clocks",
        TokenFailure.Lifetime => "The token lives too long: create one of an hour at most",
        TokenFailure.Scope => "The token is not meant for this API: let your machine communicate with Shtetl Zmanim in Clerk, and create a new one",
        TokenFailure.Pending => "The session has a task outstanding",
        TokenFailure.Revoked => "The token has been revoked: create a new one, or ask why",
        TokenFailure.Unknown => "Clerk does not take this token: it is made up, expired, revoked, or not meant for this API",
        TokenFailure.KeysUnavailable => "Clerk cannot be asked about the token just now: try again when Retry-After says",
        TokenFailure.RevocationsStale => "Nobody can say just now whether the token still holds: try again when Retry-After says",
        TokenFailure.NeedsClerk or TokenFailure.Unverified => "Tokens of this kind cannot be verified here: create one in the form of a JWT",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "no such failure"),
    };
}
