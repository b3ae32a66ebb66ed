namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>What a limit does while the store that holds its counts cannot be reached.</summary>
public enum LimitWhenAway
{
    /// <summary>
    /// Counts in this process: with n processes at most n times the limit, and once more for each change between the store and the process.
    /// </summary>
    Local = 0,

    /// <summary>Refuses with 503 and <c>Retry-After</c>: never beyond the limit, and nothing while the store is away.</summary>
    Refuse = 1,

    /// <summary>Lets everybody through, uncounted and without the limit's headers.</summary>
    Allow = 2,
}
