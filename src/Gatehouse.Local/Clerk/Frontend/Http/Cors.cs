using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>Lets the allowed pages read answers, and send their cookies along.</summary>
internal static class Cors
{
    private const string Exposed = "Clerk-Db-Jwt, X-Country, Retry-After, Authorization";

    /// <summary>Writes what the page of a request is allowed. False when the page is none of ours.</summary>
    public static bool TryAllow(HttpContext context, OriginPolicy policy)
    {
        context.Response.Headers.Vary = "Origin";
        if (context.Request.Headers.Origin is not [{ } origin])
        {
            return context.Request.Headers.Origin.Count == 0;
        }

        if (!policy.Allows(origin))
        {
            return false;
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        headers.AccessControlExposeHeaders = Exposed;
        return true;
    }

    /// <summary>Answers what a browser asks before a request that it must not send unasked.</summary>
    public static void AllowPreflight(HttpContext context)
    {
        var (asked, headers) = (context.Request.Headers, context.Response.Headers);
        headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
        headers.AccessControlAllowHeaders = asked.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "600";
        if (asked["Access-Control-Request-Private-Network"] == "true")
        {
            headers["Access-Control-Allow-Private-Network"] = "true";
        }
    }
}
