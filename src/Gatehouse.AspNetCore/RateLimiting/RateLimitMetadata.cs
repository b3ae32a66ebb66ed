namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>Names a limit of an endpoint.</summary>
/// <param name="PolicyName">The policy's name.</param>
/// <param name="Cost">How many calls one call counts as.</param>
public sealed record RateLimitMetadata(string PolicyName, int Cost = 1);
