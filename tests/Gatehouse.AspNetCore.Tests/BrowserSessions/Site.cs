using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests.BrowserSessions;

/// <summary>The local Clerk, and apps with cookie sessions that share its people and one clock.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly List<WebApplication> _servers = [];

    public TestClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public LogBook Log { get; } = new();

    public HttpClient Wire { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public string ClerkUrl { get; private set; } = "";

    public static async Task<Site> StartAsync()
    {
        var site = new Site();
        site.ClerkUrl = FreeUrl();
        await site.ServeAsync(LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", site.ClerkUrl)]),
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(site.Clock))));
        return site;
    }

    /// <summary>Starts an app whose pages say who looks at them.</summary>
    /// <returns>Its origin.</returns>
    public async Task<string> AddAppAsync(
        string? origin = null,
        IEnumerable<string>? alsoParties = null,
        Action<GatehouseBuilder>? gatehouse = null,
        Action<WebApplication>? routes = null,
        params (string Key, string? Value)[] settings)
    {
        origin ??= FreeUrl();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", origin),
            new("CLERK_API_URL", ClerkUrl),
            new("CLERK_PROXY_URL", $"{ClerkUrl}/__clerk"),
            new("CLERK_PUBLISHABLE_KEY", LocalClerkDefaults.PublishableKey),
            new("CLERK_SECRET_KEY", LocalClerkDefaults.SecretKey),
        ]);
        builder.Configuration.AddInMemoryCollection(new[] { origin }.Concat(alsoParties ?? [])
            .Select((party, n) => KeyValuePair.Create($"Gatehouse:AuthorizedParties:{n}", (string?)party)));
        builder.Configuration.AddInMemoryCollection(settings.GroupBy(setting => setting.Key).Select(same => KeyValuePair.Create(same.Key, same.Last().Value)));
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        var added = builder.Services.AddGatehouse().AddBrowserSessions();
        gatehouse?.Invoke(added);
        var app = builder.Build();
        app.UseGatehouse();
        app.MapGet("/", (HttpContext context) => context.User is ClerkPrincipal me ? me.Subject : "nobody");
        app.MapGet("/me", (ClerkPrincipal me) => me.Subject).RequireCaller();
        app.MapPost("/form", async (HttpContext context, ClerkPrincipal me) =>
            $"{me.Subject} wrote {(await context.Request.ReadFormAsync())["text"]}").RequireCaller();
        app.MapGet("/fault", string () => throw new InvalidOperationException("a fault of the app's own")).RequireCaller();
        app.MapGet("/closed", () => "open").RequirePermission("nobody:has");
        routes?.Invoke(app);
        await ServeAsync(app);
        return origin;
    }

    /// <summary>Signs a person in at the local sign-in page, and comes back to a page of the app.</summary>
    public async Task<Browser> SignInAsync(string origin, string path = "/me", string userId = LocalClerkDefaults.GraceUserId)
    {
        var browser = new Browser(ClerkUrl);
        var page = await browser.OpenAsync($"{origin}{path}");
        Assert.StartsWith($"{ClerkUrl}/sign-in", page.Address, StringComparison.Ordinal);
        await browser.ChooseUserAsync(page, userId);
        return browser;
    }

    /// <summary>How often Clerk was asked something.</summary>
    public async Task<int> CountAsync(string path)
    {
        var log = await Wire.GetFromJsonAsync<JsonElement>($"{ClerkUrl}/_local/requests");
        return log.GetProperty("requests").EnumerateArray().Count(request => request.GetProperty("path").GetString()!.EndsWith(path, StringComparison.Ordinal));
    }

    /// <summary>Calls the Backend API.</summary>
    public async Task<JsonElement> ClerkAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{ClerkUrl}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", LocalClerkDefaults.SecretKey);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await Wire.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Makes the local Clerk answer as told.</summary>
    public async Task SetFaultsAsync(object faults)
    {
        using var answer = await Wire.PutAsJsonAsync($"{ClerkUrl}/_local/faults", faults);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Past the life of every session token that there is.</summary>
    public void OutliveToken() => Clock.AdvanceSeconds(70);

    public async ValueTask DisposeAsync()
    {
        Wire.Dispose();
        foreach (var server in Enumerable.Reverse(_servers))
        {
            await server.DisposeAsync();
        }
    }

    public static string FreeUrl() => $"http://127.0.0.1:{FreePort.Take()}";

    private async Task ServeAsync(WebApplication server)
    {
        _servers.Add(server);
        await server.StartAsync();
    }
}
