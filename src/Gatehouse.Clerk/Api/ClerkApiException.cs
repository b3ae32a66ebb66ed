using System.Net;

namespace Gatehouse.Clerk.Api;

/// <summary>A call to Clerk's Backend API failed. Its message names method, path, status, codes and trace id, never a key, an e-mail address or a name.</summary>
public sealed class ClerkApiException : Exception
{
    internal ClerkApiException(string message, ClerkFailure failure, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Who caused it, and so what helps.</summary>
    public ClerkFailure Failure { get; }

    /// <summary>Whether the same call may succeed later: Clerk is down or asks for patience. Otherwise the call is wrong.</summary>
    public bool IsOutage => Failure is ClerkFailure.Unavailable or ClerkFailure.Throttled;

    /// <summary>The answer's status; null if there was no answer.</summary>
    public HttpStatusCode? StatusCode { get; internal init; }

    /// <summary>What Clerk found wrong; empty if its answer named nothing.</summary>
    public IReadOnlyList<ClerkError> Errors { get; internal init; } = [];

    /// <summary>What Clerk's support asks for: the body's <c>clerk_trace_id</c>, else the <c>cf-ray</c> header.</summary>
    public string? TraceId { get; internal init; }

    /// <summary>How long Clerk asked to wait, if it did.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>
    /// Whether a call that verifies a token was answered with "not a good one". A 400 about the version that this client speaks is none:
    /// it says nothing of the token.
    /// </summary>
    internal bool IsVerdict => StatusCode switch
    {
        HttpStatusCode.NotFound => true,
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => !HasCode("api_version_invalid"),
        _ => false,
    };

    /// <summary>Whether one of the errors has this code.</summary>
    public bool HasCode(string code) => Errors.Any(error => string.Equals(error.Code, code, StringComparison.Ordinal));
}
