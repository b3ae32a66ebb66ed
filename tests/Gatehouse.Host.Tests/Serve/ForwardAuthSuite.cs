using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Gatehouse.Host.Serve;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Host.Tests.Serve;

/// <summary>A plain site behind a real proxy, which asks the host about each request. One class for each proxy.</summary>
public abstract class ForwardAuthSuite : IAsyncLifetime
{
    private const string Grace = LocalClerkDefaults.GraceUserId;

    private readonly TestClock _clock = new(DateTimeOffset.UtcNow);
    private readonly string _clerkUrl = FreeUrl();
    private readonly string _hostUrl = FreeUrl();
    private readonly string _siteUrl = FreeUrl();
    private readonly string _shopUrl = FreeUrl();
    private readonly List<IAsyncDisposable> _servers = [];

    public async ValueTask InitializeAsync()
    {
        await ServeAsync(LocalClerk.Build(
            [],
            configuration => configuration.AddInMemoryCollection([new("urls", _clerkUrl)]),
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock))));
        await ServeAsync(GatehouseHost.Build(
            ["--environment", "Development"],
            configuration => configuration.AddInMemoryCollection(Settings()),
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock))));
        await ServeAsync(Shop());
        _servers.Add(await StartProxyAsync(
            _siteUrl,
            ("127.0.0.1:8080", new Uri(_siteUrl).Authority),
            ("127.0.0.1:5430", new Uri(_hostUrl).Authority),
            ("127.0.0.1:9000", new Uri(_shopUrl).Authority)));
    }

    /// <summary>Starts the proxy at an address, with the document's configuration in which what was written is replaced by what is here.</summary>
    private protected abstract Task<ProxyProcess> StartProxyAsync(string address, params (string Written, string Here)[] addresses);

    /// <summary>The rule that the document has this proxy ask for.</summary>
    private protected abstract IEnumerable<(string Setting, string Value)> Rule { get; }

    [Fact]
    public async Task Somebody_signed_out_signs_in_and_comes_back_to_the_page()
    {
        var browser = new Browser(_clerkUrl);

        var signIn = await browser.OpenAsync($"{_siteUrl}/cart?item=1");
        Assert.StartsWith($"{_clerkUrl}/sign-in", signIn.Address, StringComparison.Ordinal);
        var page = await browser.ChooseUserAsync(signIn, Grace);

        Assert.Equal(($"{_siteUrl}/cart?item=1", HttpStatusCode.OK), (page.Address, page.Status));
        var seen = JsonDocument.Parse(page.Text).RootElement;
        Assert.Equal((Grace, "session", "user", ""), (Seen(seen, "Subject"), Seen(seen, "Class"), Seen(seen, "Role"), Seen(seen, "Machine")));
    }

    [Fact]
    public async Task What_a_client_says_of_itself_never_arrives()
    {
        var grace = await SignInAsync(Grace);

        using var answer = await grace.FetchAsync($"{_siteUrl}/", more: request =>
        {
            foreach (var name in new[] { "X-Gatehouse-Subject", "X-Gatehouse-Role", "X-Gatehouse-Machine", "x-gatehouse-permissions", "X_Gatehouse_Role", "X-Gatehouse-Org" })
            {
                request.Headers.TryAddWithoutValidation(name, "forged");
            }
        });

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("forged", text, StringComparison.Ordinal);
        Assert.Equal(Grace, Seen(JsonDocument.Parse(text).RootElement, "Subject"));
    }

    [Fact]
    public async Task A_page_stays_signed_in_over_three_token_lives_without_being_sent_anywhere()
    {
        var grace = await SignInAsync(Grace);
        for (var lives = 0; lives < 3; lives++)
        {
            _clock.AdvanceSeconds(90);
            var page = await grace.OpenAsync($"{_siteUrl}/");
            Assert.Equal((HttpStatusCode.OK, 0), (page.Status, page.Trail.Count));
        }
    }

    [Fact]
    public async Task Another_sites_change_with_a_cookie_is_refused_and_our_own_is_not()
    {
        var grace = await SignInAsync(Grace);

        using var theirs = await grace.SubmitAsync($"{_siteUrl}/order", "x", "cross-site", "https://evil.example");
        using var ours = await grace.SubmitAsync($"{_siteUrl}/order", "x");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (theirs.StatusCode, ours.StatusCode));
    }

    [Fact]
    public async Task Whoever_lacks_the_permission_is_refused()
    {
        // Lin is a viewer, and the rule wants what users and admins may do.
        var lin = await SignInAsync(LocalClerkDefaults.LinUserId, expected: HttpStatusCode.Forbidden);

        using var answer = await lin.FetchAsync($"{_siteUrl}/");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_too_often_hears_429_with_the_limits_headers()
    {
        var ada = await SignInAsync(LocalClerkDefaults.AdaUserId);
        HttpResponseMessage answer;
        var allowed = 0;
        while ((answer = await ada.FetchAsync($"{_siteUrl}/")).StatusCode == HttpStatusCode.OK)
        {
            Assert.True(++allowed <= 20, "never limited");
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, "20"), (answer.StatusCode, answer.Headers.GetValues("X-RateLimit-Limit").Single()));
        answer.Dispose();
    }

    [Theory]
    [InlineData("GET", null, HttpStatusCode.Unauthorized)]
    [InlineData("POST", null, HttpStatusCode.Unauthorized)]
    [InlineData("GET", "Basic eDp5", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "Bearer made.up.token", HttpStatusCode.Unauthorized)]
    public async Task What_is_no_browser_hears_401(string method, string? authorization, HttpStatusCode status)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{_siteUrl}/");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await http.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_bearer_token_passes_as_well_and_stays_with_the_proxy()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LocalClerkDefaults.SecretKey);
        using var session = await http.PostAsJsonAsync($"{_clerkUrl}/v1/sessions", new { user_id = Grace });
        var id = (await session.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        using var minting = new HttpRequestMessage(HttpMethod.Post, $"{_clerkUrl}/v1/sessions/{id}/tokens");
        minting.Headers.Add("Origin", _siteUrl);
        using var minted = await http.SendAsync(minting);
        var token = (await minted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("jwt").GetString();

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var seen = await http.GetFromJsonAsync<JsonElement>($"{_siteUrl}/");

        Assert.Equal(Grace, Seen(seen, "Subject"));
        Assert.False(seen.TryGetProperty("Authorization", out _));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
        {
            await server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private async Task<Browser> SignInAsync(string user, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var browser = new Browser(_clerkUrl);
        var page = await browser.ChooseUserAsync(await browser.OpenAsync($"{_siteUrl}/"), user);
        Assert.Equal(expected, page.Status);
        return browser;
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["urls"] = _hostUrl,
            ["CLERK_API_URL"] = _clerkUrl,
            ["CLERK_PROXY_URL"] = $"{_clerkUrl}/__clerk",
            ["CLERK_PUBLISHABLE_KEY"] = LocalClerkDefaults.PublishableKey,
            ["CLERK_SECRET_KEY"] = LocalClerkDefaults.SecretKey,
            ["Logging:LogLevel:Default"] = "Warning",
            ["Gatehouse:AuthorizedParties:0"] = _hostUrl,
            ["Gatehouse:AuthorizedParties:1"] = _siteUrl,
            ["Gatehouse:Roles:admin:0"] = "shop:visit",
            ["Gatehouse:Roles:user:0"] = "shop:visit",
            ["Gatehouse:Roles:viewer:0"] = "shop:look",
            ["Gatehouse:Limits:site:Requests"] = "20",
            ["Gatehouse:Limits:site:Window"] = "01:00:00",
            ["Gatehouse:ForwardAuth:Proxies:0"] = "127.0.0.1",
        };
        foreach (var (setting, value) in Rule)
        {
            settings[$"Gatehouse:ForwardAuth:Rules:{setting}"] = value;
        }

        return settings;
    }

    private WebApplication Shop()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("urls", _shopUrl)]);
        builder.Logging.ClearProviders();
        var shop = builder.Build();
        shop.Map("/{**path}", (HttpContext context) => Results.Json(
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        return shop;
    }

    private async Task ServeAsync(WebApplication server)
    {
        _servers.Add(server);
        await server.StartAsync(TestContext.Current.CancellationToken);
    }

    private static string Seen(JsonElement headers, string name) =>
        headers.TryGetProperty($"X-Gatehouse-{name}", out var value) ? value.GetString()! : "";

    private static string FreeUrl() => $"http://127.0.0.1:{FreePort.Take()}";
}
