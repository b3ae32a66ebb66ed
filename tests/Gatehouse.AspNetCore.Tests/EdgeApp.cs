using System.Net.Http.Headers;
using System.Text;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authorization;
using Gatehouse.Limits;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>A small app behind Gatehouse on real Kestrel, whose Clerk is a forge.</summary>
internal sealed class EdgeApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EdgeApp(WebApplication app, TestClock clock, TokenForge forge, LogBook log, StubRoles roles)
    {
        (_app, Clock, Forge, Log, Roles) = (app, clock, forge, log, roles);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public TestClock Clock { get; }

    public TokenForge Forge { get; }

    public LogBook Log { get; }

    public StubRoles Roles { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<EdgeApp> StartAsync(
        Action<EntranceOptions>? entrance = null,
        Action<GatehouseBuilder>? gatehouse = null,
        Action<IServiceCollection>? services = null,
        bool pipeline = true,
        Action<WebApplication>? endpoints = null,
        params (string Key, string? Value)[] settings)
    {
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var log = new LogBook();
        var roles = new StubRoles();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("CLERK_PUBLISHABLE_KEY", PublishableKeyOf(forge)),
            new("CLERK_JWT_KEY", forge.PublicPem),
            new("Gatehouse:MachineId", TokenForge.ReceiverId),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.GroupBy(setting => setting.Key, (key, values) => KeyValuePair.Create(key, values.Last().Value)));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IUserRoleSource>(roles);
        var added = builder.Services
            .AddGatehouse(options =>
            {
                options.Classes = TokenClass.Session | TokenClass.Template | TokenClass.M2M;
                entrance?.Invoke(options);
            })
            .AddRole("admin", "read", "write")
            .AddRole("reader", "read")
            .AddRateLimit(LimitPolicy.SlidingWindow("api", 5, TimeSpan.FromMinutes(1)), "/api");
        gatehouse?.Invoke(added);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        if (pipeline)
        {
            app.UseGatehouse();
        }

        app.MapGet("/open", () => "open");
        app.MapGet("/me", (ClerkPrincipal me) => me.Subject).RequireAuthorization();
        app.MapGet("/free", () => "free").RequirePermission("read");
        app.MapGet("/own", () => "own").RequireScopePermission("read");
        app.MapGet("/attribute", [RequirePermission("read")] () => "attribute");
        var api = app.MapGroup("/api").RequireRateLimit("api");
        api.MapGet("/read", () => "read").RequirePermission("read");
        api.MapPost("/write", () => "written").RequirePermission("read").RequirePermission("write");
        api.MapGet("/fault", string () => throw new InvalidOperationException("a secret in an exception")).RequirePermission("read");
        app.MapGet("/stream", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(": here\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }).RequireAuthorization();
        app.UseWebSockets();
        app.MapGet("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.ReceiveAsync(new byte[16], context.RequestAborted);
        }).RequireCaller();
        endpoints?.Invoke(app);
        app.MapRevocations();
        app.MapHealth();
        await app.StartAsync();
        return new EdgeApp(app, clock, forge, log, roles);
    }

    public static string PublishableKeyOf(TokenForge forge) =>
        "pk_test_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(forge.IssuerName).Host + "$")).TrimEnd('=');

    public async Task<HttpResponseMessage> SendAsync(string path, string? token = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Client.SendAsync(request);
    }

    public string SessionOf(string? role, string? user = null) => Forge.Session(claims =>
    {
        claims["sub"] = user ?? TokenForge.UserId;
        if (role is not null)
        {
            claims["role"] = role;
        }
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
