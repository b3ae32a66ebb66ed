using Gatehouse.Limits;

namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>The limits of this app.</summary>
public sealed class RateLimitOptions
{
    /// <summary>The policies by their names, which endpoints ask for with <c>RequireRateLimit</c>.</summary>
    public IDictionary<string, PrefixedLimit> Policies { get; } = new Dictionary<string, PrefixedLimit>(StringComparer.Ordinal);

    /// <summary>
    /// The coarser limit for each client address, which guards the verifier before anybody is known. It covers the same endpoints.
    /// </summary>
    /// <value>Default 6,000 a minute.</value>
    public LimitPolicy AddressPolicy { get; set; } = LimitPolicy.SlidingWindow("address", 6_000, TimeSpan.FromMinutes(1));

    /// <summary>The policies that only count and log what they would refuse (<c>gatehouse.report_only</c>).</summary>
    /// <value>Default empty.</value>
    public ISet<string> ReportOnly { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How long a request waits for a shared store before the store counts as away.</summary>
    /// <value>Default 1 second; 10 milliseconds to 1 minute.</value>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(1);
}
