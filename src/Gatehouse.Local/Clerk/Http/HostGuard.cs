using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Answers loopback names only, and those that are configured: a page could otherwise reach this server under a name of its own (DNS rebinding).</summary>
internal static class HostGuard
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next, AnswerWriter writer, IReadOnlyList<string> hosts) =>
        Loopback.Contains(context.Request.Host.Host) || hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
            ? next(context)
            : writer.RefuseAsync(context, ClerkErrors.HostInvalid);
}
