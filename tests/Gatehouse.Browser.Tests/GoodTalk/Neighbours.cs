using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Analyzer;
using Gatehouse.Host.Serve;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using global::GoodTalk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gatehouse.Browser.Tests.GoodTalk;

/// <summary>The local Clerk, the host, the Analyzer and GoodTalk twice over, each a server of its own, with one clock that the test moves.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly List<WebApplication> _servers = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("goodtalk-");
    private readonly HttpClient _http = new();

    public TestClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public string ClerkUrl { get; } = FreeUrl();

    public string HostUrl { get; } = FreeUrl();

    public string AnalyzerUrl { get; } = FreeUrl();

    public string GoodTalkUrl { get; } = FreeUrl();

    /// <summary>A second app in the same cookie domain.</summary>
    public string OtherUrl { get; } = FreeUrl();

    public static async Task<Neighbours> StartAsync()
    {
        var all = new Neighbours();
        await all.ServeAsync(LocalClerk.Build([], all.Settings(all.ClerkUrl), all.UseClock));
        await all.ServeAsync(GatehouseHost.Build(Development, all.Settings(
            all.HostUrl,
            new("Gatehouse:MachineId", LocalClerkDefaults.GatehouseMachineId),
            new($"Gatehouse:Machines:{LocalClerkDefaults.AnalyzerMachineId}:Role", GatehouseHost.FeedReader),
            new($"Gatehouse:Machines:{LocalClerkDefaults.GoodTalkMachineId}:Role", GatehouseHost.FeedReader)), all.UseClock));
        await all.ServeAsync(AnalyzerApp.Build(Development, all.Settings(
            all.AnalyzerUrl,
            new("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.AnalyzerMachineSecret),
            new("ConnectionStrings:Analyzer", $"Data Source={Path.Combine(all._folder.FullName, "analyzer.db")}"),
            new("Gatehouse:Revocations:Feed", $"{all.HostUrl}/api/revocations")), all.UseClock));
        foreach (var url in new[] { all.GoodTalkUrl, all.OtherUrl })
        {
            await all.ServeAsync(GoodTalkApp.Build(Development, all.Settings(
                url,
                new("CLERK_MACHINE_SECRET_KEY", LocalClerkDefaults.GoodTalkMachineSecret),
                new("ANALYZER_SERVICE_URL", all.AnalyzerUrl),
                new("Gatehouse:Revocations:Feed", $"{all.HostUrl}/api/revocations")), all.UseClock));
        }

        return all;
    }

    /// <summary>Past the life of every session token that there is.</summary>
    public void OutliveToken() => Clock.AdvanceSeconds(75);

    /// <summary>Revokes all sessions of a person at the host, as an operator does.</summary>
    public async Task RevokeAsync(string userId)
    {
        var token = await MintAsync(LocalClerkDefaults.AdaUserId);
        foreach (var session in await SessionsAsync(userId))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{HostUrl}/api/admin/revocations");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Content = JsonContent.Create(new { kind = "session", value = session, reason = "a test" });
            using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>How often the local Clerk was asked something.</summary>
    public async Task<int> CountAsync(string path)
    {
        var log = await _http.GetFromJsonAsync<JsonElement>($"{ClerkUrl}/_local/requests", TestContext.Current.CancellationToken);
        return log.GetProperty("requests").EnumerateArray().Count(request => request.GetProperty("path").GetString()!.EndsWith(path, StringComparison.Ordinal));
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

    private static string[] Development => ["--environment", "Development"];

    private async Task<string> MintAsync(string userId)
    {
        var session = await ClerkAsync("/v1/sessions", new { user_id = userId });
        return (await ClerkAsync($"/v1/sessions/{session.GetProperty("id").GetString()}/tokens", new { }, HostUrl)).GetProperty("jwt").GetString()!;
    }

    private async Task<IEnumerable<string>> SessionsAsync(string userId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{ClerkUrl}/v1/sessions?user_id={userId}&status=active");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LocalClerkDefaults.SecretKey);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var sessions = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return [.. sessions.EnumerateArray().Select(session => session.GetProperty("id").GetString()!)];
    }

    private async Task<JsonElement> ClerkAsync(string path, object body, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{ClerkUrl}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LocalClerkDefaults.SecretKey);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private void UseClock(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));

    private Action<IConfigurationBuilder> Settings(string url, params KeyValuePair<string, string?>[] own) => configuration =>
        configuration.AddInMemoryCollection(
        [
            new("urls", url),
            new("Logging:LogLevel:Default", "Warning"),
            new("CLERK_API_URL", ClerkUrl),
            new("CLERK_PROXY_URL", $"{ClerkUrl}/__clerk"),
            new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
            new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
            .. new[] { ClerkUrl, HostUrl, AnalyzerUrl, GoodTalkUrl, OtherUrl }.Select((party, n) => KeyValuePair.Create($"Gatehouse:AuthorizedParties:{n}", (string?)party)),
            .. own,
        ]);

    private async Task ServeAsync(WebApplication server)
    {
        _servers.Add(server);
        await server.StartAsync(TestContext.Current.CancellationToken);
    }

    private static string FreeUrl() => $"http://localhost:{FreePort.Take()}";
}
