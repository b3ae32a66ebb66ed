namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>A limit that covers a request, and what the request costs there.</summary>
internal sealed record EndpointLimit(PrefixedLimit Limit, int Cost)
{
    /// <summary>
    /// Whether it is the limit that goes before all. It is counted in this process's memory whatever the store: strangers must not cost a
    /// round trip each.
    /// </summary>
    public bool IsGuard { get; init; }
}
