using Gatehouse.Limits;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.RateLimiting;

/// <summary>A limit, and the path below which requests that reach no endpoint count too.</summary>
/// <param name="Policy">The limit, for each authenticated subject.</param>
/// <param name="Prefix">
/// Answers of 404 and 405 below it carry the limit's headers and count. It guards nothing: endpoints name their policy themselves.
/// </param>
public sealed record PrefixedLimit(LimitPolicy Policy, PathString Prefix);
