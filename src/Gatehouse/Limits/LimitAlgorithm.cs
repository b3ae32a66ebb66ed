namespace Gatehouse.Limits;

/// <summary>How a limit counts. Each decides as the limiter of that name in <c>@upstash/ratelimit</c> 2.2 does.</summary>
public enum LimitAlgorithm
{
    /// <summary>Two aligned windows, the one before weighted by how much of it still lies within the last window's length.</summary>
    SlidingWindow = 0,

    /// <summary>One aligned window, which begins anew at its end. A burst across the border can reach twice the limit.</summary>
    FixedWindow = 1,

    /// <summary>So many tokens at most, and some back in each interval: bursts up to the limit, then an even rate.</summary>
    TokenBucket = 2,
}
