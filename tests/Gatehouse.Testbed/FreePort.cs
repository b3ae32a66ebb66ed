using System.Net;
using System.Net.Sockets;

namespace Gatehouse.Testbed;

/// <summary>Ports for servers whose address must be known before they start.</summary>
public static class FreePort
{
    // Below what the system gives out by itself, so that no connection takes one between the look and the start.
    private const int First = 20_000;
    private const int Count = 12_000;

    // Test processes run side by side, and begin far apart.
    private static int _next = Environment.ProcessId * 97 % Count;

    /// <summary>A port that nobody listens on, and that this process gives to nobody else.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken by another process.
            }
        }
    }
}
