using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>The caller's own token: as it is, if it will do, or else one that is minted for the same session.</summary>
internal sealed partial class CallerTokens(
    ForwardingOptions options, SessionTokens sessions, OwnOrigin origin, TimeProvider time, ILogger<CallerTokens> logger) : ITokenGiver
{
    public ValueTask<string?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.User is not ClerkPrincipal principal)
        {
            return default;
        }

        var claims = principal.Token;
        if ((claims.Class & options.Token.Classes) == TokenClass.None)
        {
            Log.Kept(logger, claims.Class, options.Service);
            return default;
        }

        if (claims.Class != TokenClass.Session || WillDo(claims))
        {
            return ValueTask.FromResult(PresentedToken.Of(context));
        }

        if (claims.SessionId is not { } session || origin.Of(context.Request) is not { } own)
        {
            Log.OwnOriginUnknown(logger, options.Service);
            return default;
        }

        return sessions.FindAsync(new SessionKey(session, claims.Subject, claims.Organization?.Id, claims.IsImpersonated, own), cancellationToken);
    }

    // The person's next request shows a new one; nothing that we keep was refused.
    public bool Refused(string token) => false;

    private bool WillDo(TokenClaims claims) =>
        claims.AuthorizedParty is not null && claims.ExpiresAt - time.GetUtcNow() >= ForwardingDefaults.MinimumTokenLife;

    private static partial class Log
    {
        [LoggerMessage(EventIds.CallerTokenKept, LogLevel.Information, "A caller's token of class {Class} is not passed on to {Service}")]
        public static partial void Kept(ILogger logger, TokenClass @class, string service);

        [LoggerMessage(EventIds.OwnOriginUnknown, LogLevel.Warning, "No token could be minted to call {Service}: the request came in at none of the authorized parties; set the forwarding's Origin")]
        public static partial void OwnOriginUnknown(ILogger logger, string service);
    }
}
