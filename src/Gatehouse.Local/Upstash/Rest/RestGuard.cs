using Gatehouse.Local.Upstash.Redis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>
/// What every request meets first. The tokens are published, so a page of another site must not reach this server: neither under a name of
/// its own (DNS rebinding) nor by having a browser send what it likes.
/// </summary>
internal sealed partial class RestGuard(LocalUpstashSettings settings, ILogger<RestGuard> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers[RestAnswer.LocalHeader] = "upstash";
        if (!IsKnown(context.Request.Host.Host))
        {
            await RestAnswer.RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, RestErrors.ForeignHost).ConfigureAwait(false);
            return;
        }

        if (IsForeign(context.Request.Headers))
        {
            await RestAnswer.RefuseAsync(context, StatusCodes.Status403Forbidden, RestErrors.ForeignOrigin).ConfigureAwait(false);
            return;
        }

        await AnswerAsync(context, next).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException malformed) when (!context.Response.HasStarted)
        {
            await RestAnswer.RefuseAsync(context, malformed.StatusCode, RestErrors.CommandMalformed).ConfigureAwait(false);
        }
        catch (Exception away) when (away is RedisAwayException or System.Net.Sockets.SocketException && !context.Response.HasStarted)
        {
            Log.RequestFailed(logger, context.Request.Method, away);
            await RestAnswer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, RestErrors.Away).ConfigureAwait(false);
        }
    }

    private bool IsKnown(string host) => Loopback.Contains(host) || settings.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);

    private bool IsForeign(IHeaderDictionary headers) =>
        string.Equals(headers["Sec-Fetch-Site"], "cross-site", StringComparison.OrdinalIgnoreCase)
        || (headers.Origin.Count > 0 && !(Uri.TryCreate(headers.Origin, UriKind.Absolute, out var origin) && IsKnown(origin.Host)));

    private static partial class Log
    {
        [LoggerMessage(EventIds.RequestFailed, LogLevel.Warning, "A {Method} could not be answered: redis-server is away")]
        public static partial void RequestFailed(ILogger logger, string method, Exception exception);
    }
}
