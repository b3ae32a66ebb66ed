using Gatehouse.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>One request whose use is logged when it has been answered.</summary>
internal sealed class LimitedUse(HttpContext context)
{
    public HttpContext Context { get; } = context;

    public ClerkPrincipal? Caller { get; private set; }

    public void By(ClerkPrincipal? caller) => Caller = caller;
}
