using System.Globalization;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Turns a request's token into a principal, and a refusal into an answer. What is decided is decided by the verifier.</summary>
internal sealed partial class Doorman(TokenVerifier verifier, EntranceMetrics metrics, ReportOnly reportOnly, ILogger<Doorman> logger)
{
    private const int RetryAfterSeconds = 5;

    /// <returns>The principal; or why there is none; or nothing of either, for a request without credentials.</returns>
    public ValueTask<(ClerkPrincipal? Principal, string? Failure)> ReadAsync(HttpContext context, NamedEntrance entrance)
    {
        if (!BearerHeader.TryRead(context.Request.Headers.Authorization, out var token))
        {
            return ValueTask.FromResult(Refuse(context, entrance, TokenFailure.Malformed));
        }

        if (token.IsEmpty)
        {
            return ValueTask.FromResult(default((ClerkPrincipal?, string?)));
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

    /// <summary>401, or 503 where the refusal is no fault of the caller's.</summary>
    public static Task ChallengeAsync(HttpContext context, NamedEntrance entrance)
    {
        var headers = context.Response.Headers;
        switch (context.Features.Get<EntranceRefusal>()?.Failure)
        {
            case null:
                // RFC 6750, section 3.1: without credentials no error code.
                headers.WWWAuthenticate = $"Bearer realm=\"{entrance.Realm}\"";
                return context.WriteProblemAsync(StatusCodes.Status401Unauthorized, "unauthenticated");

            // To call a good token bad would make clients throw it away.
            case { } ours when ours.IsOurs():
                headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, ours.ToCode());

            case { } failure:
                var code = failure.ToCode();
                headers.WWWAuthenticate = $"Bearer realm=\"{entrance.Realm}\", error=\"invalid_token\", error_description=\"{code}\"";
                return context.WriteProblemAsync(StatusCodes.Status401Unauthorized, code);
        }
    }

    /// <summary>403.</summary>
    public static Task ForbidAsync(HttpContext context, NamedEntrance entrance)
    {
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{entrance.Realm}\", error=\"insufficient_scope\"";
        return context.WriteProblemAsync(StatusCodes.Status403Forbidden, "forbidden");
    }

    private async ValueTask<(ClerkPrincipal? Principal, string? Failure)> AdmitWhenVerifiedAsync(
        HttpContext context, NamedEntrance entrance, ValueTask<TokenResult> verified) =>
        Admit(context, entrance, await verified.ConfigureAwait(false));

    private (ClerkPrincipal? Principal, string? Failure) Admit(HttpContext context, NamedEntrance entrance, TokenResult result)
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

        return (new ClerkPrincipal(result.Claims, entrance.Roles.Decide(result.Claims)), null);
    }

    private (ClerkPrincipal? Principal, string? Failure) Refuse(HttpContext context, NamedEntrance entrance, TokenFailure failure)
    {
        context.Features.Set(new EntranceRefusal(failure));
        metrics.Refused(failure);
        var code = failure.ToCode();
        if (failure.IsOurs())
        {
            Log.KeysUnavailable(logger, entrance.Name, code);
        }
        else
        {
            Log.TokenRefused(logger, entrance.Name, code);
        }

        return (null, code);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.TokenRefused, LogLevel.Information, "Entrance {Entrance} refused a token: {Reason}")]
        public static partial void TokenRefused(ILogger logger, string entrance, string reason);

        [LoggerMessage(EventIds.KeysUnavailable, LogLevel.Warning, "Entrance {Entrance} could not verify a token, through no fault of its holder: {Reason}")]
        public static partial void KeysUnavailable(ILogger logger, string entrance, string reason);
    }
}
