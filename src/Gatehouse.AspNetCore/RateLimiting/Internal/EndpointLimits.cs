using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Which limits cover a request: the endpoint's own, else that of the prefix it lies below.</summary>
internal sealed class EndpointLimits(IOptions<RateLimitOptions> options)
{
    private readonly EndpointLimit[][] _prefixed =
    [
        .. options.Value.Policies.Values
            .Where(limit => limit.Prefix.HasValue)
            .GroupBy(limit => limit.Prefix)
            .OrderByDescending(same => same.Key.Value!.Length)
            .Select(same => same.Select(limit => new EndpointLimit(limit, 1)).ToArray()),
    ];

    private readonly ConditionalWeakTable<Endpoint, EndpointLimit[]> _named = [];

    /// <returns>Empty for none.</returns>
    public EndpointLimit[] Find(HttpContext context)
    {
        if (context.GetEndpoint() is { } endpoint && Named(endpoint) is { Length: > 0 } named)
        {
            return named;
        }

        foreach (var limit in _prefixed)
        {
            if (context.Request.Path.StartsWithSegments(limit[0].Limit.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                return limit;
            }
        }

        return [];
    }

    private EndpointLimit[] Named(Endpoint endpoint) => _named.TryGetValue(endpoint, out var named) ? named : _named.GetValue(endpoint, FindNamed);

    // Of several words about one limit the last is the endpoint's own, and those before it its groups'.
    private EndpointLimit[] FindNamed(Endpoint endpoint) =>
    [
        .. endpoint.Metadata.GetOrderedMetadata<RateLimitMetadata>()
            .GroupBy(metadata => metadata.PolicyName, StringComparer.Ordinal)
            .Select(same => new EndpointLimit(FindNamed(same.Key), same.Last().Cost)),
    ];

    private PrefixedLimit FindNamed(string name) => options.Value.Policies.TryGetValue(name, out var limit)
        ? limit
        : throw new InvalidOperationException($"no limit is called '{name}': add it with AddRateLimit");
}
