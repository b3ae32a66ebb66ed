namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>Names the limit of an endpoint.</summary>
/// <param name="PolicyName">The policy's name.</param>
public sealed record RateLimitMetadata(string PolicyName);
