using System.Net.Http.Headers;
using System.Text;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ShtetlZmanim.Tests.Support;

/// <summary>Shtetl Zmanim on real Kestrel with a database of its own, whose Clerk is a forge.</summary>
internal sealed class ShtetlHost : IAsyncDisposable
{
    public const string Health = "/api/v1/external/health";
    public const string Usage = "/api/v1/external/usage";
    public const string Zmanim = "/api/v1/external/zmanim";

    /// <summary>A whole question.</summary>
    public const string Jerusalem = $"{Zmanim}?latitude=31.7781161&longitude=35.233804&date=2017-10-17&timezone=Asia/Jerusalem";

    private readonly DirectoryInfo _folder;

    private ShtetlHost(DirectoryInfo folder, WebApplication app, TestClock clock, TokenForge forge, LogBook log)
    {
        (_folder, App, Clock, Forge, Log) = (folder, app, clock, forge, log);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public WebApplication App { get; }

    public TestClock Clock { get; }

    public TokenForge Forge { get; }

    public LogBook Log { get; }

    public HttpClient Client { get; }

    public string DatabasePath => DatabaseIn(_folder);

    public static Task<ShtetlHost> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(null, settings);

    public static async Task<ShtetlHost> StartAsync(Action<IServiceCollection>? services, params (string Key, string? Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("shtetl-");
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var log = new LogBook();
        var app = ShtetlZmanimApp.Build(
            ["--environment", "Production"],
            configuration => configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"),
                new("ConnectionStrings:ShtetlZmanim", $"Data Source={DatabaseIn(folder)}"),
                .. ClerkOf(forge),
            ]).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))),
            collection =>
            {
                collection.AddSingleton<TimeProvider>(clock);
                collection.AddLogging(logging => logging.ClearProviders().AddProvider(log));
                services?.Invoke(collection);
            });
        await app.StartAsync();
        return new ShtetlHost(folder, app, clock, forge, log);
    }

    /// <summary>The variables that make a forge this process's Clerk.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> ClerkOf(TokenForge forge) =>
    [
        new("CLERK_PUBLISHABLE_KEY", "pk_test_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(forge.IssuerName).Host + "$"))),
        new("CLERK_JWT_KEY", forge.PublicPem),
        new("CLERK_SECRET_KEY", ""),
        new("CLERK_MACHINE_SECRET_KEY", ""),
        new("CLERK_PROXY_URL", ""),
        new("CLERK_API_URL", ""),
        new("Gatehouse:MachineId", TokenForge.ReceiverId),
    ];

    /// <summary>A token of some other machine that may come here.</summary>
    public string TokenOf(string machineId) => Forge.M2M(claims => claims["sub"] = machineId);

    public Task<HttpResponseMessage> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await Client.SendAsync(request);
    }

    public void Revoke(RevocationKind kind, string value) =>
        App.Services.GetRequiredService<RevocationList>().Add(new Revocation(kind, value, Clock.GetUtcNow(), Clock.GetUtcNow().AddHours(1)));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string DatabaseIn(DirectoryInfo folder) => Path.Combine(folder.FullName, "shtetl.db");
}
