namespace Gatehouse.AspNetCore.BrowserSessions;

/// <summary>Sessions in cookies, for the pages of this app. Bound from the section <c>Gatehouse:BrowserSessions</c>.</summary>
/// <remarks>
/// A browser is sent only to Clerk's own pages and back to the origins that the entrance lists as <c>AuthorizedParties</c>; apps that share
/// a cookie domain list each other's.
/// </remarks>
public sealed class BrowserSessionOptions
{
    /// <summary>Where people sign in. It gets the way back as <c>redirect_url</c>.</summary>
    /// <value>
    /// Default Clerk's account portal (<c>https://accounts.example.com/sign-in</c>, for development instances
    /// <c>https://….accounts.dev/sign-in</c>), or the local Clerk's page. HTTPS, or HTTP on loopback.
    /// </value>
    public string? SignInUrl { get; set; }

    /// <summary>Whether the app's pages run clerk-js, which must read and write the session cookie.</summary>
    /// <value>Default no: the cookies are <c>HttpOnly</c>, so that no script can read them.</value>
    public bool RunsClerkJs { get; set; }
}
