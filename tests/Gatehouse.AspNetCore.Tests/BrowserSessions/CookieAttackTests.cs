using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.Local.Clerk;
using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Tests.BrowserSessions;

/// <summary>What can be done to somebody else's browser, and to a browser's cookies.</summary>
public sealed class CookieAttackTests
{
    private const string Grace = LocalClerkDefaults.GraceUserId;
    private const string Suffix = "iZ3oWcpg";

    private static readonly CookieNames Names = new(Suffix);

    [Theory]
    [InlineData("cross-site", "https://evil.example", false)]
    [InlineData("same-site", "https://sister.example", false)]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, false)]
    [InlineData(null, null, false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "own", true)]
    [InlineData("cross-site", "own", true)]
    public async Task A_change_is_made_only_for_a_page_of_ours(string? fetchSite, string? origin, bool admitted)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);

        using var answer = await grace.SendAsync(HttpMethod.Post, $"{app}/form", request =>
        {
            Add(request, "Sec-Fetch-Site", fetchSite);
            Add(request, "Origin", origin == "own" ? app : origin);
            request.Content = new FormUrlEncodedContent([new("text", "x")]);
        });

        Assert.Equal(admitted ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(admitted ? null : "cross-site", admitted ? null : await CodeAsync(answer));
    }

    [Fact]
    public async Task An_expired_session_is_not_renewed_for_another_sites_change_either()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        site.OutliveToken();

        using var answer = await grace.SubmitAsync($"{app}/form", "x", "cross-site", "https://evil.example");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, await site.CountAsync("/refresh"));
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("own", true)]
    public async Task A_web_socket_is_opened_only_for_a_page_of_ours(string origin, bool admitted)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync(routes: routes =>
        {
            routes.UseWebSockets();
            routes.MapGet("/socket", async (HttpContext context) =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted);
            }).RequireCaller();
        });
        var grace = await site.SignInAsync(app);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", grace.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        socket.Options.SetRequestHeader("Origin", origin == "own" ? app : origin);
        socket.Options.CollectHttpResponseDetails = true;

        var opening = socket.ConnectAsync(new Uri($"{app.Replace("http:", "ws:", StringComparison.Ordinal)}/socket"), TestContext.Current.CancellationToken);

        if (admitted)
        {
            await opening;
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
            Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
        }
    }

    [Fact]
    public async Task Of_two_session_cookies_of_one_name_neither_is_believed()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        var lin = await site.SignInAsync(app, userId: LocalClerkDefaults.LinUserId);
        foreach (var name in new[] { grace.SessionCookie, "__session" })
        {
            using var answer = await new Browser(site.ClerkUrl).SendAsync(HttpMethod.Get, $"{app}/me", request => request.Headers.Add(
                "Cookie", $"{name}={lin.Cookies[name]}; {string.Join("; ", grace.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))}"));

            Assert.Equal((HttpStatusCode.Unauthorized, "session-cookie-doubled"), (answer.StatusCode, await CodeAsync(answer)));
        }
    }

    [Fact]
    public async Task A_session_cookie_under_the_plain_name_does_not_push_the_instances_own_aside()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        var lin = await site.SignInAsync(app, userId: LocalClerkDefaults.LinUserId);
        grace.Cookies["__session"] = lin.Cookies["__session"];

        Assert.Equal(Grace, (await grace.OpenAsync($"{app}/me")).Text);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c2VyXzEifQ.")]
    [InlineData("mt_secretsecretsecretsecretsecretsecret")]
    [InlineData("ak_secretsecretsecretsecretsecretsecret")]
    public async Task What_is_no_session_token_is_nobody_in_a_cookie(string planted)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        grace.Cookies[grace.SessionCookie] = planted;

        using var answer = await grace.FetchAsync($"{app}/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_class_is_none_in_a_cookie()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync(settings: [("Gatehouse:Classes", "Session, Template")]);
        var grace = await site.SignInAsync(app);
        var sessions = await site.ClerkAsync(HttpMethod.Get, $"/v1/sessions?user_id={LocalClerkDefaults.AitherServiceUserId}&status=active");
        var session = sessions.GetArrayLength() > 0
            ? sessions[0].GetProperty("id").GetString()
            : (await site.ClerkAsync(HttpMethod.Post, "/v1/sessions", new { user_id = LocalClerkDefaults.AitherServiceUserId })).GetProperty("id").GetString();
        var template = await site.ClerkAsync(HttpMethod.Post, $"/v1/sessions/{session}/tokens/hemera-api");
        grace.Cookies[grace.SessionCookie] = template.GetProperty("jwt").GetString()!;

        using var answer = await grace.FetchAsync($"{app}/me");

        Assert.Equal("class", await CodeAsync(answer));
    }

    [Theory]
    [InlineData(false, true)]    // nothing is kept
    [InlineData(true, false)]
    public async Task Nobody_is_sent_round_for_ever(bool keepsCookies, bool signedIn)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var browser = new Browser(site.ClerkUrl) { KeepsCookies = keepsCookies };
        var signIn = await browser.OpenAsync($"{app}/me");
        var page = signedIn ? await browser.ChooseUserAsync(signIn, Grace) : signIn;

        Assert.True(page.Trail.Count <= 8, string.Join("\n", page.Trail));
    }

    [Theory]
    [InlineData("__session")]
    [InlineData("__client_uat")]
    [InlineData("__clerk_db_jwt")]
    public async Task Stale_planted_and_missing_cookies_end_in_a_page_and_not_in_a_loop(string cookie)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        foreach (var change in new Action<Browser, string>[]
        {
            (browser, name) => browser.Cookies.Remove(name),
            (browser, name) => browser.Cookies[name] = "planted",
            (browser, name) => browser.Cookies[name] = "9999999999",
            (browser, name) => browser.Cookies[name] = "0",
        })
        {
            var grace = await site.SignInAsync(app);
            foreach (var name in grace.Cookies.Keys.Where(name => name.StartsWith(cookie, StringComparison.Ordinal)).ToArray())
            {
                change(grace, name);
            }

            var page = await grace.OpenAsync($"{app}/me");

            Assert.True(page.Trail.Count <= 8, string.Join("\n", page.Trail));
            Assert.True(page.Text == Grace || page.Address.StartsWith($"{site.ClerkUrl}/sign-in", StringComparison.Ordinal), page.Text);
        }
    }

    [Fact]
    public async Task A_browser_whose_cookie_comes_back_planted_whatever_it_is_told_is_answered_after_three_rounds()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);

        // A sister domain that sets it anew each time: the app's own never gets through.
        var stubborn = new Browser(site.ClerkUrl);
        var rounds = 0;
        var address = $"{app}/me";
        HttpStatusCode status;
        do
        {
            foreach (var (name, value) in grace.Cookies)
            {
                stubborn.Cookies[name] = name.StartsWith("__client_uat", StringComparison.Ordinal) ? "9999999999" : value;
            }

            using var answer = await stubborn.SendAsync(HttpMethod.Get, address, request => request.Headers.Add("Accept", "text/html"));
            status = answer.StatusCode;
            rounds++;
        }
        while (status == HttpStatusCode.TemporaryRedirect && rounds < 20);

        // Three times to Clerk; then to sign in, which the app's own page ends.
        Assert.Equal((4, HttpStatusCode.Redirect), (rounds, status));
    }

    [Fact]
    public void A_handshake_in_an_address_is_nothing_with_a_production_key()
    {
        var visit = Visit("?__clerk_handshake_nonce=planted&__clerk_handshake=planted");
        Assert.False(HandshakeAnswer.Read(visit, SessionCookies.Read("a=b", Names), isDevelopment: false).IsThere);
        Assert.True(HandshakeAnswer.Read(visit, SessionCookies.Read("a=b", Names), isDevelopment: true).IsThere);
    }

    [Theory]
    [InlineData("?__clerk_handshake_nonce=made-up")]
    [InlineData("?__clerk_handshake=made-up")]
    [InlineData("?__clerk_handshake_nonce=a&__clerk_handshake_nonce=b")]
    public async Task A_made_up_handshake_signs_nobody_in_and_breaks_nothing(string query)
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);

        Assert.Equal(Grace, (await grace.OpenAsync($"{app}/me{query}")).Text);
        Assert.StartsWith($"{site.ClerkUrl}/sign-in", (await new Browser(site.ClerkUrl).OpenAsync($"{app}/me{query}")).Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_in_its_signed_form_is_taken()
    {
        await using var site = await Site.StartAsync();
        var app = await site.AddAppAsync();
        var grace = await site.SignInAsync(app);
        using var shaken = await grace.SendAsync(
            HttpMethod.Get, $"{site.ClerkUrl}/__clerk/v1/client/handshake?format=token&redirect_url={Uri.EscapeDataString($"{app}/me")}", _ => { });
        grace.Cookies.Clear();

        // Without the count that shows that cookies are kept, the page is given under this very address.
        var page = await grace.OpenAsync(shaken.Headers.Location!.AbsoluteUri);

        Assert.Equal((Grace, 0), (page.Text, page.Trail.Count));
        Assert.Contains(grace.Cookies.Keys, name => name == "__session");
    }

    [Theory]
    [InlineData("__session=a", true)]
    [InlineData("__session_iZ3oWcpg=a; Path=/; Domain=example.com", true)]
    [InlineData("__refresh_iZ3oWcpg=a", true)]
    [InlineData("__client_uat=0", true)]
    [InlineData("__refresh=a", false)]
    [InlineData("__session_other000=a", false)]
    [InlineData("__sessionx=a", false)]
    [InlineData("__SESSION=a", false)]
    [InlineData(" __session=a\r\nSet-Cookie: b=c", false)]
    [InlineData("__session=a b", false)]
    [InlineData("__session=\"a\"", false)]
    [InlineData("__session", false)]
    [InlineData("", false)]
    [InlineData("=a", false)]
    [InlineData(".AspNetCore.Antiforgery=a", false)]
    [InlineData("__clerk_redirect_count=0", false)]
    [InlineData("__Host-session=a", false)]
    public void A_directive_sets_a_cookie_of_ours_and_no_other(string line, bool taken) =>
        Assert.Equal(taken, CookieDirective.TryRead(line, Names, out _));

    [Fact]
    public void Whatever_a_directive_says_no_more_than_one_cookie_octet_value_comes_of_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            !CookieDirective.TryRead($"__session={text.Get}", Names, out var directive)
            || directive.Value.All(character => character is > ' ' and < '\u007f' and not (';' or ',' or '"' or '\\')))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_cookies_come_reading_them_fails_for_none() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string[]>(), texts =>
        {
            var read = SessionCookies.Read(texts, Names);
            return read.ClientUat >= 0 && read.Redirects is null or >= 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_asked_for_the_way_back_is_a_path_of_this_host() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            new Uri(new Uri("http://app.example"), LocalPath.Of(text.Get)) is { Host: "app.example", Scheme: "http" }
            && new Uri(new Uri("http://app.example"), LocalPath.Of($"/{text.Get}")) is { Host: "app.example", Scheme: "http" })
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("?a=1&__clerk_db_jwt=x&b=%20", "?a=1&b=%20")]
    [InlineData("?__clerk_handshake=x", "")]
    [InlineData("?%5F%5Fclerk_handshake_nonce=x&__clerk_other=1", "?__clerk_other=1")]
    [InlineData("?a=__clerk_db_jwt=1", "?a=__clerk_db_jwt=1")]
    [InlineData("", "")]
    public void Only_Clerks_parameters_are_taken_from_an_address(string query, string clean) =>
        Assert.Equal(clean, new VisitQuery(new QueryString(query)).Clean.Value ?? "");

    private static BrowserVisit Visit(string query) =>
        new("GET", "https", new HostString("app.example"), "/", new QueryString(query), new HeaderDictionary());

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
