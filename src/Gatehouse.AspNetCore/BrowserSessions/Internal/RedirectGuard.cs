using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.BrowserSessions.Internal;

/// <summary>
/// Ends what would go round for ever: a browser that keeps no cookies, keeps old ones, or was given bad ones is sent away at most three
/// times, and then answered as it is.
/// </summary>
internal sealed partial class RedirectGuard(ILogger<RedirectGuard> logger)
{
    /// <summary>How often a browser is sent to Clerk before it has shown a session.</summary>
    public const int Most = 3;

    /// <summary>After so many seconds the count is forgotten: time for a round over slow lines, which Clerk's own 2 are not.</summary>
    public const int Seconds = 10;

    public bool Admits(SessionCookies cookies)
    {
        if ((cookies.Redirects ?? 0) < Most)
        {
            return true;
        }

        Log.Stopped(logger, Most);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RedirectsStopped, LogLevel.Warning, "A browser was sent to Clerk {Times} times and has no usable session yet; it is not sent again")]
        public static partial void Stopped(ILogger logger, int times);
    }
}
