using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>Who a client is before anybody is known.</summary>
internal static class ClientAddress
{
    /// <summary>The address; of IPv6 the network, since whoever has one of its addresses has 2^64 of them.</summary>
    public static string Of(HttpContext context)
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
