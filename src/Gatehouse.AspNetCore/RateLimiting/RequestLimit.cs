using Gatehouse.Limits;

namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>What the headers of an answer will say of its limit.</summary>
/// <param name="Policy">The tightest limit of the request.</param>
/// <param name="Decision">Its state, this request counted.</param>
public sealed record RequestLimit(LimitPolicy Policy, LimitDecision Decision);
