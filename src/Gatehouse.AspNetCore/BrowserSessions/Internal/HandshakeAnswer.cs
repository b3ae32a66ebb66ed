namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>The answer that a browser brings back from a handshake: a token, or a nonce to be traded for what the token would say.</summary>
internal readonly record struct HandshakeAnswer(string? Token, string? Nonce)
{
    public bool IsThere => Token is not null || Nonce is not null;

    /// <summary>
    /// In development from the query, because Clerk's host cannot set cookies for this one; in production from a cookie only: an address is
    /// something that anybody can have somebody else open.
    /// </summary>
    public static HandshakeAnswer Read(BrowserVisit visit, SessionCookies cookies, bool isDevelopment)
    {
        if (!isDevelopment)
        {
            return new HandshakeAnswer(cookies.Handshake, cookies.HandshakeNonce);
        }

        var query = new VisitQuery(visit.Query);
        return new HandshakeAnswer(query.Find(CookieNames.Handshake), query.Find(CookieNames.HandshakeNonce));
    }
}
