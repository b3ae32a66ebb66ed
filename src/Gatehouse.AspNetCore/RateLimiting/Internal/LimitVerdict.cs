namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>What all limits of a request say together. The worst counts.</summary>
internal enum LimitVerdict
{
    Admitted = 0,

    /// <summary>The counts are away, and a limit says to refuse meanwhile.</summary>
    Unavailable = 1,

    Exceeded = 2,
}
