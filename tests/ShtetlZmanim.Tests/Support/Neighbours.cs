using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ShtetlZmanim.Tests.Support;

/// <summary>A whole local Clerk and Shtetl Zmanim beside it, as they stand in the neighbourhood, on free ports and by the real clock.</summary>
public sealed class Neighbours : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shtetl-");
    private WebApplication? _clerk;
    private WebApplication? _shtetl;

    public HttpClient Client { get; } = new();

    public Uri Clerk => new(_clerk!.Urls.Single());

    public Uri Shtetl => new(_shtetl!.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        _clerk = LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await _clerk.StartAsync();

        // Two calls at once and one more each second, so that whoever asks for three days has to wait, and not for long.
        _shtetl = ShtetlZmanimApp.Build(
            ["--environment", "Development"],
            configuration => configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"),
                new("ConnectionStrings:ShtetlZmanim", Path.Combine(_folder.FullName, "shtetl.db")),
                new("CLERK_API_URL", _clerk.Urls.Single()),
                new("CLERK_PROXY_URL", $"{_clerk.Urls.Single()}/__clerk"),
                new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
                new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
                new("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.ShtetlZmanimMachineSecret),
                new("Gatehouse:MachineId", LocalClerkDefaults.ShtetlZmanimMachineId),
                new("Gatehouse:Limits:m2m:Requests", "2"),
                new("Gatehouse:Limits:m2m:Window", "00:00:02"),
            ]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await _shtetl.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _shtetl!.DisposeAsync();
        await _clerk!.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
