using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Gatehouse.AspNetCore.Revocations;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>SignalR's connections, spoken by hand: a record is JSON and a record separator, over whichever transport carries it.</summary>
public sealed class HubTests
{
    private const char End = '\u001e';

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public enum Ending
    {
        SessionRevoked,
        UserRevoked,
        TokenExpired,
    }

    [Theory]
    [InlineData(Ending.SessionRevoked)]
    [InlineData(Ending.UserRevoked)]
    [InlineData(Ending.TokenExpired)]
    public async Task A_connection_by_web_socket_is_closed_within_a_second_and_others_go_on(Ending ending)
    {
        await using var app = await StartAsync();
        using var socket = await ConnectAsync(app, app.Forge.Session());
        using var other = await ConnectAsync(app, Stranger(app));
        var id = await WelcomeAsync(() => ReceiveAsync(socket));
        await WelcomeAsync(() => ReceiveAsync(other));

        Cause(app, ending);

        await Assert.ThrowsAsync<WebSocketException>(() => ReceiveAsync(socket)).WaitAsync(Soon);
        await Newsroom.Gone[id].Task.WaitAsync(Soon);
        await other.SendAsync(Record("""{"type":1,"invocationId":"1","target":"Say","arguments":["still here"]}"""), WebSocketMessageType.Text, true, default);
        Assert.Contains("still here", await ReceiveAsync(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Ending.SessionRevoked)]
    [InlineData(Ending.UserRevoked)]
    [InlineData(Ending.TokenExpired)]
    public async Task A_connection_by_server_sent_events_is_closed_within_a_second_and_takes_no_more_messages(Ending ending)
    {
        await using var app = await StartAsync();
        var token = app.Forge.Session();
        var (id, address) = await NegotiateAsync(app, token);
        using var request = Request(HttpMethod.Get, address, token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var stream = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, address, token, """{"protocol":"json","version":1}"""));
        Assert.Equal(id, await WelcomeAsync(async () => await reader.ReadLineAsync() ?? ""));

        Cause(app, ending);

        await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync()).WaitAsync(Soon);
        await Newsroom.Gone[id].Task.WaitAsync(Soon);
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(app, address, token, """{"type":6}"""));
    }

    [Theory]
    [InlineData(Ending.SessionRevoked)]
    [InlineData(Ending.UserRevoked)]
    [InlineData(Ending.TokenExpired)]
    public async Task A_long_poll_ends_within_a_second_and_nothing_is_delivered_or_taken_any_more(Ending ending)
    {
        await using var app = await StartAsync();
        var token = app.Forge.Session();
        var (id, address) = await NegotiateAsync(app, token);
        using var first = await PollAsync(app, address, token);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(app, address, token, """{"protocol":"json","version":1}"""));
        Assert.Equal(id, await WelcomeAsync(async () =>
        {
            using var poll = await PollAsync(app, address, token);
            return await poll.Content.ReadAsStringAsync();
        }));
        var waiting = PollAsync(app, address, token);
        await Task.WhenAny(waiting, Task.Delay(200));
        Assert.False(waiting.IsCompleted);

        Cause(app, ending);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => waiting).WaitAsync(Soon);
        await app.Services.GetRequiredService<IHubContext<Newsroom>>().Clients.Client(id).SendAsync("news", "not for you");
        using var next = await PollAsync(app, address, token);
        Assert.Equal(HttpStatusCode.Unauthorized, next.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(app, address, token, """{"type":6}"""));
    }

    [Fact]
    public async Task A_hub_that_may_outlive_its_tokens_does_and_is_still_closed_by_a_revocation()
    {
        await using var app = await StartAsync(new StreamMetadata { OutlivesToken = true });
        using var socket = await ConnectAsync(app, app.Forge.Session());
        var id = await WelcomeAsync(() => ReceiveAsync(socket));

        Cause(app, Ending.TokenExpired);
        await socket.SendAsync(Record("""{"type":1,"invocationId":"1","target":"Say","arguments":["still here"]}"""), WebSocketMessageType.Text, true, default);
        Assert.Contains($"{TokenForge.UserId} says still here", await ReceiveAsync(socket), StringComparison.Ordinal);

        Cause(app, Ending.SessionRevoked);
        await Newsroom.Gone[id].Task.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_stream_that_has_ended_by_itself_leaves_nothing_behind_that_could_cut_off_another()
    {
        await using var app = await StartAsync();
        using (var socket = await ConnectAsync(app, app.Forge.Session()))
        {
            var id = await WelcomeAsync(() => ReceiveAsync(socket));
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
            await Newsroom.Gone[id].Task;
        }

        for (var wait = 0; app.Clock.WaitingTimers > 0 && wait < 100; wait++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(0, app.Clock.WaitingTimers);
    }

    private static Task<EdgeApp> StartAsync(params object[] metadata) => EdgeApp.StartAsync(
        services: services => services.AddSignalR(),
        endpoints: app => app.MapHub<Newsroom>("/hub").RequireCaller().WithMetadata(metadata));

    private static void Cause(EdgeApp app, Ending ending)
    {
        var (list, now) = (app.Services.GetRequiredService<RevocationList>(), app.Clock.GetUtcNow());
        switch (ending)
        {
            case Ending.SessionRevoked:
                list.Add(new Revocation(RevocationKind.Session, TokenForge.SessionId, now, now.AddHours(1)));
                break;
            case Ending.UserRevoked:
                list.Add(new Revocation(RevocationKind.User, TokenForge.UserId, now, now.AddHours(1)));
                break;
            default:
                app.Clock.AdvanceSeconds(65);
                break;
        }
    }

    // Another person, whose token lives long enough to outlast the first one's.
    private static string Stranger(EdgeApp app) => app.Forge.Session(claims =>
    {
        claims["sub"] = Some.UserId();
        claims["sid"] = "sess_other";
        claims["exp"] = app.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
    });

    private static async Task<ClientWebSocket> ConnectAsync(EdgeApp app, string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new UriBuilder(app.Client.BaseAddress!) { Scheme = "ws", Path = "/hub" }.Uri, default);
        await socket.SendAsync(Record("""{"protocol":"json","version":1}"""), WebSocketMessageType.Text, true, default);
        return socket;
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static async Task<(string Id, string Address)> NegotiateAsync(EdgeApp app, string token)
    {
        using var response = await app.SendAsync("/hub/negotiate?negotiateVersion=1", token, HttpMethod.Post);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (
            answer.RootElement.GetProperty("connectionId").GetString()!,
            $"/hub?id={Uri.EscapeDataString(answer.RootElement.GetProperty("connectionToken").GetString()!)}");
    }

    private static Task<HttpResponseMessage> PollAsync(EdgeApp app, string address, string token) => app.SendAsync(address, token);

    private static async Task<HttpStatusCode> PostAsync(EdgeApp app, string address, string token, string record)
    {
        using var request = Request(HttpMethod.Post, address, token);
        request.Content = new ByteArrayContent(Record(record));
        using var response = await app.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static HttpRequestMessage Request(HttpMethod method, string address, string token)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    // Reads until the hub has said its welcome, and gives the connection's id in it.
    private static async Task<string> WelcomeAsync(Func<Task<string>> read)
    {
        const string Before = "\"target\":\"welcome\",\"arguments\":[\"";
        for (var text = ""; ; text += await read())
        {
            if (text.IndexOf(Before, StringComparison.Ordinal) is >= 0 and var at && text.IndexOf(End, at) > 0)
            {
                var start = at + Before.Length;
                return text[start..text.IndexOf('"', start)];
            }
        }
    }

    private static byte[] Record(string json) => Encoding.UTF8.GetBytes(json + End);
}
