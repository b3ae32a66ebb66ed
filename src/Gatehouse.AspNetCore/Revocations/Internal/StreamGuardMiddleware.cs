using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>
/// Closes open streams (server-sent events, WebSockets, and SignalR by whichever transport) in the moment in which their token, session or
/// subject is revoked, or their token expires. An ordinary request is over before that matters, and costs nothing here.
/// </summary>
internal sealed partial class StreamGuardMiddleware(
    RequestDelegate next, RevocationList revocations, Entrances entrances, TimeProvider time, ILogger<StreamGuardMiddleware> logger)
{
    // What timers can count. A key that lives longer has no stream that does.
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(20);

    public Task InvokeAsync(HttpContext context) =>
        context.User is ClerkPrincipal principal && IsStream(context) ? GuardAsync(context, principal.Token) : next(context);

    private async Task GuardAsync(HttpContext context, TokenClaims token)
    {
        using var stream = new OpenStream(context);
        using var watch = revocations.Watch(revocation =>
        {
            if (RevocationList.Concerns(revocation, token) && stream.TryCut())
            {
                Log.StreamClosed(logger, token.Subject, "was revoked");
            }
        });

        // What was revoked between the verification and the watch.
        if (revocations.Contains(token))
        {
            stream.TryCut();
            return;
        }

        using var end = time.CreateTimer(_ => CutExpired(stream, token), state: null, LeftOf(context, token), Timeout.InfiniteTimeSpan);
        await next(context).ConfigureAwait(false);
    }

    private void CutExpired(OpenStream stream, TokenClaims token)
    {
        if (stream.TryCut())
        {
            Log.StreamClosed(logger, token.Subject, "expired");
        }
    }

    private TimeSpan LeftOf(HttpContext context, TokenClaims token)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<StreamMetadata>() is { OutlivesToken: true })
        {
            return Timeout.InfiniteTimeSpan;
        }

        var entrance = entrances.Get(metadata?.GetMetadata<EntranceMetadata>()?.Name ?? GatehouseDefaults.Scheme);
        var left = token.ExpiresAt - time.GetUtcNow();
        return left > Farthest ? Timeout.InfiniteTimeSpan : left + entrance.Demands.Skew is { Ticks: > 0 } due ? due : TimeSpan.Zero;
    }

    private static bool IsStream(HttpContext context) =>
        context.Request.Headers.Upgrade.Count > 0
        || HttpMethods.IsConnect(context.Request.Method)   // WebSockets over HTTP/2 (RFC 8441)
        || context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
        || context.GetEndpoint()?.Metadata is { } metadata && IsStream(metadata);

    // A hub's long poll looks like any other request, and waits for a minute and a half for what is meant for its caller.
    private static bool IsStream(EndpointMetadataCollection metadata) =>
        metadata.GetMetadata<StreamMetadata>() is not null || metadata.GetMetadata<HubMetadata>() is not null;

    private static partial class Log
    {
        [LoggerMessage(EventIds.StreamClosed, LogLevel.Information, "A stream of {Subject} was closed: its token {What}")]
        public static partial void StreamClosed(ILogger logger, string subject, string what);
    }
}
