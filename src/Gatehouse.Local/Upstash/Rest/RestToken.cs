using Gatehouse.Local.Upstash.Redis;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Upstash.Rest;

/// <summary>Which token a request has: in its header, else in its address.</summary>
internal static class RestToken
{
    private const string Scheme = "Bearer ";

    /// <summary>What the token admits to; null when there is none, or another.</summary>
    public static RedisAccess? Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : request.Query["_token"].ToString();
        return token switch
        {
            LocalUpstashDefaults.Token => RedisAccess.Standard,
            LocalUpstashDefaults.ReadOnlyToken => RedisAccess.ReadOnly,
            _ => null,
        };
    }
}
