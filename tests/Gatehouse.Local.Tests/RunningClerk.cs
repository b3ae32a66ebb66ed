using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Tests;

/// <summary>A local Clerk of a test's own on a free port, with a clock that the test moves.</summary>
public sealed class RunningClerk : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningClerk(WebApplication app, TestClock clock, CapturedLog log)
    {
        _app = app;
        Clock = clock;
        Log = log;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", LocalClerkDefaults.SecretKey);
    }

    public TestClock Clock { get; }

    public CapturedLog Log { get; }

    public Uri Address { get; }

    /// <summary>A client with the instance's secret key.</summary>
    public HttpClient Http { get; }

    public static async Task<RunningClerk> StartAsync(params (string Key, string Value)[] settings)
    {
        var clock = new TestClock();
        var log = new CapturedLog();
        var app = LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            ]),
            services => services.AddSingleton<TimeProvider>(clock).AddLogging(logging => logging.ClearProviders().AddProvider(log)));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningClerk(app, clock, log);
    }

    /// <summary>A client without any header.</summary>
    public HttpClient Bare() => new() { BaseAddress = Address };

    public HttpClient AsMachine(string secret)
    {
        var http = Bare();
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        return http;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, JsonNode? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, HttpClient? client = null, string? origin = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return Answer.OfAsync((client ?? Http).SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>A new session of a user, and its id.</summary>
    public async Task<string> SessionAsync(string userId, string? organizationId = null)
    {
        var body = new JsonObject { ["user_id"] = userId };
        if (organizationId is not null)
        {
            body["active_organization_id"] = organizationId;
        }

        var answer = await PostAsync("/v1/sessions", body);
        Assert.Equal(200, answer.Status);
        return answer.Text("id");
    }

    public async ValueTask DisposeAsync()
    {
        Assert.DoesNotContain(Log.Lines, line => line.Text.Contains("a bug of its own", StringComparison.Ordinal));
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
