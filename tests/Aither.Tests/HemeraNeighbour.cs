using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gatehouse.Testbed;
using Hemera;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aither.Tests;

/// <summary>The real Hemera on real Kestrel.</summary>
internal sealed class HemeraNeighbour : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    private HemeraNeighbour(DirectoryInfo folder, WebApplication app) => (_folder, _app) = (folder, app);

    public string Address => _app.Urls.Single();

    public static Task<HemeraNeighbour> StartAsync(TokenForge forge, TimeProvider time, string role = "api-client") =>
        StartAsync(
            "Production",
            time,
            new("CLERK_PUBLISHABLE_KEY", "pk_test_" + Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(forge.IssuerName).Host + "$"))),
            new("CLERK_JWT_KEY", forge.PublicPem),
            new("Gatehouse:MachineId", TokenForge.ReceiverId),
            new($"Gatehouse:Machines:{TokenForge.MachineId}:Role", role));

    public static async Task<HemeraNeighbour> StartAsync(string environment, TimeProvider time, params KeyValuePair<string, string?>[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("hemera-");
        var app = HemeraApp.Build(
            ["--environment", environment],
            configuration => configuration
                .AddInMemoryCollection(AitherHost.NoClerk)
                .AddInMemoryCollection(
                [
                    new("urls", "http://127.0.0.1:0"),
                    new("ConnectionStrings:Hemera", Path.Combine(folder.FullName, "hemera.db")),
                    .. settings,
                ]),
            services =>
            {
                services.AddSingleton(time);
                services.AddLogging(logging => logging.ClearProviders());
            });
        await app.StartAsync();
        return new HemeraNeighbour(folder, app);
    }

    /// <summary>A participation's result, as Hemera answers it.</summary>
    public async Task<(string? Outcome, string? Notes)> ReadResultAsync(string participationId, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Address}/api/service/participations/{participationId}");
        return await SendAsync(request, token);
    }

    public async Task WriteResultAsync(string participationId, string body, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Address}/api/service/participations/{participationId}/result");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        await SendAsync(request, token);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<(string? Outcome, string? Notes)> SendAsync(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var participation = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        return (participation.GetProperty("resultOutcome").GetString(), participation.GetProperty("resultNotes").GetString());
    }
}
