using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Upstash;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Tests.Upstash;

/// <summary>A local Upstash of a test's own, on a free port and over a redis-server of its own.</summary>
public sealed class RunningUpstash : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningUpstash(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", LocalUpstashDefaults.Token);
    }

    public static IConfiguration Environment { get; } = new ConfigurationBuilder().AddEnvironmentVariables().Build();

    public CapturedLog Log { get; }

    public Uri Address { get; }

    /// <summary>A client with the standard token.</summary>
    public HttpClient Http { get; }

    public static async Task<RunningUpstash> StartAsync(params (string Key, string Value)[] settings)
    {
        Assert.SkipUnless(LocalUpstash.HasRedisServer(Environment), "no redis-server");
        var log = new CapturedLog();
        var app = LocalUpstash.Build(
            [],
            configuration => configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            ]),
            services => services.AddLogging(logging => logging.ClearProviders().AddProvider(log)));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningUpstash(app, log);
    }

    /// <summary>Posts JSON as it stands.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        Http.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    /// <summary>Status and body of a POST.</summary>
    public async Task<(int Status, string Body)> AskAsync(string path, string json) => await ReadAsync(await PostAsync(path, json));

    /// <summary>Runs one command, which must succeed.</summary>
    public async Task<JsonNode?> RunAsync(params object[] command)
    {
        var answer = await Http.PostAsJsonAsync("/", command, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, body!.ToJsonString());
        return body["result"];
    }

    public static async Task<(int Status, string Body)> ReadAsync(HttpResponseMessage answer) =>
        ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Log.Dispose();
    }
}
