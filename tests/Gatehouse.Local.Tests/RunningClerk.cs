using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Webhooks;
using Gatehouse.Local.Tests.Shapes;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
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

    /// <summary>Every route of the server.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    internal ClerkWorld World => _app.Services.GetRequiredService<ClerkWorld>();

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

    internal WebhookSender Webhooks => _app.Services.GetRequiredService<WebhookSender>();

    /// <summary>Ends when no webhook is being delivered and none is due.</summary>
    public Task SettleAsync() =>
        Webhooks.WhenIdleAsync(TestContext.Current.CancellationToken);

    /// <summary>Puts this in place of the webhook endpoints.</summary>
    public async Task SendToAsync(params object[] endpoints) =>
        Assert.Equal(200, (await SendAsync(HttpMethod.Put, "/_local/endpoints", JsonSerializer.SerializeToNode(endpoints))).Status);

    public async Task SetFaultsAsync(string faults) =>
        Assert.Equal(200, (await SendAsync(HttpMethod.Put, "/_local/faults", JsonNode.Parse(faults))).Status);

    /// <summary>Sends a sample event, and waits until it is delivered or waits for its retry.</summary>
    public async Task<string> SampleAsync(string type = "user.updated")
    {
        var sent = await PostAsync("/_local/webhooks", new JsonObject { ["type"] = type });
        Assert.Equal(200, sent.Status);
        await SettleAsync();
        return sent.Text("id");
    }

    /// <summary>The messages that were sent after a number.</summary>
    public async Task<IReadOnlyList<JsonNode>> MessagesAsync(long after = 0) =>
        [.. (await GetAsync($"/_local/webhooks?after={after}")).Json["messages"]!.AsArray().Select(message => message!)];

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

    /// <summary>Sends a request, and holds the answer of a known operation against its shape.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, HttpClient? client = null, string? origin = null)
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

        var answer = await Answer.OfAsync((client ?? Http).SendAsync(request, TestContext.Current.CancellationToken));
        ShapeBook.Check(method.Method, path, answer);
        return answer;
    }

    /// <summary>Sends a form with a file and other fields.</summary>
    public async Task<Answer> UploadAsync(
        HttpMethod method,
        string path,
        byte[]? file,
        string? contentType,
        params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (file is not null)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = contentType is null ? null : new(contentType);
            form.Add(part, "file", "picture");
        }

        var answer = await Answer.OfAsync(Http.SendAsync(new HttpRequestMessage(method, path) { Content = form }, TestContext.Current.CancellationToken));
        ShapeBook.Check(method.Method, path, answer);
        return answer;
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
