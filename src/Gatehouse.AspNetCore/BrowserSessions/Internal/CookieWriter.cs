using System.Globalization;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>Writes the cookies of a session, with the app's own attributes: for this host alone, and out of reach of scripts unless told.</summary>
internal sealed class CookieWriter(ClerkAddresses addresses, CookieNames names, IOptions<BrowserSessionOptions> options)
{
    // The session inside decides how long it lasts; the cookie only has to outlast it (Clerk fact: a year).
    private const int YearInSeconds = 365 * 24 * 3600;

    /// <summary>The <c>Set-Cookie</c> lines of a reading.</summary>
    public IReadOnlyList<string> Lines(SessionReading reading, SessionCookies cookies, bool isSecure)
    {
        var lines = reading.Cookies.Select(directive => Line(directive.Name, directive.Value, isSecure)).ToList();
        if (reading.IsHandshake)
        {
            lines.Add(Count(cookies, isSecure));
        }
        else if (reading.EndsCounting && cookies.Redirects is not null)
        {
            lines.Add(Line(CookieNames.RedirectCount, "", isSecure));
        }

        if (!addresses.Key.IsDevelopment && (cookies.Handshake ?? cookies.HandshakeNonce) is not null)
        {
            lines.Add(Line(CookieNames.Handshake, "", isSecure));
            lines.Add(Line(CookieNames.HandshakeNonce, "", isSecure));
        }

        return lines;
    }

    /// <summary>One more redirect.</summary>
    public static string Count(SessionCookies cookies, bool isSecure)
    {
        var count = Math.Min(cookies.Redirects ?? 0, RedirectGuard.Most) + 1;
        return Line(CookieNames.RedirectCount, count.ToString(CultureInfo.InvariantCulture), RedirectGuard.Seconds, isSecure, isHttpOnly: true);
    }

    /// <summary>The lines that end a session in this browser: it is signed out, and known to be.</summary>
    public IReadOnlyList<string> Farewell(bool isSecure) =>
    [
        Line(CookieNames.Session, "", isSecure),
        Line(names.SuffixedSession, "", isSecure),
        Line(names.Refresh, "", isSecure),
        Line(CookieNames.ClientUat, "0", isSecure),
        Line(names.SuffixedClientUat, "0", isSecure),
    ];

    private string Line(string name, string value, bool isSecure) =>
        Line(name, value, value.Length == 0 ? 0 : YearInSeconds, isSecure, IsHttpOnly(name));

    // What clerk-js itself writes, it must be able to read. The refresh token it never sees.
    private bool IsHttpOnly(string name) =>
        !options.Value.RunsClerkJs || name == names.Refresh || name == CookieNames.RedirectCount;

    private static string Line(string name, string value, int seconds, bool isSecure, bool isHttpOnly) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax{(isSecure ? "; Secure" : "")}{(isHttpOnly ? "; HttpOnly" : "")}");
}
