using Gatehouse.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Once the caller is known: its own limit, whose state then stands in the headers.</summary>
internal sealed class SubjectLimitMiddleware(RequestDelegate next, EndpointLimits limits, LimitGate gate)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User is not ClerkPrincipal principal
            || limits.Find(context) is not { } policy
            || await gate.EnterAsync(context, policy, $"{policy.Name}:{principal.Subject}").ConfigureAwait(false))
        {
            await next(context).ConfigureAwait(false);
        }
    }
}
