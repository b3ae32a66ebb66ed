using System.Net.Sockets;
using System.Text;

namespace Analyzer.Tests;

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

    /// <summary>Resets the connection as soon as the server reads the body.</summary>
    /// <param name="server">The server.</param>
    /// <param name="request">The request's head; it must expect <c>100-continue</c>, which is how the server tells that it reads.</param>
    public static async Task ResetAsync(Uri server, string request)
    {
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(enable: true, seconds: 0) };
        await client.ConnectAsync(server.Host, server.Port);
        await client.SendAsync(Encoding.ASCII.GetBytes(request));
        var answer = new byte[64];
        var length = await client.ReceiveAsync(answer);
        Assert.StartsWith("HTTP/1.1 100 ", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        await client.SendAsync("{"u8.ToArray());
    }
}
