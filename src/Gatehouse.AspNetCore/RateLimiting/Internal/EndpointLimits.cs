using Gatehouse.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Which limit covers a request: the endpoint's own, else that of the prefix it lies below.</summary>
internal sealed class EndpointLimits(IOptions<RateLimitOptions> options)
{
    private readonly PrefixedLimit[] _prefixed =
        [.. options.Value.Policies.Values.Where(limit => limit.Prefix.HasValue).OrderByDescending(limit => limit.Prefix.Value!.Length)];

    public LimitPolicy? Find(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RateLimitMetadata>() is { } metadata)
        {
            return options.Value.Policies.TryGetValue(metadata.PolicyName, out var named)
                ? named.Policy
                : throw new InvalidOperationException($"no limit is called '{metadata.PolicyName}': add it with AddRateLimit");
        }

        foreach (var limit in _prefixed)
        {
            if (context.Request.Path.StartsWithSegments(limit.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                return limit.Policy;
            }
        }

        return null;
    }
}
