using Microsoft.Extensions.Primitives;
using ShtetlZmanim.Access;

namespace ShtetlZmanim.Usage;

/// <summary>Counts each caller's calls, and logs every call below a prefix in one line: no query, no token, and of the user agent what can be printed.</summary>
/// <remarks>The outermost middleware, so that it sees what is answered in the end.</remarks>
internal sealed partial class UsageMiddleware(RequestDelegate next, UsageBook book, ILogger<UsageMiddleware> logger)
{
    public const string Prefix = "/api/v1/external";

    private const int LongestText = 200;

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var path = context.Request.Path.Value ?? "";
        await next(context);
        if (context.UsageKey() is { } caller)
        {
            book.Count(caller, context.Response.StatusCode == StatusCodes.Status429TooManyRequests);
        }

        Log.ExternalCall(
            logger,
            context.ClientId(),
            context.Request.Method,
            Printable(path),
            context.Response.StatusCode,
            Printable(context.Request.Headers.UserAgent));
    }

    // A caller must not write lines into the log.
    private static string Printable(StringValues value)
    {
        var text = value.ToString();
        return string.Create(Math.Min(text.Length, LongestText), text, static (span, text) =>
        {
            for (var n = 0; n < span.Length; n++)
            {
                span[n] = text[n] is >= ' ' and <= '~' ? text[n] : '?';
            }
        });
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ExternalCall, LogLevel.Information, "External call by {ClientId}: {Method} {Path} answered {Status} to {UserAgent}")]
        public static partial void ExternalCall(ILogger logger, string? clientId, string method, string path, int status, string userAgent);
    }
}
