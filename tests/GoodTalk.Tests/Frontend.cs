using System.Net.Http.Json;
using Analyzer;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace GoodTalk.Tests;

/// <summary>The local Clerk, the Analyzer and GoodTalk, over real HTTP, with one clock.</summary>
internal sealed class Frontend : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("goodtalk-");
    private readonly List<WebApplication> _servers = [];
    private readonly HttpClient _http = new();
    private WebApplication? _analyzer;

    public TestClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public LogBook Log { get; } = new();

    public string ClerkUrl { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    public string AnalyzerUrl { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take()}";

    public static async Task<Frontend> StartAsync()
    {
        var frontend = new Frontend();
        await frontend.ServeAsync(LocalClerk.Build([], frontend.Settings(frontend.ClerkUrl), frontend.Replace));
        frontend._analyzer = AnalyzerApp.Build(
            ["--environment", "Development"],
            frontend.Settings(frontend.AnalyzerUrl, new KeyValuePair<string, string?>("ConnectionStrings:Analyzer", $"Data Source={Path.Combine(frontend._folder.FullName, "analyzer.db")}")),
            frontend.Replace);
        await frontend.ServeAsync(frontend._analyzer);
        await frontend.ServeAsync(GoodTalkApp.Build(
            ["--environment", "Development"],
            frontend.Settings(frontend.Url, new KeyValuePair<string, string?>("ANALYZER_SERVICE_URL", frontend.AnalyzerUrl)),
            services =>
            {
                frontend.Replace(services);
                services.AddSingleton<ILoggerProvider>(frontend.Log);
            }));
        return frontend;
    }

    public async Task<Browser> SignInAsync(string userId = LocalClerkDefaults.GraceUserId)
    {
        var browser = new Browser(ClerkUrl);
        await browser.ChooseUserAsync(await browser.OpenAsync($"{Url}/modules"), userId);
        return browser;
    }

    public static Task<HttpResponseMessage> SaveAsync(Browser browser, string url, object module) =>
        browser.FetchAsync($"{url}/api/analyzer", HttpMethod.Post, request => request.Content = JsonContent.Create(module));

    public async Task StopAnalyzerAsync() => await _analyzer!.StopAsync(TestContext.Current.CancellationToken);

    public async Task CloseClerkAsync()
    {
        using var answer = await _http.PutAsJsonAsync($"{ClerkUrl}/_local/faults", new { api = new { close = 1.0 } }, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var server in Enumerable.Reverse(_servers))
        {
            await server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));

    private Action<IConfigurationBuilder> Settings(string url, params KeyValuePair<string, string?>[] own) => configuration =>
        configuration.AddInMemoryCollection(
        [
            new("urls", url),
            new("CLERK_API_URL", ClerkUrl),
            new("CLERK_PROXY_URL", $"{ClerkUrl}/__clerk"),
            new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
            new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
            new("Gatehouse:AuthorizedParties:0", Url),
            .. own,
        ]);

    private async Task ServeAsync(WebApplication server)
    {
        _servers.Add(server);
        await server.StartAsync(TestContext.Current.CancellationToken);
    }
}
