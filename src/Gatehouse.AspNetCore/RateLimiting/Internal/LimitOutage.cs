using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>
/// Keeps an outage of the store from holding up every request: after a failure one question for all goes out every two seconds, and the
/// log hears once that the store is away and once that it is back.
/// </summary>
internal sealed partial class LimitOutage(TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private volatile bool _isAway;
    private long _askAgainAt;

    /// <summary>Whether this question may go out. While the store is away, whoever is told yes asks for everybody.</summary>
    public bool MayAsk()
    {
        if (!_isAway)
        {
            return true;
        }

        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (now < _askAgainAt)
            {
                return false;
            }

            _askAgainAt = now + (long)(Pause.TotalSeconds * time.TimestampFrequency);
            return true;
        }
    }

    public void Began(Exception failure)
    {
        if (Turn(isAway: true))
        {
            Log.StoreAway(logger, failure);
        }
    }

    public void Ended()
    {
        if (_isAway && Turn(isAway: false))
        {
            Log.StoreBack(logger);
        }
    }

    private bool Turn(bool isAway)
    {
        lock (_gate)
        {
            var turned = _isAway != isAway;
            _isAway = isAway;
            _askAgainAt = time.GetTimestamp() + (long)(Pause.TotalSeconds * time.TimestampFrequency);
            return turned;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.LimitStoreAway, LogLevel.Error,
            "The store of the limits does not answer. Until it does, each limit does what its WhenAway says")]
        public static partial void StoreAway(ILogger logger, Exception failure);

        [LoggerMessage(EventIds.LimitStoreBack, LogLevel.Information, "The store of the limits answers again")]
        public static partial void StoreBack(ILogger logger);
    }
}
