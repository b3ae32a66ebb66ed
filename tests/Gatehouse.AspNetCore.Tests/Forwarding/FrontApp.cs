using System.Net;
using System.Net.Http.Headers;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.Limits;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>The app in front: Gatehouse on real Kestrel, whose Clerk is a forge, with the routes that a test maps.</summary>
internal sealed class FrontApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FrontApp(WebApplication app, TestClock clock, TokenForge forge, ClerkStub clerk, Gatehouse.Testbed.LogBook log)
    {
        (_app, Clock, Forge, Clerk, Log) = (app, clock, forge, clerk, log);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public TestClock Clock { get; }

    public TokenForge Forge { get; }

    public ClerkStub Clerk { get; }

    public Gatehouse.Testbed.LogBook Log { get; }

    public HttpClient Client { get; }

    public Uri Address => new(_app.Urls.Single());

    public RevocationList Revocations => _app.Services.GetRequiredService<RevocationList>();

    public static async Task<FrontApp> StartAsync(
        Action<WebApplication> routes,
        Action<EntranceOptions>? entrance = null,
        Action<GatehouseBuilder>? gatehouse = null,
        Action<WebApplication>? first = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        params (string Key, string? Value)[] settings)
    {
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var log = new Gatehouse.Testbed.LogBook();
        var clerk = await ClerkStub.StartAsync(forge);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
        [
            new("CLERK_PUBLISHABLE_KEY", EdgeApp.PublishableKeyOf(forge)),
            new("CLERK_JWT_KEY", forge.PublicPem),
            new("CLERK_SECRET_KEY", "sk_test_of_nobody"),
            new("CLERK_API_URL", clerk.Url),
            new("Gatehouse:MachineId", TokenForge.ReceiverId),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddClerk(options => options.MaximumAttempts = 1);
        var added = builder.Services
            .AddGatehouse(options =>
            {
                options.AuthorizedParties.Add(TokenForge.Origin);
                options.AdmitAbsentParty = true;
                entrance?.Invoke(options);
            })
            .AddRole("reader", "read")
            .AddRateLimit(LimitPolicy.SlidingWindow("api", 100, TimeSpan.FromMinutes(1)));
        gatehouse?.Invoke(added);
        var app = builder.Build();
        first?.Invoke(app);
        app.UseGatehouse();
        try
        {
            routes(app);
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            await clerk.DisposeAsync();
            throw;
        }

        return new FrontApp(app, clock, forge, clerk, log);
    }

    /// <summary>A front whose <c>/to/…</c> leads to an upstream, as the tests of what passes need it.</summary>
    public static Task<FrontApp> ToAsync(Upstream upstream, Action<AspNetCore.Forwarding.ForwardingOptions>? configure = null) =>
        StartAsync(app => app.MapForwarding("/to/{**rest}", upstream.Address, configure));

    public HttpRequestMessage Ask(string path, HttpMethod? method = null, string? token = null, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Forge.Session());
        return request;
    }

    public async Task<HttpResponseMessage> SendAsync(string path, HttpMethod? method = null, string? token = null, HttpContent? content = null)
    {
        using var request = Ask(path, method, token, content);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Clerk.DisposeAsync();
    }
}
