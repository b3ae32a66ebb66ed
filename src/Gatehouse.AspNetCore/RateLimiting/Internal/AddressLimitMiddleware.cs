using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Before anybody is known: so many requests for each client address, and no more reach the verifier.</summary>
internal sealed class AddressLimitMiddleware(RequestDelegate next, EndpointLimits limits, LimitGate gate, IOptions<RateLimitOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (limits.Find(context) is null
            || await gate.EnterAsync(context, options.Value.AddressPolicy, AddressOf(context)).ConfigureAwait(false))
        {
            await next(context).ConfigureAwait(false);
        }
    }

    // Whoever has an IPv6 address has 2^64 of them: the network is the client.
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new System.Net.IPAddress(bytes).ToString();
    }
}
