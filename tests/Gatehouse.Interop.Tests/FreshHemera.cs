using System.Globalization;
using Gatehouse.Local.Clerk;
using Hemera;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Interop.Tests;

/// <summary>Hemera behind a local Clerk, with a database of a test's own.</summary>
internal sealed class FreshHemera : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private FreshHemera(WebApplication app, DirectoryInfo folder) => (_app, _folder) = (app, folder);

    public string Address => _app.Urls.Single();

    public static async Task<FreshHemera> StartAsync(string clerkUrl, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("hemera-");
        var app = HemeraApp.Build(["--environment", "Development"], configuration => configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("ConnectionStrings:Hemera", Path.Combine(folder.FullName, "hemera.db")),
            new("CLERK_API_URL", clerkUrl),
            new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
            new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
            new("Gatehouse:MachineId", LocalClerkDefaults.HemeraMachineId),
            new($"Gatehouse:Machines:{LocalClerkDefaults.AitherMachineId}:Role", "api-client"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new FreshHemera(app, folder);
    }

    /// <summary>Calls once, and reads from the headers what is left and until when, in unix milliseconds.</summary>
    public async Task<(long Remaining, long Reset)> RemainingAsync(string token)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        using var answer = await http.GetAsync($"{Address}/api/service/courses", TestContext.Current.CancellationToken);
        return (Header("X-RateLimit-Remaining"), Header("X-RateLimit-Reset") * 1000);

        long Header(string name) => long.Parse(answer.Headers.GetValues(name).Single(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
