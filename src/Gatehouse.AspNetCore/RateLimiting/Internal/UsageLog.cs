using Gatehouse.AspNetCore.Authentication.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>
/// One line for each request under a limit that asks for it: who, how and where, and what the answer was. The route is the template, never
/// the path or the query, and what the client wrote of itself is cut short and freed of whatever looks like a credential.
/// </summary>
internal sealed partial class UsageLog(ILogger<UsageLog> logger)
{
    private const string Nobody = "-";

    private readonly Func<object, Task> _write = state => Write(logger, (LimitedUse)state);

    /// <returns>What is to be told who the caller is; null where nothing is logged.</returns>
    public LimitedUse? Begin(HttpContext context, EndpointLimit[] limits)
    {
        if (!Array.Exists(limits, limit => limit.Limit.LogUsage))
        {
            return null;
        }

        var use = new LimitedUse(context);
        context.Response.OnCompleted(_write, use);
        return use;
    }

    private static Task Write(ILogger logger, LimitedUse use)
    {
        var context = use.Context;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Nobody;
        Log.LimitedUse(
            logger,
            use.Caller?.Subject ?? Nobody,
            use.Caller is { } caller ? EntranceMetrics.ClassTag(caller.Class) : Nobody,
            UsageText.Of(context.Request.Method),
            route,
            context.Response.StatusCode,
            UsageText.Of(context.Request.Headers.UserAgent.ToString()));
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.LimitedUse, LogLevel.Information,
            "Used by {ClientId} ({TokenClass}): {Method} {Route} answered {Status} to {UserAgent}")]
        public static partial void LimitedUse(
            ILogger logger, string clientId, string tokenClass, string method, string route, int status, string userAgent);
    }
}
