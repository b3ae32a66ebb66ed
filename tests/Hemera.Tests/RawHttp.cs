using System.Net.Sockets;
using System.Text;

namespace Hemera.Tests;

/// <summary>Sends a request as it is written, which no HTTP client would.</summary>
internal static class RawHttp
{
    /// <param name="server">The server.</param>
    /// <param name="request">The request; it should ask for the connection to be closed.</param>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
