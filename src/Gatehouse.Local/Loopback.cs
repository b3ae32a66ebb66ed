using System.Net;

namespace Gatehouse.Local;

/// <summary>Names and addresses of this machine: all that a local service answers to, or listens on.</summary>
internal static class Loopback
{
    public static bool Contains(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));
}
