using System.Net;

namespace Gatehouse.AspNetCore.Proxies.Internal;

/// <summary>The proxies whose word about a request is believed.</summary>
internal sealed class TrustedProxies(IEnumerable<string> proxies)
{
    private readonly IPNetwork[] _networks = [.. proxies.Select(Parse).OfType<IPNetwork>()];

    /// <summary>An address as a network of one, or a network.</summary>
    /// <returns>Null for anything else.</returns>
    public static IPNetwork? Parse(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;

    /// <summary>Whether anybody is trusted at all.</summary>
    public bool Any => _networks.Length > 0;

    public bool Contain(IPAddress? address) => address is not null && Contain(Plain(address), _networks);

    /// <summary>The client's address: of those that each proxy added, the last that is no proxy's.</summary>
    public IPAddress? ClientOf(string? forwardedFor)
    {
        IPAddress? client = null;
        foreach (var text in (forwardedFor ?? "").Split(',', StringSplitOptions.TrimEntries).Reverse())
        {
            if (!IPAddress.TryParse(text, out var address))
            {
                return client;
            }

            client = Plain(address);
            if (!Contain(client, _networks))
            {
                return client;
            }
        }

        return client;
    }

    private static bool Contain(IPAddress address, IPNetwork[] networks) => Array.Exists(networks, network => network.Contains(address));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
