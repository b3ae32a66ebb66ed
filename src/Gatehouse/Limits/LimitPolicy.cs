namespace Gatehouse.Limits;

/// <summary>How often each caller may call.</summary>
/// <remarks>Windows are aligned to the unix epoch, so that every process agrees on them. The arithmetic is <see cref="LimitArithmetic"/>.</remarks>
public sealed record LimitPolicy
{
    /// <summary>The largest limit, refill and cost.</summary>
    public const int MaximumLimit = 1_000_000_000;

    private const long LongestPeriod = 366L * 86_400_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly int _hash;

    private LimitPolicy(string name, LimitAlgorithm algorithm, int limit, TimeSpan window, int refill)
    {
        CheckName(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaximumLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, Day);
        ArgumentOutOfRangeException.ThrowIfNotEqual(window.Ticks % TimeSpan.TicksPerMillisecond, 0, nameof(window));
        (Name, Algorithm, Limit, Window, Refill) = (name, algorithm, limit, window, refill);
        WindowMilliseconds = window.Ticks / TimeSpan.TicksPerMillisecond;
        Period = refill == 0 ? window : PeriodOf(limit, refill, WindowMilliseconds);
        _hash = HashCode.Combine(name, algorithm, limit, window, refill);
    }

    /// <summary>The policy's name, which clients see in <c>RateLimit-Policy</c>.</summary>
    public string Name { get; }

    /// <summary>How it counts.</summary>
    public LimitAlgorithm Algorithm { get; }

    /// <summary>How many calls one caller has in a window, or the tokens of a full bucket. 1 to 1,000,000,000.</summary>
    public int Limit { get; }

    /// <summary>The window, 1 second to 1 day; for a token bucket the interval of its refill, 1 millisecond to 1 day. Whole milliseconds.</summary>
    public TimeSpan Window { get; }

    /// <summary>How many tokens come back in each interval. 0 for windows.</summary>
    public int Refill { get; }

    /// <summary>How long the whole limit lasts or takes to come back: the window, or as many intervals as fill an empty bucket, a year at most.</summary>
    public TimeSpan Period { get; }

    internal long WindowMilliseconds { get; }

    /// <summary>
    /// At most <paramref name="limit"/> calls in each aligned <paramref name="window"/>, those of the one before weighed in as if they had
    /// come evenly. A burst just before a border and the whole window after it can so reach twice the limit within one window's length, and
    /// never more.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty, or not printable ASCII without quotes: it stands in a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the window is outside its bounds.</exception>
    public static LimitPolicy SlidingWindow(string name, int limit, TimeSpan window) =>
        new(name, LimitAlgorithm.SlidingWindow, limit, WholeWindow(window), refill: 0);

    /// <summary>
    /// At most <paramref name="limit"/> calls in each aligned <paramref name="window"/>, whatever was before. Refused calls count too.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its bounds.</exception>
    public static LimitPolicy FixedWindow(string name, int limit, TimeSpan window) =>
        new(name, LimitAlgorithm.FixedWindow, limit, WholeWindow(window), refill: 0);

    /// <summary>
    /// A bucket of <paramref name="limit"/> tokens, full at first, into which <paramref name="refill"/> come back at each end of an
    /// <paramref name="interval"/>. Within any time of n intervals it admits at most the limit and (n + 1) refills.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its bounds.</exception>
    public static LimitPolicy TokenBucket(string name, int limit, int refill, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(refill, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(refill, MaximumLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMilliseconds(1));
        return new LimitPolicy(name, LimitAlgorithm.TokenBucket, limit, interval, refill);
    }

    /// <summary>
    /// A bucket of <paramref name="limit"/> tokens that come back evenly, all of them within a <paramref name="period"/>: 10,000 an hour is
    /// one each 360 ms.
    /// </summary>
    /// <exception cref="ArgumentException">The name cannot stand in a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its bounds.</exception>
    public static LimitPolicy TokenBucket(string name, int limit, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        WholeWindow(period);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, Day);
        ArgumentOutOfRangeException.ThrowIfNotEqual(period.Ticks % TimeSpan.TicksPerMillisecond, 0, nameof(period));
        var milliseconds = period.Ticks / TimeSpan.TicksPerMillisecond;
        var steps = GreatestCommonDivisor(limit, milliseconds);
        return TokenBucket(name, limit, (int)(limit / steps), TimeSpan.FromMilliseconds(milliseconds / steps));
    }

    /// <inheritdoc />
    public bool Equals(LimitPolicy? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && string.Equals(Name, other.Name, StringComparison.Ordinal)
            && (Algorithm, Limit, Window, Refill) == (other.Algorithm, other.Limit, other.Window, other.Refill));

    /// <inheritdoc />
    public override int GetHashCode() => _hash;

    /// <inheritdoc />
    public override string ToString() =>
        Refill == 0 ? $"{Name}: {Limit} in {Window} ({Algorithm})" : $"{Name}: {Limit}, {Refill} back each {Window} ({Algorithm})";

    private static void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.AsSpan().ContainsAnyExceptInRange(' ', '~') || name.AsSpan().ContainsAny('"', '\\'))
        {
            throw new ArgumentException("printable ASCII without quotes and backslashes", nameof(name));
        }
    }

    private static TimeSpan PeriodOf(int limit, int refill, long interval)
    {
        var intervals = ((long)limit + refill - 1) / refill;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(intervals, LongestPeriod / interval, nameof(limit));
        return TimeSpan.FromMilliseconds(intervals * interval);
    }

    private static TimeSpan WholeWindow(TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, TimeSpan.FromSeconds(1));
        return window;
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
