using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.Clerk.Api;
using Gatehouse.Tokens;
using Gatehouse.Tokens.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>Takes in what a browser brought back from Clerk: the cookies it is to keep, and with them who it is.</summary>
internal sealed partial class HandshakeReader(
    TokenVerifier verifier,
    KnownIssuers issuers,
    ClerkBackendClient clerk,
    ClerkAddresses addresses,
    CookieNames names,
    TimeProvider time,
    ILogger<HandshakeReader> logger)
{
    /// <returns>Null for an answer that is none (made up, or used before): the visit counts as one without it.</returns>
    public async ValueTask<SessionReading?> ReadAsync(
        BrowserVisit visit, SessionCookies cookies, HandshakeAnswer answer, CookieEntrance entrance, CancellationToken cancellationToken)
    {
        var (lines, isAway) = await TradeAsync(answer, cancellationToken).ConfigureAwait(false);
        if (lines is null)
        {
            return isAway ? SessionReading.Away : null;
        }

        var directives = Take(lines, cookies);
        var reading = SessionOf(directives) is { } text
            ? await ReadTokenAsync(text, entrance, cancellationToken).ConfigureAwait(false)
            : SessionReading.Nobody;
        if (reading.Refusal is not null)
        {
            return reading;   // and nothing is kept of what came with a token that does not hold
        }

        // Off with the answer from the address. A browser that did not keep our count keeps no cookies at all: it would come back for ever,
        // so it gets its page under this address.
        return addresses.Key.IsDevelopment && cookies.Redirects is not null
            ? SessionReading.Clean(visit.AddressWith(new VisitQuery(visit.Query).Clean)) with { Cookies = directives }
            : reading with { Cookies = directives, EndsCounting = reading.Text is not null };
    }

    /// <summary>The lines that an app may be told, as directives.</summary>
    public IReadOnlyList<CookieDirective> Take(IReadOnlyList<string> lines, SessionCookies cookies)
    {
        var directives = new List<CookieDirective>(lines.Count);
        foreach (var line in lines)
        {
            // Clerk itself sets this one for the whole domain in production; a second one for this host would never be told of a sign-out.
            if (CookieDirective.TryRead(line, names, out var directive)
                && !(names.IsClientUat(directive.Name) && directive.HasDomain && cookies.HasClientUat))
            {
                directives.Add(directive);
            }
        }

        return directives;
    }

    /// <summary>The session token: the last that is told, as Clerk's own clients read it. Null where the browser is signed out.</summary>
    public string? SessionOf(IReadOnlyList<CookieDirective> directives) =>
        directives.LastOrDefault(directive => names.IsSession(directive.Name)).Value is { Length: > 0 } text ? text : null;

    private async ValueTask<SessionReading> ReadTokenAsync(string text, CookieEntrance entrance, CancellationToken cancellationToken)
    {
        var token = await verifier.VerifyAsync(text, entrance.Demands, cancellationToken).ConfigureAwait(false);
        if (token.Succeeded)
        {
            return SessionReading.Of(token, text);
        }

        Log.TokenRefused(logger, token.Failure.ToCode());
        return SessionReading.Refused(token.Failure);
    }

    private async ValueTask<(IReadOnlyList<string>? Lines, bool IsAway)> TradeAsync(HandshakeAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Nonce is { } nonce)
        {
            return await AskAsync(nonce, cancellationToken).ConfigureAwait(false);
        }

        var (lines, failure) = await HandshakeToken
            .ReadAsync(answer.Token!, issuers.Main, time.GetUtcNow(), cancellationToken)
            .ConfigureAwait(false);
        if (lines is null)
        {
            Log.Refused(logger, failure.ToCode());
        }

        return (lines, lines is null && failure.IsOurs());
    }

    private async ValueTask<(IReadOnlyList<string>? Lines, bool IsAway)> AskAsync(string nonce, CancellationToken cancellationToken)
    {
        try
        {
            return (await clerk.Sessions.ReadHandshakeAsync(nonce, cancellationToken).ConfigureAwait(false), false);
        }
        catch (ClerkApiException refusal) when (refusal.Failure is ClerkFailure.NotFound or ClerkFailure.Rejected)
        {
            Log.Refused(logger, "unknown-nonce");
            return (null, false);
        }
        catch (ClerkApiException away)
        {
            Log.Failed(logger, away);
            return (null, true);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.HandshakeRefused, LogLevel.Information, "A browser brought back a handshake that is none: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(EventIds.HandshakeTokenRefused, LogLevel.Warning, "Clerk answered a handshake with a session token that is refused here: {Reason}")]
        public static partial void TokenRefused(ILogger logger, string reason);

        [LoggerMessage(EventIds.HandshakeFailed, LogLevel.Error, "A handshake's answer could not be fetched from Clerk")]
        public static partial void Failed(ILogger logger, Exception away);
    }
}
