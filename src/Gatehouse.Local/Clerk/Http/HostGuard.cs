using System.Net;
using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Answers loopback names only, and those that are configured: a page could otherwise reach this server under a name of its own (DNS rebinding).</summary>
internal static class HostGuard
{
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));

    public static Task InvokeAsync(HttpContext context, RequestDelegate next, AnswerWriter writer, IReadOnlyList<string> hosts) =>
        IsLoopback(context.Request.Host.Host) || hosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
            ? next(context)
            : writer.RefuseAsync(context, ClerkErrors.HostInvalid);
}
