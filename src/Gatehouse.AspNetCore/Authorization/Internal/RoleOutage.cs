using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Authorization.Internal;

/// <summary>
/// Keeps an outage of the directory of roles from becoming a flood, of calls and of log lines: after a failure one question for all users
/// goes out every two seconds, and the log hears once that it is away and once that it is back.
/// </summary>
internal sealed partial class RoleOutage(TimeProvider time, ILogger logger)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private bool _isAway;
    private DateTimeOffset _askAgainAt;

    /// <summary>Whether this question may go out. While the directory is away, whoever is told yes asks for everybody.</summary>
    public bool MayAsk()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_isAway && now < _askAgainAt)
            {
                return false;
            }

            _askAgainAt = now + Pause;
            return true;
        }
    }

    public void Began(string userId, Exception failure)
    {
        if (Turn(isAway: true))
        {
            Log.RolesAway(logger, userId, failure);
        }
    }

    public void Ended()
    {
        if (Turn(isAway: false))
        {
            Log.RolesBack(logger);
        }
    }

    private bool Turn(bool isAway)
    {
        lock (_gate)
        {
            var turned = _isAway != isAway;
            _isAway = isAway;
            _askAgainAt = time.GetUtcNow() + Pause;
            return turned;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.RolesAway, LogLevel.Error,
            "Failed to get user role: {UserId}. Until the directory answers again, last known roles serve, and whoever has none gets 503")]
        public static partial void RolesAway(ILogger logger, string userId, Exception failure);

        [LoggerMessage(EventIds.RolesBack, LogLevel.Information, "Roles of users can be had again")]
        public static partial void RolesBack(ILogger logger);
    }
}
