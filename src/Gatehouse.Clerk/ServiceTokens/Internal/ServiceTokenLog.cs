using Gatehouse.Clerk.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

internal static partial class ServiceTokenLog
{
    [LoggerMessage(EventIds.ServiceTokenFailed, LogLevel.Error, "Failed to obtain service token from Clerk: {Reason} ({CacheKey})")]
    public static partial void Failed(ILogger logger, string reason, string cacheKey, Exception exception);

    [LoggerMessage(EventIds.ServiceTokenMinted, LogLevel.Debug, "Service token {CacheKey} minted; fresh until {FreshUntil:O}")]
    public static partial void Minted(ILogger logger, string cacheKey, DateTimeOffset freshUntil);

    [LoggerMessage(EventIds.ServiceTokenNotRenewed, LogLevel.Warning,
        "Service token {CacheKey} could not be renewed: {Reason}; the one at hand serves until {ServesUntil:O}, next try in {Pause}")]
    public static partial void NotRenewed(
        ILogger logger, string cacheKey, string reason, DateTimeOffset servesUntil, TimeSpan pause, Exception exception);

    [LoggerMessage(EventIds.ServiceSessionNotEnded, LogLevel.Information,
        "Session {SessionId} of the service user has been replaced and could not be ended: {Reason}")]
    public static partial void SessionNotEnded(ILogger logger, string sessionId, string reason);

    [LoggerMessage(EventIds.ServiceTokenRefused, LogLevel.Warning, "{Service} refused the service token for {Method} {Path}")]
    public static partial void Refused(ILogger logger, string service, HttpMethod method, string? path);

    [LoggerMessage(EventIds.ServiceTokenThrottled, LogLevel.Warning, "{Service} asks for patience; {Method} {Path} goes on in {Delay}")]
    public static partial void Throttled(ILogger logger, string service, HttpMethod method, string? path, TimeSpan delay);
}
