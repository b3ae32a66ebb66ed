using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Which of the caller's headers an upstream gets to see (G19).</summary>
/// <remarks>
/// An upstream may believe what only a proxy in front of it should say: who calls, from where, to which host, by which method. None of that
/// passes from a caller, in no spelling. What is true of it is added by us.
/// </remarks>
internal static class RequestHeaders
{
    // Credentials of this origin, the request's own framing, and single headers of identity, address and routing.
    private static readonly FrozenSet<string> Dropped = new[]
    {
        "Host", "Authorization", "Cookie", "Cookie2", "Content-Length", "Expect", "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "Client-IP",
        "True-Client-IP", "Fastly-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-IP", "X-Host", "X-User", "X-Email", "X-Groups", "X-Roles",
        "X-Override-URL", "X-Method-Override", "traceparent", "tracestate", "baggage", "Request-Id", "Correlation-Context",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] DroppedFamilies =
    [
        "X-Gatehouse-", "X-Clerk-", "X-Forwarded", "X-Original-", "X-Rewrite-", "X-HTTP-Method", "X-Middleware-", "X-User-", "X-Remote-",
        "X-Auth-", "X-Authenticated-", "X-WebAuth-", "X-MS-Client-Principal", "X-MS-Token-", "X-Goog-Authenticated-", "X-Goog-IAP-",
        "X-Amzn-OIDC-", "X-Envoy-", "X-SSL-", "X-Client-Cert", "X-ARR-", "Remote-", "SSL-Client-", "CF-Connecting-", "CF-Access-", "Proxy",
    ];

    // Two of these are read as the first by one server and as the last by another.
    private static readonly FrozenSet<string> Single = new[]
    {
        "Host", "Authorization", "Content-Type", "Content-Length", "Content-Range", "Content-Location", "Content-Disposition", "Range", "If-Range",
        "If-Modified-Since", "If-Unmodified-Since", "Origin", "Referer", "User-Agent", "Date", "From", "Max-Forwards", "Last-Event-ID",
        "Idempotency-Key", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Access-Control-Request-Method",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header stands twice that means something only once.</summary>
    public static bool AreAmbiguous(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (values.Count > 1 && Single.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a header of the caller passes. Names with an underscore do not: some servers read it as a hyphen.</summary>
    /// <param name="name">The header's name.</param>
    /// <param name="connection">The request's <c>Connection</c> header, which may name others as belonging to the connection.</param>
    public static bool Passes(string name, StringValues connection) =>
        !Dropped.Contains(name)
        && !HopByHop.Contains(name)
        && !name.Contains('_', StringComparison.Ordinal)
        && !name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase)
        && !IsOfDroppedFamily(name)
        && !HopByHop.IsNamedBy(connection, name);

    private static bool IsOfDroppedFamily(string name)
    {
        foreach (var family in DroppedFamilies)
        {
            if (name.StartsWith(family, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
