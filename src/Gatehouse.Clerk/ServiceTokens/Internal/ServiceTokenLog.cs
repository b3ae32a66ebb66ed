using Gatehouse.Clerk.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

internal static partial class ServiceTokenLog
{
    [LoggerMessage(EventIds.ServiceTokenFailed, LogLevel.Error, "Failed to obtain service token from Clerk: {Reason} ({CacheKey})")]
    public static partial void Failed(ILogger logger, string reason, string cacheKey, Exception exception);

    [LoggerMessage(EventIds.ServiceTokenMinted, LogLevel.Debug, "Service token {CacheKey} minted; used until {UsableUntil:O}")]
    public static partial void Minted(ILogger logger, string cacheKey, DateTimeOffset usableUntil);

    [LoggerMessage(EventIds.ServiceTokenRefused, LogLevel.Warning, "{Service} refused the service token for {Method} {Path}")]
    public static partial void Refused(ILogger logger, string service, HttpMethod method, string? path);

    [LoggerMessage(EventIds.ServiceTokenThrottled, LogLevel.Warning, "{Service} asks for patience; {Method} {Path} goes on in {Delay}")]
    public static partial void Throttled(ILogger logger, string service, HttpMethod method, string? path, TimeSpan delay);
}
