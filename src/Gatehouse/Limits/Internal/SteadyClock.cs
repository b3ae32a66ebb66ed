namespace Gatehouse.Limits.Internal;

/// <summary>
/// Unix time that never goes back: where the system's clock is set back it goes on by the time that really passes, so that nobody is given
/// a window twice and nobody waits for the old time to come again. Where the clock is set forward it follows at once.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    // The two clocks are read one after the other, and one may run a little faster: less than this is no step back.
    private const long Tolerance = 1_000;

    // For so long after the two were compared the system's clock is taken at its word, which saves every other reading.
    private const ulong Trusted = 100;
    private const long Never = long.MaxValue;

    private readonly double _milliseconds = 1000.0 / time.TimestampFrequency;
    private readonly long _origin = time.GetTimestamp();
    private long _lead = UnixMilliseconds(time);   // of the system's clock before the time that has passed here, at its most
    private long _comparedAt = Never;

    /// <returns>The time, and how far it is ahead of the system's clock: 0, or more after a step back. Milliseconds.</returns>
    public (long Now, long Ahead) Read()
    {
        var wall = UnixMilliseconds(time);
        return (ulong)(wall - Volatile.Read(ref _comparedAt)) < Trusted ? (wall, 0) : Compare(wall);
    }

    private (long Now, long Ahead) Compare(long wall)
    {
        var passed = (long)((time.GetTimestamp() - _origin) * _milliseconds);
        var lead = Volatile.Read(ref _lead);
        while (wall - passed > lead)
        {
            var seen = Interlocked.CompareExchange(ref _lead, wall - passed, lead);
            lead = seen == lead ? wall - passed : seen;
        }

        var ahead = passed + lead - wall;
        var isAhead = ahead > Tolerance;
        Volatile.Write(ref _comparedAt, isAhead ? Never : wall);
        return isAhead ? (wall + ahead, ahead) : (wall, 0);
    }

    private static long UnixMilliseconds(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
