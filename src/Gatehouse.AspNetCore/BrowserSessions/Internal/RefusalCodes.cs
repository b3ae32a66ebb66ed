namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>What is refused about a cookie session and is not the token's own fault.</summary>
internal static class RefusalCodes
{
    /// <summary>To be fetched anew: the page's module asks for the session once, and repeats.</summary>
    public const string SessionExpired = "session_expired";

    /// <summary>Another site's page asked.</summary>
    public const string CrossSite = "cross-site";

    /// <summary>Two session cookies of one name.</summary>
    public const string CookieDoubled = "session-cookie-doubled";

    /// <summary>Clerk cannot be asked just now whether the session goes on.</summary>
    public const string ClerkUnavailable = "clerk-unavailable";
}
