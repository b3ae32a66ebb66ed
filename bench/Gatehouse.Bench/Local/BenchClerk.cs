using System.Globalization;
using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Bench.Local;

/// <summary>A local Clerk in this process, and a client with its secret key.</summary>
internal sealed class BenchClerk : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchClerk(WebApplication app)
    {
        _app = app;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", LocalClerkDefaults.SecretKey);
    }

    public HttpClient Http { get; }

    public static async Task<BenchClerk> StartAsync(int users)
    {
        var app = LocalClerk.Build([], configuration => configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("LocalClerk:Users", users.ToString(CultureInfo.InvariantCulture)),
            new("Logging:LogLevel:Default", "Warning"),
        ]));
        await app.StartAsync();
        return new BenchClerk(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
