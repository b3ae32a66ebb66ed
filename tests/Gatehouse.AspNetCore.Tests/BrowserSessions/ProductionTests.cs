using System.Net;
using System.Text;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Tests.BrowserSessions;

/// <summary>What is different with a production key, which the local Clerk has none of: a forge and a stub of two calls stand in for it.</summary>
public sealed class ProductionTests : IAsyncLifetime
{
    private const string Origin = "https://app.example.com";
    private const string Nonce = "0123456789abcdef";

    private readonly TestClock _clock = new(DateTimeOffset.UtcNow);
    private readonly TokenForge _forge;
    private readonly Dictionary<string, string[]> _payloads = new(StringComparer.Ordinal);
    private WebApplication? _clerk;
    private WebApplication? _app;

    public ProductionTests() => _forge = new TokenForge(_clock);

    public async ValueTask InitializeAsync()
    {
        _clerk = Server();
        _clerk.MapGet("/v1/clients/handshake_payload", (string nonce) =>
            _payloads.Remove(nonce, out var directives) ? Results.Json(new { directives }) : Results.NotFound());
        await _clerk.StartAsync(TestContext.Current.CancellationToken);

        var key = $"pk_live_{Convert.ToBase64String(Encoding.UTF8.GetBytes(new Uri(_forge.IssuerName).Host + "$"))}";
        _app = Server(
            services => services.AddGatehouse().AddBrowserSessions(),
            ("CLERK_PUBLISHABLE_KEY", key),
            ("CLERK_SECRET_KEY", "sk_live_stub"),
            ("CLERK_JWT_KEY", _forge.PublicPem),
            ("CLERK_API_URL", _clerk.Urls.Single()),
            ("Gatehouse:AuthorizedParties:0", Origin));

        // As behind a proxy that ends TLS, with ASP.NET Core's own middleware for that.
        _app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.All });
        _app.UseGatehouse();
        _app.MapGet("/me", (ClerkPrincipal me) => me.Subject).RequireCaller();
        await _app.StartAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_first_visit_goes_to_the_account_portal_and_not_to_a_handshake()
    {
        using var answer = await OpenAsync("/me");
        Assert.StartsWith(
            $"https://accounts.{Domain}/sign-in?redirect_url={Uri.EscapeDataString($"{Origin}/auth/return?to=")}",
            answer.Headers.Location!.OriginalString,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_signed_in_elsewhere_is_asked_for_at_the_frontend_api()
    {
        using var answer = await OpenAsync("/me?a=1", $"__client_uat={_clock.GetUtcNow().ToUnixTimeSeconds()}");

        var location = answer.Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.StartsWith($"{_forge.IssuerName}/v1/client/handshake?redirect_url={Uri.EscapeDataString($"{Origin}/me?a=1")}", location, StringComparison.Ordinal);
        Assert.Contains("__clerk_hs_reason=client-uat-but-no-session-token", location, StringComparison.Ordinal);
        Assert.Contains("__clerk_redirect_count=1; Path=/; Max-Age=10; SameSite=Lax; Secure; HttpOnly", Cookies(answer));
    }

    [Fact]
    public async Task A_handshake_planted_in_an_address_is_not_looked_at()
    {
        _payloads[Nonce] = Directives();

        using var answer = await OpenAsync($"/me?__clerk_handshake_nonce={Nonce}");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains(Nonce, _payloads.Keys);
    }

    [Fact]
    public async Task A_handshake_in_a_cookie_is_taken_once_and_its_page_given_at_once()
    {
        _payloads[Nonce] = Directives();

        using var answer = await OpenAsync("/me", $"__clerk_handshake_nonce={Nonce}; __clerk_redirect_count=1");

        Assert.Equal((HttpStatusCode.OK, TokenForge.UserId), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        var cookies = Cookies(answer);
        Assert.Contains(cookies, line => line.StartsWith("__session=ey", StringComparison.Ordinal)
            && line.EndsWith("; Path=/; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly", StringComparison.Ordinal));
        Assert.Contains(cookies, line => line.StartsWith("__clerk_handshake_nonce=; Path=/; Max-Age=0", StringComparison.Ordinal));
        Assert.Contains(cookies, line => line.StartsWith("__clerk_redirect_count=; Path=/; Max-Age=0", StringComparison.Ordinal));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_directive_sets_nothing_foreign_and_no_attribute_of_its_own()
    {
        _payloads[Nonce] =
        [
            "evil=1; Path=/",
            "__session_other000=x; Path=/",
            ".AspNetCore.Antiforgery.x=y",
            "__client_uat=1; Domain=.example.com; SameSite=None",
            .. Directives(),
        ];

        using var answer = await OpenAsync("/me", $"__clerk_handshake_nonce={Nonce}; __client_uat=1");

        var cookies = Cookies(answer);
        Assert.DoesNotContain(cookies, line => line.Contains("Domain", StringComparison.OrdinalIgnoreCase) || line.Contains("SameSite=None", StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, line => Assert.Matches("^__(session|clerk_handshake|clerk_handshake_nonce)(_[A-Za-z0-9_-]{8})?=", line));
    }

    [Fact]
    public async Task A_handshake_whose_token_does_not_hold_leaves_no_cookies()
    {
        _payloads[Nonce] = [$"__session={new TokenForge(_clock, instance: 2).Session()}; Path=/"];

        using var answer = await OpenAsync("/me", $"__clerk_handshake_nonce={Nonce}");

        Assert.DoesNotContain(Cookies(answer), line => line.StartsWith("__session=", StringComparison.Ordinal));
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_that_names_no_party_enters_by_cookie_and_not_by_header()
    {
        var token = _forge.Session(claims => claims.Remove("azp"));

        using var cookie = await OpenAsync("/me", $"__session={token}; __client_uat=1");
        using var header = await OpenAsync("/me", more: request => request.Headers.Add("Authorization", $"Bearer {token}"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (cookie.StatusCode, header.StatusCode));
    }

    [Theory]
    [InlineData("__session_", "1", HttpStatusCode.OK)]
    [InlineData("__session", "1", HttpStatusCode.OK)]
    [InlineData("__session", "0", HttpStatusCode.TemporaryRedirect)]
    [InlineData("__session", "9999999999", HttpStatusCode.TemporaryRedirect)]
    [InlineData("__session", "nonsense", HttpStatusCode.TemporaryRedirect)]
    [InlineData("__sessions", "1", HttpStatusCode.TemporaryRedirect)]
    public async Task The_cookies_are_weighed_as_Clerks_own_servers_do(string name, string uat, HttpStatusCode status)
    {
        var suffix = Clerk.PublishableKey.TryParse(_app!.Configuration["CLERK_PUBLISHABLE_KEY"], out var key) ? key.CookieSuffix : "";
        var (session, updated) = name.EndsWith('_') ? (name + suffix, $"__client_uat_{suffix}") : (name, "__client_uat");

        using var answer = await OpenAsync("/me", $"{session}={_forge.Session()}; {updated}={uat}");

        Assert.Equal(status, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _clerk!.DisposeAsync();
    }

    private string Domain => new Uri(_forge.IssuerName).Host is var host && host.StartsWith("clerk.", StringComparison.Ordinal) ? host[6..] : host;

    private string[] Directives() => [$"__session={_forge.Session()}; Path=/; Domain=.example.com; SameSite=None"];

    private async Task<HttpResponseMessage> OpenAsync(string path, string? cookies = null, Action<HttpRequestMessage>? more = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_app!.Urls.Single()}{path}");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "app.example.com");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("Accept", "text/html");
        request.Headers.TryAddWithoutValidation("Cookie", cookies);
        more?.Invoke(request);
        return await http.SendAsync(request);
    }

    private static string[] Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var lines) ? [.. lines] : [];

    private WebApplication Server(Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("urls", "http://127.0.0.1:0"), .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        services?.Invoke(builder.Services);
        return builder.Build();
    }
}
