using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Analyzer.Tests;

/// <summary>The local Clerk and an Analyzer that knows it by its addresses alone: each an app of its own, over real HTTP.</summary>
internal sealed class ClerkNeighbour : IAsyncDisposable
{
    private const string Origin = "http://localhost:5421";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("analyzer-clerk-");
    private readonly HttpClient _client = new();

    private ClerkNeighbour(WebApplication clerk)
    {
        Clerk = clerk;
        Backend = new HttpClient { BaseAddress = new Uri(clerk.Urls.Single()) };
        Backend.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalClerkDefaults.SecretKey);
    }

    public WebApplication Clerk { get; }

    /// <summary>A client of Clerk's with the instance's secret key.</summary>
    public HttpClient Backend { get; }

    public WebApplication Analyzer { get; private set; } = null!;

    public LogBook Log { get; } = new();

    /// <summary>The Analyzer's clock: the machine's, and as much ahead as the test says.</summary>
    public AheadClock Clock { get; } = new();

    public static async Task<ClerkNeighbour> StartAsync(params (string Key, string? Value)[] settings)
    {
        var clerk = LocalClerk.Build([], configuration => configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), new("Logging:LogLevel:Default", "Warning")]));
        await clerk.StartAsync(TestContext.Current.CancellationToken);
        var neighbour = new ClerkNeighbour(clerk);
        await neighbour.StartAnalyzerAsync(settings);
        return neighbour;
    }

    public async Task StartAnalyzerAsync(params (string Key, string? Value)[] settings)
    {
        if (Analyzer is not null)
        {
            await Analyzer.DisposeAsync();
        }

        Analyzer = AnalyzerApp.Build(
            ["--environment", "Development"],
            configuration => configuration.AddInMemoryCollection(
            [
                .. ClerkSettings(),
                new("ConnectionStrings:Analyzer", Path.Combine(_folder.FullName, "analyzer.db")),
                new("Gatehouse:AuthorizedParties:0", Origin),
            ]).AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))),
            services => services.AddSingleton<TimeProvider>(Clock).AddLogging(logging => logging.ClearProviders().AddProvider(Log)));
        await Analyzer.StartAsync(TestContext.Current.CancellationToken);
    }

    public IEnumerable<KeyValuePair<string, string?>> ClerkSettings() =>
    [
        new("urls", "http://127.0.0.1:0"),
        new("CLERK_API_URL", Clerk.Urls.Single()),
        new("CLERK_PROXY_URL", $"{Clerk.Urls.Single()}/__clerk"),
        new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
        new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
        new("CLERK_MACHINE_SECRET_KEY", ""),
        new("CLERK_JWT_KEY", ""),
        new("Logging:LogLevel:Default", "Warning"),
    ];

    public async Task<string> SignInAsync(string user) => (string)(await PostAsync("/v1/sessions", new { user_id = user }))["id"]!;

    /// <summary>A token of the session for the frontend's origin, as the frontend's server would have it.</summary>
    public async Task<string> TokenAsync(string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/sessions/{session}/tokens") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Origin", Origin);
        using var response = await Backend.SendAsync(request, TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["jwt"]!;
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await Backend.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token, string? body = null, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(method, Analyzer.Urls.Single() + path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return await _client.SendAsync(request, completion, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        Backend.Dispose();
        await Analyzer.DisposeAsync();
        await Clerk.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
