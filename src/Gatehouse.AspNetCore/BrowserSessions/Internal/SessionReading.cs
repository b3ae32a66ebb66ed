using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What a visit's cookies came to: somebody, nobody, a refusal, or an address to send the browser to first; with what it is to keep.</summary>
internal sealed record SessionReading
{
    /// <summary>No session, and no reason to think that there is one.</summary>
    public static SessionReading Nobody { get; } = new() { SignInHelps = true };

    /// <summary>The claims of whoever is signed in.</summary>
    public TokenResult Token { get; private init; }

    /// <summary>The token's text: the cookie's, or that of the token it was renewed to.</summary>
    public string? Text { get; private init; }

    /// <summary>Why there is nobody, by its code; null where there is no reason to give.</summary>
    public string? Refusal { get; private init; }

    /// <summary>What the refusal is answered with.</summary>
    public int Status { get; private init; }

    /// <summary>The verifier's reason, where it refused.</summary>
    public TokenFailure Failure { get; private init; }

    /// <summary>Where the browser must go before anything else is said.</summary>
    public string? Location { get; private init; }

    /// <summary>Whether it is to ask Clerk there, which is counted; otherwise it only gets a cleaner address.</summary>
    public bool IsHandshake { get; private init; }

    /// <summary>Whether signing in would help.</summary>
    public bool SignInHelps { get; private init; }

    /// <summary>What the browser is to keep, whatever the answer.</summary>
    public IReadOnlyList<CookieDirective> Cookies { get; init; } = [];

    /// <summary>Whether the app's own count of redirects begins anew.</summary>
    public bool EndsCounting { get; init; }

    /// <summary>Whether the browser is told to keep or forget anything: most are not.</summary>
    public bool ChangesCookies => IsHandshake || EndsCounting || Cookies.Count > 0;

    public static SessionReading Of(TokenResult token, string text) => new() { Token = token, Text = text };

    public static SessionReading Handshake(string location) => new() { Location = location, IsHandshake = true };

    public static SessionReading Clean(string location) => new() { Location = location };

    public static SessionReading Refused(TokenFailure failure) => new()
    {
        Refusal = failure.ToCode(),
        Failure = failure,
        Status = failure.IsOurs() ? 503 : 401,

        // Against what the entrance demands of a session that is good, no other sign-in helps: it would be tried for ever.
        SignInHelps = failure is TokenFailure.Malformed or TokenFailure.Signature or TokenFailure.KeyUnknown or TokenFailure.Revoked,
    };

    /// <summary>There was a session, and it can neither be trusted as it is nor renewed for such a request.</summary>
    public static SessionReading Expired { get; } = new() { Refusal = RefusalCodes.SessionExpired, Status = 401, SignInHelps = true };

    public static SessionReading CrossSite { get; } = new() { Refusal = RefusalCodes.CrossSite, Status = 403 };

    public static SessionReading Doubled { get; } = new() { Refusal = RefusalCodes.CookieDoubled, Status = 401 };

    public static SessionReading Away { get; } = new() { Refusal = RefusalCodes.ClerkUnavailable, Status = 503 };
}
