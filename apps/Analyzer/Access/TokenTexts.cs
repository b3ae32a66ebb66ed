using Gatehouse.AspNetCore.Problems;
using Gatehouse.Tokens;

namespace Analyzer.Access;

/// <summary>
/// What clients read when they are refused. They were written against a Python service, so the words are those of its libraries where these
/// have any; the member <c>code</c> is the thing to branch on.
/// </summary>
internal static class TokenTexts
{
    public const string NoBearer = "Invalid authentication credentials";
    public const string SubjectMissing = "Invalid token: User ID not found";

    private const string Invalid = "Invalid token: ";
    private const string Fault = "Authentication error: ";

    public static void Configure(ProblemTextOptions problems)
    {
        problems.TextsByCode["unauthenticated"] = "Not authenticated";
        problems.Texts[StatusCodes.Status403Forbidden] = Refusals.NotAuthorized;
        foreach (var failure in Enum.GetValues<TokenFailure>())
        {
            problems.TextsByCode[failure.ToCode()] = Of(failure);
        }
    }

    private static string Of(TokenFailure failure) => failure switch
    {
        TokenFailure.Malformed => Invalid + "Error decoding token",
        TokenFailure.TooLarge => Invalid + "Token is too large",
        TokenFailure.Algorithm => Invalid + "The specified alg value is not allowed",
        TokenFailure.Type => Invalid + "Token type is not known",
        TokenFailure.KeyUnknown => Invalid + "Key not found",
        TokenFailure.KeyUnusable => Invalid + "Key cannot be used",
        TokenFailure.PublishedKey => Invalid + "Key is published",
        TokenFailure.Signature => Invalid + "Signature verification failed.",
        TokenFailure.Class => Invalid + "This kind of token is not accepted",
        TokenFailure.Issuer => Invalid + "Invalid issuer",
        TokenFailure.AuthorizedParty => Invalid + "Invalid authorized party",
        TokenFailure.Audience => Invalid + "Invalid audience",
        TokenFailure.Expired => Invalid + "Signature has expired.",
        TokenFailure.NotYetValid => Invalid + "The token is not yet valid (nbf)",
        TokenFailure.IssuedInFuture => Invalid + "The token is not yet valid (iat)",
        TokenFailure.Lifetime => Invalid + "Lifetime is too long",
        TokenFailure.Scope => Invalid + "Not meant for this service",
        TokenFailure.Pending => Invalid + "Session is pending",
        TokenFailure.Revoked => Invalid + "Token is revoked",
        TokenFailure.Unknown => Invalid + "Token is not known",
        TokenFailure.KeysUnavailable => Fault + "Keys unavailable",
        TokenFailure.RevocationsStale => Fault + "Revocations unavailable",
        TokenFailure.NeedsClerk or TokenFailure.Unverified => Fault + "Token cannot be verified here",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "no such failure"),
    };
}
