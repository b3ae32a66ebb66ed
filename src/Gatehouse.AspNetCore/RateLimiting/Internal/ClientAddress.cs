using System.Net;
using System.Net.Sockets;
using Gatehouse.AspNetCore.Proxies;
using Gatehouse.AspNetCore.Proxies.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Who a client is before anybody is known.</summary>
internal sealed class ClientAddress(IOptions<ProxyOptions> options)
{
    private readonly TrustedProxies _proxies = new(options.Value.TrustedProxies);

    /// <summary>The address; of IPv6 the network, since whoever has one of its addresses has 2^64 of them.</summary>
    public string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (_proxies.Any && _proxies.Contain(address))
        {
            address = _proxies.ClientOf(context.Request.Headers["X-Forwarded-For"]) ?? address;
        }

        return address is null ? "unknown" : Of(address);
    }

    private static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes).ToString();
    }
}
