using Gatehouse.AspNetCore.RateLimiting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Limits on endpoints.</summary>
public static class RateLimitExtensions
{
    /// <summary>Limits how often each caller may call an endpoint, or the endpoints of a group together.</summary>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="policyName">A policy that was added with <c>AddRateLimit</c>; an unknown one stops the start.</param>
    public static TBuilder RequireRateLimit<TBuilder>(this TBuilder builder, string policyName)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(policyName);
        return builder.WithMetadata(new RateLimitMetadata(policyName));
    }
}
