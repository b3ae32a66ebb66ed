namespace Gatehouse.Limits;

/// <summary>How often each caller may call.</summary>
/// <remarks>
/// A sliding window of two counters: the calls of the present window, and those of the one before, weighted by how much of it still lies
/// within the last full window, rounded down. The windows are aligned to the unix epoch, so that every process agrees on them.
/// </remarks>
public sealed record LimitPolicy
{
    /// <summary>The policy's name, which clients see in <c>RateLimit-Policy</c>.</summary>
    public string Name { get; }

    /// <summary>How many calls one caller has in a window. 1 to 1,000,000,000.</summary>
    public int Limit { get; }

    /// <summary>The window. 1 second to 1 day, whole milliseconds.</summary>
    public TimeSpan Window { get; }

    private LimitPolicy(string name, int limit, TimeSpan window) => (Name, Limit, Window) = (name, limit, window);

    /// <summary>
    /// At most <paramref name="limit"/> calls in each aligned <paramref name="window"/>, those of the one before weighed in as if they had
    /// come evenly. A burst across the border of two windows can so exceed the limit within one window's length, and never its double.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty, or not printable ASCII without quotes: it stands in a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the window is outside its bounds.</exception>
    public static LimitPolicy SlidingWindow(string name, int limit, TimeSpan window)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAnyExceptInRange(' ', '~') || name.AsSpan().ContainsAny('"', '\\'))
        {
            throw new ArgumentException("printable ASCII without quotes and backslashes", nameof(name));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1_000_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfNotEqual(window.Ticks % TimeSpan.TicksPerMillisecond, 0, nameof(window));
        return new LimitPolicy(name, limit, window);
    }
}
