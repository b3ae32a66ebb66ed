using Gatehouse.Clerk.Internal;
using Gatehouse.Tokens;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

internal static partial class OpaqueTokenLog
{
    [LoggerMessage(EventIds.OpaqueTokenCallFailed, LogLevel.Warning, "Clerk could not be asked about a token of the class {TokenClass}: {Reason}")]
    public static partial void Failed(ILogger logger, TokenClass tokenClass, string reason, Exception exception);

    [LoggerMessage(EventIds.OpaqueTokensPaused, LogLevel.Error,
        "Clerk cannot be asked about tokens of the class {TokenClass}: {Reason}; those not known are answered 503, next try in {Pause}")]
    public static partial void Paused(ILogger logger, TokenClass tokenClass, string reason, TimeSpan pause, Exception exception);

    [LoggerMessage(EventIds.OpaqueTokensResumed, LogLevel.Information, "Clerk answers about tokens of the class {TokenClass} again")]
    public static partial void Resumed(ILogger logger, TokenClass tokenClass);

    [LoggerMessage(EventIds.OpaqueTokenFlood, LogLevel.Warning,
        "{Calls} calls to Clerk in {Window} were about tokens that it does not know; tokens not seen before are held up (503)")]
    public static partial void Flood(ILogger logger, int calls, TimeSpan window);

    [LoggerMessage(EventIds.OpaqueTokenUnsound, LogLevel.Warning,
        "Clerk called a token good whose id or subject is none of the class {TokenClass}, or whose claims are too large; it is refused")]
    public static partial void Unsound(ILogger logger, TokenClass tokenClass);

    [LoggerMessage(EventIds.OpaqueTokenSecretMissing, LogLevel.Error,
        "Nobody can be asked about tokens of the class {TokenClass}: set CLERK_SECRET_KEY (for machine tokens CLERK_MACHINE_SECRET_KEY will do)")]
    public static partial void SecretMissing(ILogger logger, TokenClass tokenClass);
}
