using Gatehouse.Local.Clerk.Data;

namespace Gatehouse.Local.Clerk.Webhooks;

/// <summary>
/// The time that retries are planned in, in milliseconds: it passes as the machine's does or a factor faster, and jumps with the
/// instance's clock when that is moved forward. It never goes back, so that a clock set back does not hold deliveries up.
/// </summary>
internal sealed class WebhookTime(ClerkClock clock)
{
    public const double MaximumFactor = 1_000_000;

    private long _now;
    private long _since = clock.PassedMilliseconds;

    /// <summary>How many times faster than the machine's it passes.</summary>
    public double Factor { get; private set; } = 1;

    public long Now => _now + (long)((clock.PassedMilliseconds - _since) * Factor);

    /// <summary>How long the machine takes until then.</summary>
    public TimeSpan Until(long time) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((time - Now) / Factor)));

    /// <summary>What passes here while the machine's clock passes that many milliseconds.</summary>
    public long Span(long milliseconds) => (long)(milliseconds * Factor);

    public void SetFactor(double factor) => Set(Now, factor);

    public void Set(long now, double factor)
    {
        (_now, _since) = (now, clock.PassedMilliseconds);
        Factor = factor;
    }
}
