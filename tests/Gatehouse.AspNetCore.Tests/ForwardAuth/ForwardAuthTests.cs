using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Gatehouse.AspNetCore.RateLimiting;
using Gatehouse.AspNetCore.Tests.BrowserSessions;
using Gatehouse.Limits;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests.ForwardAuth;

/// <summary>What a proxy is told about its clients' requests.</summary>
public sealed class ForwardAuthTests
{
    private const string Shop = "http://shop.localhost:8080";
    private const string Grace = LocalClerkDefaults.GraceUserId;

    [Fact]
    public async Task Whoever_is_signed_in_passes_and_is_named()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var grace = await SignedInAsync(site, host);

        using var answer = await AskAsync(grace, host, "/auth/verify");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((Grace, "session", Grace), (Header(answer, "Subject"), Header(answer, "Class"), Header(answer, "User")));
        Assert.StartsWith("sess_", Header(answer, "Session"), StringComparison.Ordinal);
        Assert.Equal("user", Header(answer, "Role"));
        Assert.Equal("read", Header(answer, "Permissions"));
    }

    [Theory]
    [InlineData("/auth/verify", HttpStatusCode.Unauthorized)]
    [InlineData("/auth/verify/unheard-of", HttpStatusCode.Forbidden)]
    public async Task Whoever_is_refused_is_named_nobody_whatever_the_client_claims(string path, HttpStatusCode status)
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);

        using var answer = await AskAsync(new Browser(site.ClerkUrl), host, path, more: request => request.Headers.Add("X-Gatehouse-Subject", "user_forged"));

        Assert.Equal(status, answer.StatusCode);
        foreach (var name in new[] { "Subject", "Class", "User", "Session", "Org", "Org-Role", "Role", "Permissions", "Machine" })
        {
            Assert.Equal("", Header(answer, name));
        }
    }

    [Theory]
    [InlineData("/auth/verify/../verify")]
    [InlineData("/auth/verify/members/../admins")]
    [InlineData("/auth//verify/members")]
    [InlineData("/auth/verify//members")]
    [InlineData("/auth/verify/%6dembers")]
    [InlineData("/auth/verify/members%2f")]
    [InlineData("/auth/verify/members%2e")]
    [InlineData("/auth/verify/members\\x")]
    [InlineData("/auth/verify/members;x=1")]
    [InlineData("/auth/verify/members%00")]
    [InlineData("/auth/verify/")]
    [InlineData("/auth/verify/Members")]
    public async Task An_odd_address_asks_for_no_rule(string target)
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var grace = await SignedInAsync(site, host);

        // On a socket, because every client tidies addresses up.
        var status = await RawAsync(host, target, grace);

        Assert.Contains(status, new[] { 400, 403, 404 });
    }

    [Fact]
    public async Task Neither_query_nor_header_chooses_the_rule()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var lin = await SignedInAsync(site, host, LocalClerkDefaults.LinUserId);

        using var answer = await AskAsync(lin, host, "/auth/verify/admins?rule=members", more: request =>
        {
            request.Headers.Add("X-Original-URL", "/auth/verify/members");
            request.Headers.Add("X-Gatehouse-Rule", "members");
        });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("admins", LocalClerkDefaults.AdaUserId, true)]
    [InlineData("admins", LocalClerkDefaults.GraceUserId, false)]
    [InlineData("writers", LocalClerkDefaults.AdaUserId, true)]
    [InlineData("writers", LocalClerkDefaults.GraceUserId, false)]
    [InlineData("operators", LocalClerkDefaults.AdaUserId, true)]
    [InlineData("operators", LocalClerkDefaults.LinUserId, false)]
    [InlineData("members", LocalClerkDefaults.LinUserId, true)]
    public async Task A_rule_demands_role_permission_or_operator(string rule, string user, bool passes)
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var person = await SignedInAsync(site, host, user);

        using var answer = await AskAsync(person, host, $"/auth/verify/{rule}");

        Assert.Equal(passes ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_of_somebody_signed_out_is_told_where_to_sign_in_and_comes_back()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var browser = new Browser(site.ClerkUrl);

        using var first = await AskAsync(browser, host, "/auth/verify/redirecting", "/cart?item=1");
        using var second = await AskAsync(browser, host, "/auth/verify", "/cart?item=1");

        Assert.Equal(HttpStatusCode.TemporaryRedirect, first.StatusCode);
        Assert.Contains(Uri.EscapeDataString($"{Shop}/cart?item=1"), first.Headers.Location!.OriginalString, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.StartsWith($"{site.ClerkUrl}/__clerk/v1/client/handshake", Header(second, "Location"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://elsewhere.localhost:8080")]
    [InlineData("https://shop.localhost:8080")]
    public async Task Nobody_is_sent_back_to_an_origin_that_is_not_listed(string origin)
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);

        using var answer = await AskAsync(new Browser(site.ClerkUrl), host, "/auth/verify/redirecting", "/cart", origin: origin);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("GET", "cross-site", HttpStatusCode.OK)]
    [InlineData("POST", "same-origin", HttpStatusCode.OK)]
    [InlineData("POST", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("DELETE", "same-site", HttpStatusCode.Forbidden)]
    [InlineData(null, "same-origin", HttpStatusCode.BadRequest)]   // a proxy that is trusted must say it
    public async Task A_change_that_another_site_asks_for_with_a_cookie_is_refused(string? method, string site, HttpStatusCode status)
    {
        await using var place = await Site.StartAsync();
        var host = await HostAsync(place);
        var grace = await SignedInAsync(place, host);

        using var answer = await AskAsync(grace, host, "/auth/verify", method: method, fetchSite: site);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_no_proxy_is_not_believed_about_the_method()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site, ("Gatehouse:ForwardAuth:Proxies:0", "192.0.2.1"));
        var grace = await SignedInAsync(site, host);

        using var read = await AskAsync(grace, host, "/auth/verify", fetchSite: "cross-site");
        using var own = await AskAsync(grace, host, "/auth/verify", fetchSite: "same-origin");
        using var bearer = await new Browser(site.ClerkUrl).SendAsync(HttpMethod.Get, $"{host}/auth/verify", request =>
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", grace.Cookies[grace.SessionCookie]));

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK), (read.StatusCode, own.StatusCode, bearer.StatusCode));
    }

    [Fact]
    public async Task A_renewal_passes_and_gives_the_cookies_along_numbered_for_nginx()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var grace = await SignedInAsync(site, host);
        site.OutliveToken();

        using var answer = await AskAsync(grace, host, "/auth/verify/nginx");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToArray();
        Assert.Equal(2, cookies.Length);
        Assert.Equal(cookies, new[] { "Cookie-1", "Cookie-2" }.Select(name => Header(answer, name)));
    }

    [Fact]
    public async Task For_a_proxy_that_knows_two_refusals_every_other_is_403_and_the_true_one_is_told()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var grace = await SignedInAsync(site, host);
        var statuses = new List<(HttpStatusCode Status, string Told)>();
        for (var n = 0; n < 3; n++)
        {
            using var answer = await AskAsync(grace, host, "/auth/verify/nginx");
            statuses.Add((answer.StatusCode, Header(answer, "Status")));
            Assert.True(answer.Headers.Contains("X-RateLimit-Remaining"));
        }

        Assert.Equal([(HttpStatusCode.OK, ""), (HttpStatusCode.OK, ""), (HttpStatusCode.Forbidden, "429")], statuses);
    }

    [Theory]
    [InlineData("X-Forwarded-Method", "GET", "POST")]
    [InlineData("X-Forwarded-Host", "a.example", "b.example")]
    [InlineData("X-Forwarded-Uri", "/a", "/b")]
    public async Task A_proxy_that_says_two_things_is_refused(string name, string one, string other)
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var grace = await SignedInAsync(site, host);

        using var answer = await AskAsync(grace, host, "/auth/verify", more: request =>
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, [one, other]);
        });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-Uri", "http://evil.example/")]
    [InlineData("X-Forwarded-Uri", "/a#b")]
    [InlineData("X-Forwarded-Host", "evil.example/x")]
    [InlineData("X-Forwarded-Host", "user@evil.example")]
    [InlineData("X-Forwarded-Proto", "javascript")]
    [InlineData("X-Forwarded-Method", "GET /")]
    public async Task What_a_proxy_cannot_mean_is_refused(string name, string value)
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var grace = await SignedInAsync(site, host);

        using var answer = await AskAsync(grace, host, "/auth/verify", more: request =>
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Envoy_asks_with_the_clients_own_request_behind_the_rule()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site);
        var grace = await SignedInAsync(site, host);

        using var read = await grace.SendAsync(HttpMethod.Get, $"{host}/auth/verify/members/cart/items?x=1", Envoy("cross-site"));
        using var write = await grace.SendAsync(HttpMethod.Post, $"{host}/auth/verify/members/cart/items?x=1", Envoy("cross-site"));
        using var page = await new Browser(site.ClerkUrl).SendAsync(HttpMethod.Get, $"{host}/auth/verify/redirecting/cart/items?x=1", Envoy("none"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (read.StatusCode, write.StatusCode));
        Assert.Contains(Uri.EscapeDataString($"{Shop}/cart/items?x=1"), page.Headers.Location!.OriginalString, StringComparison.OrdinalIgnoreCase);

        static Action<HttpRequestMessage> Envoy(string fetchSite) => request =>
        {
            request.Headers.Host = "shop.localhost:8080";
            request.Headers.Add("X-Forwarded-Proto", "http");
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
            request.Headers.Add("Accept", "text/html");
        };
    }

    [Fact]
    public async Task Clients_are_counted_by_the_address_that_the_proxy_saw()
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site, gatehouse => gatehouse.Services.Configure<RateLimitOptions>(options =>
            options.AddressPolicy = LimitPolicy.SlidingWindow("address", 2, TimeSpan.FromMinutes(1))));
        var statuses = new List<HttpStatusCode>();
        foreach (var address in new[] { "203.0.113.1", "203.0.113.1", "198.51.100.7, 203.0.113.1", "203.0.113.1, 127.0.0.1", "203.0.113.2" })
        {
            using var answer = await AskAsync(new Browser(site.ClerkUrl), host, "/auth/verify/limited", more: request =>
                request.Headers.Add("X-Forwarded-For", address));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized],
            statuses);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_sets_a_proxy_up_can_have_a_refusal_explained_step_by_step(bool asked)
    {
        await using var site = await Site.StartAsync();
        var host = await HostAsync(site, ("Gatehouse:ForwardAuth:Explain", asked ? "true" : "false"));
        var grace = await SignedInAsync(site, host);
        site.OutliveToken();

        using var answer = await AskAsync(new Browser(site.ClerkUrl), host, "/auth/verify", more: request =>
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", grace.Cookies[grace.SessionCookie]));

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(asked, body.Contains("expiry: expired: ", StringComparison.Ordinal));
        Assert.Equal(asked, body.Contains("signature: passed: ", StringComparison.Ordinal));
        Assert.DoesNotContain(grace.Cookies[grace.SessionCookie], body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_rules_stop_the_start()
    {
        await using var site = await Site.StartAsync();

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => HostAsync(
            site,
            ("Gatehouse:ForwardAuth:Proxies:0", "nginx"),
            ("Gatehouse:ForwardAuth:Rules:bad name:Permission", "x"),
            ("Gatehouse:ForwardAuth:Rules:a:RateLimit", "none-such"),
            ("Gatehouse:ForwardAuth:Rules:b:Statuses:0", "200"),
            ("Gatehouse:ForwardAuth:Rules:c:Classes", "M2M"),
            ("Gatehouse:ForwardAuth:Rules:d:Role", "none-such")));

        foreach (var part in new[] { "'nginx' is neither", "'bad name' is no name", "no limit is called", "200 is no refusal", "M2M needs", "no role is called" })
        {
            Assert.Contains(part, fault.ToString(), StringComparison.Ordinal);
        }
    }

    private static Task<string> HostAsync(Site site, params (string Key, string? Value)[] settings) => HostAsync(site, null, settings);

    private static Task<string> HostAsync(Site site, Action<GatehouseBuilder>? more, params (string Key, string? Value)[] settings) => site.AddAppAsync(
        alsoParties: [Shop],
        gatehouse: gatehouse =>
        {
            gatehouse.AddForwardAuth().AddRole("admin", "read", "write").AddRole("user", "read").AddRole("viewer", "read");
            more?.Invoke(gatehouse);
        },
        routes: app => app.MapForwardAuth(),
        settings:
        [
            ("Gatehouse:ForwardAuth:Proxies:0", "127.0.0.1"),
            ("Gatehouse:Operators:Organization", LocalClerkDefaults.OperatorsOrganizationId),
            ("Gatehouse:Limits:two:Requests", "2"),
            ("Gatehouse:Limits:two:Window", "00:01:00"),
            ("Gatehouse:ForwardAuth:Rules:members:TakesCookies", "true"),
            ("Gatehouse:ForwardAuth:Rules:admins:Role", "admin"),
            ("Gatehouse:ForwardAuth:Rules:writers:Permission", "write"),
            ("Gatehouse:ForwardAuth:Rules:operators:Operator", "gatehouse:dashboard:read"),
            ("Gatehouse:ForwardAuth:Rules:redirecting:Redirect", "true"),
            ("Gatehouse:ForwardAuth:Rules:limited:RateLimit", "two"),
            ("Gatehouse:ForwardAuth:Rules:nginx:RateLimit", "two"),
            ("Gatehouse:ForwardAuth:Rules:nginx:Statuses:0", "401"),
            ("Gatehouse:ForwardAuth:Rules:nginx:Statuses:1", "403"),
            ("Gatehouse:ForwardAuth:Rules:nginx:NumberedCookies", "true"),
            .. settings,
        ]);

    private static async Task<Browser> SignedInAsync(Site site, string host, string user = Grace)
    {
        var browser = await site.SignInAsync(host, userId: user);
        Assert.Equal(user, (await browser.OpenAsync($"{host}/me")).Text);
        return browser;
    }

    private static Task<HttpResponseMessage> AskAsync(
        Browser browser,
        string host,
        string path,
        string uri = "/",
        string? method = "GET",
        string fetchSite = "none",
        string origin = Shop,
        Action<HttpRequestMessage>? more = null) => browser.SendAsync(HttpMethod.Get, $"{host}{path}", request =>
        {
            request.Headers.Add("Accept", "text/html");
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
            request.Headers.Add("X-Forwarded-Proto", new Uri(origin).Scheme);
            request.Headers.Add("X-Forwarded-Host", new Uri(origin).Authority);
            request.Headers.Add("X-Forwarded-Uri", uri);
            if (method is not null)
            {
                request.Headers.Add("X-Forwarded-Method", method);
            }

            more?.Invoke(request);
        });

    private static async Task<int> RawAsync(string host, string target, Browser browser)
    {
        var address = new Uri(host);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var cookies = string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookies}\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues($"X-Gatehouse-{name}", out var values) ? string.Join("|", values) : "";
}
