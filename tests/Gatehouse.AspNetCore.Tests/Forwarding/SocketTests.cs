using System.Net;
using System.Net.WebSockets;
using System.Text;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class SocketTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_web_socket_carries_messages_both_ways_and_closes_with_its_reason(HttpProtocols protocol)
    {
        await using var upstream = await Upstream.StartAsync(EchoAsync);
        await using var front = await StartAsync(upstream, protocol);
        using var socket = await ConnectAsync(front, protocol, "chat");
        Assert.Equal("chat", socket.SubProtocol);
        foreach (var length in new[] { 0, 1, 125, 126, 70_000, 300_000 })
        {
            var message = Encoding.ASCII.GetBytes(new string('m', length));
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            Assert.Equal(message, await ReceiveAsync(socket));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", CancellationToken.None);
        Assert.Equal("echo: done", socket.CloseStatusDescription);
        Assert.StartsWith("Bearer ", upstream.Request["Authorization"], StringComparison.Ordinal);
        Assert.Equal("websocket", upstream.Request["Upgrade"]);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    [Proves("G27")]
    public async Task A_web_socket_ends_on_both_sides_when_its_session_is_revoked(HttpProtocols protocol)
    {
        var ended = new TaskCompletionSource();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            try
            {
                await EchoAsync(context);
            }
            finally
            {
                ended.SetResult();
            }
        });
        await using var front = await StartAsync(upstream, protocol);
        using var socket = await ConnectAsync(front, protocol);
        var now = front.Clock.GetUtcNow();
        front.Revocations.Add(new Revocation(RevocationKind.Session, TokenForge.SessionId, now, now.AddHours(1)));
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(socket));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_service_that_goes_away_ends_the_web_socket()
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[16], context.RequestAborted);
            context.Abort();
        });
        await using var front = await StartAsync(upstream, HttpProtocols.Http1);
        using var socket = await ConnectAsync(front, HttpProtocols.Http1);
        await socket.SendAsync("go"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(socket));
    }

    [Fact]
    public async Task A_service_that_declines_answers_for_itself()
    {
        await using var upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("no sockets");
        });
        await using var front = await StartAsync(upstream, HttpProtocols.Http1);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(front, HttpProtocols.Http1));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", true)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n", true)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", false)]
    public async Task A_switch_that_was_not_asked_for_is_no_answer(string answer, bool asked)
    {
        await using var server = new RawServer((_, stream) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer)));
        await using var front = await FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", server.Address));
        var upgrade = asked ? "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" : "";
        var received = await RawHttp.AskAsync(
            front.Address,
            $"GET /to/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {front.Forge.Session()}\r\n{upgrade}\r\nGET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 503", received, StringComparison.Ordinal);
        Assert.DoesNotContain("101 Switching", received, StringComparison.Ordinal);
    }

    private static Task<FrontApp> StartAsync(Upstream upstream, HttpProtocols protocol) =>
        FrontApp.StartAsync(app => app.MapForwarding("/to/{**rest}", upstream.Address), protocols: protocol);

    private static async Task<ClientWebSocket> ConnectAsync(FrontApp front, HttpProtocols protocol, string? subProtocol = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {front.Forge.Session()}");
        if (subProtocol is not null)
        {
            socket.Options.AddSubProtocol(subProtocol);
        }

        if (protocol == HttpProtocols.Http2)
        {
            (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }

        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler(), disposeHandler: false);
        await socket.ConnectAsync(new UriBuilder(front.Address) { Scheme = "ws", Path = "/to/socket" }.Uri, invoker, CancellationToken.None);
        return socket;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault());
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseAsync(socket.CloseStatus!.Value, $"echo: {socket.CloseStatusDescription}", context.RequestAborted);
                return;
            }

            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        }
    }

    private static async Task<byte[]> ReceiveAsync(WebSocket socket)
    {
        var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }
}
