using System.Text.Encodings.Web;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.AspNetCore.Reporting.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>Turns the request's token into a principal, or a refusal into an answer. All that is decided is decided by the verifier.</summary>
internal sealed partial class GatehouseHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenVerifier verifier,
    Entrances entrances,
    EntranceMetrics metrics,
    ReportOnly reportOnly)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const int RetryAfterSeconds = 5;

    private NamedEntrance Entrance => entrances.Get(Scheme.Name);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!BearerHeader.TryRead(Request.Headers.Authorization, out var token))
        {
            return Refuse(TokenFailure.Malformed);
        }

        if (token is null)
        {
            return AuthenticateResult.NoResult();
        }

        var entrance = Entrance;
        var result = await verifier.VerifyAsync(token, entrance.Demands, Context.RequestAborted).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            return Refuse(result.Failure);
        }

        metrics.Admitted(result.Claims.Class);
        if (result.Reported != TokenFailure.Unverified)
        {
            reportOnly.Note(result.Reported.ToCode(), result.Claims.Subject, Scheme.Name);
        }

        var principal = new ClerkPrincipal(result.Claims, entrance.Roles.Decide(result.Claims));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        switch (Context.Features.Get<EntranceRefusal>()?.Failure)
        {
            case null:
                // RFC 6750, section 3.1: without credentials no error code.
                Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Entrance.Realm}\"";
                return Context.WriteProblemAsync(StatusCodes.Status401Unauthorized, "unauthenticated");

            // To call a good token bad would make clients throw it away.
            case { } ours when ours.IsOurs():
                Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return Context.WriteProblemAsync(StatusCodes.Status503ServiceUnavailable, ours.ToCode());

            case { } failure:
                var code = failure.ToCode();
                Response.Headers.WWWAuthenticate =
                    $"Bearer realm=\"{Entrance.Realm}\", error=\"invalid_token\", error_description=\"{code}\"";
                return Context.WriteProblemAsync(StatusCodes.Status401Unauthorized, code);
        }
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Entrance.Realm}\", error=\"insufficient_scope\"";
        return Context.WriteProblemAsync(StatusCodes.Status403Forbidden, "forbidden");
    }

    private AuthenticateResult Refuse(TokenFailure failure)
    {
        Context.Features.Set(new EntranceRefusal(failure));
        metrics.Refused(failure);
        var code = failure.ToCode();
        if (failure.IsOurs())
        {
            Log.KeysUnavailable(Logger, Scheme.Name, code);
        }
        else
        {
            Log.TokenRefused(Logger, Scheme.Name, code);
        }

        return AuthenticateResult.Fail(code);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.TokenRefused, LogLevel.Information, "Entrance {Entrance} refused a token: {Reason}")]
        public static partial void TokenRefused(ILogger logger, string entrance, string reason);

        [LoggerMessage(EventIds.KeysUnavailable, LogLevel.Warning, "Entrance {Entrance} could not verify a token, through no fault of its holder: {Reason}")]
        public static partial void KeysUnavailable(ILogger logger, string entrance, string reason);
    }
}
