using Gatehouse.AspNetCore.Authentication;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>
/// Closes open streams (server-sent events, WebSockets, and so SignalR) in the moment in which their token, session or subject is revoked.
/// An ordinary request is over before that matters, and costs nothing here.
/// </summary>
internal sealed partial class StreamGuardMiddleware(RequestDelegate next, RevocationList revocations, ILogger<StreamGuardMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context) =>
        context.User is ClerkPrincipal principal && IsStream(context) ? GuardAsync(context, principal.Token) : next(context);

    private async Task GuardAsync(HttpContext context, TokenClaims token)
    {
        using var watch = revocations.Watch(revocation =>
        {
            if (RevocationList.Concerns(revocation, token))
            {
                Log.StreamClosed(logger, token.Subject);
                context.Abort();
            }
        });

        // What was revoked between the verification and the watch.
        if (revocations.Contains(token))
        {
            context.Abort();
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    private static bool IsStream(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0
        || HttpMethods.IsConnect(context.Request.Method)   // WebSockets over HTTP/2 (RFC 8441)
        || context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
        || context.GetEndpoint()?.Metadata.GetMetadata<StreamMetadata>() is not null;

    private static partial class Log
    {
        [LoggerMessage(EventIds.StreamClosed, LogLevel.Information, "A stream of {Subject} was closed: its token was revoked")]
        public static partial void StreamClosed(ILogger logger, string subject);
    }
}
