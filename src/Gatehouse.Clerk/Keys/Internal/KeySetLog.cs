using Gatehouse.Clerk.Internal;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Clerk.Keys.Internal;

internal static partial class KeySetLog
{
    [LoggerMessage(EventIds.KeySetLoaded, LogLevel.Information, "Key set at {Address} now holds {KeyCount} usable keys")]
    public static partial void Loaded(ILogger logger, Uri address, int keyCount);

    [LoggerMessage(EventIds.KeySetAway, LogLevel.Error,
        "Key set at {Address} cannot be had; {KeyCount} last known keys serve on; next try in {Cooldown}")]
    public static partial void Away(ILogger logger, Uri address, int keyCount, TimeSpan cooldown, Exception exception);

    [LoggerMessage(EventIds.KeySetKeysDropped, LogLevel.Warning,
        "Key set at {Address} names {KeyCount} keys that are weak or of another kind; their tokens are refused")]
    public static partial void Dropped(ILogger logger, Uri address, int keyCount);
}
