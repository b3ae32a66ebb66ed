namespace Gatehouse.Local.Clerk.Data;

/// <summary>The instance's own time: the machine's, moved by what the control surface was told.</summary>
internal sealed class ClerkClock(TimeProvider time)
{
    /// <summary>The farthest that the clock can be moved, in seconds: ten years either way.</summary>
    public const int MaximumOffsetSeconds = 315_360_000;

    private long _offsetSeconds;
    private long _skippedSeconds;

    public long OffsetSeconds => Volatile.Read(ref _offsetSeconds);

    public long NowMilliseconds => time.GetUtcNow().ToUnixTimeMilliseconds() + (OffsetSeconds * 1000);

    /// <summary>
    /// Milliseconds that have passed: the machine's and what the clock was moved forward by. It never goes back: what waits for a time
    /// would else wait longer each time that the clock is set.
    /// </summary>
    public long PassedMilliseconds =>
        time.GetUtcNow().ToUnixTimeMilliseconds() + (Volatile.Read(ref _skippedSeconds) * 1000);

    public long NowSeconds => NowMilliseconds / 1000;

    public void MoveTo(long offsetSeconds)
    {
        var offset = Math.Clamp(offsetSeconds, -MaximumOffsetSeconds, MaximumOffsetSeconds);
        Interlocked.Add(ref _skippedSeconds, Math.Max(0, offset - OffsetSeconds));
        Volatile.Write(ref _offsetSeconds, offset);
    }
}
