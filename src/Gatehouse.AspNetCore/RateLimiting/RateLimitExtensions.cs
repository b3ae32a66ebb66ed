using Gatehouse.AspNetCore.RateLimiting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Limits on endpoints.</summary>
public static class RateLimitExtensions
{
    /// <summary>
    /// Limits how often each caller may call an endpoint, or the endpoints of a group together. Said more than once, each limit counts every
    /// call and the tightest shows in the headers.
    /// </summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="policyName">A policy that was added with <c>AddRateLimit</c>; an unknown one stops the start.</param>
    /// <param name="cost">How many calls one call counts as, 1 or more; above the limit it stops the start. An endpoint's word goes before its group's.</param>
    public static TBuilder RequireRateLimit<TBuilder>(this TBuilder builder, string policyName, int cost = 1)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(policyName);
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        return builder.WithMetadata(new RateLimitMetadata(policyName, cost));
    }
}
