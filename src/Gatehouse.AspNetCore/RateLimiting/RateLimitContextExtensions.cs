using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.AspNetCore.RateLimiting.Internal;

namespace Microsoft.AspNetCore.Http;

/// <summary>The limit of a request, for endpoints that tell their caller of it.</summary>
public static class RateLimitContextExtensions
{
    /// <summary>What the headers of this request's answer will say; null where no limit covers it.</summary>
    public static RequestLimit? FindRateLimit(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<LimitHeaders>()?.Shown;
    }
}
