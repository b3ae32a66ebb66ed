using System.Net.Sockets;
using System.Text;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>HTTP by hand, for requests that no client would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends bytes and reads until the server closes.</summary>
    public static async Task<string> AskAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        var answer = new MemoryStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // Reset: what came before it counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
