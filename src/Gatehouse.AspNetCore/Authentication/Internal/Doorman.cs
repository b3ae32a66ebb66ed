using System.Globalization;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Turns a request's token into a principal, and a refusal into an answer. What is decided is decided by the verifier.</summary>
internal sealed partial class Doorman(
    TokenVerifier verifier, EntranceMetrics metrics, ReportOnly reportOnly, ILogger<Doorman> logger, BrowserEdge? browsers = null)
{
    private const int RetryAfterSeconds = 5;

    /// <summary>Reads the token of the <c>Authorization</c> header; without one, where the entrance takes cookies, theirs.</summary>
    public ValueTask<Arrival> ReadAsync(HttpContext context, NamedEntrance entrance)
    {
        if (!BearerHeader.TryRead(context.Request.Headers.Authorization, out var token))
        {
            return ValueTask.FromResult(Refuse(context, entrance, TokenFailure.Malformed));
        }

        if (token.IsEmpty)
        {
            return entrance.Cookies is { } cookies ? ReadCookiesAsync(context, entrance, cookies) : ValueTask.FromResult(default(Arrival));
        }

        // Nearly every request shows a token that was shown before: nothing is copied, and nothing waited for.
        if (verifier.TryVerifySeen(token, entrance.Demands, out var seen))
        {
            return ValueTask.FromResult(Admit(context, entrance, seen));
        }

        var verified = verifier.VerifyAsync(token.ToString(), entrance.Demands, context.RequestAborted);
        return verified.IsCompletedSuccessfully
            ? ValueTask.FromResult(Admit(context, entrance, verified.Result))
            : AdmitWhenVerifiedAsync(context, entrance, verified);
    }

    /// <summary>The sign-in page for whoever opens a page; else 401, or 503 where the refusal is no fault of the caller's.</summary>
    public static Task ChallengeAsync(HttpContext context, NamedEntrance entrance)
    {
        if (entrance.Cookies is not null
            && context.RequestServices.GetRequiredService<BrowserEdge>().TrySendToSignIn(context))
        {
            return Task.CompletedTask;
        }

        var headers = context.Response.Headers;
        switch (context.Features.Get<EntranceRefusal>())
        {
            case null:
                // RFC 6750, section 3.1: without credentials no error code.
                headers.WWWAuthenticate = $"Bearer realm=\"{entrance.Realm}\"";
                return context.WriteProblemAsync(StatusCodes.Status401Unauthorized, "unauthenticated");

            case { Status: StatusCodes.Status503ServiceUnavailable } ours:
                headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return context.WriteProblemAsync(ours.Status, ours.Code);

            case { Status: StatusCodes.Status401Unauthorized } bad:
                headers.WWWAuthenticate = $"Bearer realm=\"{entrance.Realm}\", error=\"invalid_token\", error_description=\"{bad.Code}\"";
                return context.WriteProblemAsync(bad.Status, bad.Code);

            case { } refused:
                return context.WriteProblemAsync(refused.Status, refused.Code);
        }
    }

    /// <summary>403.</summary>
    public static Task ForbidAsync(HttpContext context, NamedEntrance entrance)
    {
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{entrance.Realm}\", error=\"insufficient_scope\"";
        return context.WriteProblemAsync(StatusCodes.Status403Forbidden, "forbidden");
    }

    private async ValueTask<Arrival> ReadCookiesAsync(HttpContext context, NamedEntrance entrance, CookieEntrance cookies)
    {
        var reading = await browsers!.ReadAsync(context, cookies).ConfigureAwait(false);
        return reading switch
        {
            { Location: { } location } => new Arrival(null, Location: location),
            { Token.Succeeded: true } => AdmitSession(context, entrance, reading.Token),
            { Refusal: null } => default,
            { Failure: TokenFailure.Unverified } => Refuse(context, entrance, new EntranceRefusal(reading.Refusal, reading.Status)),
            _ => Refuse(context, entrance, reading.Failure),
        };
    }

    private Arrival AdmitSession(HttpContext context, NamedEntrance entrance, TokenResult token)
    {
        if (token.Claims!.AuthorizedParty is null)
        {
            metrics.AdmittedWithoutParty();
        }

        return Admit(context, entrance, token);
    }

    private async ValueTask<Arrival> AdmitWhenVerifiedAsync(
        HttpContext context, NamedEntrance entrance, ValueTask<TokenResult> verified) =>
        Admit(context, entrance, await verified.ConfigureAwait(false));

    private Arrival Admit(HttpContext context, NamedEntrance entrance, TokenResult result)
    {
        if (!result.Succeeded)
        {
            return Refuse(context, entrance, result.Failure);
        }

        metrics.Admitted(result.Claims.Class);
        if (result.Reported != TokenFailure.Unverified)
        {
            reportOnly.Note(result.Reported.ToCode(), result.Claims.Subject, entrance.Name);
        }

        return new Arrival(new ClerkPrincipal(result.Claims, entrance.Roles.Decide(result.Claims)));
    }

    private Arrival Refuse(HttpContext context, NamedEntrance entrance, TokenFailure failure) =>
        Refuse(context, entrance, EntranceRefusal.Of(failure));

    private Arrival Refuse(HttpContext context, NamedEntrance entrance, EntranceRefusal refusal)
    {
        context.Features.Set(refusal);
        metrics.Refused(refusal.Code);
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            Log.KeysUnavailable(logger, entrance.Name, refusal.Code);
        }
        else
        {
            Log.TokenRefused(logger, entrance.Name, refusal.Code);
        }

        return new Arrival(null, refusal.Code);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.TokenRefused, LogLevel.Information, "Entrance {Entrance} refused a token: {Reason}")]
        public static partial void TokenRefused(ILogger logger, string entrance, string reason);

        [LoggerMessage(EventIds.KeysUnavailable, LogLevel.Warning, "Entrance {Entrance} could not verify a token, through no fault of its holder: {Reason}")]
        public static partial void KeysUnavailable(ILogger logger, string entrance, string reason);
    }
}
