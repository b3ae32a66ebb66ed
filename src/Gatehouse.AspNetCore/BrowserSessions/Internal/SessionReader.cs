using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>
/// Decides who a browser's cookies stand for, and what to do where they do not say: renew the session, send the browser to Clerk to ask, or
/// leave it signed out. Every rule is a line of Clerk's own table (Clerk fact: the backend client's cookie decisions), in its order.
/// </summary>
internal sealed class SessionReader(
    TokenVerifier verifier,
    ClerkAddresses addresses,
    CookieNames names,
    SessionRenewal renewal,
    HandshakeReader handshakes,
    RedirectGuard guard)
{
    public async ValueTask<SessionReading> ReadAsync(BrowserVisit visit, CookieEntrance entrance, CancellationToken cancellationToken)
    {
        var cookies = SessionCookies.Read(visit.Headers.Cookie, names);
        var answer = HandshakeAnswer.Read(visit, cookies, addresses.Key.IsDevelopment);
        if (answer.IsThere && visit.IsNavigation && IsOurs(visit, entrance)
            && await handshakes.ReadAsync(visit, cookies, answer, entrance, cancellationToken).ConfigureAwait(false) is { } answered)
        {
            return answered;
        }

        if (cookies.IsDoubled)
        {
            return SessionReading.Doubled;
        }

        return AskBeforeLooking(visit, cookies) is { } reason
            ? SendToClerk(visit, cookies, entrance, reason)
            : await ReadSessionAsync(visit, cookies, entrance, cancellationToken).ConfigureAwait(false);
    }

    // What only a page can be asked for: anything else goes by what it has.
    private string? AskBeforeLooking(BrowserVisit visit, SessionCookies cookies) => visit.IsNavigation && addresses.Key.IsDevelopment
        ? new VisitQuery(visit.Query).Find(CookieNames.DevBrowser) is not null ? HandshakeReasons.DevBrowserSync
            : cookies.DevBrowser is null ? HandshakeReasons.DevBrowserMissing
            : null
        : null;

    private async ValueTask<SessionReading> ReadSessionAsync(
        BrowserVisit visit, SessionCookies cookies, CookieEntrance entrance, CancellationToken cancellationToken)
    {
        switch (cookies)
        {
            case { Session: null, ClientUat: 0 }:
                return SessionReading.Nobody;
            case { Session: null }:
                return SendToClerk(visit, cookies, entrance, HandshakeReasons.UatWithoutSession);
            case { ClientUat: 0 }:
                return SendToClerk(visit, cookies, entrance, HandshakeReasons.SessionWithoutUat);
        }

        var text = cookies.Session!;
        var token = await verifier.VerifyAsync(text, entrance.Demands, cancellationToken).ConfigureAwait(false);
        if (token.Succeeded)
        {
            return IsBeforeSignIn(token.Claims, cookies)
                ? SendToClerk(visit, cookies, entrance, HandshakeReasons.SessionBeforeUat)
                : Admit(visit, cookies, entrance, token, text);
        }

        return token.Failure switch
        {
            TokenFailure.Expired => await RenewAsync(visit, cookies, entrance, text, cancellationToken).ConfigureAwait(false),
            TokenFailure.NotYetValid when visit.IsNavigation => SendToClerk(visit, cookies, entrance, HandshakeReasons.NotYetValid),
            TokenFailure.IssuedInFuture when visit.IsNavigation => SendToClerk(visit, cookies, entrance, HandshakeReasons.IssuedInFuture),
            _ => SessionReading.Refused(token.Failure),
        };
    }

    private static SessionReading Admit(
        BrowserVisit visit, SessionCookies cookies, CookieEntrance entrance, TokenResult token, string text) =>
        visit.IsAskedByOurs(entrance.Demands.AuthorizedParties)
            ? SessionReading.Of(token, text) with { EndsCounting = cookies.Redirects is not null }
            : SessionReading.CrossSite;

    private async ValueTask<SessionReading> RenewAsync(
        BrowserVisit visit, SessionCookies cookies, CookieEntrance entrance, string text, CancellationToken cancellationToken)
    {
        // Otherwise genuine, and otherwise welcome: a revoked session is not renewed for having expired as well.
        var genuine = await verifier.VerifyAsync(text, entrance.ExpiredDemands, cancellationToken).ConfigureAwait(false);
        if (!genuine.Succeeded)
        {
            return SessionReading.Refused(genuine.Failure);
        }

        var parties = entrance.Demands.AuthorizedParties;
        if (!visit.IsAskedByOurs(parties))
        {
            return SessionReading.CrossSite;
        }

        if (genuine.Claims is not { AuthorizedParty: not null, IssuedAt: not null, SessionId: not null } expired
            || cookies.Refresh is not { } refresh
            || IsBeforeSignIn(expired, cookies)
            || !visit.MayRenew(parties))
        {
            return SendToClerk(visit, cookies, entrance, HandshakeReasons.Expired);
        }

        var renewed = await renewal
            .RenewAsync(expired, new RenewalKey(text, refresh), visit.Headers.UserAgent, cancellationToken)
            .ConfigureAwait(false);
        return renewed switch
        {
            { Lines: { } lines } => await ReadRenewedAsync(visit, cookies, entrance, expired, lines, cancellationToken).ConfigureAwait(false),
            { IsRefused: true } => SendToClerk(visit, cookies, entrance, HandshakeReasons.Expired),
            _ => SessionReading.Away,
        };
    }

    private async ValueTask<SessionReading> ReadRenewedAsync(
        BrowserVisit visit,
        SessionCookies cookies,
        CookieEntrance entrance,
        TokenClaims expired,
        IReadOnlyList<string> lines,
        CancellationToken cancellationToken)
    {
        var directives = handshakes.Take(lines, cookies);
        if (handshakes.SessionOf(directives) is not { } text)
        {
            return SendToClerk(visit, cookies, entrance, HandshakeReasons.Expired);
        }

        var token = await verifier.VerifyAsync(text, entrance.Demands, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded)
        {
            return SessionReading.Refused(token.Failure);
        }

        // The same person in the same session, or it is no renewal.
        return token.Claims.SessionId == expired.SessionId && token.Claims.Subject == expired.Subject
            ? SessionReading.Of(token, text) with { Cookies = directives, EndsCounting = cookies.Redirects is not null }
            : SessionReading.Expired;
    }

    /// <summary>A page is sent to Clerk, which knows; whatever else the browser asked is refused, and may be repeated after a page was.</summary>
    private SessionReading SendToClerk(BrowserVisit visit, SessionCookies cookies, CookieEntrance entrance, string reason)
    {
        if (!visit.IsNavigation || !IsOurs(visit, entrance) || !guard.Admits(cookies))
        {
            return SessionReading.Expired;
        }

        var query = new VisitQuery(visit.Query);
        var devBrowser = addresses.Key.IsDevelopment ? query.Find(CookieNames.DevBrowser) ?? cookies.DevBrowser : null;
        return SessionReading.Handshake(addresses.Handshake(visit.AddressWith(query.Clean), reason, devBrowser));
    }

    // Somebody signed in, out or over since the token was made.
    private static bool IsBeforeSignIn(TokenClaims claims, SessionCookies cookies) =>
        claims.IssuedAt is { } issued && issued.ToUnixTimeSeconds() < cookies.ClientUat;

    // The address that the browser comes back to is made of the request's: no other may be put in by a header.
    private static bool IsOurs(BrowserVisit visit, CookieEntrance entrance) => entrance.Demands.AuthorizedParties.Contains(visit.Origin);
}
