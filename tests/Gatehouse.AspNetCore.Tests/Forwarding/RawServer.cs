using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>A service that answers bytes by hand, as none should.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    /// <param name="answer">Gets the request's head and the connection, which is closed when it has answered.</param>
    public RawServer(Func<string, NetworkStream, ValueTask> answer)
    {
        _listener.Start();
        _loop = AcceptAsync(answer);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync(Func<string, NetworkStream, ValueTask> answer)
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = ServeAsync(client, answer);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<string, NetworkStream, ValueTask> answer)
    {
        using (client)
        {
            var stream = client.GetStream();
            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var count = await stream.ReadAsync(buffer, _end.Token);
                if (count == 0)
                {
                    return;
                }

                head.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            await answer(head.ToString(), stream);
        }
    }
}
