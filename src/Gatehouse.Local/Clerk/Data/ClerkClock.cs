namespace Gatehouse.Local.Clerk.Data;

/// <summary>The instance's own time: the machine's, moved by what the control surface was told.</summary>
internal sealed class ClerkClock(TimeProvider time)
{
    /// <summary>The farthest that the clock can be moved, in seconds: ten years either way.</summary>
    public const int MaximumOffsetSeconds = 315_360_000;

    private long _offsetSeconds;

    public long OffsetSeconds => Volatile.Read(ref _offsetSeconds);

    public long NowMilliseconds => time.GetUtcNow().ToUnixTimeMilliseconds() + (OffsetSeconds * 1000);

    public long NowSeconds => NowMilliseconds / 1000;

    public void MoveTo(long offsetSeconds) =>
        Volatile.Write(ref _offsetSeconds, Math.Clamp(offsetSeconds, -MaximumOffsetSeconds, MaximumOffsetSeconds));
}
