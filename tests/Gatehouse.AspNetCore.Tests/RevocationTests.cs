using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests;

public sealed class RevocationTests
{
    private const string Admin = "/api/admin/revocations";

    [Fact]
    [Proves("G27")]
    public async Task What_an_operator_revokes_is_refused_by_the_very_next_request_and_taken_back_it_enters()
    {
        await using var app = await StartAsync();
        var token = app.SessionOf("reader", Some.UserId());
        await ExpectAsync(app, "/free", token, HttpStatusCode.OK);
        await ExpectAsync(app, "/free", token, HttpStatusCode.OK);

        using var revoked = await RevokeAsync(app, "session", TokenForge.SessionId, Operator(app));
        Assert.Equal(HttpStatusCode.Created, revoked.StatusCode);
        Assert.Equal("session", (await revoked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("kind").GetString());
        await ExpectAsync(app, "/free", token, HttpStatusCode.Unauthorized, "revoked");

        using var listed = await app.SendAsync(Admin, Operator(app));
        Assert.Contains("lost laptop", await listed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var withdrawn = await app.SendAsync($"{Admin}/session/{TokenForge.SessionId}", Operator(app), HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        await ExpectAsync(app, "/free", token, HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("session", "user_1")]
    [InlineData("user", "")]
    [InlineData("planet", "earth")]
    [InlineData("token", "with blank")]
    public async Task A_revocation_that_names_nothing_is_400(string kind, string value)
    {
        await using var app = await StartAsync();
        using var response = await RevokeAsync(app, kind, value, Operator(app));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Nobody_but_an_operator_revokes()
    {
        await using var app = await StartAsync(settings: ("Gatehouse:Operators:Organization", "org_operators"));
        async Task<string?> CodeAsync(string token)
        {
            using var response = await RevokeAsync(app, "session", "sess_1", token);
            return response.StatusCode == HttpStatusCode.Created
                ? "created"
                : (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString();
        }

        Assert.Equal("forbidden", await CodeAsync(app.SessionOf("reader", Some.UserId())));
        Assert.Equal("forbidden", await CodeAsync(app.Forge.M2M()));
        Assert.Equal("forbidden", await CodeAsync(app.Forge.Template(claims => claims["role"] = "admin")));
        Assert.Equal("forbidden", await CodeAsync(Session(app, ("act", """{"sub":"user_2"}"""), ("role", "\"admin\""))));
        Assert.Equal("reverification_required", await CodeAsync(Session(app, ("fva", "[10,-1]"), ("role", "\"admin\""))));
        Assert.Equal("reverification_required", await CodeAsync(Session(app, ("fva", "[-1,-1]"), ("role", "\"admin\""))));
        Assert.Equal("created", await CodeAsync(Session(app, ("fva", "[9,-1]"), ("role", "\"admin\""))));
        Assert.Equal("created", await CodeAsync(Session(app, ("o", """{"id":"org_operators","rol":"admin"}"""))));
        Assert.Equal("forbidden", await CodeAsync(Session(app, ("o", """{"id":"org_operators","rol":"member"}"""))));
        Assert.Equal("forbidden", await CodeAsync(Session(app, ("o", """{"id":"org_of_anybody","rol":"admin"}"""))));
    }

    [Fact]
    public async Task An_open_stream_is_closed_when_its_session_is_revoked_and_others_go_on()
    {
        await using var app = await StartAsync();
        using var mine = await OpenStreamAsync(app, app.Forge.Session());
        using var other = await OpenStreamAsync(app, Session(app, ("sid", "\"sess_other\"")));

        using var revoked = await RevokeAsync(app, "session", TokenForge.SessionId, Operator(app));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => ReadToEndAsync(mine));
        Assert.Equal(1, await (await other.Content.ReadAsStreamAsync()).ReadAtLeastAsync(new byte[1], 1));
    }

    [Fact]
    public async Task An_open_web_socket_is_closed_when_its_user_is_revoked()
    {
        await using var app = await StartAsync();
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {app.Forge.Session()}");
        await socket.ConnectAsync(new UriBuilder(app.Client.BaseAddress!) { Scheme = "ws", Path = "/socket" }.Uri, CancellationToken.None);

        using var revoked = await RevokeAsync(app, "user", TokenForge.UserId, Operator(app));

        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => socket.ReceiveAsync(new byte[16], CancellationToken.None));
    }

    [Fact]
    public async Task Another_process_hears_of_it_by_the_feed_and_of_its_withdrawal()
    {
        await using var host = await StartAsync(settings: ($"Gatehouse:Machines:{TokenForge.MachineId}:Role", "feed"));
        await using var service = await EdgeApp.StartAsync(services: services =>
        {
            services.AddSingleton<IRevocationFeed>(_ => new Revocations.Internal.HttpRevocationFeed(
                Client(host.Forge.M2M()), new Uri(host.Client.BaseAddress!, "/api/revocations")));
        }, gatehouse: gatehouse => gatehouse.AddRevocationFeedReader());
        var token = service.SessionOf("reader", Some.UserId());
        await ExpectAsync(service, "/free", token, HttpStatusCode.OK);

        using var heard = new SemaphoreSlim(0);
        using var watch = service.Services.GetRequiredService<RevocationList>().Watch(_ => heard.Release());
        using var revoked = await RevokeAsync(host, "session", TokenForge.SessionId, Operator(host));
        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(10)));
        await ExpectAsync(service, "/free", token, HttpStatusCode.Unauthorized, "revoked");
    }

    [Fact]
    public async Task A_process_whose_feed_is_silent_refuses_what_lives_longer_than_a_minute_and_says_that_it_is_not_ready()
    {
        await using var app = await EdgeApp.StartAsync(
            services: services => services.AddSingleton<IRevocationFeed, SilentFeed>(),
            gatehouse: gatehouse => gatehouse.AddRevocationFeedReader());
        await ExpectAsync(app, "/free", LongLived(app), HttpStatusCode.OK);
        app.Clock.AdvanceSeconds(61);
        await ExpectAsync(app, "/free", LongLived(app), HttpStatusCode.ServiceUnavailable, "revocations-stale");
        await ExpectAsync(app, "/free", app.SessionOf("reader", Some.UserId()), HttpStatusCode.OK);
        using var ready = await app.SendAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    private static Task<EdgeApp> StartAsync(params (string Key, string? Value)[] settings) => EdgeApp.StartAsync(
        gatehouse: gatehouse => gatehouse.AddRole("feed", RevocationEndpointExtensions.ReadPermission),
        settings: settings);

    private static string Operator(EdgeApp app) => Session(app, ("role", "\"admin\""), ("sid", "\"sess_operator\""), ("sub", "\"user_operator\""));

    private static string Session(EdgeApp app, params (string Name, string Json)[] claims) => app.Forge.Session(payload =>
    {
        payload["sub"] = Some.UserId();   // each with a limit of its own
        foreach (var (name, json) in claims)
        {
            payload[name] = System.Text.Json.Nodes.JsonNode.Parse(json);
        }
    });

    private static string LongLived(EdgeApp app) => app.Forge.Session(claims =>
    {
        claims["role"] = "reader";
        claims["exp"] = app.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
    });

    private static async Task<HttpResponseMessage> RevokeAsync(EdgeApp app, string kind, string value, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Admin) { Content = JsonContent.Create(new { kind, value, reason = "lost laptop" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await app.Client.SendAsync(request);
    }

    private static async Task ExpectAsync(EdgeApp app, string path, string token, HttpStatusCode status, string? code = null)
    {
        using var response = await app.SendAsync(path, token);
        Assert.Equal(status, response.StatusCode);
        if (code is not null)
        {
            Assert.Equal(code, (await EntranceTests.ProblemAsync(response)).GetProperty("code").GetString());
        }
    }

    private static async Task<HttpResponseMessage> OpenStreamAsync(EdgeApp app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task ReadToEndAsync(HttpResponseMessage response) => await response.Content.ReadAsStringAsync();

    private static HttpClient Client(string token)
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private sealed class SilentFeed : IRevocationFeed
    {
        public async IAsyncEnumerable<RevocationNews> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield break;
        }
    }
}
