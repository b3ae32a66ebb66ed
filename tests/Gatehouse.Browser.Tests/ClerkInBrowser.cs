using System.Text.Encodings.Web;
using System.Text.Json;
using Gatehouse.Local.Clerk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Gatehouse.Browser.Tests;

/// <summary>A fresh local Clerk, an app beside it, and a browser on the app's page with Clerk's client loaded.</summary>
internal sealed class ClerkInBrowser : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _clerk;
    private readonly PageServer _app;
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private ClerkInBrowser(WebApplication clerk, PageServer app, IBrowserContext context, IPage page)
    {
        (_clerk, _app, _context, Page) = (clerk, app, context, page);
        Backend = new HttpClient { BaseAddress = new Uri(clerk.Urls.Single()) };
        Backend.DefaultRequestHeaders.Authorization = new("Bearer", LocalClerkDefaults.SecretKey);
        page.SetDefaultTimeout(10_000);
        page.Console += (_, message) => Note(message.Type is "error", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Note(true, $"uncaught: {error}");
        page.RequestFailed += (_, request) => Note(!request.Failure!.Contains("ERR_ABORTED", StringComparison.Ordinal), $"failed: {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>A client of the Backend API.</summary>
    public HttpClient Backend { get; }

    public string AppAddress => _app.Address;

    /// <summary>What the browser complained of.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    public static async Task<ClerkInBrowser> StartAsync(Chromium chromium, params (string Key, string Value)[] settings)
    {
        var context = await chromium.NewContextAsync();
        var clerk = await StartClerkAsync(settings);
        var app = await PageServer.StartAsync(clerk.Urls.Single());
        var started = new ClerkInBrowser(clerk, app, context, await context.NewPageAsync());
        await started.OpenAsync();
        return started;
    }

    public static async Task<WebApplication> StartClerkAsync(params (string Key, string Value)[] settings)
    {
        var clerk = LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection(
            [
                new("urls", "http://127.0.0.1:0"),
                .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
            ]),
            services => services.AddLogging(logging => logging.ClearProviders()));
        await clerk.StartAsync(TestContext.Current.CancellationToken);
        return clerk;
    }

    /// <summary>Opens the app's page, or reloads it.</summary>
    public async Task OpenAsync()
    {
        await Page.GotoAsync(_app.Address);
        await Page.EvaluateAsync("() => window.Clerk.load({ telemetry: false })");
    }

    /// <summary>What a script in the page comes to. It may await, and has Clerk's client as <c>Clerk</c>.</summary>
    public async Task<JsonElement> RunAsync(string script)
    {
        var result = await Page.EvaluateAsync($"async () => {{ {script} }}");
        return result ?? default;
    }

    /// <summary>A text that a script comes to; null for none.</summary>
    public async Task<string?> TextAsync(string expression)
    {
        var result = await RunAsync($"return {expression};");
        return result.ValueKind == JsonValueKind.String ? result.GetString() : null;
    }

    /// <summary>What a script came to, as plain JSON.</summary>
    public static string Text(JsonElement value) => JsonSerializer.Serialize(value, Plain);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Backend.Dispose();
        await _app.DisposeAsync();
        await _clerk.DisposeAsync();
    }

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
        {
            _complaints.Add(text);
        }
    }
}
