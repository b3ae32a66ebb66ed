namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>A limit that covers a request, and what the request costs there.</summary>
internal sealed record EndpointLimit(PrefixedLimit Limit, int Cost);
